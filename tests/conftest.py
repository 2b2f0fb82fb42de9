"""Fixtures of all tests: databases, servers, a browser, and the rule that nothing is skipped."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.async_api import Browser, Page

from app.config import ROOT
from app.db import Database
from tests.support.browser import Pages, chromium
from tests.support.databases import Postgres, copy_sqlite, make_sqlite_template, postgres_server
from tests.support.redis import redis_server
from tests.support.server import Server, serving

# Thousands of databases live for a moment each, and wait for the disk where memory would do: a server that is
# killed loses nothing of either, and strace sees each fdatasync all the same.
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3  # noqa: S108
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

# Before anything hashes: at full strength each password takes 64 MB and a tenth of a second.
os.environ["CHEAP_PASSWORDS"] = "yes"

# The fast runs try the same examples each time: a red run is about the change. `prove` looks for new ones.
calm = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "fast", max_examples=60, deadline=None, derandomize=True, suppress_health_check=calm
)
settings.register_profile("prove", max_examples=3_000, deadline=None, suppress_health_check=calm)
settings.load_profile("fast")

StartServer = Callable[..., Awaitable[Server]]
Running = tuple[Server, str]  # and the address of its database


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A test that did not run proves nothing, so a skip fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    left_out = [kind for kind in ("skipped", "xfailed") if reporter and reporter.stats.get(kind)]
    if reporter and left_out:
        reporter.write_line(f"Tests were {' and '.join(left_out)}: that counts as a failure here.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One real PostgreSQL for this worker."""
    with postgres_server() as folder:
        yield Postgres(folder)


@pytest.fixture
async def afterwards() -> AsyncIterator[AsyncExitStack]:
    """What goes last. Servers lean on it, so a database outlives them in whatever order a test names both."""
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def postgres_url(postgres: Postgres, afterwards: AsyncExitStack) -> str:
    """A fresh migrated database on PostgreSQL."""
    return await afterwards.enter_async_context(postgres.fresh())


@pytest.fixture(scope="session")
async def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return await make_sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh migrated database on SQLite."""
    return copy_sqlite(sqlite_template, tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The test runs twice: on SQLite and on PostgreSQL."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    """An open fresh database, once of each kind."""
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture(scope="session")
async def redis(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of a real Redis."""
    async with redis_server(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture
async def start_server(tmp_path: Path, afterwards: AsyncExitStack) -> AsyncIterator[StartServer]:
    """`await start_server(database_url, NAME="value")` gives a running Server, ended after the test."""
    async with AsyncExitStack() as stack:

        async def start(database_url: str = "", **env: str) -> Server:
            server = Server(tmp_path / "server", database_url, root=ROOT, **env)
            stack.push_async_callback(server.close)
            await server.start()
            return server

        yield start


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
async def running(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Running]:
    """A server that many tests share, each with a world of its own; once on each database."""
    folder = tmp_path_factory.mktemp("running")
    async with AsyncExitStack() as stack:
        if request.param == "sqlite":
            url = copy_sqlite(sqlite_template, folder)
        else:
            url = await stack.enter_async_context(request.getfixturevalue("postgres").fresh())
        yield await stack.enter_async_context(serving(folder, url)), url


@pytest.fixture(scope="session")
async def shared_server(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Running]:
    """A server on SQLite for tests that need no more of it than a space of their own. Leave it running."""
    folder = tmp_path_factory.mktemp("shared")
    url = copy_sqlite(sqlite_template, folder)
    async with serving(folder, url) as server:
        yield server, url


@pytest.fixture
async def server(start_server: StartServer, sqlite_url: str) -> Server:
    """The product on a fresh SQLite database."""
    return await start_server(sqlite_url)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest.fixture
async def pages(browser: Browser) -> AsyncIterator[Pages]:
    """`await pages.open(url)` for each person; unexpected console errors fail the test."""
    opened = Pages(browser)
    yield opened
    await opened.close()


@pytest.fixture
async def page(pages: Pages) -> Page:
    """One page of one person."""
    return await pages.open()
