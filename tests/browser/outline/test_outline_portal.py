"""Only an answer of ours counts on the outline: what a portal or a proxy says in our place saves nothing."""

import pytest
from playwright.async_api import Route, expect

from tests.browser.outline.conftest import Room

TYPED = "Words that must arrive"
PAGE = "<!doctype html><title>Guest network</title><p>Accept the conditions of this network."
FORMS = {
    "add": ("", "#text-{true}", "#add-{true} .primary"),
    "edit": ("#edit-{problem}", "#edit-text-{problem}", "#slot-{problem} .primary"),
    "comment": ("#comment-{problem}", "#comment-text-{problem}", "#slot-{problem} .primary"),
}


async def _page(route: Route) -> None:
    await route.fulfill(status=200, content_type="text/html", body=PAGE)


async def _redirect(route: Route) -> None:
    """As a portal does: whoever goes on from here, by GET, gets a page of the same address."""
    await route.fulfill(status=302, headers={"Location": "/healthz"})


@pytest.mark.parametrize("portal", [_page, _redirect], ids=["a page", "a redirect"])
@pytest.mark.parametrize("form", FORMS)
async def test_words_that_a_portal_took_stay_in_their_form_until_they_arrive(
    room: Room, form: str, portal: object
) -> None:
    room.pages.expect("answer is not ours|404")
    ana = await room.open("ana")
    opener, box, send = (each.format(true=room.true, problem=room.problem) for each in FORMS[form])
    if opener:
        await ana.click(opener)
    await ana.fill(box, TYPED)
    await ana.route("**/boards/**", portal)  # type: ignore[arg-type]
    await ana.click(send)
    await expect(ana.locator("#saved")).to_have_text("Offline, trying, 1 item not saved")
    await expect(ana.locator(".stranded:not(:empty)")).to_contain_text("could not be reached")
    await expect(ana.locator(box)).to_have_value(TYPED)
    await ana.unroute("**/boards/**")
    await expect(ana.locator("#saved")).to_have_text("Saved, 1 item not saved")
    await ana.click(send)

    await expect(ana.locator("#saved")).to_have_text("Saved")
    named = 2 if form == "edit" else 1  # the card that is linked to it names it too
    await expect(ana.locator("#parts .card", has_text=TYPED)).to_have_count(named)
    await expect(ana.locator(".stranded:not(:empty)")).to_have_count(0)


async def test_a_button_that_a_portal_answered_says_that_it_was_not_done(room: Room) -> None:
    room.pages.expect("answer is not ours")
    ana = await room.open("ana")
    await ana.route("**/boards/*/ops", _page)
    await ana.click(f"#more-{room.problem} summary")
    await ana.locator(f"#more-{room.problem}").get_by_role("button", name="Remove").click()

    await expect(ana.locator("#flash")).to_contain_text("That was not done")
    await expect(ana.locator(f"#card-{room.problem}")).to_be_visible()


async def test_a_page_of_a_portal_is_never_shown_as_a_form_or_an_overwritten_text(room: Room) -> None:
    room.pages.expect("answer is not ours")
    ana = await room.open("ana")
    await ana.route("**/outline?item=*", _page)
    await ana.click(f"#edit-{room.problem}")

    await expect(ana.locator("#saved")).to_contain_text("Offline")
    await expect(ana.locator("#parts")).not_to_contain_text("conditions of this network")
