"""The chart suggests new limits where a change lasts, its cause is known and there are values enough."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from app.outcomes.measures.measure import Definition, Observed
from app.outcomes.measures.periods import after, of_day
from app.outcomes.readings.analyse import analyse
from app.outcomes.readings.reading import Reading
from app.outcomes.view.content import MeasureEvent
from app.outcomes.view.new_limits import suggestion

SCORE = Definition("Score", value_kind="score", unit="", suppress_below=0, fixed_after=12)
QUIET = [5.0, 5.4, 4.8, 5.2, 5.0, 4.7, 5.3, 5.1, 4.9, 5.0, 4.8, 5.2]  # January to December 2023


def read(values: list[float]) -> Reading:
    rows, period = [], of_day(date(2023, 1, 1), "month")
    for value in values:
        rows.append(Observed("s", *period[:2], 1, Decimal(str(value)), label=period.label))
        period = after(period, "month")
    return analyse(SCORE, rows)


def event(when: date, kind: Any = "pdsa") -> MeasureEvent:
    return MeasureEvent(when, "Offer made on day 1", kind)


def test_a_change_that_lasts_with_a_known_cause_and_enough_values_suggests_new_limits() -> None:
    found = suggestion(read([*QUIET, *[4.6] * 13]), [event(date(2023, 12, 20)), event(date(2020, 1, 1))])

    assert found is not None
    assert (found.begins, found.reason) == (date(2024, 1, 1), "Offer made on day 1")
    assert found.words == (
        "New limits may be due from January 2024: since then all 13 values lie below the mean, and a cause "
        "is known: “Offer made on day 1” (20 December 2023). Until they are drawn, the limits speak of the "
        "process as it was."
    )


@pytest.mark.parametrize("when", [date(2023, 11, 1), date(2024, 2, 29)])
def test_a_cause_may_come_two_values_earlier_or_a_little_later(when: date) -> None:
    assert suggestion(read([*QUIET, *[4.6] * 13]), [event(when)])


@pytest.mark.parametrize(
    ("values", "events"),
    [
        ([*QUIET, *[4.6] * 12], [event(date(2024, 1, 1))]),
        ([*QUIET, *[4.6] * 13], []),
        ([*QUIET, *[4.6] * 13], [event(date(2023, 10, 31)), event(date(2024, 3, 1))]),
        ([*QUIET, *[4.6] * 13], [event(date(2024, 1, 1), "rebase")]),
        ([*QUIET, *[4.6] * 13, 5.3], [event(date(2024, 1, 1))]),
    ],
    ids=["too few values", "no cause", "a cause at another time", "limits drawn already", "it did not last"],
)
def test_without_one_of_these_nothing_is_suggested(values: list[float], events: list[MeasureEvent]) -> None:
    assert suggestion(read(values), events) is None


def test_a_value_left_out_since_the_shift_is_not_said_to_lie_beside_the_mean() -> None:
    rows = read([*QUIET, *[4.6] * 13, 9.0])
    left_out = replace(rows.points[-1], excluded="Counted twice", type="common_cause", cause="", rule="")
    found = suggestion(replace(rows, points=(*rows.points[:-1], left_out)), [event(date(2023, 12, 20))])

    assert found is not None
    assert "since then all 13 values that count lie below the mean" in found.words
