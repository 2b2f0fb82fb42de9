"""A whole journey with JavaScript off, on a narrow screen: everything is a link or a form."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.outline.conftest import Room

PLAIN: dict[str, Any] = {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}}


@pytest.fixture
async def ana(room: Room) -> Page:
    return await room.open("ana", **PLAIN)


async def test_adding_editing_commenting_linking_moving_removing_and_undoing(room: Room, ana: Page) -> None:
    await ana.click(f"#sections [data-section='{room.true}']")
    await ana.fill(f"#text-{room.true}", "Families hear about it too late")
    await ana.locator(f"#add-{room.true}").get_by_text("Assumption").click()
    await ana.click(f"#add-{room.true} .primary")
    card = ana.locator(f"#cards-{room.true} .card")
    await expect(card).to_contain_text("Assumption")
    await expect(ana.locator("#flash")).to_have_text("Added.")
    id = (await card.get_attribute("id") or "").removeprefix("card-")

    await ana.click(f"#edit-{id}")
    await ana.fill(f"#edit-text-{id}", "Families hear about the choice too late")
    await ana.click(f"#slot-{id} .primary")
    await expect(card).to_contain_text("about the choice too late")

    await ana.click(f"#comment-{id}")
    await ana.fill(f"#comment-text-{id}", "On ward six too")
    await ana.click(f"#slot-{id} .primary")
    await expect(card).to_contain_text("1 comment")

    await ana.click(f"#more-{id} summary")
    await ana.click(f"#link-{id}")
    await ana.select_option(f"#link-means-{id}", "challenges")
    await ana.select_option(f"#link-end-{id}", room.dilemma)
    await ana.click(f"#slot-{id} .primary")
    await expect(card).to_contain_text("Challenges: Move people on quickly")
    await expect(ana.locator(f"#card-{room.dilemma}")).to_contain_text("Challenged by: Families hear")

    await ana.click(f"#move-{id}")
    await ana.select_option(f"#move-section-{id}", room.hard)
    await ana.select_option(f"#move-place-{id}", "first")
    await ana.click(f"#slot-{id} .primary")
    await expect(ana.locator(f"#cards-{room.hard} .card").first).to_have_id(f"card-{id}")

    await ana.click(f"#more-{id} summary")
    await ana.get_by_role("button", name="Remove", exact=True).locator("visible=true").click()
    await expect(ana.locator(f"#card-{id}")).to_have_count(0)

    await ana.click("#tool-undo")
    await expect(ana.locator(f"#card-{id}")).to_have_count(1)
    await ana.click("#tool-redo")
    await expect(ana.locator(f"#card-{id}")).to_have_count(0)

    await ana.get_by_role("link", name="Removed items").click()
    await ana.get_by_role("button", name="Restore Families hear").click()
    await expect(ana.locator(f"#card-{id}")).to_have_count(1)


async def test_a_refusal_keeps_the_words_and_says_why(room: Room, ana: Page) -> None:
    room.pages.expect("422")
    await ana.click(f"#edit-{room.problem}")
    ben = await room.open("ben")
    await ben.click(f"#more-{room.problem} summary")
    await ben.locator(f"#more-{room.problem}").get_by_role("button", name="Remove").click()
    await expect(ben.locator(f"#card-{room.problem}")).to_have_count(0)

    await ana.fill(f"#edit-text-{room.problem}", "What I wanted to say")
    await ana.click(f"#slot-{room.problem} .primary")
    await expect(ana.locator("#kept")).to_contain_text("no longer here")
    await expect(ana.locator("#kept-text")).to_have_value("What I wanted to say")
    await ana.click("#kept .primary")

    await expect(ana.locator(f"#cards-{room.hard} .card").last).to_contain_text("What I wanted to say")


async def test_a_conflict_shows_both_texts_and_lets_one_choose(room: Room, ana: Page) -> None:
    await ana.click(f"#edit-{room.dilemma}")
    ben = await room.open("ben")
    await ben.click(f"#edit-{room.dilemma}")
    await ben.fill(f"#edit-text-{room.dilemma}", "Move people on slowly.")
    await ben.click(f"#slot-{room.dilemma} .primary")
    await expect(ben.locator(f"#text-of-{room.dilemma}")).to_have_text("Move people on slowly.")

    await ana.fill(f"#edit-text-{room.dilemma}", "Move people on gently.")
    await ana.click(f"#slot-{room.dilemma} .primary")
    await expect(ana.locator(".clash")).to_contain_text("Ben changed the same words")
    await ana.get_by_role("button", name="Use theirs").click()

    await expect(ana.locator(f"#text-of-{room.dilemma}")).to_have_text("Move people on slowly.")


async def test_sections_are_made_changed_ordered_and_removed(room: Room, ana: Page) -> None:
    await ana.click("#add-section")
    await ana.fill("#section-title-new", "Who is missing?")
    await ana.get_by_role("button", name="Add section").click()
    title = ana.get_by_role("heading", name="Who is missing?")
    await expect(title).to_be_visible()

    await ana.get_by_role("link", name="Edit the section Who is missing?").click()
    await ana.get_by_label("What is asked here").fill("Whom do we not hear?")
    await ana.get_by_role("button", name="Save").click()
    await expect(ana.get_by_text("Whom do we not hear?")).to_be_visible()

    await ana.get_by_role("link", name="Edit the section Who is missing?").click()
    await ana.get_by_label("Position").select_option("first")
    await ana.get_by_role("button", name="Move section", exact=True).click()
    await expect(ana.locator(".part h2").first).to_have_text("Who is missing?")

    await ana.get_by_role("link", name="Edit the section Who is missing?").click()
    await ana.get_by_role("button", name="Remove section").click()
    await expect(title).to_have_count(0)


async def test_a_draft_is_mine_until_i_show_it(room: Room, ana: Page) -> None:
    await ana.click(f"#sections [data-section='{room.true}']")
    await ana.fill(f"#text-{room.true}", "Not yet")
    await ana.locator(f"#add-{room.true}").get_by_label("Keep as draft").check()
    await ana.click(f"#add-{room.true} .primary")
    await expect(ana.locator(f"#cards-{room.true} .badge")).to_have_text("Only you see this")
    ben = await room.open("ben", **PLAIN)
    await expect(ben.locator(f"#cards-{room.true} .card")).to_have_count(0)

    await ana.get_by_role("button", name="Publish").click()
    await ben.reload()

    await expect(ben.locator(f"#cards-{room.true} .card")).to_have_count(1)


async def test_a_board_is_made_from_a_template_and_renamed(room: Room, ana: Page) -> None:
    await ana.goto(f"{room.url}/spaces/{room.space}/boards")
    await ana.get_by_label("Title").fill("Quick and chosen")
    await ana.get_by_label("Dilemma map").check()
    await ana.get_by_role("button", name="Create board").click()
    board = ana.url.rsplit("/", 1)[1][:36]
    await ana.goto(f"{room.url}/boards/{board}/outline")
    await expect(ana.get_by_role("heading", name="Dilemma or problem?")).to_be_visible()

    await ana.goto(f"{room.url}/boards/{board}/rename")
    await ana.get_by_label("Title").fill("Quick, and chosen too")
    await ana.get_by_role("button", name="Save").click()

    await expect(ana.get_by_role("link", name="Quick, and chosen too", exact=True)).to_be_visible()


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)], ids=["phone", "desk"])
async def test_a_form_opens_where_it_can_be_seen_and_the_card_with_it(
    room: Room, size: tuple[int, int]
) -> None:
    ana = await room.open("ana", java_script_enabled=False, viewport={"width": size[0], "height": size[1]})
    for name, item, box in (
        ("comment", room.dilemma, f"#comment-text-{room.dilemma}"),
        ("edit", room.dilemma, f"#edit-text-{room.dilemma}"),
        ("move", room.problem, f"#move-section-{room.problem}"),
    ):
        await ana.click(f"#{name}-{item}")
        await expect(ana.locator(box)).to_be_visible()
        head, card, form = [await _box(ana, where) for where in (".board-head", f"#card-{item}", box)]

        assert card["y"] >= head["y"] + head["height"], (name, head, card)
        assert form["y"] + form["height"] <= size[1]


async def _box(page: Page, where: str) -> Any:
    return await page.locator(where).bounding_box()
