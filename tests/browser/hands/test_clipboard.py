"""Pasting rows as cards, and copying cards to another board and to elsewhere."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from app.db import new_id
from tests.browser.canvas_board import CanvasBoard, board, card_of, is_saved, look_at
from tests.support.browser import WIDE, faultless
from tests.support.databases import copy_sqlite
from tests.support.server import Server, serving

__all__ = ["board"]

CLIPBOARD: dict[str, Any] = {**WIDE, "permissions": ["clipboard-read", "clipboard-write"]}


@pytest.fixture(scope="module")
async def served(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Server, str]]:
    """Without a pace: hundreds of pasted rows are a debt that else takes ten seconds to go."""
    folder = tmp_path_factory.mktemp("clipboard")
    url = copy_sqlite(sqlite_template, folder)
    async with serving(folder, url, LIMITS="off") as server:
        yield server, url


async def test_K7_a_pasted_column_becomes_cards_in_the_section_in_view_as_one_step(
    board: CanvasBoard,
) -> None:
    await board.section("Where it begins", x=5000, y=200)
    section = await board.section("What must be true?", x=0, y=200, w=520, h=400)
    ana = await board.at("Ana Okafor", **CLIPBOARD)
    await look_at(ana, 40, 20)
    await _paste(ana, 'Beds are full\nNobody rang\n\n"Two\nlines"\n')
    await is_saved(ana)

    words = ana.locator(f"#section-{section} .card-text")
    await expect(words).to_have_text(["Beds are full", "Nobody rang", "Two lines"])
    assert await _texts(ana) == ["Beds are full", "Nobody rang", "Two\nlines"]
    await ana.keyboard.press("Control+z")
    await expect(ana.locator(".card")).to_have_count(0)


async def test_a_second_column_names_kinds_and_sections_and_many_rows_are_shown_first(
    board: CanvasBoard,
) -> None:
    one = await board.section("Where it begins", x=0, y=200, w=520, h=300)
    two = await board.section("What must be true?", x=600, y=200, w=520, h=300)
    ana = await board.at("Ana Okafor", **CLIPBOARD)
    rows = ["Beds are full\tproblem", "Is it so?\tQuestion", "We believe\twhat must be true?"]
    await _paste(ana, "\n".join([*rows, *(f"Row {n}" for n in range(5))]))
    dialog = ana.get_by_role("dialog")
    await expect(dialog).to_contain_text("8 cards: 6 notes, 1 problem, 1 question")
    await expect(dialog).to_contain_text("and 2 more")
    await faultless(ana, "paste")
    await dialog.get_by_label("Put those that name no section in").select_option(label="Where it begins")
    await dialog.get_by_role("button", name="Add 8 cards").click()
    await is_saved(ana)

    await expect(ana.locator(f"#section-{one} .card")).to_have_count(7)
    await expect(ana.locator(f"#section-{two} .card-text")).to_have_text(["We believe"])
    await expect(ana.locator(".card.kind-problem .card-text")).to_have_text(["Beds are full"])
    await ana.keyboard.press("Control+z")
    await expect(ana.locator(".card")).to_have_count(0)


async def test_a_paste_that_is_too_long_says_so_and_is_split_or_left_out(board: CanvasBoard) -> None:
    await board.section("Where it begins", x=0, y=200, w=520, h=300)
    ana = await board.at("Ana Okafor", **CLIPBOARD)
    long = "This is a sentence. " * 300
    await _paste(ana, f"Short\n{long}")
    dialog = ana.get_by_role("dialog")
    choice = dialog.get_by_label("1 row is longer than fits on a card")
    await expect(choice).to_be_checked()
    await choice.uncheck()
    await expect(dialog.get_by_role("button", name="Add 1 card", exact=True)).to_be_enabled()
    await choice.check()
    await dialog.get_by_role("button", name="Add 3 cards").click()
    await is_saved(ana)

    texts = await _texts(ana)
    assert len(texts) == 3
    assert " ".join(texts[1:]) == long.strip()


async def test_more_than_two_hundred_rows_are_sent_in_steps_and_taken_back_at_once(
    board: CanvasBoard,
) -> None:
    await board.section("Where it begins", x=0, y=200, w=520, h=300)
    ana = await board.at("Ana Okafor", **CLIPBOARD)
    before = await _cursor(ana)
    await _paste(ana, "\n".join(f"Row {n}" for n in range(230)))
    dialog = ana.get_by_role("dialog")
    await expect(dialog).to_contain_text("They are sent in 2 steps of up to 200 cards.")
    await dialog.get_by_role("button", name="Add 230 cards").click()
    await ana.wait_for_function("to => throughline.sync.replica.cursor === to", arg=before + 2)
    await ana.keyboard.press("Control+z")

    await expect(ana.locator(".card")).to_have_count(0)
    await is_saved(ana)


async def test_a_copied_selection_goes_to_another_board_as_cards_and_elsewhere_as_text(
    board: CanvasBoard,
) -> None:
    await board.card("Beds are full", kind="problem", x=0, y=40)
    await board.card("Two\nlines", kind="question", x=0, y=240)
    other = await _other_board(board)
    ana = await board.at("Ana Okafor", **CLIPBOARD)
    await ana.locator("#canvas").focus()
    await ana.keyboard.press("Control+a")
    await ana.locator("#selection-bar").get_by_role("button", name="Copy").click()
    assert await ana.evaluate("navigator.clipboard.readText()") == "Beds are full\nTwo lines"
    await ana.evaluate("navigator.clipboard.writeText('')")
    await ana.locator("#canvas").focus()
    await ana.keyboard.press("Control+c")
    await expect(ana.locator("#notes")).to_contain_text("Copied 2 cards")
    await ana.goto(f"{board.server.url}/boards/{other}?view=canvas")
    await is_saved(ana)
    await ana.locator("#canvas").focus()
    await ana.keyboard.press("Control+v")
    await is_saved(ana)

    await expect(card_of(ana, "Beds are full")).to_have_class("card kind-problem")
    await expect(card_of(ana, "lines")).to_have_class("card kind-question")
    assert await _texts(ana) == ["Beds are full", "Two\nlines"]
    await _find(ana).focus()
    await ana.keyboard.press("Control+v")
    await expect(_find(ana)).to_have_value("Beds are full Two lines")


async def test_an_observer_pastes_nothing_and_is_told(board: CanvasBoard) -> None:
    oli = await board.at("Oli Reed", **CLIPBOARD)
    await _paste(oli, "Beds are full")

    await expect(oli.locator("#notes")).to_contain_text("You can read this board, but not change it.")
    await expect(oli.locator(".card")).to_have_count(0)


async def _paste(page: Page, text: str) -> None:
    await page.evaluate("text => navigator.clipboard.writeText(text)", text)
    await page.locator("#canvas").focus()
    await page.keyboard.press("Control+v")


async def _texts(page: Page) -> list[str]:
    """The words of all cards on the board, in the order of the outline."""
    found: list[str] = await page.evaluate("throughline.context.items.inOrder().map(c => c.fields.text)")
    return found


async def _cursor(page: Page) -> int:
    return int(await page.evaluate("throughline.sync.replica.cursor"))


def _find(page: Page) -> Locator:
    return page.locator("#find-words")


async def _other_board(board: CanvasBoard) -> str:
    id = new_id()
    await board.steward(f"/spaces/{board.space}/boards", title="Another board", template="blank", id=id)
    return id
