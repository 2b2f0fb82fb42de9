"""What is typed into a form while its own answer is under way stays, and is saved by the next sending."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.outline.conftest import Room


async def _held(page: Page) -> Callable[[], Awaitable[None]]:
    """Holds the answers to forms back until the function that this gives is called."""
    go = asyncio.Event()

    async def hold(route: Route) -> None:
        await go.wait()
        await route.continue_()

    await page.route("**/boards/*/ops", hold)

    async def release() -> None:
        go.set()

    return release


FORMS = {
    "add": ("", "#text-{true}", "#add-{true} .primary"),
    "comment": ("#comment-{problem}", "#comment-text-{problem}", "#slot-{problem} .primary"),
}


@pytest.mark.parametrize("form", FORMS)
async def test_what_is_typed_after_sending_becomes_the_next_one(room: Room, form: str) -> None:
    ana = await room.open("ana")
    opener, box, send = (each.format(true=room.true, problem=room.problem) for each in FORMS[form])
    if opener:
        await ana.click(opener)
    release = await _held(ana)
    await ana.fill(box, "The first thought")
    await ana.click(send)
    await ana.focus(box)
    await ana.keyboard.press("End")
    await ana.keyboard.type(" and the second")
    await release()
    await expect(ana.locator("#saved")).to_have_text("Saved")
    await expect(ana.locator(box)).to_have_value("and the second")
    await expect(ana.locator(box)).to_be_focused()
    await ana.keyboard.type(" one")
    await ana.click(send)

    await expect(ana.locator("#parts")).to_contain_text("and the second one")
    await expect(ana.get_by_text("The first thought", exact=True)).to_have_count(1)


async def test_an_edit_goes_on_while_it_is_saved_and_merges_with_what_others_wrote(room: Room) -> None:
    ana, ben = await room.open("ana"), await room.open("ben")
    card, box = f"#card-{room.problem}", f"#edit-text-{room.problem}"
    await ana.click(f"#edit-{room.problem}")
    await ben.click(f"#edit-{room.problem}")
    await ben.fill(box, "Some people wait days in a bed they no longer need.")
    await ben.click(f"#slot-{room.problem} .primary")
    await expect(ben.locator("#saved")).to_have_text("Saved")
    release = await _held(ana)
    await ana.fill(box, "People wait days in a bed they no longer need. Why?")
    await ana.click(f"#slot-{room.problem} .primary")
    await ana.focus(box)
    await ana.keyboard.press("End")
    await ana.keyboard.type(" Who knows?")
    await release()
    await expect(ana.locator("#saved")).to_have_text("Saved")
    await expect(ana.locator(box)).to_have_value(
        "People wait days in a bed they no longer need. Why? Who knows?"
    )
    await ana.click(f"#slot-{room.problem} .primary")

    words = "Some people wait days in a bed they no longer need. Why? Who knows?"
    await expect(ana.locator(f"{card} > .text, {card} .text").first).to_have_text(words)
    await expect(ana.locator(box)).to_have_count(0)


CHOICES = {
    "Use mine": "Words of Ana, entirely. And more to come.",
    "Use theirs": "Ben has a wholly different text. And more to come.",
}


@pytest.mark.parametrize("choice", CHOICES)
async def test_an_edit_that_clashes_while_its_writer_types_on_shows_both_texts_below(
    room: Room, choice: str
) -> None:
    ana, ben = await room.open("ana"), await room.open("ben")
    box, words = f"#edit-text-{room.problem}", f"#text-of-{room.problem}"
    await ana.click(f"#edit-{room.problem}")
    await ben.click(f"#edit-{room.problem}")
    await ben.fill(box, "Ben has a wholly different text.")
    await ben.click(f"#slot-{room.problem} .primary")
    await expect(ben.locator(words)).to_have_text("Ben has a wholly different text.")
    release = await _held(ana)
    await ana.fill(box, "Words of Ana, entirely.")
    await ana.click(f"#slot-{room.problem} .primary")
    await ana.focus(box)
    await ana.keyboard.press("End")
    await ana.keyboard.type(" And more")
    await release()
    clash = ana.locator(f"#slot-{room.problem} .clash")
    await expect(clash).to_contain_text("Ben has a wholly different text.")
    await expect(ana.locator(box)).to_be_focused()
    await ana.keyboard.type(" to come.")
    await clash.get_by_text(choice).click()
    await expect(clash).to_have_count(0)
    await expect(ana.locator(box)).to_have_value("Words of Ana, entirely. And more to come.")
    await expect(ana.locator("#saved")).to_have_text("Saved")
    await ana.click(f"#slot-{room.problem} .primary")

    await expect(ana.locator(words)).to_have_text(CHOICES[choice])


async def test_what_is_typed_while_a_form_is_refused_stays_in_it(room: Room) -> None:
    room.pages.expect("422")
    ana = await room.open("ana")
    box = f"#text-{room.true}"
    release = await _held(ana)
    await ana.eval_on_selector(box, "box => box.required = false")
    await ana.fill(box, "  ")
    await ana.click(f"#add-{room.true} .primary")
    await ana.focus(box)
    await ana.keyboard.press("End")
    await ana.keyboard.type("Words after all")
    await release()
    await expect(ana.locator(f"#add-{room.true} .error")).to_be_visible()

    await expect(ana.locator(box)).to_have_value("  Words after all")
