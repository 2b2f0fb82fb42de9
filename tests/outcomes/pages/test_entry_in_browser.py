"""Entering and importing numbers in real Chromium: by keyboard, paste, without JavaScript; axe, widths."""

from pathlib import Path

from playwright.async_api import Dialog, Page, expect

from app.outcomes.measures.measure import Definition
from app.outcomes.measures.periods import Period, latest_over
from app.phrases import day_now
from tests.outcomes.given import a_goal, a_measure
from tests.outcomes.pages.test_goals_in_browser import Stage, stage
from tests.support.browser import WIDE, faultless

__all__ = ["stage"]


def months() -> list[Period]:
    """The twelve that are over: asked in each test, as a month may end while the tests run."""
    return latest_over("month", day_now(), 12)


SHARE = Definition(
    "Left within 2 days of being ready",
    numerator="People who left within 2 days of being ready",
    denominator="All people who left in that month",
    suppress_below=0,
)
PASTE = """([id, text]) => {
  const data = new DataTransfer()
  data.setData("text/plain", text)
  const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
  document.getElementById(id).dispatchEvent(event)
}"""
TABLE = "month,trust,people,late\n2026-01-01,R1H,140,28\n2026-02-01,R1H,139,sixty\n2026-03-01,,144,20\n"


async def measured(stage: Stage) -> str:
    goal = await a_goal(stage.db, stage.space, stage.ana, stage.trust)
    measure = await a_measure(stage.db, stage.space, goal, stage.ana, SHARE, "left-in-two-days")
    return f"/outcomes/measures/{measure}/entry"


async def test_rows_are_pasted_from_a_spreadsheet_and_errors_stand_beside_their_cells(stage: Stage) -> None:
    path = await measured(stage)
    page = await stage.open(**WIDE)
    await stage.go(page, path)
    stage.pages.expect("status of 422")
    first = f"n-{months()[9].start}"
    await page.evaluate(PASTE, [first, "112\t140\r\n118\tabout 139\r\n121\t144\r\n"])
    await expect(page.locator(f"[id='d-{months()[11].start}']")).to_have_value("144")
    await expect(page.locator(f"[id='d-{months()[11].start}']")).to_be_focused()
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("nothing has been saved yet")).to_be_visible()
    await expect(page.locator(f"[id='n-{months()[9].start}']")).to_have_value("112")
    await faultless(page, "entry-errors")
    await page.get_by_role("link", name="“about 139” is not a number.").click()
    await expect(page.locator(f"[id='d-{months()[10].start}']")).to_be_focused()
    await page.locator(":focus").fill("139")
    await page.get_by_role("button", name="Save").click()

    await expect(page.get_by_text("Saved 3 values.")).to_be_visible()
    await page.get_by_role("link", name="Enter numbers").click()
    await expect(page.get_by_role("row", name=months()[10].label)).to_contain_text("84.9%")


async def test_the_grid_is_walked_with_arrows_and_enter(stage: Stage) -> None:
    path = await measured(stage)
    page = await stage.open(**WIDE)
    await stage.go(page, path)
    await page.locator(f"[id='n-{months()[0].start}']").focus()
    for key in ("ArrowRight", "ArrowDown", "Enter", "ArrowLeft", "ArrowUp"):
        await page.keyboard.press(key)

    await expect(page.locator(f"[id='n-{months()[1].start}']")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator(f"[id='n-{months()[2].start}']")).to_be_focused()


async def test_a_pasted_table_finds_its_months_and_what_has_no_place_or_is_left_is_told(stage: Stage) -> None:
    path = await measured(stage)
    page = await stage.open(**WIDE)
    await stage.go(page, path)
    last = f"d-{months()[11].start}"
    await page.evaluate(PASTE, [f"n-{months()[11].start}", "112\t140\r\n118\t139\r\n"])
    await expect(page.get_by_text("2 numbers of what you pasted have no place")).to_be_visible()
    await page.evaluate(PASTE, [last, f"Month\tSeen\tAll\n{months()[0].label}\t7\t9\n"])
    await expect(page.get_by_text("1 row is filled in.")).to_be_visible()
    await expect(page.locator(f"[id='n-{months()[0].start}']")).to_have_value("7")
    await expect(page.locator(f"[id='{last}']")).to_have_value("140")
    await faultless(page, "entry-pasted")
    asked: list[str] = []

    async def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        await dialog.accept()

    page.on("dialog", leave)
    await page.get_by_role("link", name="Back to the measure").click()
    await expect(page.get_by_role("heading", name="How it is counted")).to_be_visible()

    assert asked == ["beforeunload"]


async def test_numbers_are_entered_and_imported_without_javascript(stage: Stage, tmp_path: Path) -> None:
    path = await measured(stage)
    page = await stage.open(java_script_enabled=False)
    await stage.go(page, path)
    await page.locator(f"[id='n-{months()[11].start}']").fill("112")
    await page.locator(f"[id='d-{months()[11].start}']").fill("140")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved 1 value.")).to_be_visible()
    await stage.go(page, "/outcomes/imports")
    await _choose(page, tmp_path)
    await page.get_by_label("Leave out the 1 row").check()
    await page.get_by_role("button", name="Import 2 values").click()

    await expect(page.get_by_text("2 values added")).to_be_visible()


async def test_pages_of_numbers_fit_every_width_without_faults_of_access(
    stage: Stage, tmp_path: Path
) -> None:
    path = await measured(stage)
    page = await stage.open(**WIDE)
    await stage.go(page, path)
    await faultless(page, "entry")
    await stage.go(page, "/outcomes/imports")
    await faultless(page, "imports")
    await _bring(page, tmp_path)
    await faultless(page, "import-mapping")
    await _map(page)
    await faultless(page, "import-plan")


async def _choose(page: Page, folder: Path) -> None:
    await _bring(page, folder)
    await _map(page)


async def _bring(page: Page, folder: Path) -> None:
    file = folder / "waits.csv"
    file.write_text(TABLE)
    await page.get_by_label("One or several files").set_input_files(file)
    await page.get_by_role("button", name="Upload").click()
    await expect(page.get_by_role("heading", name="What the columns mean")).to_be_visible()


async def _map(page: Page) -> None:
    await page.get_by_label("These numbers belong to").select_option("left-in-two-days")
    await page.get_by_label("What is left of one number divided by another").check()
    await _column(page, "The number, or numerator", "late")
    await _column(page, "Divided by", "people")
    await page.get_by_label("Our own organisation").check()
    await page.get_by_role("button", name="See what would change").click()
    await expect(page.get_by_role("heading", name="What would change")).to_be_visible()


async def _column(page: Page, label: str, heading: str) -> None:
    """Choose a column, which is shown by letter, heading and a few values, by its heading."""
    field = page.get_by_label(label, exact=True)
    value = await field.locator("option", has_text=heading).first.get_attribute("value")
    await field.select_option(value)
