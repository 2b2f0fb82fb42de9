"""The tests of relays run once for each kind."""

from collections.abc import AsyncIterator

import pytest

from tests.realtime.buses import Bus, postgres_bus, redis_bus
from tests.support.databases import Postgres


@pytest.fixture(params=["postgresql", "redis"])
async def bus(request: pytest.FixtureRequest, postgres: Postgres, redis: str) -> AsyncIterator[Bus]:
    if request.param == "redis":
        yield redis_bus(redis)
        return
    async with postgres.fresh(migrated=False) as url:
        yield postgres_bus(url)
