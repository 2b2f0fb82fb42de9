"""A value is left out of the limits by the tender, with a reason, and counts again when that is undone."""

import re
from html import unescape

import pytest

from tests.outcomes.forms import goal_of, id_of, measure_of
from tests.outcomes.given import numbers
from tests.outcomes.pages.test_looking_closer import DAYS
from tests.spaces.conftest import Winter
from tests.spaces.house import House

PAIRS = [(50 + place % 3, 10) for place in range(14)]


@pytest.fixture
async def measure(home: House, winter: Winter) -> str:
    made = await measure_of(winter, await goal_of(winter))
    pairs = [*PAIRS[:5], (300, 10), *PAIRS[5:]]
    await numbers(
        home.db, id_of(made), winter.ana.id, pairs, winter.northfield, definition=DAYS, begin="2023-01-01"
    )
    return made


async def test_it_is_left_out_shown_with_its_reason_and_undone(
    home: House, winter: Winter, measure: str
) -> None:
    page = (await winter.ana.get(measure)).text
    link = re.search(r'href="([^"]*/exclusions/new[?][^"]*start=2023-06-01)"', page)
    assert link
    form = await winter.ana.get(unescape(link[1]))
    which = dict(re.findall(r'name="(series|start)" value="([^"]+)"', form.text))
    without = await winter.ana.post(f"{measure}/exclusions", **which, reason=" ")
    done = await winter.ana.post(f"{measure}/exclusions", **which, reason="Counted twice")
    shown = (await winter.bo.get(measure)).text
    twice = await winter.ana.post(f"{measure}/exclusions", **which, reason="Again")
    kept = await home.value("SELECT count(*) FROM observation")
    id = await home.value("SELECT id FROM excluded_point")
    not_theirs = await winter.bo.post(f"{measure}/exclusions/{id}/withdraw")
    undone = await winter.ana.post(f"{measure}/exclusions/{id}/withdraw")
    after = (await winter.bo.get(measure)).text
    again = await winter.ana.post(f"{measure}/exclusions/{id}/withdraw")

    assert "June 2023: 30.0 days" in form.text
    assert without.status_code == 422
    assert done.headers["location"].endswith("#exclusions")
    assert "Decided by <bdi>Ana, Northfield Trust</bdi>" in shown
    assert "left out of the limits: Counted twice" in shown
    assert "Left out of the limits" in shown
    assert "chart-left-out" in shown
    assert kept == 15
    assert (twice.status_code, not_theirs.status_code, undone.status_code, again.status_code) == (
        422,
        403,
        303,
        404,
    )
    assert "Undone by <bdi>Ana</bdi>" in after
    assert "chart-left-out" not in after


async def test_only_a_value_of_the_measure_can_be_left_out_and_only_by_its_tender(
    home: House, winter: Winter, measure: str
) -> None:
    series = str(await home.value("SELECT id FROM series"))
    other = await measure_of(winter, await goal_of(winter), name="Another")
    june = {"series": series, "start": "2023-06-01", "reason": "Counted twice"}

    for one, path in (
        ({**june, "start": "1999-01-01"}, measure),
        ({**june, "start": "soon"}, measure),
        ({**june, "series": "x"}, measure),
        (june, other),
    ):
        assert (await winter.ana.post(f"{path}/exclusions", **one)).status_code == 404
        query = f"series={one['series']}&start={one['start']}"
        assert (await winter.ana.get(f"{path}/exclusions/new?{query}")).status_code == 404
    assert (await winter.bo.post(f"{measure}/exclusions", **june)).status_code == 403
    assert "/exclusions/new" not in (await winter.bo.get(measure)).text
    assert await home.count("excluded_point") == 0
