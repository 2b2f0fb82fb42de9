"""No typed word of the outline is lost when its place, or the right to change it, goes meanwhile."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.outline.conftest import Room

TYPED = "Words that nobody else has"


async def test_words_for_a_new_card_stay_when_somebody_removes_the_section(room: Room) -> None:
    room.pages.expect("422|404")
    ana, ben = await room.open("ana"), await room.open("ben")
    box = ben.locator(f"#text-{room.true}")
    await box.press_sequentially(TYPED)
    await _remove_section(ana, room.true)
    await expect(ben.locator(f"#add-{room.true} .stranded")).to_contain_text(
        "This section is no longer here."
    )
    await expect(ben.locator("#saved")).to_have_text("Saved, 1 item not saved")
    await expect(box).to_be_focused()
    await expect(box).to_have_value(TYPED)
    await ben.click(f"#add-{room.true} .primary")
    await expect(ben.locator("#kept-text")).to_have_value(TYPED)
    await ben.click("#kept .primary")

    await expect(ben.locator("#cards-loose .card")).to_contain_text(TYPED)
    await expect(ben.locator("#saved")).to_have_text("Saved")


async def test_words_about_a_section_that_somebody_removes_stay(room: Room) -> None:
    room.pages.expect("422|404")
    ana, ben = await room.open("ana"), await room.open("ben")
    await ben.click(f"#menu-{room.true}")
    box = ben.locator(f"#section-title-{room.true}")
    await box.fill(TYPED)
    await _remove_section(ana, room.true)
    await expect(ben.locator(f"#slot-{room.true} .stranded").first).to_contain_text("no longer here")
    await expect(box).to_be_focused()
    await expect(box).to_have_value(TYPED)
    await ben.click(f"#slot-{room.true} .primary >> nth=0")

    await expect(ben.locator("#kept-text")).to_have_value(TYPED)


async def test_a_comment_on_a_card_whose_section_is_removed_stays_with_its_card(room: Room) -> None:
    room.pages.expect("404")
    ana, ben = await room.open("ana"), await room.open("ben")
    await ben.click(f"#comment-{room.problem}")
    box = ben.locator(f"#comment-text-{room.problem}")
    await box.press_sequentially(TYPED)
    await _remove_section(ana, room.hard)
    await expect(ben.locator("#news-words")).not_to_be_empty()
    await expect(box).to_have_value(TYPED)
    await expect(box).to_be_focused()
    await ben.click(f"#slot-{room.problem} .primary")

    await expect(ben.locator(f"#cards-loose #card-{room.problem}")).to_contain_text(TYPED)


async def test_a_comment_on_a_card_that_is_removed_stays_with_the_reason(room: Room) -> None:
    room.pages.expect("422")
    ana, ben = await room.open("ana"), await room.open("ben")
    await ben.click(f"#comment-{room.problem}")
    box = ben.locator(f"#comment-text-{room.problem}")
    await box.press_sequentially(TYPED)
    await ana.click(f"#more-{room.problem} summary")
    await ana.locator(f"#more-{room.problem}").get_by_role("button", name="Remove").click()
    await expect(ben.locator(f"#card-{room.problem}")).to_contain_text("no longer here")
    await expect(ben.locator("#saved")).to_have_text("Saved, 1 item not saved")
    await expect(ben.locator(f"#slot-{room.problem}").get_by_role("button", name="Copy")).to_be_visible()
    await ben.click(f"#slot-{room.problem} .primary")

    await expect(ben.locator("#kept-text")).to_have_value(TYPED)


OPENS = {
    "add": ("", "#text-{true}", "#add-{true} .primary"),
    "edit": ("#edit-{problem}", "#edit-text-{problem}", "#slot-{problem} .primary"),
    "comment": ("#comment-{problem}", "#comment-text-{problem}", "#slot-{problem} .primary"),
    "section": ("#menu-{true}", "#section-title-{true}", "#slot-{true} .primary >> nth=0"),
    "new": ("#add-section", "#section-title-new", "#new-section .primary"),
}


@pytest.mark.parametrize("form", OPENS)
async def test_words_of_each_form_stay_when_the_board_is_archived_and_after_they_are_refused(
    room: Room, form: str
) -> None:
    room.pages.expect("422")
    ana, ben = await room.open("ana"), await room.open("ben")
    opener, box, send = (each.format(true=room.true, problem=room.problem) for each in OPENS[form])
    if opener:
        await ben.click(opener)
    await ben.locator(box).press_sequentially(TYPED)
    await _archive(ana, room)
    await expect(ben.locator(".stranded:not(:empty)").first).to_contain_text("cannot be changed now")
    await expect(ben.locator("#saved")).to_contain_text("not saved")
    await expect(ben.locator(box)).to_be_focused()
    assert TYPED in await ben.locator(box).input_value()
    await ben.click(send)

    kept = ben.locator(box if form == "add" else "#kept-text")
    await expect(kept).to_be_visible()
    assert TYPED in await kept.input_value()
    await expect(ben.locator("#saved")).to_contain_text("not saved")


async def test_words_about_a_section_outlive_a_sign_in_that_ends(room: Room) -> None:
    room.pages.expect("401")
    ana = await room.open("ana")
    await ana.click(f"#menu-{room.true}")
    await ana.locator(f"#section-prompt-{room.true}").press_sequentially(TYPED)
    await ana.context.clear_cookies(name="tl_session")
    await ana.click(f"#slot-{room.true} .primary >> nth=0")
    await ana.wait_for_url(f"**/sign-in?next=/boards/{room.board}/outline")
    cookie = {"name": "tl_session", "value": room.tokens["ana"], "url": room.url}
    await ana.context.add_cookies([cookie])  # type: ignore[list-item]
    await ana.goto(room.outline)
    await ana.click(f"#menu-{room.true}")

    await expect(ana.locator(f"#section-prompt-{room.true}")).to_have_value(TYPED)


async def test_words_whose_form_is_gone_after_a_reload_are_listed_until_they_are_used_or_discarded(
    room: Room,
) -> None:
    room.pages.expect("404")
    ana = await room.open("ana")
    await ana.click(f"#comment-{room.problem}")
    await ana.locator(f"#comment-text-{room.problem}").fill(TYPED)
    await ana.click(f"#menu-{room.true}")
    await ana.locator(f"#section-prompt-{room.true}").fill("Another thought")
    await ana.reload()
    rows = ana.locator("#left-words li")
    await expect(rows).to_have_count(2)
    await expect(rows.filter(has_text=TYPED)).to_contain_text("You had not sent this")
    await expect(rows.first.get_by_role("button", name="Copy")).to_be_visible()
    await expect(ana.locator("#saved")).to_have_text("Saved, 2 items not saved")
    await ana.click(f"#comment-{room.problem}")
    await expect(ana.locator(f"#comment-text-{room.problem}")).to_have_value(TYPED)
    await expect(rows).to_have_count(1)
    ben = await room.open("ben")
    await _remove_section(ben, room.true)
    await expect(rows).to_contain_text("no longer here")
    await rows.get_by_role("button", name="Discard").click()
    await expect(ana.locator("#left-words")).to_have_count(0)
    await ana.click(f"#slot-{room.problem} .primary")

    await expect(ana.locator("#saved")).to_have_text("Saved")
    await ana.reload()
    await expect(ana.locator("#left-words")).to_have_count(0)


async def test_words_for_an_archived_board_are_listed_when_it_is_opened_again(room: Room) -> None:
    ana = await room.open("ana")
    await ana.locator(f"#text-{room.true}").fill(TYPED)
    await _archive(ana, room)
    await ana.reload()

    await expect(ana.locator("#left-words li")).to_contain_text(TYPED)
    await expect(ana.locator("#left-words li")).to_contain_text("no longer be changed")


async def _remove_section(page: Page, section: str) -> None:
    await page.click(f"#menu-{section}")
    await page.click(f"#slot-{section} >> text=Remove section")
    await expect(page.locator(f"#part-{section}")).to_have_count(0)


async def _archive(page: Page, room: Room) -> None:
    answer = await page.evaluate(
        """async (board) => {
          const token = document.querySelector("#deed [name=_csrf_token]").value
          const body = new URLSearchParams({ _csrf_token: token })
          return (await fetch(`/boards/${board}/archive`, { method: "POST", body })).status
        }""",
        room.board,
    )
    assert answer == 200
