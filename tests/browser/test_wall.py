"""A board on the wall of a room, 1920 wide: legible from afar, live, and without anybody's drafts."""

from typing import Any

from playwright.async_api import expect

from tests.browser.outline.conftest import Room, room
from tests.support.browser import axe, screenshot

__all__ = ["room"]
SCREEN: dict[str, Any] = {"viewport": {"width": 1920, "height": 1080}}
READ = ".wall-prompt, .wall-text, .wall-top, .wall-purpose, .wall-turns a"
SIZES = """(read) => [...document.querySelectorAll(read)]
  .filter((one) => one.checkVisibility())
  .map((one) => Number.parseFloat(getComputedStyle(one).fontSize))"""


async def test_every_prompt_and_card_is_legible_on_a_wall(room: Room) -> None:
    page = await room.open("ana", **SCREEN)
    await page.goto(f"{room.url}/boards/{room.board}?wall")
    await expect(page.locator(".wall-card")).to_have_count(2)
    await screenshot(page, "wall-1920")

    sizes = await page.evaluate(SIZES, READ)
    assert min(sizes) >= 14
    assert await page.evaluate("document.documentElement.scrollWidth") <= 1920
    assert await axe(page) == []
    await expect(page.locator(".wall-invite .code")).to_have_text(room.code)


async def test_arrow_keys_show_the_sections_in_turn_and_then_all(room: Room) -> None:
    page = await room.open("ana", **SCREEN)
    await page.goto(f"{room.url}/boards/{room.board}?wall")
    hard, true = page.locator(f"#wall-{room.hard}"), page.locator(f"#wall-{room.true}")
    await expect(page.locator("[data-turn][aria-current]")).to_have_text("All")

    seen = []
    for _ in range(3):
        await page.keyboard.press("ArrowRight")
        seen.append((await hard.is_visible(), await true.is_visible()))

    assert seen == [(True, False), (False, True), (True, True)]


async def test_notes_arrive_by_themselves_and_a_draft_never_comes_over_the_line(room: Room) -> None:
    page, ana = await room.open("ben", **SCREEN), await room.open("ana")
    frames: list[str] = []
    page.on("websocket", lambda line: line.on("framereceived", lambda sent: frames.append(str(sent))))
    page.on("response", lambda answer: frames.append(answer.url))
    await page.goto(f"{room.url}/boards/{room.board}?wall")
    await page.keyboard.press("ArrowRight")
    ben = await room.open("ben")
    await ben.locator(f"#add-{room.hard}").get_by_text("Keep as draft").click()
    await ben.fill(f"#text-{room.hard}", "CANARY")
    await ben.click(f"#add-{room.hard} .primary")
    await expect(ben.locator(f"#cards-{room.hard}")).to_contain_text("CANARY")
    await ana.fill(f"#text-{room.hard}", "Seen from the back row")
    await ana.click(f"#add-{room.hard} .primary")

    await expect(page.locator(f"#wall-{room.hard}")).to_contain_text("Seen from the back row")
    await expect(page.locator(f"#wall-{room.true}")).to_be_hidden()
    assert "CANARY" not in await page.content()
    assert frames
    assert not any("CANARY" in frame for frame in frames)


async def test_where_the_window_is_low_the_outline_serves_unless_the_canvas_was_asked_for(room: Room) -> None:
    page = await room.open("ana", viewport={"width": 960, "height": 390})
    await page.goto(f"{room.url}/boards/{room.board}")
    await page.wait_for_url("**/outline")
    await page.goto(f"{room.url}/boards/{room.board}?view=canvas")

    await expect(page.locator("#phone-hint")).to_be_visible()
    assert page.url.endswith("?view=canvas")
