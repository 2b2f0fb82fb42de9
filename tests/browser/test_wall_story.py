"""A room with a wall and phones in it, as a facilitator has it: forty notes, and everybody reads each."""

import asyncio

from playwright.async_api import Page, expect

from tests.browser.outline.conftest import Room, room
from tests.browser.outline.test_outline_phone import MOBILE
from tests.support.browser import WIDE, screenshot

__all__ = ["room"]
PEOPLE = ("Kofi", "Ruth", "Simone", "Tariq", "Una")
EACH = 8
OVERLAPS = """(cards) => {
  const boxes = [...document.querySelectorAll(cards)].filter((one) => one.checkVisibility())
    .map((one) => one.getBoundingClientRect())
  const beside = (a, b) => a.right <= b.left + 0.5 || b.right <= a.left + 0.5
  const apart = (a, b) => beside(a, b) || a.bottom <= b.top + 0.5 || b.bottom <= a.top + 0.5
  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => !apart(a, b))).length
}"""
# As they are on the screen: on the canvas what is drawn smaller or larger counts as it is drawn.
PROMPTS = """(prompts) => [...document.querySelectorAll(prompts)]
  .filter((one) => one.checkVisibility() && one.textContent)
  .map((one) => Number.parseFloat(getComputedStyle(one).fontSize)
    * (one.offsetWidth ? one.getBoundingClientRect().width / one.offsetWidth : 1))"""


async def test_a_steward_at_1920_on_the_wall_and_five_phones_write_forty_notes(room: Room) -> None:
    wall = await room.open("ana", viewport={"width": 1920, "height": 1080})
    await wall.goto(f"{room.url}/boards/{room.board}?wall")
    phones = await asyncio.gather(*(room.pages.open(**MOBILE) for _ in PEOPLE))
    await asyncio.gather(*(_join(room, phone, who) for phone, who in zip(phones, PEOPLE, strict=True)))
    await asyncio.gather(*(_write(room, phone, who) for phone, who in zip(phones, PEOPLE, strict=True)))
    written = {f"{who} {i}" for who in PEOPLE for i in range(EACH)}
    await expect(wall.locator(f"#wall-{room.hard} .wall-card")).to_have_count(42, timeout=10_000)
    canvas = await room.open("ana", **WIDE)
    await canvas.goto(f"{room.url}/boards/{room.board}?view=canvas")
    await expect(canvas.locator(".card")).to_have_count(42)
    await screenshot(wall, "story-wall-1920")
    await screenshot(canvas, "story-canvas-1440")
    await screenshot(phones[0], "story-phone-390")

    assert _names(await canvas.locator(".card .card-text").all_text_contents()) >= written
    assert await canvas.evaluate(OVERLAPS, ".card") == 0
    _legible(await canvas.evaluate(PROMPTS, ".frame > header > p"))
    on_wall: set[str] = set()
    prompts: list[float] = []
    place = wall.locator("[data-pages] [role=status]")
    count = int((await place.inner_text()).split(" of ")[1])
    for page in range(1, count + 1):
        await expect(place).to_have_text(f"{page} of {count}")
        on_wall |= _names(await wall.locator(".wall-text:visible").all_text_contents())
        assert await wall.evaluate(OVERLAPS, ".wall-card, .wall-invite") == 0
        prompts += await wall.evaluate(PROMPTS, ".wall-prompt")
        await wall.keyboard.press("ArrowRight")
    _legible(prompts)
    assert on_wall >= written


async def _join(room: Room, phone: Page, who: str) -> None:
    await phone.goto(f"{room.url}/join/{room.code}?board={room.board}")
    await phone.get_by_label("Your name").fill(who)
    await phone.get_by_label("Your organisation").fill("Riverside Housing")
    await phone.get_by_role("button", name="Join", exact=True).click()
    await expect(phone.get_by_text(f"You are in, {who}.")).to_be_visible()


async def _write(room: Room, phone: Page, who: str) -> None:
    for i in range(EACH):
        words = f"{who} {i}: " + "my mum waited nine days for a ramp. " * (i % 3)
        await phone.fill(f"#text-{room.hard}", words)
        await phone.locator(f"#add-{room.hard} .primary").click()
        await expect(phone.locator(f"#text-{room.hard}")).to_have_value("")


def _names(texts: list[str]) -> set[str]:
    """Who wrote which, as each text begins."""
    return {text.split(":")[0] for text in texts}


def _legible(sizes: list[float]) -> None:
    assert sizes
    assert min(sizes) >= 14
