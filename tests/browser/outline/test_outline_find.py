"""Find on the outline: as one types, and by a form where there is no JavaScript."""

import pytest
from playwright.async_api import expect

from tests.browser.outline.conftest import Room
from tests.support.browser import PHONE, faultless, screenshot


@pytest.mark.parametrize("script", [True, False])
async def test_what_is_found_stands_above_with_a_way_to_each_card(room: Room, script: bool) -> None:
    page = await room.open("ana", **PHONE, java_script_enabled=script)
    await page.fill("#find", "hospice peo")
    if not script:
        await page.click(".outline-find button")

    found = page.locator(".found-box")
    await expect(found.locator(".found-count")).to_contain_text("1 card found")
    await expect(found.locator("h2")).to_have_text("What makes this hard? 1")
    await expect(found.locator("mark")).to_have_text("people")
    assert page.url.endswith("?find=hospice+peo")
    await screenshot(page, f"find-outline-{script}")

    await found.locator("li a").click()

    await expect(page.locator(f"#card-{room.dilemma}")).to_be_in_viewport()
    assert page.url.endswith(f"#card-{room.dilemma}")


async def test_the_box_keeps_the_caret_while_results_arrive(room: Room) -> None:
    page = await room.open("ana")
    await page.locator("#find").press_sequentially("peop")
    await expect(page.locator(".found-box mark")).to_have_text(["People", "people"])

    await page.keyboard.type("x")

    await expect(page.locator(".found-count")).to_contain_text("Nothing found on this board.")
    await expect(page.locator("#find")).to_be_focused()
    await expect(page.locator("#find")).to_have_value("peopx")


async def test_the_results_stand_up_to_axe_at_every_width(room: Room) -> None:
    page = await room.open("ana", "?find=people")

    await faultless(page, "find-on-outline")


async def test_find_in_a_space_leads_to_the_card_and_back_to_what_was_found(room: Room) -> None:
    page = await room.open("ana")
    await page.goto(f"{room.url}/spaces/{room.space}/find")
    await page.locator("#q").press_sequentially("days pe")
    await expect(page.locator(".found-card mark")).to_have_text(["People", "days"])
    await faultless(page, "find-in-space")

    await page.locator(".found-card a").click()
    await expect(page.locator(f"#card-{room.problem}")).to_be_in_viewport()
    await page.go_back()

    await expect(page.locator("#q")).to_have_value("days pe")
    await expect(page.locator(".found-card mark")).to_have_text(["People", "days"])
