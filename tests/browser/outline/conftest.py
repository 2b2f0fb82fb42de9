"""A running server with a board on it, and people who open it in Chromium, signed in."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, expect

from app.access import Role
from app.db import new_id, now
from tests.conftest import Running
from tests.spaces.house import House, Person, house
from tests.support.browser import Pages

expect.set_options(timeout=15_000)  # a page that refreshes itself waits a second; a busy machine waits longer


@dataclass
class Room:
    """The board Leaving well: section Hard has a problem and a dilemma in it, section True is empty."""

    url: str
    pages: Pages
    space: str
    board: str
    code: str
    tokens: dict[str, str]
    hard: str
    true: str
    problem: str
    dilemma: str

    @property
    def outline(self) -> str:
        return f"{self.url}/boards/{self.board}/outline"

    async def open(self, who: str, query: str = "", *, hurried: bool = False, **context: Any) -> Page:
        """The outline as this person sees it; `hurry` gives a page that is to be `hurried` its time."""
        page = await self.pages.open(**context)
        if hurried:
            await page.clock.install()
        cookie = {"name": "tl_session", "value": self.tokens[who], "url": self.url}
        await page.context.add_cookies([cookie])  # type: ignore[list-item]
        await page.goto(self.outline + query)
        return page

    @asynccontextmanager
    async def hands(self, who: str = "ana") -> AsyncIterator[Callable[..., Awaitable[None]]]:
        """Ops of a person's by plain forms: `await ana("add_card", text=...)`."""
        async with httpx.AsyncClient(base_url=self.url, headers={"Origin": self.url}) as http:
            http.cookies.set("tl_session", self.tokens[who])
            await http.get("/join")

            async def act(do: str, **fields: str) -> None:
                form = {"_csrf_token": http.cookies["tl_csrf"], "do": do, **fields}
                answer = await http.post(f"/boards/{self.board}/ops", data=form)
                assert answer.status_code == 303, answer.text

            yield act


@pytest.fixture
async def room(shared_server: Running, pages: Pages) -> Room:
    server, database_url = shared_server
    async with house(database_url) as home:
        made = await _fill(home)
    return Room(server.url, pages, **made)


async def _fill(home: House) -> dict[str, Any]:
    ana, ben = [await home.person(name, f"{new_id()}@example.org") for name in ("Ana", "Ben")]
    space = await home.space(ana)
    await home.seat(space, ben, await home.organisation(space, "Vale Hospice"), Role.STEWARD)
    board, hard, true, problem, dilemma = (new_id() for _ in range(5))
    await _sent(ana, f"/spaces/{space}/boards", title="Leaving well", template="blank", id=board)
    ops = f"/boards/{board}/ops"
    await _sent(ana, ops, do="add_section", id=hard, title="What makes this hard?", prompt="What happens?")
    await _sent(ana, ops, do="add_section", id=true, title="What must be true?", y="400")
    words = "People wait days in a bed they no longer need."
    await _sent(ana, ops, do="add_card", id=problem, kind="problem", text=words, section=hard)
    words = "Move people on quickly and give them time to choose."
    await _sent(ben, ops, do="add_card", id=dilemma, kind="dilemma", text=words, section=hard)
    await _sent(ana, ops, do="add_link", id=new_id(), start=problem, end=dilemma, means="leads_to")
    await _sent(ben, ops, do="add_comment", id=new_id(), card=problem, text="We see this too.")
    code = (await home.code(space, ana, now() + timedelta(days=1))).code
    tokens = {name: who.http.cookies["tl_session"] for name, who in (("ana", ana), ("ben", ben))}
    ids = {"hard": hard, "true": true, "problem": problem, "dilemma": dilemma}
    return {"space": space, "board": board, "code": code, "tokens": tokens, **ids}


async def _sent(who: Person, path: str, **fields: str) -> None:
    answer = await who.post(path, **fields)
    assert answer.status_code == 303, answer.text
