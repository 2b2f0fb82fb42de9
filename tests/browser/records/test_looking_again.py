"""Open pages of records in Chromium: looking again, laying out, and what others change meanwhile."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Page, expect

from app.db import Database, new_id
from app.phrases import day_now
from tests.browser.canvas_board import CanvasBoard, board, card_of, served
from tests.support.browser import WIDE, faultless, screenshot
from tests.support.server import Server

__all__ = ["board", "served"]
TITLE = "Move people on quickly and give them time to choose where they go"
DILEMMA = {
    "kind": "dilemma",
    "field-pole_a": "Flow",
    "field-pole_b": "Choice",
    "field-purpose": "People leave well, and the next person has a bed",
    "field-fear": "Somebody is moved in the night to a place they never chose",
}
NOTES = (
    ("ups_a", "A bed for the next person tonight"),
    ("ups_b", "The place fits, and they stay there"),
    ("downs_a", "The first offer is refused, and all waits"),
    ("downs_b", "People decline while they wait"),
)
SOON = 2000  # ms in which a change is on every open page
CARET = "box => [box.value, box.selectionStart, document.activeElement === box]"
TOP = "box => box.getBoundingClientRect().top"


async def kept(board: CanvasBoard, served: tuple[Server, str], title: str, **fields: str) -> str:
    """The id of a record that Ana keeps true."""
    given = {"kind": "assumption", "cards": "", "tender": "me", "look_again": "2090-02-14", "step": "stand"}
    await board.steward(f"/spaces/{board.space}/records/keep", **{**given, "title": title, **fields})
    return str(await value(served, f"SELECT id FROM record WHERE title = '{title}' ORDER BY made_at DESC"))


async def value(served: tuple[Server, str], sql: str) -> Any:
    db = Database(served[1])
    async with db.write() as tx:
        found = await tx.exec_driver_sql(sql)
        got = found.scalar() if found.returns_rows else None
    await db.close()
    return got


async def signed_in(board: CanvasBoard, name: str, path: str, **look: Any) -> Page:
    page = await board.pages.open(**(look or WIDE))
    token = {"name": "tl_session", "value": board.tokens[name], "url": board.server.url}
    await page.context.add_cookies([token])  # type: ignore[list-item]
    await page.goto(f"{board.server.url}{path}")
    return page


async def test_a_dilemma_is_looked_at_again_and_its_two_spreads_stand_side_by_side(
    board: CanvasBoard, served: tuple[Server, str]
) -> None:
    board.pages.expect("422")
    records = f"/spaces/{board.space}/records"
    id = await kept(board, served, TITLE, **DILEMMA)
    for tag, text in NOTES:
        row = {"do": "add_row", "id": new_id(), "list": tag, "field-text": text}
        await board.steward(f"{records}/{id}/ops", **row)
    first = {"field-ups_a": "9", "field-ups_b": "4", "field-downs_a": "17", "field-downs_b": "6"}
    review = {"id": new_id(), "field-still": "yes", "on": "2090-02-14", **first}
    await board.steward(f"{records}/{id}/review", **review)
    await kept(board, served, "Families hear too late")
    for title, days in ((TITLE, -3), ("Families hear too late", 12)):
        day = (day_now() + timedelta(days=days)).isoformat()
        await value(served, f"UPDATE record SET look_again = '{day}' WHERE title = '{title}'")

    ana = await signed_in(board, "Ana Okafor", f"/spaces/{board.space}")
    await faultless(ana, "records-home")
    await ana.get_by_role("link", name="Look again at").click()
    await expect(ana.get_by_text("36 dots")).to_be_visible()
    await ana.get_by_label("Partly: something has changed").check()
    await ana.get_by_role("button", name="Save").click()
    await expect(ana.get_by_text("Say what has changed, in a few words.").first).to_be_visible()
    await ana.get_by_label("What changed?").fill("Two families were rung on the first day, and said yes.")
    for place, dots in (("Flow, gained", 15), ("Choice, gained", 9), ("Flow, neglected", 8)):
        await ana.get_by_label(place).fill(str(dots))
    await faultless(ana, "records-review")
    await ana.get_by_role("button", name="Save").click()

    await expect(ana.locator(".spread-day")).to_have_count(2)
    await expect(ana.locator("#looked-again")).to_contain_text("found that something has changed")
    await faultless(ana, "records-dilemma-map")
    await ana.locator(".spreads").scroll_into_view_if_needed()
    await screenshot(ana, "records-spreads")
    await ana.get_by_role("link", name="Lay it out on a board").click()
    await ana.get_by_label("On which board?").select_option(label="Leaving hospital well")
    await faultless(ana, "records-lay-out")
    await ana.get_by_role("button", name="Add to the board").click()
    await expect(card_of(ana, TITLE)).to_contain_text("Named")
    await expect(ana.get_by_text("Upsides of A: Flow").first).to_be_visible()
    await screenshot(ana, "records-laid-out")
    await ana.goto(f"{board.server.url}{records}/due")
    await faultless(ana, "records-due")


async def test_a_change_is_on_open_pages_within_two_seconds_where_caret_and_scroll_stay(
    board: CanvasBoard, served: tuple[Server, str]
) -> None:
    records = f"/spaces/{board.space}/records"
    ids = [await kept(board, served, f"Families hear too late {number:02}") for number in range(30)]
    register = await signed_in(board, "Cleo Marsh", f"{records}?sort=title&edit={ids[20]}#record-{ids[20]}")
    page = await signed_in(board, "Cleo Marsh", f"{records}/{ids[21]}")
    await page.locator("#add-opposite > summary").click()
    boxes = [register.locator(".row-form [name=title]"), page.get_by_label("What you believe instead")]
    for box in boxes:
        await box.press("End")
        await box.press_sequentially(" and early")
        for _ in range(3):
            await box.press("ArrowLeft")
    await page.mouse.wheel(0, 200)
    before = [await box.evaluate(CARET) for box in boxes]
    tops = [await box.evaluate(TOP) for box in boxes]

    await board.steward(f"{records}/{ids[21]}/edit", title="Families hear in time", seen="1")

    await expect(register.locator(f"#record-{ids[21]}")).to_contain_text("hear in time", timeout=SOON)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Families hear in time", timeout=SOON)
    assert [await box.evaluate(CARET) for box in boxes] == before
    assert [one[2] for one in before] == [True, True]
    # a row that goes from above it to another page of the order moves nothing before one's eyes
    assert [await box.evaluate(TOP) for box in boxes] == pytest.approx(tops, abs=2)
