"""A board from a large file is made in a process of its own; what a person sees of it is the same."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from app.access import Refused
from app.boards.library import import_job
from app.boards.library.import_job import SMALL
from app.db import new_id
from app.spaces.actions import Door
from app.spaces.seats import topic
from tests.boards.conftest import Desk
from tests.boards.library.test_pages import bring_in, exported, texts

CARDS, WORDS = 300, "word " * 99 + "word"


async def large(desk: Desk, **more: Any) -> bytes:
    file = await exported(desk.winter.ana, desk.path)
    fields = {"kind": "note", "x": 0, "y": 0, **more}
    cards = [
        {"id": f"c{n}", "item": "card", "fields": {**fields, "text": f"{n} " + WORDS}} for n in range(CARDS)
    ]
    data = json.dumps({**file, "title": "Large\u2028one", "items": cards}).encode()
    assert len(data) > SMALL
    return data


async def door_of(desk: Desk) -> tuple[Door, list[tuple[str, int]]]:
    """Ana's door, and the wake-ups that are sent through it."""
    rung: list[tuple[str, int]] = []
    login = str(await desk.home.value(f"SELECT id FROM login WHERE person_id = '{desk.winter.ana.id}'"))

    def ring(name: str, number: int) -> None:
        rung.append((name, number))

    return Door(desk.home.db, ring, desk.home.config, login, desk.winter.id), rung


async def test_all_of_it_is_there_and_everybody_is_woken(desk: Desk) -> None:
    ana, home = desk.winter.ana, desk.home
    file = await large(desk)
    made = await bring_in(ana, desk.winter, file)
    board = made.headers["location"]
    door, rung = await door_of(desk)
    cleaned = await import_job.take_in(door, file, new_id())

    assert (made.status_code, cleaned) == (303, False)
    assert rung == [(topic(desk.winter.id), await home.value("SELECT epoch FROM space"))]
    assert texts(await exported(ana, board)) == [f"{n} " + WORDS for n in range(CARDS)]
    assert (
        await home.value(f"SELECT count(DISTINCT person_id) FROM deed WHERE board_id = '{board[8:44]}'") == 1
    )
    assert "imported by Ana" in (await ana.get(f"{board}/outline")).text


async def test_what_is_refused_there_is_said_as_here_and_changes_nothing(desk: Desk) -> None:
    ana, home = desk.winter.ana, desk.home
    before = [await home.count(table) for table in ("board", "item", "deed")]

    for data in (await large(desk, kind="spell"), await large(desk, section="nowhere"), b"[" * 2 * SMALL):
        refused = await bring_in(ana, desk.winter, data)

        assert refused.status_code == 422
        assert 'id="f-file-error"' in refused.text
        assert "Nothing was changed" in refused.text
    assert [await home.count(table) for table in ("board", "item", "deed")] == before


async def test_what_fails_after_all_is_committed_is_done_and_everybody_is_woken(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, new_board = desk.home, new_id()
    door, rung = await door_of(desk)
    monkeypatch.setattr(import_job, "MODULE", "tests.boards.library.fails_late")

    await import_job.take_in(door, await large(desk), new_board)

    assert await home.value("SELECT count(*) FROM board WHERE template = 'import'") == 1
    assert await home.value(f"SELECT count(*) FROM item WHERE board_id = '{new_board}'") == CARDS
    assert rung == [(topic(desk.winter.id), await home.value("SELECT epoch FROM space"))]


async def test_what_takes_too_long_is_refused_only_where_the_board_does_not_stand(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, rung = await door_of(desk)
    monkeypatch.setattr(import_job, "SECONDS", 0.01)

    await import_job.take_in(door, await large(desk), desk.id)  # as if it had been made just in time
    with pytest.raises(Refused, match="Nothing was changed"):
        await import_job.take_in(door, await large(desk), new_id())

    assert {name for name, _ in rung} == {topic(desk.winter.id)}
    assert await desk.home.count("board") == 1


async def test_who_sends_slowly_holds_no_place_that_others_wait_for(desk: Desk) -> None:
    go_on, begun = asyncio.Event(), asyncio.Semaphore(0)

    async def slowly() -> AsyncIterator[bytes]:
        begun.release()
        yield b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
        await go_on.wait()
        yield b"--x--\r\n"

    def send(who: Any) -> Any:
        headers = {
            "content-type": "multipart/form-data; boundary=x",
            "x-csrftoken": who.http.cookies["tl_csrf"],
        }
        path = f"{desk.winter.path}/boards/import"
        return asyncio.create_task(who.http.post(path, content=slowly(), headers=headers))

    for who in (desk.winter.ana, desk.winter.cleo):
        await who.get(desk.winter.path)
    slow = [send(who) for who in (desk.winter.ana, desk.winter.cleo)]
    for _ in slow:
        await begun.acquire()
    served = await desk.winter.bo.get(f"{desk.path}/export.json")
    assert not any(one.done() for one in slow)
    go_on.set()

    assert served.status_code == 200
    assert {(await one).status_code for one in slow} == {422}
