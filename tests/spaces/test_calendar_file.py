"""A day as a calendar file, by RFC 5545: lines, folds, escapes, and what must not get through."""

import re
import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.spaces.calendar_file import OCTETS, Event, calendar_file

AT = datetime(2026, 11, 21, 9, 5, 7, tzinfo=UTC)


def file_of(title: str = "Look again", about: str = "", on: date = date(2027, 2, 28)) -> bytes:
    return calendar_file(Event("r1@throughline", 4, AT, on, title, about, "https://t.example/r1"))


def read(file: bytes) -> dict[str, str]:
    """The properties of the event, as a calendar reads them: unfolded, by name, their signs as meant."""
    text = file.decode().replace("\r\n ", "")
    lines = [line.partition(":") for line in text.split("\r\n")]
    meant = {"n": "\n", "N": "\n"}
    return {
        name: re.sub(r"\\(.)", lambda found: meant.get(found[1], found[1]), value) for name, _, value in lines
    }


def test_the_day_stands_in_the_calendar_as_a_whole_day_that_can_move() -> None:
    event = read(file_of())

    assert event["DTSTART;VALUE=DATE"] == "20270228"
    assert event["DTEND;VALUE=DATE"] == "20270301"
    assert (event["UID"], event["SEQUENCE"]) == ("r1@throughline", "4")
    assert event["DTSTAMP"] == "20261121T090507Z"


@given(st.text(), st.text())
@example("a" * 74 + "é" * 60, "Rhŷl\r\nATTENDEE:mallory; \\, x")
@example("\U0001f468\u200d\U0001f469\u200d\U0001f467", "می\u200cخواهم")
@example("\u2028\x00\x85", "one\rtwo")
def test_whatever_the_words_are_each_line_is_short_and_says_what_was_meant(title: str, about: str) -> None:
    if any("\ud800" <= sign <= "\udfff" for sign in title + about):
        return  # halves of characters are never stored
    file = file_of(title, about)
    lines = file.split(b"\r\n")
    event = read(file)

    assert max(len(line) for line in lines) <= OCTETS
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert [line.decode() for line in lines]  # no character is cut in two
    assert len(event) == 15  # its lines and the empty end, so that no words became a property
    assert event["SUMMARY"] == plain(title)
    assert event["DESCRIPTION"] == plain(about)


def plain(words: str) -> str:
    for end in ("\r\n", "\r", "\u2028", "\u2029"):
        words = words.replace(end, "\n")
    return "".join(sign for sign in words if sign == "\n" or unicodedata.category(sign) != "Cc")


def test_a_title_with_many_signs_is_escaped_once() -> None:
    assert b"SUMMARY:a\\, b\\; c\\\\d\\ne\r\n" in file_of("a, b; c\\d\ne")


@pytest.mark.parametrize("day", [date(2028, 2, 29), date(2027, 12, 31), date(9999, 12, 30)])
def test_the_end_is_the_next_day(day: date) -> None:
    assert read(file_of(on=day))["DTEND;VALUE=DATE"] > read(file_of(on=day))["DTSTART;VALUE=DATE"]
