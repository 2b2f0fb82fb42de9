"""What was removed is kept for 30 days and then goes for good, everywhere."""

import asyncio
import re
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import msgspec
import pytest
from sqlalchemy import select, text

from app.boards.core import ops as o
from app.boards.core.group_commit import LONG_AGO
from app.boards.core.words.log_words import LogEntry, redacted
from app.boards.live.rooms import Rooms
from app.boards.retention import clearing, clearing_store
from app.boards.retention import job as sweep
from app.boards.retention.clearing import KEPT
from app.boards.storage.errors import GuardFailed
from app.boards.storage.tables import board
from app.db import Database, now
from app.main import services
from tests.boards.conftest import Desk
from tests.boards.play import ANA, Play
from tests.conftest import Running
from tests.support.wire import tab
from tests.support.world import make_world

SECRET = "Words that nobody needs any more"
MINUTE = timedelta(minutes=1)
UNDO = re.compile(r'name="undo_of" value="(\d*)"')


async def swept(desk: Desk, at: datetime) -> None:
    """Sweep as of `at`; this process has heard of it on return, as every process does a moment later."""
    running = services(desk.home.app)
    await sweep.sweep(desk.home.db, running.relay.ring, at)
    await running.rooms.open_at(desk.id, 10**9)


async def holding(desk: Desk, words: str) -> list[str]:
    """The tables in which these words stand."""
    async with desk.home.db.read() as tx:
        tables = {name: (await tx.execute(text(f"SELECT * FROM {name}"))).all() for name in ("item", "deed")}
    # as plain tuples: a row itself is printed with the middle of long texts left out
    return [name for name, rows in tables.items() if words in repr([tuple(row) for row in rows])]


async def test_T4_what_was_removed_less_than_30_days_ago_can_be_brought_back(desk: Desk) -> None:
    ana = desk.winter.ana
    card = await desk.card(ana, SECRET)
    await desk.act(ana, "remove_card", id=card)

    await swept(desk, now() + KEPT - MINUTE)
    await desk.act(ana, "restore_card", id=card)

    assert SECRET in await desk.outline(ana)


async def test_T4_after_30_days_it_goes_with_its_words_and_what_hung_on_it(desk: Desk) -> None:
    ana, bo = desk.winter.ana, desk.winter.bo
    card, kept = await desk.card(ana, "First words"), await desk.card(bo, "This stays")
    await desk.act(bo, "edit_card", id=card, text=SECRET)
    await desk.add(bo, "add_comment", card=card, text=f"On {SECRET}")
    await desk.add(ana, "add_link", start=kept, end=card, means="leads_to")
    await desk.act(ana, "remove_card", id=card)
    before = await desk.home.value(f"SELECT changed_at FROM board WHERE id = '{desk.id}'")

    await swept(desk, now() + KEPT + MINUTE)

    assert await holding(desk, SECRET) == []
    assert await desk.home.value("SELECT id FROM item") == kept
    assert "There is nothing to restore" in (await ana.get(f"{desk.path}/removed")).text
    assert await desk.home.value(f"SELECT changed_at FROM board WHERE id = '{desk.id}'") == before
    assert "This stays" in await desk.outline(ana)


async def test_what_nobody_removed_stays_however_old(desk: Desk) -> None:
    await desk.card(desk.winter.ana, "An old word for removed is null")
    before = await desk.home.value("SELECT seq FROM board")

    await swept(desk, now() + 10 * KEPT)

    assert await holding(desk, "An old word") == ["item"]  # the log has its own horizon
    assert await desk.home.value("SELECT seq FROM board") == before


async def test_no_words_save_what_was_removed(desk: Desk) -> None:
    card = await desk.card(desk.winter.ana, '{"removed":null}')
    await desk.act(desk.winter.ana, "remove_card", id=card)

    await swept(desk, now() + KEPT + MINUTE)

    assert await desk.home.count("item") == 0


async def test_removing_section_and_card_clears_both_and_what_is_left_can_be_moved(desk: Desk) -> None:
    ana = desk.winter.ana
    section = await desk.section(ana, "A section to go")
    gone, left = await desk.card(ana, "Goes", section=section), await desk.card(ana, "Left", section=section)
    await desk.act(ana, "remove_card", id=gone)
    await desk.act(ana, "remove_section", id=section)

    await swept(desk, now() + KEPT + MINUTE)
    moved = await desk.act(ana, "move_card", id=left, x="40", y="40")

    assert moved.status_code == 303
    assert await desk.home.count("item") == 1


async def test_two_processes_that_look_at_once_clear_once(desk: Desk) -> None:
    card = await desk.card(desk.winter.ana, SECRET)
    await desk.act(desk.winter.ana, "remove_card", id=card)
    at = now() + KEPT + MINUTE

    await asyncio.gather(*(swept(desk, at) for _ in range(3)))

    assert await desk.home.count("item") == 0
    assert await desk.home.value("SELECT count(*) FROM deed WHERE person_id = ''") == 1
    assert await desk.home.value("SELECT seq FROM board") == 3


async def test_S6_what_somebody_writes_meanwhile_comes_first(desk: Desk) -> None:
    card = await desk.card(desk.winter.ana, SECRET)
    await desk.act(desk.winter.ana, "remove_card", id=card)
    async with desk.home.db.read() as tx:
        found = await sweep.find_clearing(tx, desk.id, now() + KEPT + MINUTE)
    await desk.act(desk.winter.ana, "restore_card", id=card)

    assert found is not None
    with pytest.raises(GuardFailed):
        await desk.home.db.run_write(partial(clearing_store.clear, clearing=found, at=0.0))
    assert SECRET in await desk.outline(desk.winter.ana)


async def test_what_was_removed_again_meanwhile_has_its_30_days_from_then(desk: Desk) -> None:
    card = await desk.card(desk.winter.ana, SECRET)
    for do in ("remove_card", "restore_card", "remove_card"):
        await desk.act(desk.winter.ana, do, id=card)
    live = await services(desk.home.app).rooms.open(desk.id)

    assert clearing.with_attached(live.room.board, {card: 2}) == frozenset()
    assert clearing.with_attached(live.room.board, {card: 4}) == {card}


async def test_D4_every_process_that_has_the_board_drops_what_was_cleared(desk: Desk) -> None:
    other = Rooms(desk.home.db, lambda topic, number: None)
    card, kept = await desk.card(desk.winter.ana, SECRET), await desk.card(desk.winter.ana, "Stays")
    await desk.act(desk.winter.ana, "remove_card", id=card)
    boards = [(await rooms.open(desk.id)).room for rooms in (services(desk.home.app).rooms, other)]
    assert [set(room.board.items) for room in boards] == [{card, kept}] * 2

    await swept(desk, now() + KEPT + MINUTE)
    await asyncio.gather(*(room.reach(4) for room in boards))

    assert [set(room.board.items) for room in boards] == [{kept}] * 2
    assert [room.board.floor for room in boards] == [4, 4]
    await other.stop()


async def test_undo_in_the_outline_passes_over_what_was_cleared(desk: Desk) -> None:
    ana = desk.winter.ana
    kept, card = await desk.card(ana, "Stays"), await desk.card(ana, SECRET)
    await desk.act(ana, "edit_card", id=kept, text="Stays, in other words")
    await desk.act(ana, "remove_card", id=card)
    await desk.home.set("UPDATE deed SET at = at + 3600 WHERE seq = 3")  # it is still in the log then
    before = UNDO.findall(await desk.outline(ana))

    await swept(desk, now() + KEPT + MINUTE)

    assert (before, UNDO.findall(await desk.outline(ana))) == (["4", ""], ["3", ""])


async def test_D4_a_live_tab_goes_on_one_from_before_gets_the_whole_board_and_undo_says_why_not(
    running: Running,
) -> None:
    server, url = running
    world = await make_world(url)
    db = Database(url)
    async with tab(server, world, "Ana") as ana:
        kept, card = await ana.card("Stays"), await ana.card(SECRET)
        async with tab(server, world, "Cat") as cat:
            before: dict[str, Any] = {"from": cat.cursor, "audience": cat.audience}
        removal = await ana.act(do="remove_card", id=card)

        await sweep.sweep(db, lambda topic, number: None, now() + KEPT + MINUTE)
        new = await ana.card("Ana goes on")
        undone = await ana.undo(removal["seq"])
        restored = await ana.act(do="restore_card", id=card)

        assert set(ana.items) == {kept, new}
        assert (undone["code"], undone["say"]) == ("not_found", LONG_AGO)
        assert restored["code"] == "not_found"
        async with tab(server, world, "Cat", **before) as again:
            assert again.frames[0]["full"] is True
            assert set(again.items) == {kept, new}
    async with db.read() as tx:
        head = (await tx.execute(select(board.c.seq, board.c.floor).where(board.c.id == world.board))).one()
    await db.close()
    assert (head.seq, head.floor) == (5, 4)


def test_of_a_deed_on_several_items_the_way_back_of_those_that_stay_is_kept() -> None:
    play = Play()
    section = play.section()
    stays, goes = play.card(section=section), play.card(section=section)
    change = play.act(ANA, o.RemoveSection(section))
    entry = LogEntry(
        4, '{"do":"remove_section","id":"s"}', msgspec.json.encode(change.inverse).decode(), '{"n":1,"seq":4}'
    )
    after = redacted(entry, {goes, section})

    assert after is not None
    assert {id for id, *_ in msgspec.json.decode(after.inverse)} == {stays}
    assert redacted(entry, {"another"}) is None


def test_of_a_batch_the_parts_about_what_is_cleared_away_lose_their_words() -> None:
    parts = [
        {"do": "add_card", "id": id, "kind": "note", "text": f"Words of {id}"} for id in ("goes", "stays")
    ]
    op = msgspec.json.encode({"do": "batch", "parts": parts}).decode()
    entry = LogEntry(4, op, "[]", '{"n":1,"seq":4,"left_out":{"goes":"Words of goes","other":"Others"}}')
    after = redacted(entry, {"goes"})

    assert after is not None
    assert msgspec.json.decode(after.op)["parts"] == [{"do": "add_card", "id": "goes"}, parts[1]]
    assert "Words of goes" not in after.op + after.result
    assert msgspec.json.decode(after.result)["left_out"] == {"goes": "", "other": "Others"}
    assert redacted(entry, {"another"}) is None


def test_the_time_of_a_removal_must_be_known_to_be_over() -> None:
    assert clearing.overdue({"a": 1, "b": 2, "c": 3}, {1: 9.0, 2: 11.0}, 10.0) == {"a": 1}
