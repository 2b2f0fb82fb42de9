"""Whose numbers stand where: names alike are told apart, and a verdict is of the chart below it."""

import re

import pytest
from msgspec.structs import replace

from app.outcomes.measures.measure import Definition
from tests.outcomes.forms import goal_of, id_of, measure_of
from tests.outcomes.given import numbers
from tests.spaces.conftest import Winter
from tests.spaces.house import House

DAYS = Definition("Days", value_kind="mean", unit="days", multiplier=1, direction="decrease")
QUIET = [(50 + n % 3, 10) for n in range(14)]
WORSE = [*QUIET, (90, 10)]


@pytest.fixture
async def goal(winter: Winter) -> str:
    return await goal_of(winter)


@pytest.fixture
async def measure(winter: Winter, goal: str) -> str:
    return await measure_of(winter, goal)


async def test_two_areas_of_one_name_are_told_apart_on_pages_and_in_files(
    home: House, winter: Winter, goal: str, measure: str
) -> None:
    by = winter.ana.id
    places = (("R1", "North", QUIET), ("R2", "north", WORSE), ("R3", "Northfield Trust", QUIET))
    for code, name, pairs in places:
        await numbers(home.db, id_of(measure), by, pairs, area=code, area_name=name, definition=DAYS)
    await numbers(home.db, id_of(measure), by, QUIET, winter.northfield, definition=DAYS)
    page = (await winter.bo.get(measure)).text
    report = (await winter.bo.get(report_of(goal))).text
    file = (await winter.bo.get(f"{report_of(goal)}/as/md")).text

    names = ["North (R1)", "north (R2)", "Northfield Trust", "Northfield Trust (R3)"]
    assert re.findall(r"<strong>([^<]*)</strong>", page) == names
    matrix = re.search(r'<table class="matrix">(.*?)</table>', report, re.DOTALL)
    assert matrix
    heads = re.findall(r'<th scope="col"[^>]*>(?:<bdi>)?([^<]*)</', matrix[1])
    assert heads == ["Measure", "Northfield Trust", "North (R1)", "north (R2)", "Northfield Trust (R3)"]
    cells = re.findall(r'<b class="cell-value">([^<]*)</b>', report)
    assert [cell.split()[0] for cell in cells] == ["5.1", "5.1", "9.0", "5.1"]
    assert all(f"| {name} |" in file for name in names)


async def test_two_organisations_of_one_name_are_told_apart_and_have_panels_of_their_own(
    home: House, winter: Winter, goal: str
) -> None:
    measure = await measure_of(winter, goal, value_kind="mean", unit="days", direction="decrease", sums="")
    apart = replace(DAYS, sums=False)
    namesake = await home.organisation(winter.id, "northfield trust")
    by = winter.ana.id
    places = ((winter.northfield, 0), (namesake, 30))
    for whose, more in places:
        await numbers(home.db, id_of(measure), by, QUIET, whose, definition=apart)
        for group, here in (("Men", 50 + more), ("Women", 60 + more)):
            sexes, pairs = [("Sex", group)], [(here, 10)] * 3
            await numbers(home.db, id_of(measure), by, pairs, whose, definition=apart, breakdown=sexes)
    page = (await winter.bo.get(measure)).text
    report = (await winter.bo.get(report_of(goal))).text
    file = (await winter.bo.get(f"{report_of(goal)}/as/md")).text

    names = ["Northfield Trust", "northfield trust (2)"]
    assert re.findall(r"<strong>([^<]*)</strong>", page) == names
    assert all(f"| {name} |" in file for name in names)
    panels = re.findall(r"</b>, <bdi>([^<]*)</bdi>, in <bdi>days</bdi></p>", report)
    assert panels == names
    gaps = re.findall(r"([\d.]+ days) for Women and ([\d.]+ days) for Men", report)
    assert {*gaps} == {("6.0 days", "5.0 days"), ("9.0 days", "8.0 days")}
    assert len({*re.findall(r'id="(g-\d+)-t"', report)}) == 2


async def test_one_code_may_be_another_area_in_another_measure(
    home: House, winter: Winter, goal: str, measure: str
) -> None:
    other = await measure_of(winter, goal)
    for of, name in ((measure, "Acacia ward"), (other, "North region")):
        await numbers(home.db, id_of(of), winter.ana.id, QUIET, area="1", area_name=name, definition=DAYS)
    matrix = re.search(
        r'<table class="matrix">(.*?)</table>', (await winter.bo.get(report_of(goal))).text, re.DOTALL
    )
    assert matrix

    heads = re.findall(r'<th scope="col"[^>]*>(?:<bdi>)?([^<]*)</', matrix[1])
    assert heads == ["Measure", "Acacia ward", "North region"]
    assert len(re.findall(r'<b class="cell-value">', matrix[1])) == 2


async def test_the_verdict_over_a_chart_that_was_chosen_is_its_own(
    home: House, winter: Winter, measure: str
) -> None:
    by = winter.ana.id
    for whose, pairs in ((winter.northfield, QUIET), (winter.hospice, WORSE)):
        await numbers(home.db, id_of(measure), by, pairs, whose, definition=DAYS)
    page = (await winter.bo.get(measure)).text
    hospice = re.search(r'<option value="([^"]+)">Vale Hospice</option>', page)
    assert hospice
    whole = verdict(page)
    closer = (await winter.bo.get(f"{measure}?series={hospice[1]}")).text

    assert verdict(closer) == "Getting worse"
    assert "March 2025: 9.0 days, above the upper limit" in closer
    assert whole == "Too early to say" or whole != verdict(closer)


async def test_the_picture_is_of_the_first_that_has_values(
    home: House, winter: Winter, goal: str, measure: str
) -> None:
    by = winter.ana.id
    none = [(0, 0)] * 3
    await numbers(home.db, id_of(measure), by, none, area="R1", definition=DAYS)
    await numbers(home.db, id_of(measure), by, QUIET, area="R2", definition=DAYS)
    report = (await winter.bo.get(report_of(goal))).text
    picture = re.search(r'href="([^"]*/as/[^"]*\.svg)"', report)
    assert picture
    svg = await winter.bo.get(picture[1])
    file = (await winter.bo.get(f"{report_of(goal)}/as/md")).text

    assert svg.status_code == 200
    assert ", R2, January 2024" in svg.text
    assert "R2: February 2025: 5.1 days" in file


async def test_a_window_without_values_says_so_and_shows_all(
    home: House, winter: Winter, measure: str
) -> None:
    await numbers(home.db, id_of(measure), winter.ana.id, QUIET, winter.northfield, definition=DAYS)
    page = (await winter.bo.get(f"{measure}?from=2019-01&until=2019-12")).text

    assert "No value lies in these dates, so all are shown." in page
    assert "Show the 14 values as a table" in page


async def test_charts_that_do_not_fit_are_found_under_look_closer(
    home: House, winter: Winter, goal: str, measure: str
) -> None:
    for number in range(10):
        code = f"R{number}"
        await numbers(home.db, id_of(measure), winter.ana.id, QUIET, area=code, definition=DAYS)
    page = (await winter.bo.get(measure)).text
    report = (await winter.bo.get(report_of(goal))).text

    assert "2 more charts would not fit here; choose them under “Look closer”." in page
    assert (
        "2 more charts would not fit here; the Excel and CSV files of the report have all values." in report
    )


async def test_a_rate_says_out_of_how_many_wherever_its_unit_stands(
    home: House, winter: Winter, goal: str
) -> None:
    rate = await measure_of(winter, goal, value_kind="rate", unit="falls", multiplier="1000")
    definition = Definition("Falls", value_kind="rate", unit="falls", multiplier=1000, suppress_below=0)
    for group in ("Men", "Women"):
        await numbers(
            home.db,
            id_of(rate),
            winter.ana.id,
            QUIET,
            winter.northfield,
            definition=definition,
            breakdown=[("Sex", group)],
        )
    page, form = [(await winter.ana.get(f"{rate}{rest}")).text for rest in ("", "/targets/new")]
    report = (await winter.bo.get(report_of(goal))).text
    drawing = re.search(r"<svg[^>]*chart-groups.*?</svg>", report, re.DOTALL)
    assert drawing

    assert "<dt>Unit</dt><dd>falls per 1,000</dd>" in page
    assert "How much (falls per 1,000)" in form
    assert "</b>, <bdi>Northfield Trust</bdi>, in <bdi>falls per 1,000</bdi></p>" in report
    assert '<text x="558.0" y="33.5" font-weight="600">5,100.0</text>' in drawing[0]


async def test_what_is_not_judged_has_no_sign_of_expected_variation(
    home: House, winter: Winter, measure: str
) -> None:
    for code, pairs in (("R1", QUIET), ("R2", QUIET[:1])):
        await numbers(home.db, id_of(measure), winter.ana.id, pairs, area=code, definition=DAYS)
    page = (await winter.bo.get(measure)).text
    signs = {word: d for d, word in re.findall(r'<path d="([^"]*)"/></svg>([\w ]+)</span>', page)}

    assert set(signs) == {"No signal yet", "Too early to say"}
    assert signs["No signal yet"] != signs["Too early to say"]


def report_of(goal: str) -> str:
    return f"{goal.replace('/goals/', '/')}/report"


def verdict(page: str) -> str:
    """The first words over the chart."""
    found = re.search(r'<div class="verdict-part">.*?<p><b>([^<]*)</b>', page, re.DOTALL)
    return found[1] if found else ""
