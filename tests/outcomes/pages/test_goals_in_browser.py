"""Pages of goals and measures in real Chromium: each passes axe and fits its width."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Page, expect

from app.access import Role
from app.db import Database, new_id
from app.outcomes.measures.measure import Definition
from app.people import actions as people
from app.spaces import actions
from app.spaces.space import SpaceDraft
from tests.conftest import Running
from tests.outcomes.given import numbers
from tests.support.browser import WIDE, Pages, faultless
from tests.support.server import Server

DRAFT = SpaceDraft(
    "Winter Together",
    "So that people are home, or where they want to be, when they are ready to leave hospital.",
)
SHARE = Definition("Left within 2 days of being ready", suppress_below=0)
COUNTS = [52, 49, 55, 50, 47, 53, 51, 48, 54, 50, 52, 49, 58, 60, 61, 63, 62, 66, 68]


@dataclass
class Stage:
    """A served space of three organisations, with Ana signed in."""

    server: Server
    pages: Pages
    db: Database
    space: str
    ana: str
    token: str
    trust: str

    async def open(self, **look: Any) -> Page:
        page = await self.pages.open(**look)
        await page.context.add_cookies([{"name": "tl_session", "value": self.token, "url": self.server.url}])
        return page

    async def go(self, page: Page, path: str) -> None:
        await page.goto(f"{self.server.url}/spaces/{self.space}{path}")


@pytest.fixture
async def stage(shared_server: Running, pages: Pages) -> AsyncIterator[Stage]:
    server, database_url = shared_server
    db = Database(database_url)
    async with db.write() as tx:
        ana = await people.create_person(tx, "Ana Okafor", f"{new_id()}@example.org")
        space = await actions.create_space(tx, ana, DRAFT, "Northfield Trust")
        trust = (await actions.organisations_of_space(tx, space))["Northfield Trust"]
        for name in ("Vale Hospice", "Carers Together"):
            made = await actions.add_organisation(tx, space, name)
            one = await people.create_person(tx, f"Cleo of {name}", f"{made}@example.org")
            await actions.seat_person(tx, space, one, made, Role.STEWARD)
        token = await people.start_session(tx, ana, "a test")
    yield Stage(server, pages, db, space, ana, token, trust)
    await db.close()


async def make_goal(stage: Stage, page: Page) -> str:
    """Fills in the form as a person would; gives the goal's id."""
    await stage.go(page, "/outcomes")
    await page.get_by_role("link", name="Write the first goal").click()
    await page.get_by_label("The goal in one line").fill("Home within 2 days of being ready")
    await page.get_by_label("The aim, in people's words").fill(
        "I am home, or where I want to be, within two days of being ready to leave hospital."
    )
    await page.get_by_label("From (optional)").fill("4.2 days")
    await page.get_by_label("To (optional)").fill("2 days")
    await page.get_by_label("For whom").fill("Everyone ready to leave")
    await page.get_by_label("By when").fill("2027-03-31")
    await page.get_by_label("What this means for a person").fill(
        "Joan sleeps in her own bed on Friday, and her daughter knows on Wednesday who comes in the morning."
    )
    await page.get_by_label("Vale Hospice").check()
    await page.get_by_role("button", name="Create goal").click()
    await expect(page.get_by_role("heading", name="Measures")).to_be_visible()
    return page.url.rsplit("/", 1)[1]


async def make_drivers(stage: Stage, page: Page, goal: str) -> None:
    await stage.go(page, f"/outcomes/goals/{goal}/drivers")
    for label, words in (
        ("Start with a primary driver", "Families know the choices on day 1"),
        ("Add a primary driver", "Care at home starts on the day"),
        ("under Families know", "A named person talks it through"),
        ("under A named person", "Choice talked through in the first ward round"),
        ("under Care at home", "Medicines are ready by noon"),
    ):
        if label.startswith("under"):
            await page.locator("summary", has_text=label).click()
        box = page.get_by_label(label)
        await box.fill(words)
        await box.press("Enter")
        await expect(page.locator(".driver-words", has_text=words)).to_be_visible()


async def make_measure(stage: Stage, page: Page, goal: str) -> str:
    await stage.go(page, f"/outcomes/goals/{goal}/measures/new")
    await page.get_by_label("Name").fill(SHARE.name)
    await page.get_by_label("Higher is better").check()  # nothing is chosen beforehand
    await page.get_by_label("Only people of this space will read them").check()
    await page.get_by_role("button", name="Create measure").click()
    await expect(page.get_by_role("heading", name="How it is counted")).to_be_visible()
    return page.url.rsplit("/", 1)[1]


async def test_a_stranger_to_it_makes_a_goal_drivers_and_a_measure_and_sees_what_it_says(
    stage: Stage,
) -> None:
    ana = await stage.open(**WIDE)
    goal = await make_goal(stage, ana)
    await make_drivers(stage, ana, goal)
    measure = await make_measure(stage, ana, goal)
    await ana.get_by_role("link", name="Set a target").click()
    await ana.get_by_label("How much").fill("80%")
    await ana.get_by_role("button", name="Set target").click()
    await expect(ana.get_by_text("Applies today")).to_be_visible()
    await ana.get_by_role("link", name="Write the story").click()
    await ana.get_by_label("What the numbers show").fill("More people leave in time since the ward rounds.")
    await ana.get_by_role("button", name="Save draft").click()
    await ana.get_by_role("button", name="Approve").click()
    await expect(ana.get_by_text("Approved by Ana Okafor")).to_be_visible()
    await numbers(stage.db, measure, stage.ana, [(n, 100) for n in COUNTS], stage.trust, definition=SHARE)
    await stage.go(ana, f"/outcomes/goals/{goal}")

    await expect(ana.get_by_text("Improving")).to_be_visible()
    await expect(ana.get_by_text("Choice talked through in the first ward round")).to_be_visible()


async def test_it_all_works_without_javascript(stage: Stage) -> None:
    ana = await stage.open(java_script_enabled=False, **WIDE)
    goal = await make_goal(stage, ana)
    await make_drivers(stage, ana, goal)
    await ana.locator("summary", has_text="Edit: Families know").click()
    await ana.get_by_role("button", name="Remove").first.click()
    await expect(ana.get_by_role("heading", name="Removed")).to_be_visible()
    await expect(ana.get_by_role("heading", name="Not connected yet")).to_be_visible()
    await ana.get_by_role("button", name="Restore").click()

    await expect(ana.get_by_role("heading", name="Not connected yet")).to_be_hidden()


@pytest.mark.timeout(180)
async def test_every_page_passes_axe_and_fits_every_width(stage: Stage) -> None:
    stage.pages.expect("422")
    ana = await stage.open(**WIDE)
    await stage.go(ana, "/outcomes")
    await faultless(ana, "g-outcomes-empty")
    goal = await make_goal(stage, ana)
    await faultless(ana, "g-goal-new")
    await stage.go(ana, f"/outcomes/goals/{goal}/drivers")
    await faultless(ana, "g-drivers-empty")
    await make_drivers(stage, ana, goal)
    measure = await make_measure(stage, ana, goal)
    await faultless(ana, "g-measure-new")
    await furnish(stage, ana, measure)
    for name, path in {
        "space": "",
        "outcomes": "/outcomes",
        "goal": f"/outcomes/goals/{goal}",
        "goal-form": "/outcomes/goals/new",
        "hand-on": f"/outcomes/goals/{goal}/hand-on",
        "drivers": f"/outcomes/goals/{goal}/drivers",
        "measure": f"/outcomes/measures/{measure}",
        "measure-form": f"/outcomes/measures/{measure}/edit",
        "target-form": f"/outcomes/measures/{measure}/targets/new",
        "rebase-form": f"/outcomes/measures/{measure}/rebases/new",
        "annotation-form": f"/outcomes/measures/{measure}/annotations/new",
        "story-form": f"/outcomes/measures/{measure}/stories/new",
    }.items():
        await stage.go(ana, path)
        await ana.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        await faultless(ana, f"g-{name}-open")
    for path, button in {
        "/outcomes/goals/new": "Create goal",
        f"/outcomes/goals/{goal}/measures/new": "Create measure",
        f"/outcomes/measures/{measure}/rebases/new": "Draw new limits",
    }.items():
        await stage.go(ana, path)
        await ana.evaluate("document.querySelectorAll('main form').forEach(form => form.noValidate = true)")
        await ana.get_by_role("button", name=button).click()
        await expect(ana.get_by_role("alert").first).to_be_visible()
        await faultless(ana, f"g-wrong-{button.split()[-1]}")


async def furnish(stage: Stage, page: Page, measure: str) -> None:
    """Numbers, a target, notes and stories beside the measure."""
    await numbers(stage.db, measure, stage.ana, [(n, 100) for n in COUNTS], stage.trust, definition=SHARE)
    posts = {
        "targets": {"value": "80", "comparator": ">=", "kind": "ambition", "valid_from": "2024-01-01"},
        "annotations": {"starts": "2025-01-06", "words": "Choice talked through on day 1", "kind": "pdsa"},
        "rebases": {"begins": "2025-01-01", "reason": "The offer is made on day 1 in all wards since then."},
        "stories": {"until": "2025-07-31", "story": "More people leave in time.", "action": "Add two wards."},
    }
    for path, fields in posts.items():
        await page.evaluate(
            """([path, fields]) => fetch(path, {method: "POST", body: new URLSearchParams({...fields,
            _csrf_token: document.querySelector("[name=_csrf_token]").value})})""",
            [f"/spaces/{stage.space}/outcomes/measures/{measure}/{path}", {**fields, "assures": "yes"}],
        )
