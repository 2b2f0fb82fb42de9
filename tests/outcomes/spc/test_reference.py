"""Both implementations of the rules agree on all series that Hypothesis finds."""

import json
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings

from app.outcomes.spc import json_format, run_chart
from app.outcomes.spc.command import answer
from app.outcomes.spc.run_chart import fewest_crossings
from app.outcomes.spc.series import Observation
from tests.outcomes.spc import reference, strategies


def told(data: Any, **flags: bool) -> Any:
    return json.loads(answer(json.dumps(data).encode(), **flags))


def told_as(profile: str, series: dict[str, Any]) -> Any:
    found = told({**series, "options": {**series["options"], "profile": profile}})
    return found if found["ok"] else reference.ERROR


@pytest.mark.parametrize("profile", ["mdc-r-0.2.2", "mdc-r-0.2.2-strict", "mdc-england-2023"])
@settings(max_examples=settings().max_examples * 5)
@given(strategies.series())
def test_both_readings_of_a_series_agree(profile: str, series: dict[str, Any]) -> None:
    assert told_as(profile, series) == reference.spc(series, profile)


@given(strategies.values())
def test_both_readings_of_a_run_chart_agree(values: strategies.Values) -> None:
    assert told({"values": values}, run=True) == reference.run(values)


@given(strategies.series())
def test_both_readings_of_a_run_chart_with_new_medians_agree(series: dict[str, Any]) -> None:
    by_day = {date.fromisoformat(row["date"]): row["value"] for row in series["observations"]}
    rows = sorted(by_day.items())
    asked = [date.fromisoformat(day) for day in series["options"]["rebase"]]
    parts, _ = run_chart.parts([Observation(*row) for row in rows], asked)

    found = [([day for day, _ in rows[one.begin : one.end]], json_format.of_run(one.run)) for one in parts]
    assert found == reference.rebased_run(rows, asked)


@given(strategies.values())
def test_the_long_runs_are_those_that_make_the_signal(values: strategies.Values) -> None:
    run = run_chart.read(values)
    long = run_chart.long_runs(values, run.longest_run_max or 0)

    lengths = [len(one.rows) for one in long]
    assert max(lengths, default=0) == (
        (run.longest_run or 0) if (run.longest_run or 0) > (run.longest_run_max or 0) else 0
    )
    assert sum(one.latest for one in long) <= 1


def test_the_fewest_crossings_are_those_of_tossed_coins() -> None:
    for useful in range(1, 400):
        assert fewest_crossings(useful) == reference.fewest(useful - 1), useful


@given(strategies.series())
def test_the_order_of_the_rows_does_not_matter(series: dict[str, Any]) -> None:
    turned = {**series, "observations": series["observations"][::-1]}

    assert told(turned) == told(series)


def turning(values: list[float | None]) -> set[int]:
    """Where seven rising and seven falling values share one: it counts as rising, either way up."""

    def windows(sign: int) -> set[int]:
        steps = [a is not None and b is not None and (b - a) * sign > 0 for a, b in pairwise(values)]
        return {i + j for i in range(len(values) - 6) if all(steps[i : i + 6]) for j in range(7)}

    return windows(1) & windows(-1)


@given(strategies.series())
def test_upside_down_high_is_low_and_the_better_direction_turns(series: dict[str, Any]) -> None:
    """Negate all values and the target: the meaning of each point stays, and so does the assurance."""
    turn = {"increase": "decrease", "decrease": "increase", "neutral": "neutral"}
    options, target = series["options"], series["options"]["target"]
    turned = {
        "options": {
            **options,
            "improvement_direction": turn[options["improvement_direction"]],
            "target": None if target is None else -target,
        },
        "observations": [
            {**row, "value": None if row["value"] is None else -row["value"]}
            for row in series["observations"]
        ],
    }
    one, other = told(series), told(turned)

    assert one["ok"] == other["ok"]
    if one["ok"]:
        assert one["assurance_type"] == other["assurance_type"]
        if options["improvement_direction"] != "neutral":
            rows = sorted(series["observations"], key=lambda row: str(row["date"]))
            turns = turning([row["value"] for row in rows])
            types = [[p["point_type"] for p in two["points"]] for two in (one, other)]
            assert [a for i, a in enumerate(types[0]) if i not in turns] == [
                b for i, b in enumerate(types[1]) if i not in turns
            ]
