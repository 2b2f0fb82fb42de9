"""The time of what was put back, as the page and the log of the space say it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.boards.putting_back.actions import time_of

LONDON = ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def in_london(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIME_ZONE", "Europe/London")


def at(text: str, fold: int = 0) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold).timestamp()


@pytest.mark.parametrize(
    ("first", "last", "today", "says"),
    [
        ("2026-11-30 10:02", "2026-11-30 11:00", "2026-11-30 11:00", "from 10:02 to 11:00"),
        ("2026-11-30 10:02", "2026-11-30 10:02:30", "2026-11-30 11:00", "at 10:02"),
        ("2026-11-28 10:02", "2026-11-28 11:00", "2026-11-30 11:00", "from 28 November 10:02 to 11:00"),
        ("2026-11-28 10:02", "2026-11-28 10:02", "2026-11-30 11:00", "at 28 November 10:02"),
        (
            "2026-11-29 23:35",
            "2026-11-30 00:35",
            "2026-11-30 00:35",
            "from 29 November 23:35 to 30 November 00:35",
        ),
        (
            "2026-11-23 10:00",
            "2026-11-30 10:00",
            "2026-11-30 10:00",
            "from 23 November 10:00 to 30 November 10:00",
        ),
        (
            "2026-12-31 23:35",
            "2027-01-01 00:35",
            "2027-01-01 00:35",
            "from 31 December 2026 23:35 to 1 January 00:35",
        ),
    ],
)
def test_the_time_has_the_days_where_it_is_not_all_of_today(
    first: str, last: str, today: str, says: str
) -> None:
    assert time_of(at(first), at(last), at(today)) == says


def test_an_hour_in_the_night_that_the_clocks_go_back_is_no_moment() -> None:
    first, last = at("2026-10-25 01:30"), at("2026-10-25 01:30", fold=1)

    assert last - first == 3600
    assert time_of(first, last, last).startswith("from ")
