"""Files as people bring them, on to the chart: what the page then says is true."""

import re
from typing import Any

import pytest

from tests.outcomes.forms import goal_of, measure_of
from tests.outcomes.imports.import_forms import bring_case, send, words
from tests.spaces.conftest import Winter
from tests.spaces.house import House

FALLS = {"value_kind": "count", "unit": "falls", "decimals": "0", "suppress_below": "0"}
SHARE = {"value_kind": "proportion", "unit": "", "multiplier": "100", "direction": "increase"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What a page says does not depend on the database."""
    return sqlite_url


async def brought(home: House, winter: Winter, name: str, **measure: Any) -> tuple[str, str]:
    """A measure with the numbers of a file; gives its address, and the dry run in words."""
    address = await measure_of(winter, await goal_of(winter), **measure)
    file = await bring_case(home, winter.ana, f"{winter.path}/outcomes/imports", name)
    looked = (await winter.ana.get(file)).text
    await send(home, winter.ana, f"{file}/do")
    return address, words(looked)


async def chart(winter: Winter, address: str) -> str:
    page = (await winter.ana.get(address)).text
    return words(re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL))


async def test_c07_hidden_values_are_said_and_the_rest_is_not_judged(home: House, winter: Winter) -> None:
    small = {**FALLS, "suppress_below": "5"}
    address, looked = await brought(home, winter, "c07-ward-falls.csv", code="falls3", **small)
    said = await chart(winter, address)

    assert "21 values in this file are small and will be hidden" in looked
    assert "21 of 24 hidden as small numbers" in looked
    assert "21 of 24 values are hidden" in said
    assert "fewer than two values a year" not in said


async def test_c09_a_run_chart_has_a_median_for_each_part(home: House, winter: Winter) -> None:
    mean = {"value_kind": "mean", "chart": "run", "suppress_below": "0"}
    address, _ = await brought(home, winter, "c09-run-chart-with-rebase.csv", code="run", **mean)
    await winter.ana.post(f"{address}/rebases", begins="2021-01-01", reason="Another ward")
    said = await chart(winter, address)

    assert "with a median of 16.0 days" in said
    assert "no more than chance" in said
    assert "median of 23.5" not in said
    assert "A real shift" not in said
    assert "New median: Another ward" in said


async def test_c10_a_target_of_0_95_is_asked_about(home: House, winter: Winter) -> None:
    address, _ = await brought(home, winter, "c10-c11-targets.csv", code="tgt", **SHARE, suppress_below="0")
    target = {"value": "0.95", "kind": "ambition", "valid_from": "2020-01-01"}
    asked = await winter.ana.post(f"{address}/targets", comparator=">=", **target)
    against = await winter.ana.post(f"{address}/targets", comparator="<=", **{**target, "value": "95"})

    assert (asked.status_code, against.status_code) == (422, 422)
    question = re.search(r"Is that [^?]*\?", words(asked.text))
    assert question, words(asked.text)
    assert question[0] == "Is that 0.95%, or 95%?"
    assert "Higher is better here, so a target is “at least”." in words(against.text)


async def test_c21_limits_and_target_are_told_apart_and_nothing_is_below_zero(
    home: House, winter: Winter
) -> None:
    near, _ = await brought(home, winter, "c21-just-below.csv", code="near", **SHARE, suppress_below="0")
    target = {
        "value": "95",
        "kind": "ambition",
        "comparator": ">=",
        "valid_from": "2020-01-01",
        "assures": "yes",
    }
    await winter.ana.post(f"{near}/targets", **target)
    few, _ = await brought(home, winter, "c21-few-falls.csv", code="few", **FALLS)
    close, low = await chart(winter, near), await chart(winter, few)

    assert "94.96%, as all values are; the target of 95.00% lies above the upper limit" in close
    assert "as expected between limits of 0 falls and 11 falls." in low
    assert "The lower limit as computed is -6 falls; no value lies below 0 falls." in low
    assert "between limits of -" not in low
