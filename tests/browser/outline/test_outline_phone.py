"""The outline on a phone: one section at a time, and a box for a new card at the thumb."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.outline.conftest import Room
from tests.support.browser import PHONE, faultless

MOBILE: dict[str, Any] = {**PHONE, "user_agent": "Mozilla/5.0 (Linux; Android 14) Mobile Safari/537.36"}
TAPS = """addEventListener("pointerdown", () => {
  sessionStorage.taps = Number(sessionStorage.taps ?? 0) + 1
}, true)"""
KEYBOARD = """() => {
  const seen = new EventTarget()
  Object.assign(seen, { height: innerHeight, offsetTop: 0, scale: 1 })
  Object.defineProperty(window, "visualViewport", { value: seen, configurable: true })
  window.rise = (pixels) => {
    seen.height = innerHeight - pixels
    seen.dispatchEvent(new Event("resize"))
  }
}"""
IN_SIGHT = """(selector) => {
  const box = document.querySelector(selector).getBoundingClientRect()
  const above = document.querySelector("[data-current] > .add").getBoundingClientRect().top
  return box.top >= 0 && box.bottom <= above
}"""


@pytest.mark.parametrize("typed", [False, True], ids=["by the link", "typed"])
async def test_a_guest_writes_a_first_note_three_taps_after_the_code(room: Room, typed: bool) -> None:
    page = await room.pages.open(**MOBILE)
    if typed:
        await page.goto(f"{room.url}/join")
        await page.fill("#f-code", room.code)
        await page.keyboard.press("Enter")  # the keyboard's own Go
        await page.wait_for_url("**/join/*")
    else:
        await page.goto(f"{room.url}/join/{room.code}?board={room.board}")
    await page.add_init_script(TAPS)
    await page.evaluate(TAPS)

    await page.tap("#f-name")
    await page.keyboard.type("Kofi")
    await page.keyboard.press("Tab")  # the keyboard's own key for the next field
    await page.keyboard.type("Riverside Housing")
    await page.keyboard.press("Enter")  # the keyboard's own Go
    await expect(page.locator("#joined")).to_contain_text("You are in, Kofi.")
    await page.tap(f"#text-{room.hard}")
    await page.keyboard.type("My mum waited nine days for a ramp.")
    await page.tap(f"#add-{room.hard} .primary")

    await expect(page.locator(f"#add-{room.hard} .added")).to_contain_text("My mum waited nine days")
    assert page.url.startswith(room.outline)
    assert await page.evaluate("sessionStorage.taps") == "3"
    new = page.locator(f"#cards-{room.hard} .card").last
    await expect(new).to_contain_text("Riverside Housing")
    await expect(page.locator(f"#text-{room.hard}")).to_be_focused()
    assert await page.evaluate(IN_SIGHT, f"#cards-{room.hard} .card:last-child")


async def test_the_note_that_one_is_in_goes_for_good(room: Room) -> None:
    page = await room.open("ana", "?joined=yes", **MOBILE)
    await page.locator("#joined a").tap()

    await expect(page.locator("#joined")).to_have_count(0)
    await page.reload()
    await expect(page.locator("#parts")).to_be_visible()
    await expect(page.locator("#joined")).to_have_count(0)


async def test_ones_own_note_can_be_taken_back_beneath_the_box(room: Room) -> None:
    page = await room.open("ana", **MOBILE)
    await _add(page, room.hard, "Too soon")
    await page.fill(f"#text-{room.hard}", "Half a thought")
    await page.locator(f"#add-{room.hard} .added button").tap()

    await expect(page.locator(f"#cards-{room.hard} .card")).to_have_count(2)
    await expect(page.locator(f"#add-{room.hard} .added")).to_have_count(0)
    await expect(page.locator(f"#text-{room.hard}")).to_have_value("Half a thought")
    await expect(page.locator(f"#text-{room.hard}")).to_be_focused()


async def test_one_section_is_shown_and_chips_with_counts_lead_to_the_others(room: Room) -> None:
    page, ben = await room.open("ana", **MOBILE), await room.open("ben")
    chip = page.locator(f"#sections [data-section='{room.true}']")
    await expect(page.locator(f"#part-{room.hard}")).to_be_visible()
    await expect(page.locator(f"#part-{room.true}")).to_be_hidden()
    await expect(page.locator("#sections [aria-current]")).to_contain_text("What makes this hard? 2")

    await ben.fill(f"#text-{room.true}", "From afar")
    await ben.click(f"#add-{room.true} .primary")
    await expect(chip.locator("b")).to_have_text("1")
    await chip.tap()
    await expect(page.locator(f"#part-{room.true}")).to_be_visible()
    await expect(page.locator(f"#part-{room.hard}")).to_be_hidden()
    await expect(chip).to_have_attribute("aria-current", "true")
    await page.reload()
    await expect(page.locator(f"#part-{room.true}")).to_be_visible()


async def test_a_link_to_a_card_of_another_section_leads_there(room: Room) -> None:
    page, ben = await room.open("ana", **MOBILE), await room.open("ben")
    await ben.click(f"#move-{room.dilemma}")
    await ben.select_option(f"#move-section-{room.dilemma}", room.true)
    await ben.click(f"#slot-{room.dilemma} .primary")
    await expect(page.locator(f"#cards-{room.hard} .card")).to_have_count(1)

    await page.get_by_role("link", name="Move people on quickly").tap()

    await expect(page.locator(f"#card-{room.dilemma}")).to_be_visible()
    await expect(page.locator(f"#part-{room.hard}")).to_be_hidden()


async def test_the_section_that_one_reads_stays_when_others_add_and_remove_sections(room: Room) -> None:
    room.pages.expect("404")  # the section that is gone
    page, ben = await room.open("ana", f"?section={room.true}", **MOBILE), await room.open("ben")
    await ben.click("#add-section")
    await ben.fill("#section-title-new", "Who is missing?")
    await ben.get_by_role("button", name="Add section").click()
    await expect(page.locator("#sections")).to_contain_text("Who is missing?")
    await expect(page.locator(f"#part-{room.true}")).to_be_visible()

    await ben.click(f"#menu-{room.true}")
    await ben.get_by_role("button", name="Remove section").click()

    await expect(page.locator(f"#part-{room.true}")).to_have_count(0)
    await expect(page.locator(f"#part-{room.hard}")).to_be_visible()


async def test_kind_and_draft_stay_as_chosen_through_sections_and_a_reload(room: Room) -> None:
    page = await room.open("ana", **MOBILE)
    await page.locator(f"#add-{room.hard}").get_by_text("Problem").tap()
    await page.locator(f"#add-{room.hard}").get_by_text("Keep as draft").tap()
    await _add(page, room.hard, "For me")
    await expect(page.locator(f"#cards-{room.hard} .card").last).to_contain_text("Only you see this")

    for part in (room.hard, room.true):
        await page.reload()
        await page.locator(f"#sections [data-section='{part}']").tap()
        box = page.locator(f"#add-{part}")
        await expect(box.get_by_role("radio", name="Problem")).to_be_checked()
        await expect(box.get_by_role("checkbox")).to_be_checked()
        await expect(box.get_by_text("Only you will see it.")).to_be_visible()
        await expect(box.get_by_text("Everybody on this board will see it.")).to_be_hidden()


async def test_words_not_sent_yet_are_there_after_a_reload(room: Room) -> None:
    page = await room.open("ana", **MOBILE)
    await page.tap(f"#text-{room.hard}")
    await page.keyboard.type("Half a thought")
    await page.reload()

    await expect(page.locator(f"#text-{room.hard}")).to_have_value("Half a thought")


async def test_the_box_stays_above_the_keyboard(room: Room) -> None:
    page = await room.pages.open(**MOBILE)
    await page.add_init_script(f"({KEYBOARD})()")
    cookie = {"name": "tl_session", "value": room.tokens["ana"], "url": room.url}
    await page.context.add_cookies([cookie])  # type: ignore[list-item]
    await page.goto(room.outline)
    await page.evaluate("rise(336)")

    box: Any = await page.locator(f"#add-{room.hard}").bounding_box()
    assert box["y"] + box["height"] == pytest.approx(844 - 336, abs=1)
    assert box["y"] >= 0


@pytest.mark.parametrize("size", [(390, 844), (320, 640)], ids=["390", "320"])
async def test_with_text_twice_as_large_the_box_leaves_room_to_read(
    room: Room, size: tuple[int, int]
) -> None:
    context = {**MOBILE, "viewport": {"width": size[0], "height": size[1]}}
    page = await room.open("ana", **context)
    await page.evaluate("document.documentElement.style.fontSize = '200%'")

    box: Any = await page.locator(f"#add-{room.hard}").bounding_box()
    assert await page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert box["y"] >= 0.2 * size[1]
    assert box["y"] + box["height"] <= size[1] + 1


async def test_at_four_hundred_percent_nothing_stands_over_the_cards(room: Room) -> None:
    page = await room.open("ana", viewport={"width": 320, "height": 256})

    assert await page.evaluate("getComputedStyle(document.querySelector('.add')).position") == "static"
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320


async def test_the_whole_board_is_a_map_that_leads_to_its_sections(room: Room) -> None:
    page = await room.open("ana", **MOBILE)
    await page.get_by_role("link", name="Whole board").tap()
    await expect(page.locator(".map li")).to_have_count(2)
    await faultless(page, "board-map")
    await page.locator(".map a").nth(1).tap()

    await expect(page.locator(f"#part-{room.true}")).to_be_visible()


async def test_a_phone_that_has_just_joined_is_well_made_after_its_first_note(room: Room) -> None:
    page = await room.open("ana", "?joined=yes", **MOBILE)
    await _add(page, room.hard, "My mum waited nine days for a ramp.")

    await faultless(page, "outline-joined")


async def test_without_javascript_sections_are_links_and_choices_stay(room: Room) -> None:
    page = await room.open("ana", **{**MOBILE, "java_script_enabled": False})
    await expect(page.locator(f"#part-{room.true}")).to_be_hidden()
    await page.locator(f"#sections [data-section='{room.true}']").tap()
    await expect(page.locator(f"#part-{room.true}")).to_be_visible()
    await page.locator(f"#add-{room.true}").get_by_text("Problem").tap()
    await page.fill(f"#text-{room.true}", "Written without scripts")
    await page.locator(f"#add-{room.true} .primary").tap()

    await expect(page.locator(f"#cards-{room.true} .card")).to_contain_text("Written without scripts")
    await expect(page.locator(f"#add-{room.true}").get_by_role("radio", name="Problem")).to_be_checked()
    assert await page.evaluate(IN_SIGHT, f"#cards-{room.true} .card")


async def _add(page: Page, part: str, words: str) -> None:
    await page.fill(f"#text-{part}", words)
    await page.locator(f"#add-{part} .primary").tap()
    await expect(page.locator(f"#add-{part} .added")).to_contain_text(words[:30])


async def test_words_for_a_section_that_somebody_removes_stay_in_sight_in_the_next_section(
    room: Room,
) -> None:
    room.pages.expect("404")
    page, ben = await room.open("ana", f"?section={room.true}", **MOBILE), await room.open("ben")
    await page.locator(f"#text-{room.true}").press_sequentially("Words that nobody else has")
    await ben.click(f"#menu-{room.true}")
    await ben.get_by_role("button", name="Remove section").click()
    await expect(page.locator(f"#add-{room.true} .stranded")).to_be_in_viewport(ratio=1)
    await page.locator(f"#sections [data-section='{room.hard}']").tap()

    await expect(page.locator(f"#text-{room.hard}")).to_be_visible()
    await expect(page.locator(f"#text-{room.true}")).to_have_value("Words that nobody else has")
    await page.locator(f"#add-{room.true} .stranded button").scroll_into_view_if_needed()
    await page.locator(f"#add-{room.true} .stranded button").tap()
    await expect(page.locator("#saved")).to_contain_text("1 item not saved")
    await page.fill(f"#text-{room.hard}", "Something else")
    await expect(page.locator(f"#text-{room.true}")).to_be_visible()


async def test_what_is_not_saved_leads_to_the_words_in_another_section(room: Room) -> None:
    page, ben = await room.open("ana", **MOBILE), await room.open("ben")
    await page.fill(f"#text-{room.hard}", "Words that nobody else has")
    await page.locator(f"#sections [data-section='{room.true}']").tap()
    await ben.evaluate(
        """(board) => {
          const token = document.querySelector("#deed [name=_csrf_token]").value
          const body = new URLSearchParams({ _csrf_token: token })
          return fetch(`/boards/${board}/archive`, { method: "POST", body })
        }""",
        room.board,
    )
    await page.get_by_role("link", name="Saved, 1 item not saved").tap()

    await expect(page.locator(f"#text-{room.hard}")).to_be_in_viewport(ratio=1)
    await expect(page.locator(f"#text-{room.hard}")).to_have_value("Words that nobody else has")
    await expect(page.locator(f"#add-{room.hard} .stranded")).to_be_in_viewport(ratio=1)
