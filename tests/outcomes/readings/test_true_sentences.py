"""Sentences and verdicts say what is so: each test is a wrong one that somebody could have read."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.db import now
from app.outcomes.measures.measure import Definition, Observed, Rebase, Status, Target
from app.outcomes.measures.periods import Period, after, of_day
from app.outcomes.readings import verdict
from app.outcomes.readings.analyse import analyse
from app.outcomes.readings.reading import Reading
from app.outcomes.spc.profiles import MDC_ENGLAND, MDC_R

SCORE = Definition("Score", value_kind="score", unit="", suppress_below=0)
FALLS = Definition("Falls", value_kind="count", unit="", decimals=0, direction="decrease", suppress_below=5)
SHARE = Definition("Home in time", suppress_below=0)
QUIET = [5.0, 5.4, 4.8, 5.2, 5.0, 4.7, 5.3, 5.1, 4.9, 5.2, 4.8, 5.0]
Values = Sequence[float | None]


def rows(definition: Definition, values: Values, *, left_out: Sequence[int] = (), begin: date = date(2023, 1, 1)) -> list[Observed]:
    """A value for each period; None for one without a value; those `left_out` are absent altogether."""
    found = []
    period: Period = of_day(begin, definition.frequency)
    for place, value in enumerate(values):
        while place + len(found) * 0 in ():
            pass
        status: Status = "missing" if value is None else "final"
        exact = None if value is None else Decimal(str(value))
        if place not in left_out:
            found.append(Observed("s", *period[:2], 1, exact, status=status, label=period.label))
        period = after(period, definition.frequency)
    return found
