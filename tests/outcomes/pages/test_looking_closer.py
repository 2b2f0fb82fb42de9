"""A page of a measure asks before it guesses, suggests new limits, and shows any part of any series."""

import re
from html import unescape

import pytest

from app.outcomes.measures.measure import Definition
from tests.outcomes.forms import MEASURE, goal_of, id_of, measure_of
from tests.outcomes.given import numbers
from tests.outcomes.pages.test_measures import NOTE, TARGET
from tests.spaces.conftest import Winter
from tests.spaces.house import House

DAYS = Definition("Days", value_kind="mean", unit="days", multiplier=1, direction="decrease")


@pytest.fixture
async def goal(winter: Winter) -> str:
    return await goal_of(winter)


@pytest.fixture
async def measure(winter: Winter, goal: str) -> str:
    return await measure_of(winter, goal)


async def test_who_will_read_the_numbers_is_asked_and_nothing_is_hidden_in_silence(
    winter: Winter, goal: str
) -> None:
    page = (await winter.ana.get(f"{goal}/measures/new")).text
    unsaid = {name: value for name, value in MEASURE.items() if name != "suppress_below"}
    refused = await winter.ana.post(f"{goal}/measures", **unsaid, suppress_below="")
    made = await winter.ana.post(f"{goal}/measures", **unsaid, small_numbers="published", suppress_below="")
    again = (await winter.ana.get(f"{made.headers['location']}/edit")).text

    assert re.search(r'name="small_numbers"[^>]*checked', page) is None
    assert re.search(r'name="suppress_below"[^>]* value=""', page)
    assert refused.status_code == 422
    assert "Say who will read these numbers." in refused.text
    assert re.search(r'name="small_numbers" value="published" checked', again)
    assert re.search(r'name="suppress_below"[^>]* value="5"', again)


async def test_a_target_of_0_95_per_cent_is_asked_about_once(home: House, winter: Winter, goal: str) -> None:
    share = await measure_of(
        winter, goal, value_kind="proportion", unit="%", direction="increase", multiplier=""
    )
    one = {**TARGET, "comparator": ">=", "value": "0.95"}
    asked = await winter.ana.post(f"{share}/targets", **one)
    sure = re.search(r'<input type="hidden" name="sure" value="([^"]*)">', asked.text)
    assert sure
    meant = await winter.ana.post(f"{share}/targets", **one, sure=sure[1])
    against = await winter.ana.post(
        f"{share}/targets", **{**TARGET, "valid_from": "2026-05-01", "value": "95"}
    )

    assert (asked.status_code, meant.status_code, against.status_code) == (422, 303, 422)
    assert "Is that 0.95%, or 95%?" in asked.text
    assert "Higher is better here" in against.text
    assert await home.value("SELECT value FROM target") == "0.95"


async def test_new_limits_come_into_the_form_as_the_chart_suggests_them(
    home: House, winter: Winter, measure: str
) -> None:
    pairs = [(place % 3 + 50, 10) for place in range(12)] + [(30 + place % 3, 10) for place in range(13)]
    await numbers(
        home.db, id_of(measure), winter.ana.id, pairs, winter.northfield, definition=DAYS, begin="2023-01-01"
    )
    await winter.ana.post(f"{measure}/annotations", **{**NOTE, "starts": "2024-01-10"})
    theirs, others = await winter.ana.get(measure), await winter.bo.get(measure)
    link = re.search(r'href="([^"]*/rebases/new[?][^"]*)"', theirs.text)
    assert link
    form = await winter.ana.get(unescape(link[1]))

    assert "New limits may be due from January 2024" in others.text
    assert "/rebases/new?" not in others.text
    assert re.search(r'name="begins"[^>]* value="2024-01-01"', form.text)
    assert "Test began on two wards</textarea>" in form.text


async def test_a_chart_is_looked_at_more_closely(home: House, winter: Winter, measure: str) -> None:
    for place, whose in enumerate((winter.northfield, winter.hospice)):
        pairs = [(n % 3 + 50 + place, 10) for n in range(14)]
        await numbers(
            home.db, id_of(measure), winter.ana.id, pairs, whose, definition=DAYS, begin="2023-01-01"
        )
    page = (await winter.ana.get(measure)).text
    series = re.search(r'<option value="([^"]+)">Vale Hospice</option>', page)
    assert series
    closer = (await winter.bo.get(f"{measure}?from=2023-03&until=2023-08&series={series[1]}")).text
    each = (await winter.bo.get(f"{measure}?show=each")).text

    assert '<option value="">The usual one</option>' in page
    assert (
        "Shown from 1 March 2023 to 31 August 2023. The limits and the sentence come from all values."
        in closer
    )
    assert f'<option value="{series[1]}" selected>' in closer
    assert 'value="2023-03"' in closer
    assert "Show the 6 values as a table" in closer
    assert each.count('class="chart chart-small"') == 3
    assert f"?series={series[1]}#chart" in each


async def test_a_goal_shows_the_course_of_its_measures_in_a_window_and_says_what_it_said(
    home: House, winter: Winter, goal: str, measure: str
) -> None:
    pairs = [(n % 3 + 50, 10) for n in range(14)]
    await numbers(
        home.db, id_of(measure), winter.ana.id, pairs, winter.northfield, definition=DAYS, begin="2023-01-01"
    )
    whole, part, nothing = [
        (await winter.bo.get(f"{goal}{window}")).text
        for window in ("", "?from=2023-03&until=2023-08", "?from=2019-01&until=2019-12")
    ]

    assert [points(page) for page in (whole, part, nothing)] == [14, 6, 0]
    assert "The small lines show only these dates; what is said comes from all values." in part
    assert said(part) == said(nothing) == said(whole) != ""
    assert f'{measure}?from=2023-03-01&amp;until=2023-08-31"' in part
    assert '/report?from=2023-03-01&amp;until=2023-08-31"' in part
    assert 'value="2019-01"' in nothing


def points(page: str) -> int:
    """How many values the small line of the page goes through."""
    lines = re.findall(r'class="spark-line" d="([^"]*)"', page)
    return sum(line.count("L") + line.count("M") for line in lines)


def said(page: str) -> str:
    """The sentence about the latest value."""
    found = re.search(r"<small>(?:<strong[^<]*</strong> )?(February 2024[^<]*)</small>", page)
    return found[1] if found else ""
