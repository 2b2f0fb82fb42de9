"""Locked sections on the canvas: who may move them, and what everybody else sees of that, live."""

from typing import Any

from playwright.async_api import Page, expect

from app.access import Role
from app.db import Database, new_id
from app.people import actions as people
from app.spaces import actions
from tests.browser.canvas_board import CanvasBoard, board, is_saved, served
from tests.support.browser import axe, screenshot

__all__ = ["board", "served"]


async def test_a_steward_locks_a_section_and_the_handles_of_a_guest_vanish_at_once(
    board: CanvasBoard, served: Any
) -> None:
    section = await board.section("Where it begins", x=0, y=200, w=520, h=300)
    await _guest(board, served[1])
    ana, guest = await board.at("Ana Okafor"), await board.at("Gil Frey")
    grip = guest.locator(f"#section-{section} > .grip")
    sign = guest.locator(f"#section-{section} .frame-lock")
    await guest.locator(f"#section-{section} .frame-pick").click()
    await expect(grip).to_be_visible()
    await expect(sign).to_be_hidden()
    await expect(guest.locator("#selection-bar").get_by_role("button")).to_have_text(["Edit", "⋯"])
    await ana.locator(f"#section-{section} .frame-pick").click()
    await ana.locator("#selection-bar").get_by_role("button", name="Lock").click()
    await is_saved(ana)

    await expect(sign).to_be_visible()
    await expect(sign).to_have_text("Locked")
    await expect(grip).to_be_hidden()
    await expect(guest.locator("#selection-bar").get_by_role("button")).to_have_text(["⋯"])
    await screenshot(guest, "locked-guest")
    assert await axe(guest) == []
    await _drag(guest, f"#section-{section} .frame-pick")
    await expect(guest.locator("#notes")).to_contain_text("This section is locked.")
    await guest.keyboard.press("Alt+Enter")
    for label in ("Title", "How its cards lie", "Position in the outline"):
        await expect(guest.get_by_label(label, exact=True)).to_be_disabled()
    assert (await board.fields(section))["x"] == 0
    await ana.keyboard.press("Control+z")
    await expect(sign).to_be_hidden()
    await expect(guest.get_by_label("Title", exact=True)).to_be_enabled()


async def test_who_may_set_up_the_board_moves_a_locked_section_and_finds_the_page_of_its_set_up(
    board: CanvasBoard,
) -> None:
    section = await board.section("Where it begins", x=0, y=200, w=520, h=300)
    await board.act({"do": "lock_section", "id": section, "locked": True})
    ana = await board.at("Ana Okafor")
    await expect(ana.locator(f"#section-{section} .frame-lock")).to_be_visible()
    await _drag(ana, f"#section-{section} .frame-pick")
    await is_saved(ana)
    assert (await board.fields(section))["x"] > 0
    await ana.keyboard.press("Alt+Enter")
    await ana.get_by_role("button", name="Unlock this section").click()
    await expect(ana.locator(f"#section-{section} .frame-lock")).to_be_hidden()
    await screenshot(ana, "lock-panel")
    await is_saved(ana)
    await ana.get_by_role("link", name="Who can change the sections").click()

    await expect(ana.get_by_role("heading", name="Who can change the sections")).to_be_visible()


async def _guest(board: CanvasBoard, url: str) -> None:
    db = Database(url)
    async with db.write() as tx:
        gil = await people.create_person(tx, "Gil Frey", f"{new_id()}@example.org")
        where = f"SELECT organisation_id FROM member WHERE person_id = '{board.people['Bo Hale']}'"
        (trust,) = (await tx.exec_driver_sql(where)).scalars()
        await actions.seat_person(tx, board.space, gil, trust, Role.GUEST)
        board.tokens["Gil Frey"] = await people.start_session(tx, gil, "a test")
    await db.close()


async def _drag(page: Page, what: str) -> None:
    box: Any = await page.locator(what).bounding_box()
    await page.mouse.move(box["x"] + 20, box["y"] + 10)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 120, box["y"] + 60, steps=5)
    await page.mouse.up()
