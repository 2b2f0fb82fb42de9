"""The canvas in browsers that store nothing: the board that came with the page is shown all the same."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.canvas_board import CanvasBoard, board, card_of, is_saved, served, write_new
from tests.support.browser import WIDE

__all__ = ["board", "served"]

TAB_ONLY = "kept in this tab only"
BROKEN = {
    "a database that never answers": "IDBOpenDBRequest.prototype.addEventListener = () => {}",
    "a database that is refused": """IDBFactory.prototype.open = () => {
      throw new DOMException("", "SecurityError")
    }""",
    "requests that never end": """IDBRequest.prototype.addEventListener = () => {}
      IDBOpenDBRequest.prototype.addEventListener = EventTarget.prototype.addEventListener""",
    "no Web Locks": "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })",
    "locks that never come": "LockManager.prototype.request = () => new Promise(() => {})",
    "a full device": """for (const name of ["put", "add"])
      IDBObjectStore.prototype[name] = () => { throw new DOMException("", "QuotaExceededError") }""",
}
NO_STORAGE = """for (const name of ["sessionStorage", "localStorage"])
  Object.defineProperty(window, name, {
    configurable: true,
    get() { throw new DOMException("", "SecurityError") },
  })"""
NO_WORKER = """Object.defineProperty(ServiceWorkerContainer.prototype, "register",
  { value: () => new Promise(() => {}) })"""


async def opened(board: CanvasBoard, script: str) -> Page:
    page = await board.pages.open(**WIDE)
    await page.add_init_script(script)
    cookie = {"name": "tl_session", "value": board.tokens["Ana Okafor"], "url": board.server.url}
    await page.context.add_cookies([cookie])  # type: ignore[list-item]
    await page.goto(board.url)
    return page


@pytest.mark.parametrize("broken", BROKEN)
async def test_the_board_is_shown_and_works_whatever_the_device_does(board: CanvasBoard, broken: str) -> None:
    await board.card("It came with the page")
    page = await opened(board, BROKEN[broken])
    await expect(card_of(page, "It came with the page")).to_be_visible(timeout=6000)
    await is_saved(page)
    await write_new(page, "Written without a store")
    await is_saved(page)

    await expect(page.locator("#saved")).to_contain_text(TAB_ONLY)
    cleo = await board.at("Cleo Marsh")
    await expect(card_of(cleo, "Written without a store")).to_have_count(1)


@pytest.mark.parametrize("script", [NO_STORAGE, NO_WORKER, "delete window.sessionStorage"])
async def test_the_board_is_shown_without_storage_of_the_tab_or_a_service_worker(
    board: CanvasBoard, script: str
) -> None:
    await board.card("It came with the page")
    page = await opened(board, script)
    await expect(card_of(page, "It came with the page")).to_be_visible(timeout=6000)
    await write_new(page, "Written all the same")
    await is_saved(page)

    await expect(page.locator("#saved > span")).to_have_text("Saved")
