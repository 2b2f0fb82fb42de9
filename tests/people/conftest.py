"""The product on each database, and people at its door."""

from collections.abc import AsyncIterator

import pytest

from tests.people.steps import ANA, enter
from tests.spaces.house import House, Person, house


@pytest.fixture
async def home(database_url: str) -> AsyncIterator[House]:
    async with house(database_url) as running:
        yield running


@pytest.fixture
async def ana(home: House) -> Person:
    """Somebody with an account, signed in."""
    return await enter(home, **ANA)
