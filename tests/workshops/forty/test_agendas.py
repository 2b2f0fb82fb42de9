"""A whole agenda with forty phones and three real pages, whatever goes wrong. Longer ones: `make prove`."""

import pytest
from playwright.async_api import Browser

from tests.conftest import StartServer
from tests.workshops.forty.agenda import judge, led_twice

FAST = 2_000.0  # times as fast as people are


@pytest.mark.timeout(240)
async def test_an_agenda_has_the_same_minutes_as_without_any_fault(
    start_server: StartServer, sqlite_url: str, browser: Browser
) -> None:
    server = await start_server(sqlite_url, LIMITS="off", LOG="json")

    found = await led_twice(server, sqlite_url, "02_name_it_60", FAST, browser)

    judge(found)
