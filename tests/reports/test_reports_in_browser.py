"""Reports in real Chromium: each page passes axe, fits its width, and no word of a chart is too small."""

from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.outcomes.given import HOME, a_goal, a_measure, numbers
from tests.outcomes.pages.test_goals_in_browser import Stage, stage
from tests.support.browser import WIDE, faultless

__all__ = ["stage"]
PAIRS = [(50 + i * 3 % 7, 100) for i in range(14)] + [(64 + i, 100) for i in range(6)]
SMALLEST = """() => Math.min(99, ...[...document.querySelectorAll("svg text")]
  .filter((text) => text.getClientRects().length)
  .map((text) => {
    const svg = text.ownerSVGElement
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
    return parseFloat(getComputedStyle(text).fontSize) * scale
  }))"""
TWICE = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id)
  return ids.filter((id, place) => ids.indexOf(id) !== place)
}"""


@pytest.fixture
async def goal(stage: Stage) -> str:
    made = await a_goal(stage.db, stage.space, stage.ana, stage.trust)
    measure = await a_measure(stage.db, stage.space, made, stage.ana)
    await numbers(stage.db, measure, stage.ana, PAIRS, stage.trust)
    return made


async def flawless(page: Page, name: str) -> None:
    """No fault of access, nothing wider than the window, nothing too small, no id twice."""
    await faultless(page, f"report-{name}")
    for width in (1440, 390, 320):
        await page.set_viewport_size({"width": width, "height": 900})
        assert await page.evaluate(SMALLEST) >= 11.9, f"{name} at {width}"
    assert await page.evaluate(TWICE) == [], name


async def test_a_report_is_issued_shared_and_read(stage: Stage, goal: str) -> None:
    page = await stage.open(**WIDE)
    await stage.go(page, f"/outcomes/{goal}/report")
    await page.get_by_text("Show the 20 values as a table").click()
    await page.get_by_role("row", name="August 2025").wait_for()
    await page.get_by_role("button", name="Issue report").click()
    await page.get_by_text("Report 1, issued").first.wait_for()
    await flawless(page, "issued")
    await page.get_by_role("button", name="Create link").click()
    link = await page.get_by_label("Link", exact=True).input_value()
    await flawless(page, "shared")

    reader = await stage.pages.open(link)
    await reader.get_by_role("heading", name="Home sooner").wait_for()
    await flawless(reader, "read")
    assert await reader.get_by_role("link", name="My page").count() == 0


async def test_reports_fit_every_width_without_faults_of_access(stage: Stage, goal: str) -> None:
    page = await stage.open(**WIDE)
    for name, path in (
        ("goal", f"/{goal}/report"),
        ("space", "/report"),
        ("issued", "/reports"),
        ("reading", "/reading"),
        ("mailing", f"/{goal}/report/mailing"),
    ):
        await stage.go(page, f"/outcomes{path}")
        await flawless(page, name)


async def test_a_report_needs_no_javascript(stage: Stage, goal: str) -> None:
    page = await stage.open(java_script_enabled=False)
    await stage.go(page, f"/outcomes/{goal}/report")
    await page.get_by_role("button", name="Issue report").click()

    await page.get_by_text("Report 1, issued").first.wait_for()
    await page.get_by_role("heading", name=HOME.name).first.wait_for()


async def test_from_a_csv_to_an_issued_report_and_its_files(stage: Stage, tmp_path: Path) -> None:
    made = await a_goal(stage.db, stage.space, stage.ana, stage.trust)
    await a_measure(stage.db, stage.space, made, stage.ana)
    months = [f"home,,2024-{month:02}-01,,{60 + month},100" for month in range(1, 13)]
    file = tmp_path / "home.csv"
    file.write_text(
        "measure_code,org_code,period_start,period_end,numerator,denominator\n" + "\n".join(months)
    )
    page = await stage.open(**WIDE, accept_downloads=True)
    await stage.go(page, "/outcomes/imports")
    await page.get_by_label("One or several files").set_input_files(file)
    await page.get_by_role("button", name="Upload").click()
    await page.get_by_role("button", name="Import 12 values").click()
    await page.get_by_role("heading", name="Imported").wait_for()
    await stage.go(page, f"/outcomes/{made}/report")
    await page.get_by_text("December 2024: 72.0%").first.wait_for()
    await page.get_by_role("button", name="Issue report").click()
    await page.get_by_text("Report 1, issued").first.wait_for()
    async with page.expect_download() as picture:
        await page.get_by_role("link", name="PNG").click()
    png = (await (await picture.value).path()).read_bytes()
    async with page.expect_download() as paper:
        await page.get_by_role("link", name="PDF").click()
    pdf = (await (await paper.value).path()).read_bytes()

    assert (await picture.value).suggested_filename.endswith("-home-report-1.png")
    assert png.startswith(b"\x89PNG")
    wide, high = (int.from_bytes(png[place : place + 4], "big") for place in (16, 20))
    assert wide == 2 * 880
    assert high > 500
    assert len(png) > 10_000  # a chart, and no blank sheet
    assert pdf.startswith(b"%PDF-")
