"""Spaces in real Chromium: every page passes axe, and the waiting room moves on by itself."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Page, expect

from app.access import Role
from app.db import Database, new_id, now
from app.people import actions as people
from app.spaces import actions
from app.spaces.joining import join
from app.spaces.space import SpaceDraft
from tests.conftest import Running
from tests.support.browser import PHONE, WIDE, Pages, axe, faultless
from tests.support.server import Server

DRAFT = SpaceDraft(
    "Winter Together",
    "So that people are home, or where they want to be, when they are ready to leave hospital.",
)


@dataclass
class Stage:
    """A served space with a steward, somebody else's organisation, and a code with a waiting room."""

    server: Server
    pages: Pages
    space_id: str
    code: str
    token: str

    async def steward(self, **look: Any) -> Page:
        page = await self.pages.open(**look)
        await page.context.add_cookies([{"name": "tl_session", "value": self.token, "url": self.server.url}])
        return page


@pytest.fixture
async def stage(shared_server: Running, pages: Pages) -> Stage:
    server, database_url = shared_server
    db = Database(database_url)
    async with db.write() as tx:
        ana, bo, cleo = [
            await people.create_person(tx, name, f"{new_id()}@example.org")
            for name in ("Ana Okafor", "Bo Hale", "Cleo Marsh")
        ]
        space_id = await actions.create_space(tx, ana, DRAFT, "Northfield Trust")
        trust = (await actions.organisations_of_space(tx, space_id))["Northfield Trust"]
        await actions.seat_person(tx, space_id, bo, trust, Role.MEMBER)
        hospice = await actions.add_organisation(tx, space_id, "Vale Hospice")
        await actions.seat_person(tx, space_id, cleo, hospice, Role.STEWARD)
        code = await join.add_code(tx, space_id, ana, now() + timedelta(days=1), waiting_room=True)
        token = await people.start_session(tx, ana, "a test")
    await db.close()
    return Stage(server, pages, space_id, code.code, token)


async def test_whoever_waits_is_let_in_and_the_page_moves_on_by_itself(stage: Stage) -> None:
    guest = await stage.pages.open(f"{stage.server.url}/join/{stage.code.lower()}", **PHONE)
    await guest.get_by_label("Your name").fill("Dee Lane")
    await guest.get_by_label("Your organisation").fill("Riverside Pharmacy")
    await guest.get_by_label("What I bring").fill("A van on Fridays")
    await guest.get_by_role("button", name="Ask to join").click()
    await expect(guest.get_by_role("heading", name="Waiting to be let in")).to_be_visible()
    assert await axe(guest) == []
    ana = await stage.steward(**WIDE)
    await ana.goto(f"{stage.server.url}/spaces/{stage.space_id}/people")
    await expect(ana.get_by_text("Dee Lane, Guest, says: Riverside Pharmacy")).to_be_visible()
    assert await axe(ana) == []
    await ana.get_by_role("button", name="Let in Dee Lane").click()

    await expect(guest.get_by_role("heading", name="Winter Together")).to_be_visible()
    await expect(ana.get_by_role("heading", name="Guests")).to_be_visible()


async def test_somebody_who_knocks_appears_before_a_steward_without_loading_again(stage: Stage) -> None:
    ana = await stage.steward(**WIDE)
    await ana.goto(f"{stage.server.url}/spaces/{stage.space_id}/people")
    guest = await stage.pages.open(f"{stage.server.url}/join/{stage.code}")
    await guest.get_by_label("Your name").fill("Dee Lane")
    await guest.get_by_label("Your organisation").fill("Riverside Pharmacy")
    await guest.get_by_role("button", name="Ask to join").click()

    await expect(ana.get_by_role("button", name="Let in Dee Lane")).to_be_visible(timeout=12_000)


async def test_every_page_of_a_space_passes_axe_and_fits_every_width(stage: Stage) -> None:
    space = f"/spaces/{stage.space_id}"
    ana, stranger = await stage.steward(**WIDE), await stage.pages.open(**WIDE)
    stage.pages.expect("404")  # a wrong code answers so
    for name, path in {
        "space": space,
        "people": f"{space}/people",
        "invite": f"{space}/invite",
        "propose": f"{space}/organisations/propose",
        "codes": f"{space}/codes",
        "code": f"{space}/code",
        "edit": f"{space}/edit",
        "leave": f"{space}/leave",
        "new": "/spaces/new",
    }.items():
        await ana.goto(stage.server.url + path)
        await _open_all(ana)
        await faultless(ana, f"space-{name}")
    for name, path in {"join": f"/join/{stage.code}", "enter": "/join", "wrong": "/join/BBB-BBB-BBB"}.items():
        await stranger.goto(stage.server.url + path)
        await faultless(stranger, f"space-{name}")


async def test_on_a_phone_the_agreement_and_the_button_are_in_the_first_screen(stage: Stage) -> None:
    guest = await stage.pages.open(f"{stage.server.url}/join/{stage.code}", **PHONE)

    for seen in (
        guest.get_by_label("Your name"),
        guest.get_by_label("Your organisation"),
        guest.get_by_text("We say it when something does not feel right"),
        guest.get_by_role("button", name="Ask to join"),
    ):
        box = await seen.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["viewport"]["height"]


async def test_a_form_sent_empty_says_so_in_a_way_that_passes_axe(stage: Stage) -> None:
    stage.pages.expect("422")
    ana = await stage.steward(**WIDE)
    for path, button in {
        f"/spaces/{stage.space_id}/edit": "Save",
        f"/spaces/{stage.space_id}/invite": "Create link",
        f"/spaces/{stage.space_id}/organisations/propose": "Propose",
        "/spaces/new": "Create space",
    }.items():
        await ana.goto(stage.server.url + path)
        await ana.evaluate("document.querySelectorAll('main form').forEach(form => form.noValidate = true)")
        await ana.evaluate(
            "document.querySelectorAll('main input[type=text]').forEach(one => one.value = '')"
        )
        await ana.get_by_role("button", name=button).click()
        await expect(ana.get_by_role("alert").first).to_be_visible()
        assert await axe(ana) == [], path


async def _open_all(page: Page) -> None:
    await page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(one => one.open = true)")
