"""Short ways to write series and their readings in tests."""

from datetime import date, timedelta
from typing import Any

from app.outcomes.spc import xmr
from app.outcomes.spc.profiles import MDC_R_STRICT
from app.outcomes.spc.series import Number, Observation, Options
from app.outcomes.spc.xmr import XmrReading

BEGIN = date(2024, 1, 1)


def day(n: int) -> date:
    """The day of row n, which counts from 0."""
    return BEGIN + timedelta(days=n)


def rows(*values: Number | None) -> list[Observation]:
    return [Observation(day(n), value) for n, value in enumerate(values)]


def read(*values: Number | None, **options: Any) -> XmrReading:
    return xmr.read(rows(*values), Options(**options))


def strictly(*values: Number | None, **options: Any) -> XmrReading:
    """The reading as R gives it."""
    return read(*values, profile=MDC_R_STRICT, **options)


def causes(reading: XmrReading) -> list[str]:
    return [str(point.cause) for point in reading.points]


# About a mean of 0 with an average range of 3: limits at 7.98, near lines at 5.32, nothing special.
QUIET: list[Number] = [1.5, -1.5] * 10
