"""The parts that tests lean on do what they promise."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page
from redis.asyncio import Redis

from app.db import Database
from app.migrate import is_migrated
from tests.conftest import StartServer
from tests.support.browser import Pages, axe
from tests.support.server import Server
from tests.support.until import until

pytest_plugins = ["pytester"]
NO_NAME = "data:text/html,<html lang=en><title>A</title><main><h1>A</h1><button></button></main>"


async def test_a_fresh_database_is_migrated_and_safe_on_disk(db: Database) -> None:
    assert await is_migrated(db)
    await db.check_durable()


async def test_until_gives_the_first_true_answer() -> None:
    answers = iter([0, None, 7])

    assert await until(lambda: next(answers)) == 7


async def test_until_says_what_it_waited_for() -> None:
    with pytest.raises(AssertionError, match="the moon"):
        await until(lambda: False, within=0.05, why="the moon")


async def test_a_server_starts_again_after_a_kill(start_server: StartServer, database_url: str) -> None:
    server = await start_server(database_url)
    await server.kill9()
    assert not server.running

    await server.start()

    assert server.running


async def test_a_server_that_refuses_to_start_tells_why(tmp_path: Path) -> None:
    server = Server(tmp_path, SQLITE_SYNCHRONOUS="OFF")

    with pytest.raises(AssertionError, match="SQLITE_SYNCHRONOUS must be FULL"):
        await server.start()
    await server.close()


async def test_redis_answers(redis: str) -> None:
    async with Redis.from_url(redis) as client:
        assert await client.ping()


async def test_axe_finds_a_button_without_a_name(page: Page) -> None:
    await page.goto(NO_NAME)

    assert [line.partition(":")[0] for line in await axe(page)] == ["button-name"]


async def test_a_console_error_is_a_failure_unless_expected(pages: Pages) -> None:
    page = await pages.open()
    await page.evaluate("console.error('The kettle is empty')")
    await until(lambda: pages.problems)

    with pytest.raises(AssertionError, match=re.escape("The kettle is empty")):
        await Pages.close(pages)
    pages.expect("kettle")


def test_a_skip_fails_the_run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # three processes that load next to nothing
    source = Path(__file__).with_name("conftest.py").read_text()
    hook = source[source.index("def pytest_sessionfinish") : source.index("@pytest.fixture")]
    pytester.makeconftest("import pytest\n\n" + hook)
    pytester.makepyfile("import pytest\ndef test_a(): pytest.skip('later')\ndef test_b(): pass")

    result = pytester.runpytest_subprocess("-p", "xdist", "-n2", "-p", "no:cacheprovider")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
