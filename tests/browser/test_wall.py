"""A board on the wall of a room, 1920 wide: legible from afar, live, and without anybody's drafts."""

import re
from typing import Any

import pytest
from playwright.async_api import expect

from app.db import new_id
from tests.browser.outline.conftest import Room, room
from tests.support.browser import axe, screenshot

__all__ = ["room"]
SCREEN: dict[str, Any] = {"viewport": {"width": 1920, "height": 1080}}
READ = ".wall-prompt, .wall-text, .wall-top, .wall-purpose, .wall-turns a"
PLACES = """(section) => {
  const root = document.getElementById(`wall-${section}`)
  const box = (one) => { const b = one.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom] }
  const words = [...root.querySelectorAll("bdi"), ...root.querySelectorAll(".wall-text")]
  const named = words.map((one) => [one.textContent, box(one.closest("li") ?? one.parentElement)])
  return Object.fromEntries([...named, ["plot", box(root.querySelector(".wall-cards"))]])
}"""
SHOWN = """() => [...document.querySelectorAll(".wall-card")].filter((one) => one.checkVisibility())
  .map((one) => [one.textContent, one.getBoundingClientRect().bottom])"""
SIZES = """(read) => [...document.querySelectorAll(read)]
  .filter((one) => one.checkVisibility())
  .map((one) => Number.parseFloat(getComputedStyle(one).fontSize))"""


def lie_over(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def middle(box: list[float]) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


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


async def test_a_map_on_the_wall_has_its_axes_and_every_card_at_its_place(room: Room) -> None:
    ends = {
        "left": "We have seen it",
        "right": "We are guessing",
        "top": "All hangs on it",
        "bottom": "Spare",
    }
    axes = {f"axis_{end}": words for end, words in ends.items()}
    async with room.hands() as ana:
        await ana("edit_section", id=room.true, layout="free", **axes)
        for words, x, y in (("Top left", "0", "0"), ("Low right", "320", "188"), ("Middle", "160", "94")):
            await ana("add_card", id=new_id(), kind="note", text=words, section=room.true, x=x, y=y)
    page = await room.open("ana", **SCREEN)
    await page.goto(f"{room.url}/boards/{room.board}?wall")
    await page.get_by_role("link", name="What must be true?").click()
    await screenshot(page, "wall-map-1920")

    at = await page.evaluate(PLACES, room.true)
    labels = [at[end] for end in ends.values()]
    cards = [at[words] for words in ("Top left", "Low right", "Middle")]
    plot = at["plot"]
    assert not [(one, other) for one in cards for other in labels if lie_over(one, other)]
    assert [plot[0] - cards[0][0], plot[1] - cards[0][1]] == pytest.approx([0, 0], abs=1)
    assert [plot[2] - cards[1][2], plot[3] - cards[1][3]] == pytest.approx([0, 0], abs=1)
    assert middle(cards[2]) == pytest.approx(middle(plot), abs=2)
    assert labels[0][2] <= plot[0] < plot[2] <= labels[1][0], "left and right of the map"
    assert labels[2][3] <= plot[1] < plot[3] <= labels[3][1], "above and below it"
    assert plot[2] - plot[0] > 900, "as large as the screen allows"
    assert min(await page.evaluate(SIZES, READ)) >= 14
    assert await axe(page) == []


async def test_what_one_screen_does_not_hold_comes_in_pages_and_nothing_runs_out(room: Room) -> None:
    async with room.hands() as ana:
        for i in range(50):
            words = f"Note {i}. " + "Somebody waited for an answer. " * (i % 4)
            await ana("add_card", id=new_id(), kind="note", text=words, section=room.hard)
    page = await room.open("ana", **SCREEN)
    await page.goto(f"{room.url}/boards/{room.board}?wall")
    place = page.locator("[data-pages] [role=status]")
    await expect(place).to_have_text(re.compile(r"^1 of [2-4]$"))
    count = int((await place.inner_text())[-1])
    seen: list[str] = []
    for at in range(1, count + 1):
        await expect(place).to_have_text(f"{at} of {count}")
        shown = await page.evaluate(SHOWN)
        assert await page.locator(".wall-section:visible").count()
        assert not [words for words, bottom in shown if bottom > 1080]
        seen += [words for words, _ in shown]
        if at < count:
            await page.get_by_role("button", name="Next page").click()
    await screenshot(page, "wall-pages-1920")

    assert len(seen) == len(set(seen)) == 52, "each card once"
    await expect(page.get_by_role("button", name="Next page")).to_be_disabled()
    for _ in range(count):
        await page.keyboard.press("ArrowLeft")
    await expect(page.locator("[data-turn][aria-current]")).to_have_text("What must be true?")


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
