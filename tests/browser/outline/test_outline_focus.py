"""The focus is the person's: on the outline nothing that arrives moves it, and no letter goes astray."""

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.outline.conftest import Room
from tests.browser.random_changes import RandomChanges, other_boxes, sending, write_during

STATE = "[document.activeElement.id, document.activeElement.value, document.activeElement.selectionStart]"


async def test_a_form_that_is_open_takes_no_letter_of_what_is_written_elsewhere(room: Room) -> None:
    ana, ben = await room.open("ana"), await room.open("ben")
    await ben.click(f"#edit-{room.dilemma}")
    form = ben.locator(f"#edit-text-{room.dilemma}")
    await expect(form).to_be_focused()
    box = ben.locator(f"#text-{room.true}")
    await box.click()
    await ben.keyboard.type("Half a ")

    await ana.fill(f"#text-{room.hard}", "New from Ana")
    await ana.click(f"#add-{room.hard} .primary")
    await expect(ben.locator(f"#cards-{room.hard} .card")).to_have_count(3)
    await ben.keyboard.type("sentence")

    await expect(box).to_have_value("Half a sentence")
    await expect(box).to_be_focused()
    await expect(form).to_have_value("Move people on quickly and give them time to choose.")


async def test_a_page_that_begins_with_an_open_form_keeps_to_that_once(room: Room) -> None:
    ana, ben = await room.open("ana"), await room.open("ben", f"?item={room.dilemma}&show=edit")
    box = ben.locator(f"#text-{room.true}")
    await box.fill("Half a sentence")

    await ana.fill(f"#text-{room.hard}", "New from Ana")
    await ana.click(f"#add-{room.hard} .primary")
    await expect(ben.locator(f"#cards-{room.hard} .card")).to_have_count(3)

    await expect(box).to_be_focused()


async def test_an_answer_that_comes_late_leaves_the_focus_where_one_has_gone(room: Room) -> None:
    ben = await room.open("ben")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    await ben.route("**/outline?item=*", hold)
    async with ben.expect_request("**/outline?item=*"):
        await ben.click(f"#edit-{room.dilemma}")
    box = ben.locator(f"#text-{room.true}")
    await box.click()
    await ben.keyboard.type("Half a ")
    await held[0].continue_()
    await expect(ben.locator(f"#edit-text-{room.dilemma}")).to_be_visible()
    await ben.keyboard.type("sentence")

    await expect(box).to_have_value("Half a sentence")


async def test_a_refused_form_and_a_closed_one_get_the_focus(room: Room) -> None:
    room.pages.expect("422")
    ana = await room.open("ana")
    await ana.click("#add-section")
    title = ana.locator("#section-title-new")
    await expect(title).to_be_focused()
    await title.fill(" ")
    await ana.get_by_role("button", name="Add section").click()
    await expect(ana.locator("#wrong-new")).to_be_visible()
    await expect(title).to_be_focused()
    await ana.locator("#new-section").get_by_role("link", name="Close").click()

    await expect(ana.locator("#add-section")).to_be_focused()


async def _add(page: Page, room: Room) -> str:
    await page.click(f"#text-{room.true}")
    return f"#text-{room.true}"


async def _edit(page: Page, room: Room) -> str:
    await page.click(f"#edit-{room.problem}")
    return f"#edit-text-{room.problem}"


async def _comment(page: Page, room: Room) -> str:
    await page.click(f"#comment-{room.problem}")
    return f"#comment-text-{room.problem}"


async def _edit_comment(page: Page, room: Room) -> str:
    await page.click(f"#thread-{room.problem} summary")
    await page.get_by_role("link", name="Edit comment").click()
    return f"#remark-text-{room.problem}"


async def _title(page: Page, room: Room) -> str:
    await page.click(f"#menu-{room.hard}")
    return f"#section-title-{room.hard}"


async def _prompt(page: Page, room: Room) -> str:
    await page.click(f"#menu-{room.hard}")
    await page.click(f"#section-prompt-{room.hard}")
    return f"#section-prompt-{room.hard}"


async def _new_section(page: Page, room: Room) -> str:
    await page.click("#add-section")
    return "#section-title-new"


BOXES = [_add, _edit, _comment, _edit_comment, _title, _prompt, _new_section]


@pytest.mark.parametrize("open_box", BOXES, ids=lambda way: way.__name__.strip("_"))
async def test_K1_no_letter_goes_astray_while_others_change_the_board(room: Room, open_box: object) -> None:
    ben = await room.open("ben")
    await ben.click(f"#move-{room.dilemma}")  # a form left open is the trap: its box must not take the focus
    await expect(ben.locator(f"#move-section-{room.dilemma}")).to_be_focused()
    selector = await open_box(ben, room)  # type: ignore[operator]
    box = ben.locator(selector)
    await expect(box).to_be_focused()
    await ben.keyboard.press("Control+End")
    begun = await box.input_value()
    others = await other_boxes(ben, selector)
    changes = RandomChanges(10, [room.problem, room.dilemma], [room.hard, room.true])
    async with sending(room.url, room.board, room.tokens["ana"]) as send:
        typed = await write_during(ben, send, changes, bursts=3, count=50)

    words = begun + typed
    assert await ben.evaluate(STATE) == [selector[1:], words, len(words)]
    assert await other_boxes(ben, selector) == others


async def test_the_focus_stays_with_a_card_that_somebody_moves(room: Room) -> None:
    ana, ben = await room.open("ana"), await room.open("ben")
    await ben.focus(f"#edit-{room.problem}")
    await ana.click(f"#move-{room.problem}")
    await ana.get_by_label("Move to").select_option(label="What must be true?")
    await ana.get_by_role("button", name="Move", exact=True).click()

    await expect(ben.locator(f"#cards-{room.true} #edit-{room.problem}")).to_be_focused()


async def test_keys_that_were_meant_for_what_is_gone_do_nothing_to_its_neighbour(room: Room) -> None:
    ana, ben = await room.open("ana"), await room.open("ben")
    await ben.focus(f"#edit-{room.problem}")
    await ana.click(f"#more-{room.problem} summary")
    await ana.locator(f"#more-{room.problem}").get_by_role("button", name="Remove").click()
    await expect(ben.locator(f"#card-{room.dilemma}")).to_be_focused()
    before = await ben.evaluate("scrollY")
    await ben.keyboard.press(" ")

    assert await ben.evaluate("scrollY") == before
