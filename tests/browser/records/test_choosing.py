"""A person found by name in Chromium: by the keyboard, on a phone, without JavaScript."""

import pytest
from playwright.async_api import Page, expect

from app.access import Role
from app.boards.core.text.choices import FEW
from app.db import Database, new_id
from app.people import actions as accounts
from app.spaces import actions as spaces
from app.spaces import seats
from app.spaces import store as space_store
from tests.browser.canvas_board import CanvasBoard, board, served
from tests.browser.records.test_looking_again import signed_in
from tests.support.browser import PHONE, WIDE, faultless, screenshot
from tests.support.server import Server

__all__ = ["board", "served"]
MORE = [f"Member {i}" for i in range(1, 34)] + ["Zoë Ash", "Zoë Ash"]


@pytest.fixture
async def crowd(board: CanvasBoard, served: tuple[Server, str]) -> CanvasBoard:
    """Members of Northfield Trust; the last of two called Zoë Ash is of Vale Hospice."""
    db = Database(served[1])
    async with db.write() as tx:
        known = await seats.people_by_id(tx, board.space)
        ana, cleo = known[board.people["Ana Okafor"]], known[board.people["Cleo Marsh"]]
        for at, name in enumerate(MORE):
            person = await accounts.create_person(tx, name)
            of = cleo if at == len(MORE) - 1 else ana
            await spaces.seat_person(tx, board.space, person, str(of.organisation), Role.MEMBER)
    await db.close()
    return board


async def found(page: Page, words: str) -> None:
    await page.get_by_label("Find somebody by name or organisation").fill(words)


async def test_who_is_asked_is_found_by_the_keyboard_and_nothing_typed_is_lost(crowd: CanvasBoard) -> None:
    page = await signed_in(crowd, "Ana Okafor", f"/spaces/{crowd.space}/records/keep?kind=question")
    who = page.get_by_label("Who is asked")
    await page.get_by_label("I ask somebody").check()
    await page.get_by_label("Find somebody by name or organisation").focus()
    await page.keyboard.type("zoe")
    await page.keyboard.press("Enter")
    await expect(who).to_be_focused()
    assert await who.locator("option").all_inner_texts() == [
        "Choose…",
        "Zoë Ash, Northfield Trust",
        "Zoë Ash (2), Vale Hospice",
    ]
    await expect(page.get_by_label("I ask somebody")).to_be_checked()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await found(page, "cleo")
    await page.get_by_role("button", name="Find").click()
    await expect(who).to_contain_text("Cleo")
    await expect(who.locator("option")).to_have_count(3)
    await expect(who.locator("option:checked")).to_have_text("Zoë Ash (2), Vale Hospice")
    await faultless(page, "choosing")
    await page.locator("#f-title").fill("Who asks the family?")
    await page.get_by_role("button", name="See what will stand").click()
    await expect(page.locator("dl")).to_contain_text("Zoë Ash (2), Vale Hospice will be asked")


@pytest.mark.parametrize("scripts", [True, False])
async def test_who_leads_is_found_on_a_phone_with_and_without_scripts(
    crowd: CanvasBoard, scripts: bool
) -> None:
    path = f"/spaces/{crowd.space}/workshops/new"
    page = await signed_in(crowd, "Ana Okafor", path, **PHONE, java_script_enabled=scripts)
    await page.locator("#f-title").fill("Name it")
    await found(page, "zoe vale")
    await page.get_by_role("button", name="Find").tap()
    await page.get_by_label("Zoë Ash (2), Vale Hospice").check()
    await screenshot(page, f"choosing-team-{scripts}")
    await expect(page.locator("#f-title")).to_have_value("Name it")
    await expect(page.get_by_label("Ana Okafor, Northfield Trust")).to_be_checked()
    await found(page, "cleo")
    await page.locator("#find-team").press("Enter")
    await expect(page.get_by_label("Cleo Marsh, Vale Hospice")).not_to_be_checked()
    await expect(page.get_by_label("Zoë Ash (2), Vale Hospice")).to_be_checked()
    await page.locator("#f-title").press("Enter")  # as before it sends the form, and looks for nobody
    await expect(page.get_by_role("heading", name="Name it")).to_be_visible()
    await expect(page.locator("#main")).to_contain_text("Zoë Ash (2)")


async def test_a_facilitator_is_found_on_the_console(crowd: CanvasBoard) -> None:
    page = await adding(crowd)
    who, add = page.locator("#new-facilitator"), page.get_by_role("button", name="Add", exact=True)
    await found(page, "cleo")
    await page.locator("#find-person").press("Enter")
    await expect(who.locator("option")).to_have_text(["Choose…", "Cleo Marsh, Vale Hospice"])
    await screenshot(page, "choosing-console")
    await add.click()
    await expect(page.locator("#console-team ul")).to_contain_text("Cleo Marsh")
    await expect(who.locator("option:checked")).to_have_text("Choose…")
    await expect(page.locator("#find-person")).to_have_value("")
    await found(page, "bo")
    await add.click()  # words that were not looked for are
    await expect(who).to_be_focused()
    await expect(who.locator("option:checked")).to_have_text("Bo Hale, Northfield Trust")
    await add.click()
    await expect(page.locator("#console-team ul")).to_contain_text("Bo Hale")


@pytest.mark.parametrize("words", ["zoe vale", ""])
async def test_who_was_found_stays_chosen_on_the_console_when_somebody_joins(
    crowd: CanvasBoard, served: tuple[Server, str], words: str
) -> None:
    page = await adding(crowd)
    who, add = page.locator("#new-facilitator"), page.get_by_role("button", name="Add", exact=True)
    await found(page, "zoe vale")
    await page.locator("#find-person").press("Enter")
    await expect(who.locator("option:checked")).to_have_text("Zoë Ash (2), Vale Hospice")
    await found(page, words)
    if not words:
        await page.locator("#find-person").press("Enter")
        await expect(who.locator("option")).to_have_count(1 + 1 + FEW)
    await add.focus()
    joined = await join(crowd, served, "Abi Lowe")
    await crowd.steward(
        f"/boards/{crowd.id}/console", do="add_facilitator", id=await stage(page), person=joined
    )
    await expect(page.locator("#console-team ul")).to_contain_text("Abi Lowe")
    await expect(who.locator("option:checked")).to_have_text("Zoë Ash (2), Vale Hospice")
    await expect(page.locator("#find-person")).to_have_value(words)
    await expect(add).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#console-team ul")).to_contain_text("Zoë Ash (2)")
    await expect(who.locator("option:checked")).to_have_text("Choose…")


async def adding(crowd: CanvasBoard) -> Page:
    """The console of a workshop, open where facilitators are added."""
    await crowd.steward(f"/boards/{crowd.id}/workshop", id=new_id(), purpose="So that people are home.")
    page = await signed_in(crowd, "Ana Okafor", f"/boards/{crowd.id}/console", **WIDE)
    await page.get_by_text("Add a facilitator").click()
    return page


async def stage(page: Page) -> str:
    return await page.locator("#adding input[name=id]").input_value()


async def join(board: CanvasBoard, served: tuple[Server, str], name: str) -> str:
    """The id of somebody who becomes a member of Northfield Trust."""
    db = Database(served[1])
    async with db.write() as tx:
        ana = (await seats.people_by_id(tx, board.space))[board.people["Ana Okafor"]]
        person = await accounts.create_person(tx, name)
        await spaces.seat_person(tx, board.space, person, str(ana.organisation), Role.MEMBER)
        await space_store.bump(tx, board.space)
    await db.close()
    return person
