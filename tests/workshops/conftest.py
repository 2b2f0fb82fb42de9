"""The product with a board on which Ana leads a workshop; each takes part by forms, without JavaScript."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest

from app.access import Role
from app.db import new_id
from tests.boards.conftest import Desk, desk
from tests.spaces.conftest import Winter, home, winter
from tests.spaces.house import House, Person

__all__ = ["desk", "home", "winter"]


@dataclass
class Stage:
    """Ana (steward) leads; Bo and Cleo take part, Oli observes."""

    desk: Desk
    oli: Person
    n: int = 0

    @property
    def home(self) -> House:
        return self.desk.home

    @property
    def winter(self) -> Winter:
        return self.desk.winter

    @property
    def path(self) -> str:
        return f"{self.desk.path}/take-part"

    async def op(self, who: Person, do: str, **fields: Any) -> dict[str, Any]:
        """One op as a program sends it: its ack."""
        self.n += 1
        op = {"do": do, **fields}
        body = {"client": f"script-{self.n}", "ops": [{"n": 1, "op": op}]}
        await who.get("/join")
        token = {"x-csrftoken": who.http.cookies["tl_csrf"]}
        answer = await who.http.post(f"{self.desk.path}/ops", json=body, headers=token)
        assert answer.status_code == 200, answer.text
        ack: dict[str, Any] = answer.json()["acks"][0]
        assert "code" not in ack, ack
        return ack

    async def begin(self, purpose: str = "So that people are home.") -> str:
        id = new_id()
        await self.op(self.winter.ana, "open_stage", id=id, purpose=purpose)
        return id

    async def ask(self, prompt: str = "What makes it hard?", before: str | None = None, **given: Any) -> str:
        id = new_id()
        await self.op(self.winter.ana, "open_phase", id=id, prompt=prompt, **{"from": before}, **given)
        return id

    async def note(self, who: Person, phase: str, text: str, **more: Any) -> Any:
        fields = {"do": "add_card", "id": new_id(), "phase": phase, "kind": "note", "text": text, **more}
        return await who.post(self.path, **fields)

    async def wrote(self, who: Person, phase: str, text: str) -> str:
        """A note that was taken: its id."""
        id = new_id()
        answer = await self.note(who, phase, text, id=id)
        assert answer.status_code == 303, answer.text
        return id

    async def reveal(self, phase: str) -> None:
        await self.op(self.winter.ana, "reveal", id=phase)

    async def page(self, who: Person, query: str = "") -> str:
        shown = await who.get(f"{self.path}{query}")
        assert shown.status_code == 200, shown.text
        return str(shown.text)


@pytest.fixture
async def stage(desk: Desk) -> Stage:
    oli = await desk.home.person("Oli")
    await desk.home.seat(desk.winter.id, oli, desk.winter.northfield, Role.OBSERVER)
    return Stage(desk, oli)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def text_of(html: str) -> str:
    """The words of a page, its spaces as one."""
    parser = _Text()
    parser.feed(html)
    return " ".join(" ".join(parser.words).split())
