"""Files brought in real Chromium: by a stranger who decides little, by keyboard, and on a phone."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect
from sqlalchemy import text

from app.outcomes.measures.measure import Definition
from app.people import actions as people
from tests.outcomes.given import a_goal, a_measure
from tests.outcomes.pages.test_goals_in_browser import Stage, stage
from tests.support.browser import PHONE, WIDE, faultless

__all__ = ["stage"]
CASES = Path(__file__).parent / "cases"
MOST = 12


class Decisions:
    """Counts what a person writes, chooses or presses that the page has not chosen for them."""

    def __init__(self) -> None:
        self.made: list[str] = []

    async def write(self, box: Locator, words: str) -> None:
        await box.fill(words)
        self.made.append(f"wrote {words[:30]}")

    async def choose(self, box: Locator) -> None:
        await box.check()
        self.made.append(f"chose {await box.get_attribute('name')}")

    async def bring(self, box: Locator, *files: str) -> None:
        await box.set_input_files([CASES / name for name in files])
        self.made.append(f"chose {' and '.join(files)}")

    async def press(self, button: Locator) -> None:
        words = await button.inner_text()
        await button.click()
        self.made.append(f"pressed {words}")


async def a_goal_with_a_measure(page: Page, stranger: Decisions) -> None:
    await page.get_by_role("link", name="Write the first goal").click()
    await stranger.write(page.get_by_label("The goal in one line"), "Seen in A&E within four hours")
    await stranger.write(
        page.get_by_label("The aim, in people's words"), "I am seen soon when I come to A&E."
    )
    await page.get_by_role("button", name="Create goal").click()
    await page.get_by_role("link", name="Say how you would know").click()
    await stranger.write(page.get_by_label("Name"), "Seen within four hours")
    await stranger.choose(page.get_by_label("Higher is better"))
    await stranger.choose(page.get_by_label("Only people of this space will read them"))
    await page.get_by_role("button", name="Create measure").click()
    await expect(page.get_by_role("heading", name="How it is counted")).to_be_visible()


@pytest.mark.timeout(120)
async def test_from_nhs_englands_two_files_to_an_issued_report_in_at_most_twelve_decisions(
    stage: Stage,
) -> None:
    page, stranger = await stage.open(**WIDE), Decisions()
    await stage.go(page, "/outcomes")
    await a_goal_with_a_measure(page, stranger)
    await stage.go(page, "/outcomes/imports")
    await stranger.write(page.get_by_label("Northfield Trust in files"), "RHW")
    await page.get_by_role("button", name="Save codes").click()
    await faultless(page, "imports")
    files = ("m-Monthly-AE-April-2025.csv", "m-Monthly-AE-May-2025.csv")
    await stranger.bring(page.get_by_label("One or several files"), *files)
    await page.get_by_role("button", name="Upload").click()
    await expect(page.get_by_text("NHS England A&E monthly: within 4 hours, all types")).to_be_visible()
    await faultless(page, "import-mapping")
    await stranger.press(page.get_by_role("button", name="See what would change"))
    for values in (198, 200):
        await expect(page.get_by_role("heading", name="What would change")).to_be_visible()
        importing = page.get_by_role("button", name=f"Import {values} values")
        await expect(importing).to_be_visible()  # both plans have the same heading: these are its own words
        await faultless(page, "import-plan")
        await stranger.press(importing)
    await expect(page.get_by_text("200 values added")).to_be_visible()
    await stage.go(page, "/outcomes")
    await page.get_by_role("link", name="Seen in A&E within four hours").first.click()
    await page.get_by_role("link", name="Report on this goal").click()
    await expect(page.get_by_text("May 2025: 7").first).to_be_visible()
    await stranger.press(page.get_by_role("button", name="Issue report"))
    await expect(page.get_by_text("Report 1, issued").first).to_be_visible()

    assert len(stranger.made) <= MOST, stranger.made


async def by_keyboard(page: Page, label: str, typed: str) -> None:
    """Choose what begins so from a list without a mouse."""
    await page.get_by_label(label, exact=True).focus()
    await page.keyboard.type(typed)


@pytest.mark.parametrize("look", [WIDE, PHONE], ids=["desk", "phone"])
async def test_headings_of_two_lines_are_mapped_by_keyboard_alone(stage: Stage, look: dict[str, Any]) -> None:
    goal = await a_goal(stage.db, stage.space, stage.ana, stage.trust)
    counted = Definition("Falls", value_kind="count", unit="", suppress_below=0)
    await a_measure(stage.db, stage.space, goal, stage.ana, counted, "falls")
    page = await stage.open(**look)
    await stage.go(page, "/outcomes/imports")
    await page.get_by_label("One or several files").set_input_files(CASES / "c04-headings-of-two-lines.csv")
    await page.get_by_role("button", name="Upload").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="What the columns mean")).to_be_visible()
    await by_keyboard(page, "The number, or numerator", "B")
    await page.get_by_role("button", name="See what would change").focus()
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("button", name="Import 24 values")).to_be_visible()
    await expect(page.get_by_role("heading", name="How the first rows were read")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_file_of_two_organisations_is_passed_on_and_confirmed(stage: Stage, tmp_path: Path) -> None:
    async with stage.db.read() as tx:
        seats = text(
            "SELECT m.person_id, m.organisation_id FROM member m JOIN organisation o "
            "ON o.id = m.organisation_id WHERE o.name = 'Vale Hospice' AND m.space_id = :space"
        )
        ((cleo, hospice),) = (await tx.execute(seats, {"space": stage.space})).all()
    goal = await a_goal(stage.db, stage.space, stage.ana, stage.trust, hospice)
    await a_measure(stage.db, stage.space, goal, stage.ana)
    file = tmp_path / "region.csv"
    rows = [f"home,{whose},2024-0{n}-01,{50 + n},100" for whose in ("", "Vale Hospice") for n in (1, 2, 3)]
    file.write_text("\n".join(["measure_code,org_code,period_start,numerator,denominator", *rows]))
    page = await stage.open(**WIDE)
    await stage.go(page, "/outcomes/imports")
    await page.get_by_label("One or several files").set_input_files(file)
    await page.get_by_role("button", name="Upload").click()
    await expect(page.get_by_role("heading", name="For other organisations")).to_be_visible()
    await faultless(page, "sharing-plan")
    await page.get_by_role("button", name="Import 3 values and pass on the rest").click()
    await expect(page.get_by_text("Waits to be confirmed: Vale Hospice (3 rows).")).to_be_visible()

    async with stage.db.write() as tx:
        token = await people.start_session(tx, cleo, "a test")
    other = await stage.pages.open(**PHONE)
    await other.context.add_cookies([{"name": "tl_session", "value": token, "url": stage.server.url}])
    await stage.go(other, "")
    await (
        other.get_by_role("link", name="Confirm the numbers of Vale Hospice")
        .or_(other.get_by_role("link", name="See them"))
        .first.click()
    )
    await expect(other.get_by_role("heading", name="To be confirmed for Vale Hospice")).to_be_visible()
    await faultless(other, "sharing-waits")
    await other.get_by_role("button", name="See what would change").click()
    await expect(other.get_by_text("these are the rows for Vale Hospice")).to_be_visible()
    await faultless(other, "sharing-confirm")
    await other.get_by_role("button", name="Import 3 values").click()
    await expect(other.get_by_text("Cleo of Vale Hospice, Vale Hospice. 3 values added")).to_be_visible()
