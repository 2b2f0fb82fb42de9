"""Somebody else changes a board at random while a person writes: no letter may go astray."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from itertools import cycle
from random import Random
from typing import Any

import httpx
from playwright.async_api import Page

from app.db import new_id

Op = dict[str, Any]
Send = Callable[[list[Op]], Awaitable[None]]
WORDS = "the quick brown fox jumps over the lazy dog "
PACE = 45  # ms that a key is down: somebody who types fast
FORMS = "#main input:not([type=hidden]), #main textarea"


class RandomChanges:
    """Ops that a board takes, by a fixed seed. The items given are moved and commented on, no more."""

    def __init__(self, seed: int, cards: Iterable[str], sections: Iterable[str]) -> None:
        self._chance = Random(seed)
        self._lasting = set(cards) | set(sections)
        self._cards, self._sections = list(cards), list(sections)
        self._comments: list[tuple[str, str]] = []
        self._kinds = [
            *(self._add_card,) * 6,
            *(self._edit_card,) * 4,
            *(self._move_card,) * 5,
            *(self._remove_card,) * 3,
            *(self._add_comment,) * 2,
            self._remove_comment,
            self._add_section,
            self._edit_section,
            *(self._move_section,) * 2,
            self._remove_section,
        ]

    def burst(self, count: int) -> list[Op]:
        """So many ops, the last of which adds a card, so that a page can show that it has them all."""
        ops: list[Op] = []
        while len(ops) < count - 1:
            op = self._chance.choice(self._kinds)()
            if op:
                ops.append(op)
        return [*ops, self._add_card()]

    def _add_card(self) -> Op:
        section = self._chance.choice([*self._sections, None])
        self._cards.append(new_id())
        kind = self._chance.choice(["note", "problem", "ask"])
        return {
            "do": "add_card",
            "id": self._cards[-1],
            "kind": kind,
            "text": self._text(),
            "section": section,
        }

    def _edit_card(self) -> Op | None:
        card = self._other(self._cards)
        return card and {"do": "edit_card", "id": card, "text": self._text()}

    def _move_card(self) -> Op:
        card = self._chance.choice(self._cards)
        section = self._chance.choice([*self._sections, None])
        return {"do": "move_card", "id": card, "section": section, "x": self._far(), "y": self._far()}

    def _remove_card(self) -> Op | None:
        card = self._other(self._cards)
        if not card:
            return None
        self._cards.remove(card)
        self._comments = [each for each in self._comments if each[1] != card]
        return {"do": "remove_card", "id": card}

    def _add_comment(self) -> Op:
        self._comments.append((new_id(), self._chance.choice(self._cards)))
        id, card = self._comments[-1]
        return {"do": "add_comment", "id": id, "card": card, "text": self._text()}

    def _remove_comment(self) -> Op | None:
        if not self._comments:
            return None
        comment = self._chance.choice(self._comments)
        self._comments.remove(comment)
        return {"do": "remove_comment", "id": comment[0]}

    def _add_section(self) -> Op:
        self._sections.append(new_id())
        place = {"x": self._far(), "y": self._far()}
        return {"do": "add_section", "id": self._sections[-1], "title": self._text(), **place}

    def _edit_section(self) -> Op | None:
        section = self._other(self._sections)
        return section and {"do": "edit_section", "id": section, "title": self._text()}

    def _move_section(self) -> Op:
        section = self._chance.choice(self._sections)
        after = self._chance.choice([*(each for each in self._sections if each != section), None])
        return {"do": "move_section", "id": section, "after": after, "x": self._far(), "y": self._far()}

    def _remove_section(self) -> Op | None:
        section = self._other(self._sections)
        if section:
            self._sections.remove(section)
        return section and {"do": "remove_section", "id": section}

    def _other(self, ids: list[str]) -> Any:
        """One that nobody writes on; None where there is none."""
        others = [id for id in ids if id not in self._lasting]
        return self._chance.choice(others) if others else None

    def _text(self) -> str:
        return f"News {self._chance.randrange(1000)}"

    def _far(self) -> int:
        return self._chance.randrange(1200)


@asynccontextmanager
async def sending(url: str, board: str, session: str) -> AsyncIterator[Send]:
    """Sends bursts of ops by plain HTTP as the person of that session."""
    async with httpx.AsyncClient(base_url=url, headers={"Origin": url}, timeout=20) as client:
        client.cookies.set("tl_session", session)
        await client.get("/sign-in")
        token = {"X-CSRFToken": client.cookies["tl_csrf"]}

        async def send(ops: list[Op]) -> None:
            requests = [{"n": n, "op": op} for n, op in enumerate(ops, 1)]
            body = {"client": new_id(), "ops": requests}
            answer = await client.post(f"/boards/{board}/ops", json=body, headers=token)
            assert answer.status_code == 200, answer.text
            assert not [ack for ack in answer.json()["acks"] if "code" in ack], answer.text

        yield send


async def write_during(page: Page, send: Send, changes: RandomChanges, bursts: int, count: int) -> str:
    """Types into what has the focus until the page has shown all bursts. Gives what was typed."""

    async def change() -> None:
        for _ in range(bursts):
            ops = changes.burst(count)
            await send(ops)
            await page.wait_for_selector(f"#card-{ops[-1]['id']}", state="attached")

    changing = asyncio.create_task(change())
    typed = ""
    for letter in cycle(WORDS):
        if changing.done():
            break
        await page.keyboard.type(letter, delay=PACE)
        typed += letter
    await changing
    return typed


async def other_boxes(page: Page, box: str) -> dict[str, str]:
    """What is in every text box that has words, but for one: nothing may be typed there."""
    boxes = await page.locator(FORMS).evaluate_all("all => all.map((each) => [each.id, each.value])")
    return {id: words for id, words in boxes if words and f"#{id}" != box}
