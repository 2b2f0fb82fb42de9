"""Pages wait their turn: a crowd of them keeps no words waiting, and above what is carried each says so."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar, get, post
from sqlalchemy import select

from app.db import Database, Tx
from app.limits.page_turns import BUSY, PageTurns, Turns
from app.supervision import PAGES, SCREENS
from tests.spaces.conftest import winter
from tests.spaces.house import House, house
from tests.support.until import until

__all__ = ["winter"]


class Crowd:
    """An app of which one page lasts until it is let go."""

    def __init__(self, at_once: int, patience: float, longest: float) -> None:
        self.go, self.inside = asyncio.Event(), 0

        @get("/slow")
        async def slow() -> str:
            self.inside += 1
            await self.go.wait()
            return "shown"

        @get("/heavy", heavy=True)
        async def heavy() -> str:
            return "whole"

        @post("/deed")
        async def deed() -> str:
            return "done"

        @get("/static/x")
        async def file() -> str:
            return "file"

        app = Litestar([slow, heavy, deed, file], middleware=[PageTurns(at_once, patience, longest)])
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(cast(Any, app)), base_url="http://t")


@pytest.fixture
async def crowd() -> AsyncIterator[Crowd]:
    made = Crowd(2, 5, 0.2)
    async with made.http:
        yield made
        made.go.set()


async def _full(crowd: Crowd) -> list[asyncio.Task[httpx.Response]]:
    asked = [asyncio.create_task(crowd.http.get("/slow")) for _ in range(2)]
    await until(lambda: crowd.inside == 2)
    return asked


async def test_above_what_is_carried_a_page_says_that_it_is_busy_and_asks_again_by_itself() -> None:
    gate = PageTurns(1, 0.05)
    await gate.turns.take()
    answers = {}
    for name, headers in (
        ("page", {}),
        ("fragment", {"hx-request": "true"}),
        ("program", {"accept": "application/json"}),
    ):
        answers[name] = await _asked(gate, headers)

    assert {one.status_code for one in answers.values()} == {503}
    assert all(3 <= int(one.headers["retry-after"]) <= 6 for one in answers.values())
    assert all(BUSY in one.text for one in answers.values())
    again = answers["page"].headers["retry-after"]
    assert f'<meta http-equiv="refresh" content="{again}">' in answers["page"].text
    assert answers["fragment"].headers["hx-retarget"] == "#flash"
    assert json.loads(answers["program"].text) == {"code": "unavailable", "say": BUSY}


async def _asked(gate: PageTurns, headers: dict[str, str]) -> httpx.Response:
    @get("/page")
    async def page() -> str:
        return "shown"

    app = Litestar([page], middleware=[gate])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(cast(Any, app)), base_url="http://t") as http:
        return await http.get("/page", headers=headers)


async def test_deeds_files_and_what_is_heavy_pass_while_all_turns_are_taken(crowd: Crowd) -> None:
    asked = await _full(crowd)

    assert (await crowd.http.post("/deed")).text == "done"
    assert (await crowd.http.get("/static/x")).text == "file"
    assert (await crowd.http.get("/heavy")).text == "whole"
    crowd.go.set()
    assert [(await one).text for one in asked] == ["shown", "shown"]


async def test_a_page_that_waits_long_for_something_else_gives_its_turn_to_the_next(crowd: Crowd) -> None:
    asked = await _full(crowd)
    third = asyncio.create_task(crowd.http.get("/slow"))
    await until(lambda: crowd.inside == 3)
    crowd.go.set()

    assert [(await one).text for one in (*asked, third)] == ["shown"] * 3


async def test_turns_come_back_once_and_no_more(crowd: Crowd) -> None:
    crowd.go.set()
    for _ in range(20):
        await crowd.http.get("/slow")
    crowd.go.clear()
    crowd.inside = 0
    extra = [asyncio.create_task(crowd.http.get("/slow")) for _ in range(5)]
    await until(lambda: crowd.inside == 2)
    crowd.go.set()

    assert {(await one).status_code for one in extra} == {200}


async def test_a_slow_line_on_which_a_page_is_sent_keeps_nobody_waiting() -> None:
    gate, sent, taken = PageTurns(1, 5), asyncio.Event(), asyncio.Event()

    async def page(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def slow(message: Any) -> None:
        sent.set()
        await taken.wait()

    handler = SimpleNamespace(opt={})
    scope = {"type": "http", "method": "GET", "path": "/page", "headers": [], "route_handler": handler}
    sending = asyncio.create_task(gate.handle(cast(Any, scope), cast(Any, None), slow, page))
    await sent.wait()

    assert await gate.turns.take()
    taken.set()
    await sending


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_where_the_line_is_too_long_already_one_hears_it_at_once() -> None:
    clock = Clock()
    turns = Turns(1, 2.0, clock)
    assert await turns.take()
    waiting = await _in_line(turns, 12)
    for _ in range(9):  # half a second for each
        clock.now += 0.5
        turns.give()
    assert all(await asyncio.gather(*waiting[:9]))

    late = asyncio.create_task(turns.take())
    more = await _in_line(turns, 3)
    told = (await _in_line(turns, 1))[0]
    assert told.done()
    assert not told.result()
    for one in (late, *more, *waiting[9:]):
        one.cancel()


async def test_a_line_that_moves_fast_may_be_long() -> None:
    clock = Clock()
    turns = Turns(1, 2.0, clock)
    assert await turns.take()
    waiting = await _in_line(turns, 40)
    for _ in range(20):
        clock.now += 0.01
        turns.give()
    last = (await _in_line(turns, 1))[0]
    for _ in range(21):
        turns.give()

    assert all(await asyncio.gather(*waiting, last))


async def test_who_leaves_the_line_takes_no_turn_along() -> None:
    turns = Turns(1, 5.0)
    assert await turns.take()
    gone, just_given = await _in_line(turns, 2)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    turns.give()
    just_given.cancel()  # its turn is there, and it has not noticed yet
    await asyncio.gather(just_given, return_exceptions=True)

    taken = (await _in_line(turns, 1))[0]
    assert taken.done()
    assert taken.result()


async def _in_line(turns: Turns, count: int) -> list[asyncio.Task[bool]]:
    waiting = [asyncio.create_task(turns.take()) for _ in range(count)]
    for _ in range(3):
        await asyncio.sleep(0)
    return waiting


async def test_what_sockets_and_deeds_ask_waits_for_no_page(sqlite_url: str) -> None:
    db, shown = Database(sqlite_url), threading.Event()

    async def long(tx: Tx) -> str:
        assert shown.wait(10)
        return "page"

    async def short(tx: Tx) -> int:
        found: int = (await tx.execute(select(1))).scalar_one()
        return found

    try:
        page = asyncio.create_task(db.run_long_read(long))
        async with asyncio.timeout(5):
            assert await db.run_read(short) == 1
        assert not page.done()
        shown.set()
        assert await page == "page"
    finally:
        shown.set()
        await db.close()


async def test_pages_are_drawn_off_the_loop_and_fragments_and_refusals_are_as_before(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    submit = PAGES.submit

    def noted(*given: Any, **more: Any) -> Any:
        drawn.append("page")
        return submit(*given, **more)

    monkeypatch.setattr(PAGES, "submit", noted)
    async with house(sqlite_url) as home:
        await _look(home)

    assert len(drawn) == 2
    assert PAGES._max_workers == 2
    assert SCREENS is not PAGES


async def _look(home: House) -> None:
    ana = await home.person("Ana")
    space = await home.space(ana)
    shown = await ana.get(f"/spaces/{space}")
    people = await ana.get(f"/spaces/{space}/people")
    missing = await ana.get(f"/spaces/{space}/nothing-here")
    assert [one.status_code for one in (shown, people, missing)] == [200, 200, 404]
    assert shown.headers["content-type"].startswith("text/html")
    assert "X-CSRFToken" in people.text
