"""A stranger goes from two files of NHS England to an issued report in real Chromium, deciding little."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.outcomes.pages.test_goals_in_browser import Stage, stage
from tests.support.browser import WIDE, faultless

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
    for left in (1, 0):
        await stranger.press(page.get_by_role("button", name=re.compile("^Import [0-9]")))
        if left:
            await expect(page.get_by_role("heading", name="What would change")).to_be_visible()
            await faultless(page, "import-plan")
    await expect(page.get_by_text("m-Monthly-AE-May-2025.csv", exact=True)).to_be_visible()
    await stage.go(page, "/outcomes")
    await page.get_by_role("link", name="Seen in A&E within four hours").first.click()
    await page.get_by_role("link", name="Report on this goal").click()
    await expect(page.get_by_text("May 2025: 7").first).to_be_visible()
    await stranger.press(page.get_by_role("button", name="Issue report"))
    await expect(page.get_by_text("Report 1, issued").first).to_be_visible()

    assert len(stranger.made) <= MOST, stranger.made
