"""A space with people of two organisations and a board, on which lines are told."""

from collections.abc import AsyncIterator

import pytest

from tests.records.desk import Desk, desk_at


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with desk_at(sqlite_url) as made:
        yield made
