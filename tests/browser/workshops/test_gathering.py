"""All gather on their phones: ticks, themes, and one's own step taken back, while others do the same."""

from playwright.async_api import expect

from tests.browser.canvas_board import CanvasBoard, board, served
from tests.browser.workshops.test_phone import NARROW, ask, begin, is_sound, take_part, write

__all__ = ["board", "served"]


async def test_two_phones_gather_at_once_and_take_their_own_back(board: CanvasBoard) -> None:
    await begin(board)
    first = await ask(board, "What makes leaving so hard?", None)
    bo = await take_part(board, "Bo Hale")
    cleo = await take_part(board, "Cleo Marsh", **NARROW)
    for words in ("Nine days in a bed", "Nobody knows who decides", "The ramp is ordered on the last day"):
        await write(bo, words)
    await board.act({"do": "reveal", "id": first})
    await ask(board, "What belongs together?", first, write="off", move="everyone", about=[first])
    await expect(cleo.locator(".tick")).to_have_count(3)
    await expect(cleo.locator(".gather")).to_be_hidden()

    await cleo.click("text=Nobody knows who decides")
    await cleo.fill("#new-title", "Half a ti")
    await bo.click("text=Nine days in a bed")
    await bo.click("text=The ramp is ordered")
    await expect(bo.locator(".ticked")).to_have_text("2 notes ticked")
    await bo.fill("#new-title", "Getting home")
    await is_sound([bo, cleo], "gather")
    await bo.click("text=To a new theme")
    await expect(cleo.locator(".theme h2").first).to_contain_text("Getting home")
    await expect(bo.locator(".gather")).to_be_hidden()

    await expect(cleo.locator("#new-title")).to_have_value("Half a ti")
    await expect(cleo.locator(".ticked")).to_have_text("1 note ticked")
    await cleo.click("text=To this theme")
    await expect(bo.locator(".theme").first.locator(".tick")).to_have_count(3)
    await expect(cleo.locator("#undo-gathering")).to_have_text("Undo: Gathered")
    await expect(cleo.locator(":checked[name=cards]")).to_have_count(0)
    await is_sound([bo, cleo], "gathered")
    await cleo.click("text=Undo: Gathered")
    await expect(bo.locator(".theme").first.locator(".tick")).to_have_count(2)

    await bo.click("text=Nine days in a bed")
    await bo.click("text=Take ticked notes out")
    await expect(cleo.locator("#theme-none .tick")).to_have_count(2)
    await bo.click(".theme-acts summary")
    await bo.fill(".theme-form [name=title]", "Getting in")
    await is_sound([bo], "theme")
    await bo.click("text=Rename")
    await expect(cleo.locator(".theme h2").first).to_contain_text("Getting in")
    await ask(board, "And now?", await now(board), write="off", about=[first])
    await expect(cleo.locator(".kept-words")).to_contain_text("Half a ti")


async def now(board: CanvasBoard) -> str:
    answer = await board.api["Ana Okafor"].get(f"/boards/{board.id}/changes?client=reader&from=0")
    return str(next(item["fields"]["now"] for item in answer.json()["puts"] if item["item"] == "stage"))
