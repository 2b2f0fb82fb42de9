"""Whole readings agree with the second implementation: values left out, targets of both signs, new limits."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from app.db import now
from app.outcomes.measures.measure import Comparator, Definition, Observed, Rebase, Target
from app.outcomes.readings.analyse import analyse
from app.outcomes.readings.reading import Reading
from tests.outcomes.spc import reference, strategies

DAY = date(2020, 1, 1)


def reading_of(
    series: dict[str, Any], left_out: Sequence[str], comparator: Comparator, chart: Any
) -> Reading:
    options = series["options"]
    definition = Definition(
        "Score",
        value_kind="score",
        unit="",
        frequency="day",
        suppress_below=0,
        direction=options["improvement_direction"],
        fixed_after=options["fix_after_n_points"],
        chart=chart,
    )
    rows = sorted(series["observations"], key=lambda row: str(row["date"]))
    observed = [
        Observed(
            "s", day, day, 1, None if row["value"] is None else Decimal(str(row["value"])), label=str(day)
        )
        for row in rows
        for day in [date.fromisoformat(row["date"])]
    ]
    goal = options["target"]
    targets = [] if goal is None else [Target("t", "m", Decimal(str(goal)), comparator, "standard", DAY)]
    rebases = [Rebase("r", "m", date.fromisoformat(day), "", "", now()) for day in options["rebase"]]
    excluded = {date.fromisoformat(day): "Counted twice" for day in left_out}
    return analyse(definition, observed, targets, rebases, excluded=excluded)


def without(series: dict[str, Any], left_out: Sequence[str], **options: Any) -> dict[str, Any]:
    """The series as the rules see it: what is left out has no value."""
    rows = [
        {**row, "value": None if row["date"] in left_out else row["value"]} for row in series["observations"]
    ]
    return {"observations": rows, "options": {**series["options"], **options}}


@st.composite
def with_left_out(draw: st.DrawFn) -> tuple[dict[str, Any], list[str]]:
    series = draw(strategies.series())
    days = [row["date"] for row in series["observations"]]
    assume(len(set(days)) == len(days))
    assume(any(row["value"] is not None for row in series["observations"]))
    known = [row["date"] for row in series["observations"] if row["value"] is not None]
    series["options"]["screen_outliers"] = True
    return series, sorted(draw(st.sets(st.sampled_from(known), max_size=3)))


@given(with_left_out(), st.sampled_from([">=", "<="]))
def test_limits_points_and_icons_of_a_whole_reading_agree(
    given_: tuple[dict[str, Any], list[str]], comparator: Comparator
) -> None:
    series, left_out = given_
    found = reading_of(series, left_out, comparator, "xmr")
    assume(found.chart == "xmr")
    other = reference.spc(without(series, left_out))
    lines = [(one["mean"], one["lpl"], one["upl"]) for one in other["segments"]]

    assert [(one.mean, one.lpl, one.upl) for one in found.segments] == lines
    drawn = {one["segment"]: one["lpl"] is not None for one in other["segments"]}
    assert [dot.type for dot in found.points] == [
        one["point_type"] if drawn[one["segment"]] else "common_cause" for one in other["points"]
    ]
    last = found.segments[-1]
    assert found.variation == (None if last.drawn == "none" else other["variation_icon"])
    better = series["options"]["improvement_direction"]
    side = better if better == "neutral" else {">=": "increase", "<=": "decrease"}[comparator]
    aimed = reference.spc(without(series, left_out, improvement_direction=side))
    assert found.assurance == (aimed["assurance_icon"] if last.drawn == "full" else None)


@given(with_left_out())
def test_medians_of_a_whole_run_chart_agree(given_: tuple[dict[str, Any], list[str]]) -> None:
    series, left_out = given_
    found = reading_of(series, left_out, ">=", "run")
    seen = without(series, left_out)
    by_day = {date.fromisoformat(row["date"]): row["value"] for row in seen["observations"]}
    asked = [date.fromisoformat(day) for day in series["options"]["rebase"]]
    parts = reference.rebased_run(sorted(by_day.items()), asked)

    assert [(one.first, one.last) for one in found.run_parts] == [(days[0], days[-1]) for days, _ in parts]
    for one, (_, run) in zip(found.run_parts, parts, strict=True):
        assert (one.run.median, one.run.signal) == (run["median"], run["signal"])
