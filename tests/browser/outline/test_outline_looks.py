"""What the eye and the machine find on the outline and the shelf: axe, narrow screens, sizes of targets."""

from typing import Any

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.browser.outline.conftest import Room
from tests.support.browser import PHONE, faultless

CALM: dict[str, Any] = {
    "viewport": {"width": 1024, "height": 768},
    "reduced_motion": "reduce",
    "forced_colors": "active",
}
SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((one) => one.checkVisibility() && one.type !== "hidden" && !one.closest(".unseen, .skip"))
  .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect(), getComputedStyle(one).display])
  .filter(([, box, display]) => display !== "inline" && (box.width < 24 || box.height < 24))
  .map(([html]) => html)"""


async def assert_well(page: Page, name: str) -> None:
    """No fault at any width, and nothing that is too small for a finger."""
    await faultless(page, name)
    assert await page.evaluate(SMALL) == []


@pytest.mark.parametrize("look", [PHONE, CALM], ids=["phone", "calm"])
async def test_the_outline_is_well_made(room: Room, look: dict[str, Any]) -> None:
    page = await room.open("ana", **look)
    await expect(page.locator("[data-htmx-powered]").first).to_be_attached()

    await assert_well(page, "outline")


async def test_each_open_form_is_well_made(room: Room) -> None:
    page = await room.open("ana", **PHONE)
    for show in ("edit", "comment", "move", "link"):
        await page.goto(f"{room.outline}?item={room.problem}&show={show}")
        await expect(page.locator(f"#slot-{room.problem} form").first).to_be_visible()
        await assert_well(page, f"outline-{show}")


async def test_a_section_form_and_a_new_section_are_well_made(room: Room) -> None:
    page = await room.open("ana", f"?item={room.hard}&show=section", **PHONE)
    await assert_well(page, "outline-section")
    await page.goto(f"{room.outline}?show=new_section")
    await assert_well(page, "outline-new-section")


async def test_news_menus_errors_and_clashes_are_well_made(room: Room) -> None:
    room.pages.expect("422")
    ana, ben = await room.open("ana", **PHONE), await room.open("ben", **PHONE)
    await ben.click(f"#edit-{room.dilemma}")
    await ana.click(f"#edit-{room.dilemma}")
    await ana.fill(f"#edit-text-{room.dilemma}", "Move people on slowly.")
    await ana.click(f"#slot-{room.dilemma} .primary")
    await expect(ben.locator("#news-words")).to_have_text("1 changed")
    await ben.click("#news-show")
    await assert_well(ben, "outline-news")
    await ben.click("#news-close")

    await ben.fill(f"#edit-text-{room.dilemma}", "Move people on gently.")
    await ben.click(f"#slot-{room.dilemma} .primary")
    await expect(ben.locator(".clash")).to_be_visible()
    await assert_well(ben, "outline-clash")
    await ben.click(f"#more-{room.problem} summary")
    await assert_well(ben, "outline-more")
    await ben.keyboard.press("Escape")

    await ben.click(f"#sections [data-section='{room.true}']")
    await ben.fill(f"#text-{room.true}", " ")
    await ben.click(f"#add-{room.true} .primary")
    await expect(ben.locator(f"#add-{room.true} .error")).to_be_visible()
    await expect(ben.locator(f"#text-{room.true}")).to_be_focused()
    await assert_well(ben, "outline-error")


async def test_the_boards_of_a_space_are_well_made(room: Room) -> None:
    page = await room.open("ana", **PHONE)
    await page.goto(f"{room.url}/spaces/{room.space}/boards")
    await page.locator(".board-more summary").first.click()

    await assert_well(page, "boards")


async def test_a_bad_file_gets_a_sentence_beside_its_field(room: Room) -> None:
    room.pages.expect("422")
    page = await room.open("ana", **PHONE)
    await page.goto(f"{room.url}/spaces/{room.space}/boards")
    photo = FilePayload(name="holiday.json", mimeType="application/json", buffer=b'{"format": "photo"}')
    await page.set_input_files("#f-file", photo)
    await page.get_by_role("button", name="Import").click()

    await expect(page.locator("#f-file-error")).to_contain_text("not a board from Throughline")
    await expect(page.locator(".errors")).to_be_focused()
    await assert_well(page, "boards-error")


async def test_removed_items_are_well_made(room: Room) -> None:
    page = await room.open("ana", **PHONE)
    await page.click(f"#more-{room.problem} summary")
    await page.locator(f"#more-{room.problem}").get_by_role("button", name="Remove").click()
    await expect(page.locator(f"#card-{room.problem}")).to_have_count(0)
    await page.goto(f"{room.url}/boards/{room.board}/removed")

    await assert_well(page, "outline-removed")


async def test_in_print_there_are_words_and_no_buttons(room: Room) -> None:
    page = await room.open("ana")
    await page.emulate_media(media="print")

    await expect(page.locator(f"#text-of-{room.problem}")).to_be_visible()
    assert await page.locator("button:visible, textarea:visible").count() == 0


async def test_the_sheet_that_invites_is_well_made(room: Room) -> None:
    page = await room.open("ana")
    await page.goto(f"{room.url}/boards/{room.board}/invite")
    await expect(page.locator(".code")).to_have_text(room.code)

    await assert_well(page, "invite")


async def test_only_what_is_saved_wears_the_tick(room: Room) -> None:
    page = await room.open("ana")
    marks = await page.evaluate(
        """() => {
          const place = document.getElementById("saved")
          const markOf = (state) => {
            place.dataset.state = state
            return getComputedStyle(place, "::before").content.includes("✓")
          }
          return ["saved", "checking", "sending", "waiting", "offline", "ended"].filter(markOf)
        }"""
    )

    assert marks == ["saved"]
