"""A stranger follows a line through, in Chromium: from what five people write alone to the report."""

from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from app.db import Database, new_id, now
from app.spaces.joining import join
from tests.browser.canvas_board import CanvasBoard, board, served
from tests.browser.records.test_records import (
    BELIEF,
    TITLE,
    end_while_somebody_writes,
    goal,
    keep,
    signed_in,
    try_it_out,
)
from tests.browser.workshops.test_phone import ask, begin, take_part, write
from tests.support.browser import PHONE, screenshot
from tests.support.server import Server

__all__ = ["board", "goal", "served"]
STRANGERS = ("Dee of Riverside Housing", "Eve of Eastbrook Practices", "Fay of Carers Together")
THEME = "We are quick, and they need time"
VOTE = {"how": "dots", "dots": 1, "most": 1}


@pytest.mark.timeout(180)
async def test_what_five_people_wrote_alone_is_told_to_the_outcome_and_its_report(
    board: CanvasBoard, served: tuple[Server, str], goal: str
) -> None:
    await begin(board)
    question = await ask(board, "What makes leaving hard?", None, write="private")
    phones = await five_phones(board, served)
    for number, phone in enumerate(phones):
        await write(phone, f"Leaving is hard, as I see it, {number}")
    for phone in phones:
        assert await phone.get_by_text("Leaving is hard, as I see it").count() == 1  # nobody reads before
    vote = await voted_first(board, question, phones)

    ana = await signed_in(board, "Ana Okafor", f"{board.server.url}/boards/{board.id}/console")
    await expect(ana.locator("#now-title")).to_have_text("Which do we hold?")
    await screenshot(ana, "records-story-console")
    await ana.get_by_role("link", name="Keep this… What the vote came to").click()
    await ana.get_by_role("link", name="Keep as a dilemma").click()
    await expect(ana.get_by_label("The dilemma in one line")).to_have_value(THEME)
    await ana.get_by_label("The dilemma in one line").fill(TITLE)
    await ana.get_by_label("One side").fill("Flow")
    await ana.get_by_label("The other side").fill("Choice")
    await keep(ana)
    kept = ana.url
    await ana.get_by_role("link", name="What must be true?").click()
    await ana.get_by_label("We believe that …").fill(BELIEF)
    await keep(ana)
    reader = await signed_in(board, "Cleo Marsh", ana.url)
    await try_it_out(ana)
    await end_while_somebody_writes(ana, reader)

    await ana.goto(kept)
    line = ana.locator(".throughline > li > b")
    await expect(line).to_have_text(["5 notes", "This dilemma", BELIEF, "Ring early", "Home sooner"])
    await ana.goto(f"{board.server.url}/spaces/{board.space}/outcomes/{goal}/report")
    await expect(line).to_have_text(["5 notes", TITLE, BELIEF, "Ring early", "Home sooner"])
    told = ana.locator(".throughline")
    for words in ("Dilemma, named", "Assumption, supported", "Test, adopted", f"{now():%Y}"):
        await expect(told).to_contain_text(words)
    await screenshot(ana, "records-story-report")
    bo = await signed_in(board, "Bo Hale", f"{board.server.url}/spaces/{board.space}")
    await expect(bo.get_by_text(f"Your note became a dilemma: “{TITLE}”").first).to_be_visible()
    assert vote


async def five_phones(board: CanvasBoard, served: tuple[Server, str]) -> list[Page]:
    """Bo, Cleo and three whom nobody knows, who join by the code with a name and an organisation."""
    db = Database(served[1])
    async with db.write() as tx:
        code = await join.add_code(tx, board.space, board.people["Ana Okafor"], now() + timedelta(days=1))
    await db.close()
    phones = [await take_part(board, name) for name in ("Bo Hale", "Cleo Marsh")]
    for stranger in STRANGERS:
        name, _, organisation = stranger.partition(" of ")
        phone = await board.pages.open(f"{board.server.url}/join/{code.code}?board={board.id}", **PHONE)
        await phone.get_by_label("Your name").fill(name)
        await phone.get_by_label("Your organisation").fill(organisation)
        await phone.get_by_role("button", name="Join", exact=True).click()
        await expect(phone.get_by_text(f"You are in, {name}.")).to_be_visible()
        phones.append(phone)
    return phones


async def voted_first(board: CanvasBoard, question: str, phones: list[Page]) -> str:
    """All is revealed and gathered; each of the five puts a dot on it, and the vote is closed."""
    await board.act({"do": "reveal", "id": question})
    for phone in phones:
        await expect(phone.locator("#stage-body [data-note]")).to_have_count(5)
    notes = (
        await phones[0].locator("#stage-body [data-note]").evaluate_all("all => all.map(n => n.dataset.note)")
    )
    theme, other = new_id(), await board.card("Parking", phase=question)
    await board.act({"do": "add_theme", "id": theme, "title": THEME, "cards": notes})
    vote = await ask(board, "Which do we hold?", question, write="off", vote=VOTE, about=[question])
    for phone in phones:
        await phone.locator(f"[data-thing='{theme}'] .place").click()
        await expect(phone.locator("#saved")).to_have_attribute("data-state", "saved")
    await board.act({"do": "close_vote", "id": vote})
    await expect(phones[2].locator(".results li b")).to_have_text(["5", "0"])
    assert other
    return vote
