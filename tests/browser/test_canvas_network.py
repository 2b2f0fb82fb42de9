"""The canvas behind a hostile proxy: what a proxy answers ends nothing, and one op holds up no other."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.canvas_board import CanvasBoard, board, card_of, is_saved, write_new
from tests.support.browser import WIDE, hurry
from tests.support.databases import copy_sqlite
from tests.support.http_proxy import HANG, Answer, Asked, HttpProxy, http_proxy
from tests.support.ports import free_port
from tests.support.server import Server, serving

__all__ = ["board"]

NOISE = r"WebSocket|net::|Failed to load resource"
PORTAL = Answer(200)


@pytest.fixture(scope="module")
def front() -> int:
    """The port that people's browsers know."""
    return free_port()


@pytest.fixture(scope="module")
async def served(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, front: int
) -> AsyncIterator[tuple[Server, str]]:
    folder = tmp_path_factory.mktemp("network")
    url = copy_sqlite(sqlite_template, folder)
    async with serving(folder, url, BASE_URL=f"http://127.0.0.1:{front}") as server:
        yield server, url


@pytest.fixture
async def proxy(board: CanvasBoard, front: int) -> AsyncIterator[HttpProxy]:
    board.pages.expect(NOISE)
    async with http_proxy(board.server.port, front) as made:
        yield made


async def behind(proxy: HttpProxy, board: CanvasBoard, name: str = "Ana Okafor") -> Page:
    """The canvas in that person's browser, which knows the proxy only, with all saved."""
    page = await board.pages.open(**WIDE)
    await page.clock.install()
    url = f"http://127.0.0.1:{proxy.port}"
    await page.context.add_cookies([{"name": "tl_session", "value": board.tokens[name], "url": url}])
    await page.goto(f"{url}/boards/{board.id}?view=canvas")
    await is_saved(page)
    return page


async def state(page: Page, name: str, within: float = 15) -> None:
    await expect(page.locator("#saved")).to_have_attribute("data-state", name, timeout=within * 1000)


def is_data(asked: Asked) -> bool:
    """What scripts ask for while a page is open."""
    return asked.upgrade or asked.path.rpartition("/")[2].partition("?")[0] in ("changes", "ops", "people")


def no_sockets(asked: Asked) -> Answer | None:
    return Answer(403) if asked.upgrade else None


async def test_a_proxy_that_says_404_for_nine_seconds_ends_nothing(
    board: CanvasBoard, proxy: HttpProxy
) -> None:
    ana = await behind(proxy, board)
    proxy.rule = lambda asked: Answer(404)
    proxy.cut_all()
    await state(ana, "offline")
    await write_new(ana, "Written during the redeploy")
    await hurry(ana, 9)
    await expect(ana.locator("#saved")).to_contain_text("Offline, 1 stored on this device")
    proxy.rule = lambda asked: None
    await hurry(ana, 10)  # the longest that it waits before it tries again
    await is_saved(ana)

    assert {asked.upgrade for asked in proxy.refused} == {True, False}
    cleo = await board.at("Cleo Marsh")
    await expect(card_of(cleo, "Written during the redeploy")).to_have_count(1)


async def test_one_text_that_a_filter_refuses_is_not_saved_and_the_others_are_through_a_reload_too(
    board: CanvasBoard, proxy: HttpProxy
) -> None:
    def filtered(asked: Asked) -> Answer | None:
        return Answer(403) if b"forbidden" in asked.body else no_sockets(asked)

    proxy.rule = filtered
    ana = await behind(proxy, board)
    await write_new(ana, "Before it")
    await write_new(ana, "These words are forbidden here")
    await write_new(ana, "After it")
    await expect(ana.locator("#saved")).to_contain_text("Sending")
    await ana.reload()
    await is_saved(ana)
    await expect(ana.get_by_role("button", name="Not saved, 1 item")).to_be_visible()
    await ana.get_by_role("button", name="Not saved, 1 item").click()
    await expect(ana.get_by_role("dialog")).to_contain_text("These words are forbidden here")
    await expect(ana.get_by_role("dialog")).to_contain_text("does not let this change through")

    cleo = await board.at("Cleo Marsh")
    await expect(card_of(cleo, "Before it")).to_have_count(1)
    await expect(card_of(cleo, "After it")).to_have_count(1)
    assert await card_of(cleo, "forbidden").count() == 0


async def test_a_portal_that_answers_200_with_a_page_is_offline(board: CanvasBoard, proxy: HttpProxy) -> None:
    ana = await behind(proxy, board)
    proxy.rule = lambda asked: PORTAL if is_data(asked) else None
    proxy.cut_all()
    await state(ana, "offline")
    await write_new(ana, "Before the conditions are accepted")
    await expect(ana.locator("#saved")).to_contain_text("Offline, 1 stored on this device")
    proxy.rule = lambda asked: None
    await hurry(ana, 10)

    await is_saved(ana)


async def test_who_wakes_on_a_dead_line_sees_no_saved_and_is_connected_anew(
    board: CanvasBoard, proxy: HttpProxy
) -> None:
    ana = await behind(proxy, board)
    proxy.go_half_open()
    await board.card("Added while the line was dead", name="Cleo Marsh")
    said = await ana.evaluate("""() => {
      for (const name of ["visibilitychange", "resume"]) document.dispatchEvent(new Event(name))
      window.dispatchEvent(new Event("online"))
      return document.querySelector("#saved > span").textContent
    }""")
    await expect(card_of(ana, "Added while the line was dead")).to_be_visible(timeout=4500)
    await is_saved(ana)

    assert said == "Checking"


async def test_a_hung_handshake_leaves_the_board_usable_over_http(
    board: CanvasBoard, proxy: HttpProxy
) -> None:
    proxy.rule = lambda asked: HANG if asked.upgrade else None
    await board.card("There already")
    page = await board.pages.open(**WIDE)
    url = f"http://127.0.0.1:{proxy.port}"
    cookie = {"name": "tl_session", "value": board.tokens["Ana Okafor"], "url": url}
    await page.context.add_cookies([cookie])  # type: ignore[list-item]
    await page.clock.install()
    await page.goto(f"{url}/boards/{board.id}?view=canvas")
    await expect(card_of(page, "There already")).to_be_visible()
    await write_new(page, "Sent without a socket")
    await hurry(page, 10)  # five until the handshake is given up
    await state(page, "saved", within=25)

    cleo = await board.at("Cleo Marsh")
    await expect(card_of(cleo, "Sent without a socket")).to_have_count(1)


async def test_the_board_that_no_proxy_hides_ends_by_the_servers_own_word(
    board: CanvasBoard, proxy: HttpProxy
) -> None:
    proxy.rule = no_sockets
    ana = await behind(proxy, board)
    await ana.context.clear_cookies()

    await state(ana, "ended")
    await expect(ana.locator("#saved")).to_contain_text("You are signed out")
