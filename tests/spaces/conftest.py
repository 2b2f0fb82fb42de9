"""The product on each database, with a space of two organisations in it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from app.access import Role
from tests.spaces.house import House, Person, house


@dataclass
class Winter:
    """A space owned by Northfield Trust (Ana, steward; Bo, member) and Vale Hospice (Cleo, steward)."""

    id: str
    northfield: str
    hospice: str
    ana: Person
    bo: Person
    cleo: Person

    @property
    def path(self) -> str:
        return f"/spaces/{self.id}"


@pytest.fixture
async def home(database_url: str) -> AsyncIterator[House]:
    async with house(database_url) as running:
        yield running


@pytest.fixture
async def winter(home: House) -> Winter:
    ana, bo, cleo = [await home.person(name) for name in ("Ana", "Bo", "Cleo")]
    space_id = await home.space(ana)
    northfield = str(await home.value("SELECT id FROM organisation"))
    hospice = await home.organisation(space_id, "Vale Hospice")
    await home.seat(space_id, bo, northfield)
    await home.seat(space_id, cleo, hospice, Role.STEWARD)
    return Winter(space_id, northfield, hospice, ana, bo, cleo)
