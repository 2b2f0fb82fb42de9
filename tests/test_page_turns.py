"""Pages wait their turn: a crowd of them keeps no words waiting, and above what is carried each says so."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar, get, post

from app.limits.page_turns import BUSY, PageTurns
from app.supervision import PAGES, SCREENS
from tests.spaces.conftest import winter
from tests.spaces.house import House, house
from tests.support.until import until

__all__ = ["winter"]


class Crowd:
    """An app of which one page lasts until it is let go."""

    def __init__(self, at_once: int, patience: float) -> None:
        self.go, self.inside = asyncio.Event(), 0

        @get("/slow")
        async def slow() -> str:
            self.inside += 1
            await self.go.wait()
            return "shown"

        @post("/deed")
        async def deed() -> str:
            return "done"

        @get("/static/x")
        async def file() -> str:
            return "file"

        app = Litestar([slow, deed, file], middleware=[PageTurns(at_once, patience)])
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(cast(Any, app)), base_url="http://t")


@pytest.fixture
async def crowd() -> AsyncIterator[Crowd]:
    made = Crowd(2, 0.3)
    async with made.http:
        yield made
        made.go.set()


async def _full(crowd: Crowd) -> list[asyncio.Task[httpx.Response]]:
    asked = [asyncio.create_task(crowd.http.get("/slow")) for _ in range(2)]
    await until(lambda: crowd.inside == 2)
    return asked


async def test_above_what_is_carried_a_page_says_that_it_is_busy_and_asks_again_by_itself() -> None:
    gate = PageTurns(1, 0.05)
    await gate._free.acquire()
    answers = {}
    for name, headers in (
        ("page", {}),
        ("fragment", {"hx-request": "true"}),
        ("program", {"accept": "application/json"}),
    ):
        answers[name] = await _asked(gate, headers)

    assert {one.status_code for one in answers.values()} == {503}
    assert {one.headers["retry-after"] for one in answers.values()} == {"3"}
    assert all(BUSY in one.text for one in answers.values())
    assert '<meta http-equiv="refresh" content="3">' in answers["page"].text
    assert answers["fragment"].headers["hx-retarget"] == "#flash"
    assert json.loads(answers["program"].text) == {"code": "unavailable", "say": BUSY}


async def _asked(gate: PageTurns, headers: dict[str, str]) -> httpx.Response:
    @get("/page")
    async def page() -> str:
        return "shown"

    app = Litestar([page], middleware=[gate])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(cast(Any, app)), base_url="http://t") as http:
        return await http.get("/page", headers=headers)


async def test_deeds_and_files_pass_while_all_turns_are_taken(crowd: Crowd) -> None:
    asked = await _full(crowd)

    assert (await crowd.http.post("/deed")).text == "done"
    assert (await crowd.http.get("/static/x")).text == "file"
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
