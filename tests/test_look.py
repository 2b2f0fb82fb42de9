"""What templates rely on: how dates and numbers are said, and colours that can be told apart."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from app.config import ROOT
from app.phrases import (
    ago,
    clock,
    day,
    day_of,
    file_name,
    full,
    hour,
    initials,
    plural,
    shorten,
    with_article,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TOKENS = (ROOT / "static" / "css" / "tokens.css").read_text()


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=4, seconds=59), "4 minutes ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(hours=13), "yesterday"),
        (timedelta(days=19), "3 November"),
        (timedelta(days=365), "22 November 2025"),
        (timedelta(seconds=-30), "just now"),
    ],
)
def test_times_are_said_as_people_say_them(
    monkeypatch: pytest.MonkeyPatch, before: timedelta, said: str
) -> None:
    monkeypatch.setenv("TIME_ZONE", "Europe/London")
    assert ago(NOW - before, NOW) == said
    assert ago((NOW - before).timestamp(), NOW) == said


@pytest.mark.parametrize(
    ("zone", "moment", "says"),
    [
        ("Europe/London", "2026-07-01T23:30", ("2 July 2026", "00:30")),
        ("Australia/Sydney", "2026-12-31T13:30", ("1 January 2027", "00:30")),
        ("America/Los_Angeles", "2027-01-01T07:30", ("31 December 2026", "23:30")),
        ("", "2026-10-25T00:30", ("25 October 2026", "01:30")),
        ("", "2026-10-25T01:30", ("25 October 2026", "01:30")),
        ("", "2027-03-28T01:30", ("28 March 2027", "02:30")),
    ],
)
def test_a_moment_has_the_day_and_hour_of_the_people_here(
    monkeypatch: pytest.MonkeyPatch, zone: str, moment: str, says: tuple[str, str]
) -> None:
    monkeypatch.setenv("TIME_ZONE", zone)
    at = datetime.fromisoformat(f"{moment}+00:00")

    assert (full(at), hour(at)) == says
    assert (full(day_of(at.timestamp())), hour(at.timestamp())) == says
    assert full(at.date()) == f"{at.day} {at:%B} {at.year}", "a day that people chose stays that day"


@pytest.mark.parametrize(
    ("zone", "then", "here", "said"),
    [
        ("Australia/Sydney", "2026-12-31T12:30", "2026-12-31T13:45", "yesterday"),
        ("Australia/Sydney", "2026-12-31T23:30", "2027-01-01T01:30", "2 hours ago"),
        ("Australia/Sydney", "2026-12-30T10:00", "2026-12-31T13:45", "30 December 2026"),
        ("America/Los_Angeles", "2026-07-01T23:00", "2026-07-02T02:00", "3 hours ago"),
        ("Europe/London", "2026-06-30T22:00", "2026-06-30T23:15", "yesterday"),
        ("Europe/London", "2026-10-25T00:30", "2026-10-25T01:30", "1 hour ago"),
        ("Europe/London", "2027-03-28T00:59", "2027-03-28T01:01", "2 minutes ago"),
    ],
)
def test_what_was_today_and_yesterday_goes_by_the_clock_of_the_people_here(
    monkeypatch: pytest.MonkeyPatch, zone: str, then: str, here: str, said: str
) -> None:
    monkeypatch.setenv("TIME_ZONE", zone)
    before, now = (datetime.fromisoformat(f"{each}+00:00") for each in (then, here))

    assert ago(before, now) == ago(before.timestamp(), now) == said


@pytest.mark.parametrize(
    ("zone", "said"),
    [("", "London time"), ("America/New_York", "New York time"), ("UTC", "UTC time")],
)
def test_the_clock_of_the_people_here_is_named_by_its_place(
    monkeypatch: pytest.MonkeyPatch, zone: str, said: str
) -> None:
    monkeypatch.setenv("TIME_ZONE", zone)

    assert clock() == said


def test_a_day_has_its_year_where_the_people_here_are_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIME_ZONE", "Australia/Sydney")
    eve = datetime(2026, 12, 31, 14, tzinfo=UTC)

    assert day(eve, day_of(eve)) == "1 January"
    assert day(eve - timedelta(days=1), day_of(eve)) == "31 December 2026"


def test_roles_are_said_with_their_article() -> None:
    assert [with_article(role) for role in ("member", "observer")] == ["a member", "an observer"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Leaving hospital well", "leaving-hospital-well"),
        ('a"b/../c\r\n', "a-b-c"),
        ("…", "board"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_file_is_named_by_its_title_in_signs_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title) == name


def test_numbers_come_with_their_noun() -> None:
    assert [plural(n, "person", "people") for n in (0, 1, 35)] == ["0 people", "1 person", "35 people"]
    assert plural(2, "comment") == "2 comments"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Joan Okafor", "JO"), ("ana", "A"), ("Ana María de la Cruz", "AC"), ("", "?"), ("李 明", "李明")],
)
def test_initials_stand_for_a_person(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_long_text_is_cut_between_words_and_put_on_one_line() -> None:
    assert shorten("People wait\n  for days", 60) == "People wait for days"
    assert shorten("People wait for days in a bed", 18) == "People wait for…"
    assert len(shorten("x" * 500, 60)) <= 61


def luminance(colour: str) -> float:
    """As WCAG defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def colour(name: str) -> str:
    found = re.search(rf"--{name}: (#[0-9a-f]{{3,6}});", TOKENS)
    assert found, name
    text = found[1]
    return text if len(text) == 7 else "#" + "".join(c * 2 for c in text[1:])


@pytest.mark.parametrize("number", range(1, 13))
def test_white_words_can_be_read_on_each_organisation(number: int) -> None:
    assert contrast(colour(f"org-{number}"), "#ffffff") >= 4.5
    assert contrast(colour(f"org-{number}"), colour("paper")) >= 3


@pytest.mark.parametrize("ink", ["ink", "ink-2", "ink-3", "accent", "danger", "good", "warn"])
def test_every_ink_can_be_read_on_every_ground(ink: str) -> None:
    for ground in ("paper", "surface", "accent-soft"):
        assert contrast(colour(ink), colour(ground)) >= 4.5, ground


@pytest.mark.parametrize(
    "kind", ["note", "problem", "dilemma", "assumption", "outcome", "ask", "offer", "question"]
)
def test_words_can_be_read_on_each_kind_of_card(kind: str) -> None:
    for ink in ("ink", "ink-2"):
        assert contrast(colour(ink), colour(kind)) >= 4.5
