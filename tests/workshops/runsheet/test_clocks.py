"""Workshops on days when the clocks change, where people are, and such as go on past midnight."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.reports.minutes.content import Minutes
from app.reports.minutes.lines import Told, facts
from app.workshops.runsheet.sheet import Block, Sheet, Step
from app.workshops.runsheet.timing import planned
from app.workshops.runsheet.workshop import Details, read_details

LONDON, SYDNEY = ZoneInfo("Europe/London"), ZoneInfo("Australia/Sydney")
WRITE = "Write the day as in 2027-03-31, and the time as in 10:00."
FORWARD = "The clocks go forward on this day, and this time is left out. Choose another."


def typed(day: str, time: str, zone: ZoneInfo = LONDON) -> tuple[Details, dict[str, str]]:
    return read_details({"title": "Winter", "day": day, "time": time}, zone, ("ana",))


@pytest.mark.parametrize(
    ("day", "time", "zone", "moment"),
    [
        ("2026-11-30", "10:00", LONDON, "2026-11-30T10:00"),
        ("2026-07-01", "00:30", LONDON, "2026-06-30T23:30"),
        ("2027-01-01", "00:30", SYDNEY, "2026-12-31T13:30"),
        ("2027-03-28", "00:59", LONDON, "2027-03-28T00:59"),
        ("2027-03-28", "02:00", LONDON, "2027-03-28T01:00"),
        ("2026-10-25", "01:30", LONDON, "2026-10-25T00:30"),  # it comes twice: the first is meant
    ],
)
def test_a_time_is_typed_by_the_clock_of_the_people_here(
    day: str, time: str, zone: ZoneInfo, moment: str
) -> None:
    details, errors = typed(day, time, zone)

    assert not errors
    assert details.starts_at == datetime.fromisoformat(f"{moment}+00:00")
    assert details.starts_at.tzinfo is UTC, "so that hours added to it are hours"


@pytest.mark.parametrize(
    ("day", "time", "zone", "errors"),
    [
        ("2027-03-28", "01:00", LONDON, {"time": FORWARD}),
        ("2027-03-28", "01:59", LONDON, {"time": FORWARD}),
        ("2026-10-04", "02:30", SYDNEY, {"time": FORWARD}),
        (
            "2026-11-30",
            "10:00+05:00",
            LONDON,
            {"day": WRITE},
        ),
    ],
)
def test_a_time_that_no_clock_shows_is_not_taken(
    day: str, time: str, zone: ZoneInfo, errors: dict[str, str]
) -> None:
    assert typed(day, time, zone)[1] == errors


def test_steps_last_as_long_as_they_do_while_the_clocks_change() -> None:
    steps = tuple(Step(id=id, title=id, minutes=60) for id in ("a", "b"))
    sheet = Sheet(blocks=(Block(id="block", title="Block", steps=steps),))
    starts = typed("2027-03-28", "00:30")[0].starts_at
    course = planned(sheet, starts, 120)

    assert starts
    assert course.ends
    assert (course.ends - starts, course.over) == (timedelta(hours=2), 0)
    assert f"{course.ends.astimezone(LONDON):%H:%M}" == "03:30"


@pytest.mark.parametrize(
    ("end", "when"),
    [
        ("2026-11-30T23:45", "30 November 2026, 23:00 to 23:45"),
        ("2026-12-01T00:30", "30 November 2026, 23:00 to 1 December 2026, 00:30"),
    ],
)
def test_minutes_say_on_which_day_a_workshop_ended_that_went_on_past_midnight(end: str, when: str) -> None:
    start = datetime(2026, 11, 30, 23, tzinfo=UTC)
    minutes = Minutes(
        "Winter", "Leaving well", "", "", "", (), start=start, end=datetime.fromisoformat(f"{end}+00:00")
    )

    assert ("When", when) in facts(minutes, Told({}, LONDON))
