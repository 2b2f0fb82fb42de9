"""The canvas with no server in reach: deeds are kept on the device, survive a reload, and go out once."""

import re

from playwright.async_api import Page, expect

from tests.browser.canvas_board import CanvasBoard, board, card_of, is_saved, served, write_new

__all__ = ["board", "served"]

UNREACHABLE = r"ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE)|WebSocket connection to .* failed"


async def test_deeds_of_a_board_without_a_server_survive_a_reload_and_arrive_once(board: CanvasBoard) -> None:
    board.pages.expect(UNREACHABLE)
    await board.card("Known before")
    ana = await board.at("Ana Okafor")
    await _shell_is_kept(ana)
    await board.server.stop()
    await expect(ana.locator("#saved")).to_have_attribute("data-state", "offline", timeout=15_000)
    await write_new(ana, "Written on the train")
    await ana.keyboard.press("Delete")
    await write_new(ana, "Written in the tunnel")
    await expect(ana.locator("#saved")).to_contain_text("stored on this device")
    await ana.reload()
    await expect(ana.get_by_role("heading", name="Leaving hospital well")).to_be_visible()
    await expect(card_of(ana, "Known before")).to_be_visible()
    await expect(card_of(ana, "Written in the tunnel")).to_be_visible()
    await expect(ana.locator("#saved")).to_contain_text(
        re.compile("Offline, . stored on this device"), timeout=15_000
    )
    await board.server.start()
    await is_saved(ana)

    cleo = await board.at("Cleo Marsh")
    await expect(card_of(cleo, "Written in the tunnel")).to_have_count(1)
    assert await card_of(cleo, "Written on the train").count() == 0


async def test_a_server_that_dies_and_comes_back_costs_nobody_a_word(board: CanvasBoard) -> None:
    board.pages.expect(UNREACHABLE)
    ana = await board.at("Ana Okafor")
    await ana.locator("#canvas").focus()
    await ana.keyboard.press("n")
    await ana.keyboard.type("Half of it while the server lives, ")
    await is_saved(ana)
    await board.server.kill9()
    await ana.keyboard.type("half of it while it is gone")
    await ana.keyboard.press("Escape")
    await board.server.start()
    await is_saved(ana)

    cleo = await board.at("Cleo Marsh")
    await expect(card_of(cleo, "Half of it")).to_contain_text(
        "while the server lives, half of it while it is gone"
    )


async def test_signing_out_warns_of_what_is_unsent_and_clears_this_device(board: CanvasBoard) -> None:
    board.pages.expect(UNREACHABLE)
    ana = await board.at("Ana Okafor")
    other = await ana.context.new_page()
    await other.goto(f"{board.server.url}/me")
    await board.server.stop()
    await expect(ana.locator("#saved")).to_have_attribute("data-state", "offline", timeout=15_000)
    await write_new(ana, "Not sent yet")
    await expect(ana.locator("#saved")).to_contain_text("1 stored on this device")
    await ana.close()
    said: list[str] = []

    async def stay(dialog: object) -> None:
        said.append(dialog.message)  # type: ignore[attr-defined]
        await dialog.dismiss()  # type: ignore[attr-defined]

    other.on("dialog", stay)
    await other.locator(".bar-person > summary").click()
    await other.get_by_role("button", name="Sign out", exact=True).click()
    await expect(other.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
    await board.server.start()
    again = await other.context.new_page()
    await again.goto(board.url)
    await expect(card_of(again, "Not sent yet")).to_be_visible()
    await is_saved(again)
    await again.close()
    await other.get_by_role("button", name="Sign out", exact=True).click()
    await other.wait_for_url(lambda url: "/me" not in url)

    assert said == ["1 change is on this device only and would be lost. Sign out anyway?"]
    assert await other.evaluate(_COUNT) == 0


async def test_when_sockets_are_blocked_the_same_board_works_by_post(board: CanvasBoard) -> None:
    board.pages.expect(r"WebSocket|net::")
    ana = await board.pages.open(viewport={"width": 1440, "height": 900})
    await ana.add_init_script(_NO_SOCKETS)
    await ana.context.add_cookies(
        [{"name": "tl_session", "value": board.tokens["Ana Okafor"], "url": board.server.url}]
    )
    await ana.goto(board.url)
    await is_saved(ana)
    await write_new(ana, "Through the hospital's proxy")
    await is_saved(ana)
    await board.card("An answer from outside", name="Cleo Marsh")

    await expect(card_of(ana, "An answer from outside")).to_be_visible(timeout=10_000)
    cleo = await board.at("Cleo Marsh")
    await expect(card_of(cleo, "Through the hospital's proxy")).to_have_count(1)


async def _shell_is_kept(page: Page) -> None:
    """The service worker has put the shell away, and the copy of the board is on this device."""
    await page.evaluate("navigator.serviceWorker.ready")
    await page.wait_for_function("caches.match('/shell').then(Boolean)")
    await page.wait_for_function(f"({_COUNT})().then(count => count > 0)")


_NO_SOCKETS = """window.WebSocket = class {
  constructor() { queueMicrotask(() => this.onclose?.({ code: 1006 })) }
  close() {}
}"""

# How many boards and unsent deeds this browser keeps.
_COUNT = """() => new Promise((done) => {
  const asked = indexedDB.open("throughline")
  asked.onsuccess = () => {
    const db = asked.result
    if (!db.objectStoreNames.contains("boards")) { db.close(); done(0); return }
    const tx = db.transaction(["boards", "queue"])
    const counts = ["boards", "queue"].map((name) => tx.objectStore(name).count())
    tx.oncomplete = () => { db.close(); done(counts[0].result + counts[1].result) }
  }
})"""
