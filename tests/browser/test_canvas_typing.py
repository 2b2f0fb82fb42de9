"""A thousand random changes of others while one writes in each text box of the canvas: no letter strays."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest
from playwright.async_api import Locator, Page, expect

from app.db import new_id
from tests.browser.canvas_board import CanvasBoard, board, open_panel, served
from tests.browser.random_changes import RandomChanges, sending, write_during
from tests.support.until import until

__all__ = ["board", "served"]


@dataclass(frozen=True)
class Place:
    """A card and a section on which Ana writes."""

    card: str
    section: str


async def _new_card(page: Page, place: Place) -> Locator:
    await page.locator("#canvas").focus()
    await page.keyboard.press("n")
    return page.locator(".writer textarea")


async def _card(page: Page, place: Place) -> Locator:
    await page.locator(f"#card-{place.card} .card-face").focus()
    await page.keyboard.press("Enter")
    return page.locator(".writer textarea")


async def _panel(page: Page, place: Place) -> Locator:
    return await _of_card(page, place, "Words")


async def _comment(page: Page, place: Place) -> Locator:
    return await _of_card(page, place, "Add a comment")


async def _own_comment(page: Page, place: Place) -> Locator:
    await open_panel(page, page.locator(f"#card-{place.card} .card-face"))
    await page.locator(".thread").get_by_role("button", name="Edit").click()
    return page.get_by_label("Edit your comment")


async def _title(page: Page, place: Place) -> Locator:
    return await _of_section(page, place, "Title")


async def _prompt(page: Page, place: Place) -> Locator:
    return await _of_section(page, place, "What is asked here")


async def _example(page: Page, place: Place) -> Locator:
    return await _of_section(page, place, "An example")


async def _of_card(page: Page, place: Place, label: str) -> Locator:
    await open_panel(page, page.locator(f"#card-{place.card} .card-face"))
    await page.get_by_label(label, exact=True).click()
    return page.get_by_label(label, exact=True)


async def _of_section(page: Page, place: Place, label: str) -> Locator:
    await open_panel(page, page.locator(f"#section-{place.section} .frame-pick"))
    await page.get_by_label(label, exact=True).click()
    return page.get_by_label(label, exact=True)


Opens = Callable[[Page, Place], Awaitable[Locator]]
BOXES: list[Opens] = [_new_card, _card, _panel, _comment, _own_comment, _title, _prompt, _example]
STATE = "box => [document.activeElement === box, box.value, box.selectionStart]"


@pytest.mark.parametrize("open_box", BOXES, ids=lambda way: way.__name__.strip("_"))
async def test_K1_no_letter_goes_astray_while_others_change_the_board(
    board: CanvasBoard, open_box: Opens
) -> None:
    section = await board.section("Begins here", x=0, y=40)
    place = Place(await board.card("My words", section=section, x=20, y=30), section)
    await board.act({"do": "add_comment", "id": new_id(), "card": place.card, "text": "Mine"})
    ana = await board.at("Ana Okafor")
    box = await open_box(ana, place)
    await expect(box).to_be_focused()
    await ana.keyboard.press("Control+End")
    begun = await box.input_value()
    changes = RandomChanges(10, [place.card], [place.section])
    async with sending(board.server.url, board.id, board.tokens["Cleo Marsh"]) as send:
        typed = await write_during(ana, send, changes, bursts=13, count=10)

    words = begun + typed
    assert await box.evaluate(STATE) == [True, words, len(words)]
    known = {words, begun, "Begins here", "My words", "Mine"}

    async def all_known() -> bool:
        return set(await ana.evaluate(MINE)) <= known

    await until(all_known, 5, "Ana has written nothing else")


# All words on the board that Ana wrote.
MINE = """() => [...throughline.sync.view.values()]
  .filter(({ fields }) => fields.by === throughline.context.about.me)
  .flatMap(({ fields }) => [fields.text, fields.title, fields.prompt, fields.example].filter(Boolean))"""
