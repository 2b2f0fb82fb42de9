"""What a balancer is told: whether a process lives, and whether it can serve."""

import resource
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import text

from app.db import Database
from app.migrate import is_behind, migrate, newest
from tests.conftest import StartServer
from tests.spaces.conftest import home
from tests.spaces.house import House
from tests.support.counted import counted
from tests.support.databases import Postgres, sqlite_url
from tests.support.server import Server
from tests.support.until import until

__all__ = ["home"]


async def statuses(http: httpx.AsyncClient) -> list[int]:
    return [(await http.get(f"/{name}")).status_code for name in ("livez", "readyz", "healthz")]


@pytest.fixture
async def http(home: House) -> AsyncIterator[httpx.AsyncClient]:
    async with home.stranger().http as http:
        yield http


async def test_a_process_that_can_store_is_ready(http: httpx.AsyncClient) -> None:
    assert await statuses(http) == [200, 200, 200]


async def test_whether_a_process_lives_is_asked_of_no_database_by_whoever_asks(home: House) -> None:
    ana = await home.person("Ana Ash")
    with counted() as sent:
        answer = await ana.get("/livez")

    assert answer.status_code == 200
    assert sent == []


async def test_a_process_whose_database_lacks_migrations_lives_and_is_not_ready(
    home: House, http: httpx.AsyncClient
) -> None:
    await home.set("UPDATE alembic_version SET version_num = '0011_find'")
    answer = await http.get("/readyz")
    found = await statuses(http)
    await home.set(f"UPDATE alembic_version SET version_num = '{newest()}'")

    assert found == [200, 503, 503]
    assert answer.json()["reason"] == "The database is not migrated."


async def test_an_old_process_beside_a_newer_schema_is_ready_and_starts_again_too(
    home: House, http: httpx.AsyncClient
) -> None:
    await home.set("UPDATE alembic_version SET version_num = 'of tomorrow'")
    found = await statuses(http)
    await migrate(home.db)
    kept = await home.value("SELECT version_num FROM alembic_version")
    await home.set(f"UPDATE alembic_version SET version_num = '{newest()}'")

    assert found == [200, 200, 200]
    assert kept == "of tomorrow"


async def test_an_empty_database_lacks_migrations(tmp_path_factory: pytest.TempPathFactory) -> None:
    db = Database(sqlite_url(tmp_path_factory.mktemp("empty") / "empty.db"))
    async with db.read() as tx:
        await tx.execute(text("SELECT 1"))

    assert await is_behind(db)
    await db.close()


async def test_where_the_disk_is_full_a_process_is_not_ready_until_there_is_room_again(
    start_server: StartServer, sqlite_url: str
) -> None:
    server: Server = await start_server(sqlite_url)
    server.tracebacks_expected = True
    none, (soft, hard) = 1, resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    async with httpx.AsyncClient(base_url=server.url) as http:
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (none, hard))
        full = await statuses(http)
        page = await http.get("/sign-in")
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (soft, hard))
        await until(lambda: healed(http))

    assert full == [200, 503, 503]
    assert page.status_code == 200


async def test_where_PostgreSQL_can_make_no_file_a_process_is_not_ready_until_it_can_again(
    start_server: StartServer, postgres: Postgres, postgres_url: str
) -> None:
    name = postgres_url.partition("?")[0].rpartition("/")[2]

    async def set_limit(how: str) -> None:
        """For all its sessions: a disk that others use too cannot be filled."""
        await postgres.run(f"ALTER DATABASE {name} {how}")
        await postgres.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    server = await start_server(postgres_url)
    async with httpx.AsyncClient(base_url=server.url) as http:
        await set_limit("SET temp_file_limit = 0")
        full = await statuses(http)
        await set_limit("RESET temp_file_limit")
        await until(lambda: healed(http))

    assert full == [200, 503, 503]


async def healed(http: httpx.AsyncClient) -> bool:
    return await statuses(http) == [200, 200, 200]
