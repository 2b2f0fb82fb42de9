"""The canvas while a workshop runs: it leads there, offers what the phase does, and keeps private what is."""

from playwright.async_api import expect

from app.db import new_id
from tests.browser.canvas_board import CanvasBoard, board, card_of, open_panel, served, write_new
from tests.browser.workshops.test_phone import ask
from tests.support.browser import screenshot

__all__ = ["board", "served"]


async def test_a_card_on_the_canvas_answers_the_phase_under_its_promise(board: CanvasBoard) -> None:
    bo, cleo = await board.at("Bo Hale"), await board.at("Cleo Marsh")
    await expect(bo.locator("#workshop")).to_be_hidden()
    await board.act({"do": "open_stage", "id": new_id(), "purpose": "So that people are home."})
    await expect(bo.locator("#workshop")).to_be_visible()
    await expect(bo.locator("#reads-only")).to_be_visible()

    first = await ask(board, "What makes it hard?", None)
    await expect(bo.locator("#reads-only")).to_be_hidden()
    await write_new(bo, "Nobody owns the journey")
    await expect(card_of(bo, "Nobody owns the journey")).to_be_visible()
    await expect(bo.locator("#saved")).to_have_attribute("data-state", "saved")
    await screenshot(bo, "canvas-in-workshop-1440")
    assert await cleo.locator(".card").count() == 0
    await board.act({"do": "reveal", "id": first})
    await expect(card_of(cleo, "Nobody owns the journey")).to_be_visible()
    await expect(cleo.locator(".unknown")).to_have_count(0)

    note = await card_of(cleo, "Nobody owns the journey").get_attribute("data-id")
    await board.act({"do": "take_out", "id": note, "why": "named"})
    await open_panel(cleo, card_of(cleo, "it named a person"))
    await expect(cleo.locator("#board-panel .taken-out")).to_contain_text("Taken out by Ana Okafor, ")
    await expect(cleo.locator("#board-panel textarea").first).not_to_be_editable()
    await screenshot(cleo, "canvas-taken-out-1440")

    await ask(board, "Which do we hold?", first, write="off")
    await expect(bo.locator("#reads-only")).to_be_visible()
    await bo.click("#workshop >> text=Take part")
    await expect(bo.locator("#prompt")).to_have_text("Which do we hold?")
