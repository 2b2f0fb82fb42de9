"""The product on each database, with a space and a board in it."""

from dataclasses import dataclass
from typing import Any

import pytest

from app.db import new_id
from tests.spaces.conftest import Winter, home, winter
from tests.spaces.house import House, Person

__all__ = ["home", "winter"]


@dataclass
class Desk:
    """A board called Leaving well, in the space of `winter`; people reach it by forms."""

    id: str
    home: House
    winter: Winter

    @property
    def path(self) -> str:
        return f"/boards/{self.id}"

    async def act(self, who: Person, do: str, **fields: Any) -> Any:
        """The answer to the form of an op; `id` is fresh unless given."""
        given = {"id": new_id(), **fields} if do.startswith("add_") else fields
        return await who.post(f"{self.path}/ops", do=do, **given)

    async def add(self, who: Person, do: str, **fields: Any) -> str:
        """What was added: its id."""
        made = str(fields.pop("id", new_id()))
        answer = await self.act(who, do, id=made, **fields)
        assert answer.status_code == 303, answer.text
        return made

    async def card(self, who: Person, text: str = "Some words", **fields: Any) -> str:
        return await self.add(who, "add_card", **{"kind": "note", "text": text, **fields})

    async def section(self, who: Person, title: str = "A section") -> str:
        return await self.add(who, "add_section", title=title)

    async def outline(self, who: Person, query: str = "") -> str:
        shown = await who.get(f"{self.path}/outline{query}")
        assert shown.status_code == 200, shown.text
        return str(shown.text)


@pytest.fixture
async def desk(home: House, winter: Winter) -> Desk:
    made = new_id()
    answer = await winter.ana.post(f"{winter.path}/boards", title="Leaving well", template="blank", id=made)
    assert answer.status_code == 303, answer.text
    return Desk(made, home, winter)
