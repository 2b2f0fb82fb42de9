"""From notes on a board to an outcome in a report, in real Chromium: a line that somebody follows through."""

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from app.db import Database
from tests.browser.canvas_board import CanvasBoard, board, card_of, open_panel, served
from tests.outcomes.given import a_goal
from tests.support.browser import WIDE, axe, faultless, screenshot
from tests.support.server import Server

__all__ = ["board", "served"]
DILEMMA = "How is it that we are quick and take time?"
TITLE = "Move people on quickly and give them time"
BELIEF = "Families hear too late"
SOON = 2000  # ms in which a change is on every open page


@pytest.fixture
async def goal(board: CanvasBoard, served: tuple[Server, str]) -> str:
    db = Database(served[1])
    async with db.read() as tx:
        trust = f"SELECT organisation_id FROM member WHERE person_id = '{board.people['Ana Okafor']}'"
        organisation = str((await tx.exec_driver_sql(trust)).scalar_one())
    made = await a_goal(db, board.space, board.people["Ana Okafor"], organisation)
    await db.close()
    return made


async def test_a_card_is_kept_as_a_dilemma_and_wears_it_and_its_line_on_every_page(
    board: CanvasBoard, goal: str
) -> None:
    ana = await board.at("Ana Okafor")
    kept = await _keep_the_dilemma(board, ana)
    await ana.goto(kept)
    await faultless(ana, "records-dilemma")
    line = ana.locator(".throughline > li > b")
    await expect(line).to_have_text(["6 notes", "This dilemma", "Home sooner"])
    await ana.goto(f"{board.server.url}/spaces/{board.space}/records")
    await faultless(ana, "records-list")


async def _keep_the_dilemma(board: CanvasBoard, ana: Page) -> str:
    """From the panel of a card that six notes led to; another canvas shows it soon. Gives its address."""
    dilemma = await board.card(DILEMMA, x=40, y=40)
    for i, name in enumerate(("Ana Okafor", "Cleo Marsh") * 3):
        await board.link(await board.card(f"Note {i + 1}", name=name, x=300, y=40 + 150 * i), dilemma)
    cleo = await board.at("Cleo Marsh")
    await open_panel(ana, card_of(ana, DILEMMA))
    await ana.get_by_role("link", name="Keep this card").click()
    await ana.get_by_role("link", name="Keep this card…").click()
    await ana.get_by_role("link", name="Keep as a dilemma").click()
    await ana.get_by_label("The dilemma in one line").fill(TITLE)
    await ana.get_by_label("One side").fill("Flow")
    await ana.get_by_label("The other side").fill("Choice")
    await keep(ana, "records-keep")

    await expect(card_of(cleo, TITLE)).to_contain_text("Named", timeout=SOON)
    await card_of(cleo, TITLE).locator(".card-text").dblclick()
    await expect(cleo.get_by_text("This card stands for a dilemma. Change it there.").first).to_be_visible()
    await screenshot(cleo, "records-canvas")
    return ana.url


async def try_it_out(ana: Page) -> None:
    """A test with its mark, running, with a result."""
    await ana.get_by_role("link", name="Test it").click()
    await ana.get_by_label("The test in one line").fill("Ring early")
    await ana.get_by_label("To find out, we will").fill("Ring each family")
    await ana.get_by_label("We are right if").fill("20 of 30 say yes")
    await keep(ana)
    await ana.get_by_role("button", name="Set to “running”").click()
    await ana.locator("#add-results > summary").click()
    await ana.get_by_label("What was seen").fill("24 of 30 said yes")
    await ana.locator("#add-results").get_by_role("button", name="Add").click()


async def end_while_somebody_writes(ana: Page, reader: Page) -> None:
    """Whoever has the assumption open sees that it is supported; what they write stays, with its caret."""
    await reader.locator("#add-opposite > summary").click()
    box = reader.get_by_label("What you believe instead")
    await box.press_sequentially("They know already")
    await box.press("ArrowLeft")
    await ana.get_by_label("From that we learned").fill("Early is enough")
    await ana.get_by_label("And what we believed?").select_option("supported")
    await faultless(ana, "records-test")
    await ana.get_by_role("button", name="Save and end the test").click()

    await expect(reader.locator(".life [aria-current]")).to_have_text("Supported", timeout=2 * SOON)
    await expect(box).to_have_value("They know already")
    await expect(box).to_be_focused()
    assert await box.evaluate("box => box.selectionStart") == len("They know already") - 1


async def test_a_record_is_kept_and_mended_without_javascript(board: CanvasBoard) -> None:
    page = await board.pages.open(java_script_enabled=False, **WIDE)
    await _enter(page, board, "Cleo Marsh")
    await page.goto(f"{board.server.url}/spaces/{board.space}/records")
    await page.get_by_role("link", name="Keep something").click()
    await page.get_by_role("link", name="Keep as an assumption").click()
    await page.get_by_label("We believe that …").fill(BELIEF)
    await page.get_by_label("I do").check()
    await page.get_by_role("button", name="See what will stand").click()
    await page.get_by_role("button", name="Keep it", exact=True).click()
    await page.locator("#add-evidence > summary").click()
    await page.get_by_label("What we know").fill("Two families said so")
    await page.locator("#add-evidence").get_by_role("button", name="Add").click()

    await expect(page.locator("#list-evidence li")).to_contain_text("Two families said so")
    await expect(page.locator("#list-evidence li")).to_contain_text("Cleo Marsh, Vale Hospice")


async def keep(page: Page, name: str = "") -> None:
    """From the filled form over the preview to what is kept."""
    await page.get_by_label("I do").check()
    await page.get_by_label("Which outcome does it serve?").select_option(label="Home sooner")
    if name:
        await faultless(page, name)
    await page.get_by_role("button", name="See what will stand").click()
    await expect(page.get_by_role("heading", name="Read it back")).to_be_visible()
    if name:
        assert await axe(page) == []
    await page.get_by_role("button", name="Keep it", exact=True).click()
    await expect(page.get_by_role("heading", name="Connected to")).to_be_visible()


async def _enter(page: Page, board: CanvasBoard, name: str) -> None:
    token = {"name": "tl_session", "value": board.tokens[name], "url": board.server.url}
    await page.context.add_cookies([token])  # type: ignore[list-item]


async def signed_in(board: CanvasBoard, name: str, url: str) -> Page:
    page = await board.pages.open(**WIDE)
    await _enter(page, board, name)
    await page.goto(url)
    return page


async def test_a_button_that_is_pressed_again_while_its_answer_is_on_its_way_sends_once(
    board: CanvasBoard,
) -> None:
    path = f"/spaces/{board.space}/records/keep?kind=assumption"
    ana = await signed_in(board, "Ana Okafor", f"{board.server.url}{path}")
    await ana.get_by_label("We believe that …").fill(BELIEF)
    await ana.get_by_label("I do").check()
    await ana.get_by_role("button", name="See what will stand").click()
    await expect(ana.get_by_role("heading", name="Read it back")).to_be_visible()
    await ana.wait_for_load_state()  # with its script
    sent: list[Route] = []
    begun, pressed = asyncio.Event(), asyncio.Event()

    async def slowly(route: Route) -> None:
        sent.append(route)
        begun.set()
        await pressed.wait()
        await route.continue_()

    await ana.route("**/records/keep", slowly)
    box = await ana.get_by_role("button", name="Keep it", exact=True).bounding_box()
    assert box is not None
    await ana.mouse.click(box["x"] + 9, box["y"] + 9)
    await begun.wait()
    await ana.mouse.click(box["x"] + 9, box["y"] + 9)
    pressed.set()
    await expect(ana.get_by_role("heading", name=BELIEF)).to_be_visible()

    assert len(sent) == 1
