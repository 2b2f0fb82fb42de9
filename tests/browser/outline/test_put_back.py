"""A guest's spree is put back in one press, without JavaScript too, on a desk and a phone."""

import httpx
import pytest
from playwright.async_api import expect

from tests.browser.canvas_board import card_of, open_panel
from tests.browser.outline.conftest import Room
from tests.support.browser import PHONE, axe, faultless, screenshot


@pytest.fixture(autouse=True)
async def gil(room: Room) -> None:
    """A guest on the board, who came by its code."""
    async with httpx.AsyncClient(base_url=room.url, headers={"Origin": room.url}) as http:
        await http.get("/join")
        given = {"name": "Gil", "organisation": "Somewhere", "_csrf_token": http.cookies["tl_csrf"]}
        answer = await http.post(f"/join/{room.code}", data=given)
        assert answer.status_code == 303, answer.text
        room.tokens["gil"] = http.cookies["tl_session"]


async def test_a_members_press_puts_a_guests_spree_back_without_javascript(room: Room) -> None:
    async with room.hands("gil") as gil, room.hands("ana") as ana:
        await gil("edit_card", id=room.problem, text="Spoilt, every word of it")
        await gil("add_card", id="11111111-1111-4111-8111-111111111111", kind="note", text="Junk of a guest")
        await gil("edit_section", id=room.hard, title="Nothing is hard")
        await gil("remove_card", id=room.dilemma)
        await gil("add_comment", id="21111111-1111-4111-8111-111111111111", card=room.problem, text="Ha")
        await gil("add_card", id="31111111-1111-4111-8111-111111111111", kind="note", text="Worth an answer")
        card = "31111111-1111-4111-8111-111111111111"
        await ana("add_comment", id="41111111-1111-4111-8111-111111111111", card=card, text="It is")

    page = await room.open("ana", java_script_enabled=False, **PHONE)
    await page.get_by_role("link", name="Put back what somebody did").click()
    await screenshot(page, "put-back-hub-390")
    await page.get_by_role("link", name="See what would be put back").click()
    await expect(page.get_by_text("1 removed thing comes back.")).to_be_visible()
    await expect(page.get_by_role("listitem").filter(has_text="Worth an answer")).to_contain_text(
        "Somebody else has changed it since."
    )
    await screenshot(page, "put-back-before-390")
    await page.get_by_role("button", name="Put back everything Gil did in the last hour").click()
    await expect(page.locator("#flash")).to_contain_text("Put back: 1 removal, 2 rewordings, 2 additions.")
    await expect(page.locator(".fresh")).to_contain_text("put back what Gil")
    await page.goto(room.outline)
    await expect(page.get_by_text("Junk of a guest")).to_have_count(0)
    await expect(page.get_by_text("Spoilt, every word of it")).to_have_count(0)


async def test_its_pages_are_faultless_on_desks_and_phones_and_the_act_is_undone_there(room: Room) -> None:
    async with room.hands("gil") as gil:
        await gil("edit_card", id=room.problem, text="Spoilt, every word of it")
        await gil("remove_card", id=room.dilemma)
    page = await room.open("ana")
    await page.goto(f"{room.outline.removesuffix('/outline')}/put-back")
    await page.get_by_role("link", name="See what would be put back").click()
    await faultless(page, "put-back-before")
    await page.get_by_role("button", name="Put back everything Gil did").click()
    await faultless(page, "put-back-after")
    await page.get_by_role("button", name="Undo this").click()
    await expect(page.locator(".fresh")).to_contain_text("undid what was put back")
    assert await axe(page) == []
    await page.goto(room.outline)
    await expect(page.get_by_text("Spoilt, every word of it")).to_be_visible()


async def test_from_a_card_on_the_canvas_and_seen_there_by_others_at_once(room: Room) -> None:
    async with room.hands("gil") as gil:
        await gil("edit_card", id=room.problem, text="Spoilt, every word of it")
        await gil("remove_card", id=room.dilemma)
    ana, ben = await room.open("ana"), await room.open("ben")
    for page in (ana, ben):
        await page.goto(room.outline.removesuffix("outline"))
    await open_panel(ana, card_of(ana, "Spoilt, every word of it"))
    await screenshot(ana, "put-back-panel-1440")
    await ana.get_by_role("link", name="Put back what this guest did").click()
    await ana.get_by_role("button", name="Put back everything Gil did").click()
    await expect(ana.locator("#flash")).to_contain_text("Put back: 1 removal, 1 rewording.")
    for words in ("People wait days in a bed", "Move people on quickly"):
        await expect(card_of(ben, words)).to_be_visible()
