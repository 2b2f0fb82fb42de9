"""The log, what waits, and what can be decided of an organisation, in Chromium: axe, every width, a yes."""

from datetime import timedelta
from typing import Any

from playwright.async_api import Page, expect

from app.access import Role
from app.db import Database, new_id, now
from app.people import actions as people
from app.spaces import actions
from app.spaces.joining import join
from app.spaces.space import SpaceDraft
from tests.conftest import Running
from tests.support.browser import PHONE, WIDE, Pages, faultless, screenshot

DRAFT = SpaceDraft("Winter Together", "So that people are home when they are ready to leave hospital.")
PURPOSE = "So that nobody waits in a bed that they do not need."


async def test_a_new_purpose_is_proposed_on_one_screen_and_seconded_on_another(
    shared_server: Running, pages: Pages
) -> None:
    server, database_url = shared_server
    space, tokens, code = await _space(database_url)
    url = f"{server.url}/spaces/{space}"

    async def at(name: str, **look: Any) -> Page:
        page = await pages.open(**look)
        await page.context.add_cookies([{"name": "tl_session", "value": tokens[name], "url": server.url}])
        return page

    dee = await pages.open(f"{server.url}/join/{code}", **PHONE)
    await dee.get_by_label("Your name").fill("Dee Lane")
    await dee.get_by_label("Your organisation").fill("Vale Hospice")
    await dee.get_by_role("button", name="Join").click()
    ana, cleo = await at("Ana", **WIDE), await at("Cleo", **PHONE)
    await ana.goto(f"{url}/edit")
    await ana.get_by_label("What this group is for").or_(ana.locator("#f-purpose")).first.fill(PURPOSE)
    await ana.get_by_role("button", name="Save").click()
    await expect(ana.get_by_text("It waits for a second organisation").first).to_be_visible()
    await faultless(ana, "together-waiting-proposer")
    await cleo.goto(url)
    await expect(
        cleo.get_by_text("Northfield Trust proposes to change the purpose", exact=True)
    ).to_be_visible()
    await cleo.goto(f"{url}/waiting")
    await screenshot(cleo, "together-waiting-phone")
    for path in ("people", "log", f"organisations/{tokens['council']}", "organisations/leave"):
        await ana.goto(f"{url}/{path}")
        await _open_all(ana)
        await faultless(ana, f"together-{path.split('/')[0]}-{path.split('/')[-1][:6]}")
    await cleo.goto(f"{url}/waiting")
    await cleo.get_by_role("button", name="Say yes").click()

    await expect(cleo.get_by_text("Nothing waits now.")).to_be_visible()
    await cleo.goto(url)
    await expect(cleo.get_by_text(PURPOSE)).to_be_visible()


async def _space(database_url: str) -> tuple[str, dict[str, str], str]:
    """A space of three organisations with a join code; sign-ins by name, and the third one's id."""
    db = Database(database_url)
    async with db.write() as tx:
        ana, cleo, fay = [
            await people.create_person(tx, name, f"{new_id()}@example.org")
            for name in ("Ana Okafor", "Cleo Marsh", "Fay Ito")
        ]
        space = await actions.create_space(tx, ana, DRAFT, "Northfield Trust")
        hospice = await actions.add_organisation(tx, space, "Vale Hospice")
        council = await actions.add_organisation(tx, space, "Borough Council")
        await actions.seat_person(tx, space, cleo, hospice, Role.STEWARD)
        await actions.seat_person(tx, space, fay, council, Role.STEWARD)
        code = await join.add_code(tx, space, ana, now() + timedelta(days=1))
        tokens = {
            "Ana": await people.start_session(tx, ana, "a test"),
            "Cleo": await people.start_session(tx, cleo, "a test"),
            "council": council,
        }
    await db.close()
    return space, tokens, code.code


async def _open_all(page: Page) -> None:
    await page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(one => one.open = true)")
