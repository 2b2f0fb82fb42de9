"""An outcome card that stands for a goal, in real Chromium: numbers come in, and the card says so."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from app.db import Database
from tests.browser.canvas_board import CanvasBoard, board, card_of, open_panel, served
from tests.outcomes.cards.faced import Faced, about_to_rise
from tests.support.browser import PHONE, axe, screenshot
from tests.support.server import Server

__all__ = ["board", "served"]
WORDS = "People are home within two days"


@pytest.fixture
async def faced(board: CanvasBoard, served: tuple[Server, str]) -> Faced:
    db = Database(served[1])
    async with db.read() as tx:
        where = f"SELECT space_id, created_by FROM board WHERE id = '{board.id}'"
        space, ana = map(str, (await tx.exec_driver_sql(where)).one())
        trust = f"SELECT organisation_id FROM member WHERE person_id = '{ana}'"
        organisation = (await tx.exec_driver_sql(trust)).scalar_one()
    made = await about_to_rise(db, space, organisation, ana)
    await db.close()
    return made


async def test_a_card_stands_for_a_goal_and_says_how_it_stands_as_numbers_come_in(
    board: CanvasBoard, faced: Faced
) -> None:
    await board.card(WORDS, kind="outcome", x=40, y=40)
    bo, cleo = await board.at("Bo Hale"), await board.at("Cleo Marsh")
    outline = await _outline(board, "Cleo Marsh")
    await _stand(bo, WORDS)
    await expect(card_of(cleo, WORDS).locator(".card-state")).to_have_text("No signal yet 50.0%")
    await faced.enter(board.server, board.tokens["Ana Okafor"])

    state = card_of(cleo, WORDS).locator(".card-state")
    await expect(state).to_have_text("Improving 82.0%")
    await expect(state.locator("svg polyline")).to_have_count(1)
    await expect(state.locator(".status-pill.status-better .sign-better")).to_have_count(1)
    await expect(outline.locator(".live-status")).to_contain_text("Improving, latest 82.0%")
    assert await state.locator("[style]").count() == 0
    await open_panel(cleo, card_of(cleo, WORDS))
    await expect(cleo.locator("#board-panel")).to_contain_text("Improving, latest 82.0%")
    assert await axe(cleo) == []
    assert await axe(outline) == []
    await screenshot(cleo, "face_canvas")
    await screenshot(outline, "face_outline")
    await cleo.get_by_role("link", name="Open the goal").click()
    await expect(cleo).to_have_url(f"{board.server.url}/spaces/{faced.space}/outcomes/goals/{faced.goal}")


async def test_an_observer_is_offered_no_tie(board: CanvasBoard) -> None:
    await board.card(WORDS, kind="outcome", x=40, y=40)
    oli = await board.at("Oli Reed")
    await open_panel(oli, card_of(oli, WORDS))

    await expect(oli.locator("#board-panel")).to_contain_text("Outcome by Ana Okafor")
    await expect(oli.locator("#board-panel .goal")).to_be_hidden()


async def _stand(page: Page, text: str) -> None:
    """From the card's panel to its page, there to the goal that there is, and back to the canvas."""
    await open_panel(page, card_of(page, text))
    await page.get_by_role("link", name="Make this a goal, or connect it to one").click()
    await expect(page.get_by_role("heading", name="The goal of a card")).to_be_visible()
    assert await axe(page) == []
    await screenshot(page, "face_page")
    await page.get_by_role("button", name="Connect to this goal").click()
    await expect(card_of(page, text).locator(".card-state")).to_have_text("No signal yet 50.0%")  # back there


async def _outline(board: CanvasBoard, name: str) -> Page:
    look: dict[str, Any] = PHONE
    page = await board.pages.open(**look)
    await page.context.add_cookies(
        [{"name": "tl_session", "value": board.tokens[name], "url": board.server.url}]
    )
    await page.goto(f"{board.server.url}/boards/{board.id}/outline")
    await expect(page.locator("main")).to_contain_text(WORDS)
    return page
