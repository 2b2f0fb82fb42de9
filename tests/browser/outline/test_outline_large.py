"""A large board: sections and the rest of their cards come when opened or scrolled to; all else goes on."""

from collections.abc import Sequence
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, expect

from app.boards.outline.opened import AT_ONCE
from app.db import new_id
from tests.browser.outline.conftest import Room
from tests.support.browser import PHONE
from tests.support.until import until

MANY = 2 * AT_ONCE + 10


@pytest.fixture
async def cards(room: Room) -> list[str]:
    """The ids of the many cards that are in section True, besides the two in section Hard."""
    ids = [new_id() for _ in range(MANY)]
    await _send(room, [_card(id, room.true, f"Card number {at}") for at, id in enumerate(ids)])
    return ids


async def test_scrolling_brings_the_cards_of_a_section_piece_by_piece(room: Room, cards: list[str]) -> None:
    page = await room.open("ana")

    for count in (AT_ONCE, 2 * AT_ONCE, MANY):
        await until(lambda count=count: _has_after_end(page, room, count), 30)  # type: ignore[misc]
    await expect(page.locator("#news")).to_be_hidden()


async def _has_after_end(page: Page, room: Room, count: int) -> bool:
    """A reader presses again: cards are measured when they come near, so that the end moves on."""
    await page.keyboard.press("End")
    return await page.locator(f"#cards-{room.true} .card").count() >= count


async def test_who_is_at_the_end_in_the_moment_more_comes_gets_the_rest_too(
    room: Room, cards: list[str]
) -> None:
    page = await room.open("ana")
    await page.evaluate("""() => {
      const toTheEnd = () => scrollTo({ top: document.body.scrollHeight, behavior: "instant" })
      new MutationObserver(toTheEnd).observe(document.body, { childList: true, subtree: true })
      toTheEnd()
    }""")

    await expect(page.locator(f"#cards-{room.true} .card")).to_have_count(MANY)


async def test_a_phone_opens_a_section_by_its_chip_and_adds_a_card_there(
    room: Room, cards: list[str]
) -> None:
    page = await room.open("ana", **PHONE)
    await page.tap(f"#sections [data-section='{room.true}']")
    await expect(page.locator(f"#cards-{room.true} .card")).to_have_count(AT_ONCE)
    await page.fill(f"#text-{room.true}", "One more")
    await page.locator(f"#add-{room.true} .primary").tap()
    await expect(page.locator(f"#add-{room.true} .added")).to_contain_text("One more")
    await expect(page.locator("#sections [aria-current] b")).to_have_text(str(MANY + 1))

    await page.locator(f"#add-{room.true} .added button").tap()

    await expect(page.locator("#sections [aria-current] b")).to_have_text(str(MANY))
    await expect(page.locator(f"#text-{room.true}")).to_be_focused()


async def test_a_link_to_a_card_that_is_not_here_yet_brings_it(room: Room, cards: list[str]) -> None:
    link = {"do": "add_link", "id": new_id(), "start": room.problem, "end": cards[-1], "means": "leads_to"}
    await _send(room, [link])
    page = await room.open("ana")
    await page.get_by_role("link", name=f"Card number {MANY - 1}").click()

    await expect(page.locator(f"#card-{cards[-1]}")).to_be_in_viewport()
    await page.click(f"#edit-{cards[-1]}")
    await page.fill(f"#edit-text-{cards[-1]}", "Changed far down")
    await page.click(f"#slot-{cards[-1]} .primary")
    await expect(page.locator(f"#text-of-{cards[-1]}")).to_have_text("Changed far down")
    await page.click("#tool-undo")
    await expect(page.locator(f"#text-of-{cards[-1]}")).to_have_text(f"Card number {MANY - 1}")


async def test_what_others_do_where_nobody_has_looked_yet_is_news_of_the_section(
    room: Room, cards: list[str]
) -> None:
    page = await room.open("ana", **PHONE)
    await expect(page.locator("#saved")).to_have_text("Saved")
    await _send(room, [_card(new_id(), room.true, "From afar")])

    await expect(page.locator("#news-words")).to_have_text("1 section changed")
    await expect(page.locator(f"#sections [data-section='{room.true}'] b")).to_have_text(str(MANY + 1))
    await page.click("#news-show")
    await page.get_by_role("link", name="Changes in: What must be true?").click()
    await expect(page.locator(f"#cards-{room.true} .card").first).to_be_visible()


async def test_ones_own_words_that_somebody_overwrote_are_shown_in_a_section_not_opened(
    room: Room, cards: list[str]
) -> None:
    mine = await room.open("ana", f"?section={room.true}", **PHONE)
    await mine.click(f"#edit-{cards[5]}")
    await mine.fill(f"#edit-text-{cards[5]}", "Card number one hundred")
    await mine.click(f"#slot-{cards[5]} .primary")
    await expect(mine.locator(f"#text-of-{cards[5]}")).to_have_text("Card number one hundred")
    await mine.goto(room.outline)
    await expect(mine.locator("#saved")).to_have_text("Saved")
    await expect(mine.locator(f"#part-{room.true}")).to_have_attribute("data-unopened", "")

    edit = {"do": "edit_card", "id": cards[5], "text": "Card number two hundred"}
    await _send(room, [edit], who="ben", base=MANY + 5)

    await expect(mine.locator(f"#slot-{cards[5]}")).to_contain_text("Card number one hundred")


async def test_words_in_a_form_of_a_section_that_came_piece_by_piece_stay_when_it_changes(
    room: Room, cards: list[str]
) -> None:
    page = await room.open("ana")
    await page.keyboard.press("End")
    await expect(page.locator(f"#cards-{room.true} .card")).to_have_count(AT_ONCE)
    last = cards[AT_ONCE - 1]
    await page.click(f"#edit-{last}")
    box = page.locator(f"#edit-text-{last}")
    await box.fill("Words that nobody else has")
    await box.press("Home")
    above = [{"do": "remove_card", "id": cards[0]}, {"do": "remove_card", "id": cards[1]}]
    await _send(room, [*above, {"do": "move_card", "id": cards[5], "after": cards[-1]}], "ben")
    await expect(page.locator(f"#card-{cards[0]}")).to_have_count(0)
    await page.keyboard.type("More. ")
    await _send(room, [{"do": "move_card", "id": last, "after": cards[-1]}], "ben")
    await _send(room, [{"do": "edit_card", "id": cards[3], "text": "News"}], "ben")
    await expect(page.locator(f"#card-{cards[3]}")).to_contain_text("News")
    await page.keyboard.type("And more. ")
    await expect(box).to_be_focused()
    await expect(box).to_have_value("More. And more. Words that nobody else has")
    await page.click(f"#slot-{last} .primary")

    await expect(page.locator("#saved")).to_have_text("Saved")
    await page.goto(f"{room.outline}?section={room.true}&card={last}#card-{last}")
    await expect(page.locator(f"#text-of-{last}")).to_have_text("More. And more. Words that nobody else has")


async def test_words_for_a_new_card_are_there_again_after_one_has_looked_for_a_card(room: Room) -> None:
    page = await room.open("ana", **PHONE)
    await page.fill(f"#text-{room.hard}", "Words that nobody else has")
    await page.fill("[name=find]", "people")
    await page.press("[name=find]", "Enter")
    await page.wait_for_url("**find=people**")
    await expect(page.locator(f"#text-{room.hard}")).to_have_value("Words that nobody else has")


async def test_without_javascript_links_bring_the_rest(room: Room, cards: list[str]) -> None:
    page = await room.open("ana", java_script_enabled=False)
    await page.get_by_role("link", name=f"Show {MANY} cards").click()

    await expect(page.locator(f"#cards-{room.true} .card")).to_have_count(MANY)


def _card(id: str, section: str, text: str) -> dict[str, Any]:
    return {"do": "add_card", "id": id, "kind": "note", "text": text, "section": section}


async def _send(room: Room, ops: Sequence[dict[str, Any]], who: str = "ana", **more: Any) -> None:
    """As a client of its own over HTTP, 64 ops at a time."""
    cookies = {"tl_session": room.tokens[who]}
    async with httpx.AsyncClient(base_url=room.url, headers={"Origin": room.url}, cookies=cookies) as http:
        await http.get("/me")
        http.headers["X-CSRFToken"] = http.cookies["tl_csrf"]
        client = new_id()
        for at in range(0, len(ops), 64):
            numbered = [{"n": at + i + 1, "op": op, **more} for i, op in enumerate(ops[at : at + 64])]
            answer = await http.post(f"/boards/{room.board}/ops", json={"client": client, "ops": numbered})
            assert answer.status_code == 200, answer.text
