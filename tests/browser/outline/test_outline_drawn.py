"""News that comes drawn over the socket: worked into the page, which asks for nothing then."""

from playwright.async_api import Page, Request, expect

from tests.browser.outline.conftest import Room

SAME = """async (url) => {
  const fetched = await (await fetch(url, { headers: { "hx-request": "true" } })).text()
  const other = new DOMParser().parseFromString(fetched, "text/html")
  const plain = (root) => [...root.querySelectorAll("[data-part]")].map((part) => [
    part.dataset.part, part.dataset.count, part.dataset.latest,
    [...part.querySelectorAll("[data-card]")].map((card) => card.textContent.replace(/\\s+/g, " ").trim()),
  ])
  return JSON.stringify(plain(document)) === JSON.stringify(plain(other))
}"""


async def _is_as_fetched(page: Page, room: Room) -> bool:
    return bool(await page.evaluate(SAME, f"{room.outline.removesuffix('outline')}parts"))


def _asked(page: Page) -> list[str]:
    """What it asks for, from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/parts" in request.url:
            asked.append(request.url)

    page.on("request", note)
    return asked


async def test_cards_that_come_change_move_and_go_are_shown_without_a_request(room: Room) -> None:
    ben = await room.open("ben")
    asked = _asked(ben)
    async with room.hands() as ana:
        card = "00000000-0000-4000-8000-000000000001"
        await ana("add_card", id=card, kind="note", text="New from Ana", section=room.hard)
        await expect(ben.locator(f"#cards-{room.hard} .card")).to_have_count(3)
        await expect(ben.locator(f"#sections [data-section='{room.hard}'] b")).to_have_text("3")
        await ana("edit_card", id=room.problem, text="Other words")
        await expect(ben.locator(f"#text-of-{room.problem}")).to_have_text("Other words")
        await expect(ben.locator(f"#card-{room.dilemma} .ties")).to_contain_text("Other words")
        await ana("add_comment", id="00000000-0000-4000-8000-000000000002", card=card, text="And a remark")
        await expect(ben.locator(f"#thread-{card}")).to_contain_text("And a remark")
        await ana("move_card", id=card, section=room.true)
        await expect(ben.locator(f"#cards-{room.true} #card-{card}")).to_have_count(1)
        await expect(ben.locator(f"#cards-{room.hard} .card")).to_have_count(2)
        await ana("remove_card", id=room.dilemma)
        await expect(ben.locator(f"#cards-{room.hard} .card")).to_have_count(1)

    await expect(ben.locator("#saved")).to_have_text("Saved")
    assert asked == []
    assert await _is_as_fetched(ben, room)


async def test_buttons_of_a_card_that_came_drawn_work_and_two_copies_are_two_cards(room: Room) -> None:
    ben = await room.open("ben")
    async with room.hands() as ana:
        card = "00000000-0000-4000-8000-000000000003"
        await ana("add_card", id=card, kind="note", text="New from Ana", section=room.true)
    for count in (2, 3):
        await ben.click(f"#more-{card} summary")
        await ben.locator(f"#more-{card}").get_by_role("button", name="Duplicate").click()
        await expect(ben.locator(f"#cards-{room.true} .card")).to_have_count(count)
    await ben.click(f"#comment-{card}")

    await expect(ben.locator(f"#slot-{card} textarea")).to_be_focused()


async def test_a_form_that_is_open_stays_as_it_is_when_its_card_comes_drawn_anew(room: Room) -> None:
    ben = await room.open("ben")
    await ben.click(f"#comment-{room.problem}")
    await ben.fill(f"#slot-{room.problem} textarea", "Half a remark")
    async with room.hands() as ana:
        await ana("edit_card", id=room.problem, text="Other words")
    await expect(ben.locator(f"#text-of-{room.problem}")).to_have_text("Other words")

    await expect(ben.locator(f"#slot-{room.problem} textarea")).to_have_value("Half a remark")
    await expect(ben.locator(f"#slot-{room.problem} textarea")).to_be_focused()


async def test_whoever_has_a_draft_there_sees_it_and_what_others_add_in_the_right_order(room: Room) -> None:
    async with room.hands("ben") as ben:
        await ben(
            "add_card",
            id="00000000-0000-4000-8000-000000000004",
            kind="note",
            text="Mine",
            draft="yes",
            section=room.hard,
        )
    page, other = await room.open("ben"), await room.open("ana")
    asked = _asked(page)
    async with room.hands() as ana:
        await ana(
            "add_card",
            id="00000000-0000-4000-8000-000000000005",
            kind="note",
            text="For all",
            section=room.hard,
        )
    await expect(page.locator(f"#cards-{room.hard} .card")).to_have_count(4)
    await expect(other.locator(f"#cards-{room.hard} .card")).to_have_count(3)

    assert asked == []
    assert await _is_as_fetched(page, room)
    assert await _is_as_fetched(other, room)


async def test_a_browser_that_cannot_unpack_asks_for_sections(room: Room) -> None:
    ben = await room.pages.open()
    await ben.add_init_script("delete globalThis.DecompressionStream")
    await ben.context.add_cookies([{"name": "tl_session", "value": room.tokens["ben"], "url": room.url}])
    await ben.goto(room.outline)
    asked = _asked(ben)
    async with room.hands() as ana:
        await ana("edit_card", id=room.problem, text="Other words")
    await expect(ben.locator(f"#text-of-{room.problem}")).to_have_text("Other words")

    assert len(asked) == 1
