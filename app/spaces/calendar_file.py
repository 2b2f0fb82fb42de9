"""A day, or a time, as a calendar file (RFC 5545): one event. Pure."""

import re
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

OCTETS = 75  # of a line, without its end
LINE_END, CONTROLS = re.compile("\r\n|[\r\u2028\u2029]"), re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
MEANT = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class Event(Struct, frozen=True):
    """What stands in a calendar on a day, or from a moment for some `minutes`, at a `place`.

    `id` stays the same when the day moves, and `change` rises.
    """

    id: str
    change: int
    changed_at: datetime
    on: date | datetime
    title: str
    about: str
    address: str
    minutes: float = 0
    place: str = ""


def calendar_file(event: Event) -> bytes:
    """The file. A calendar that has the event already takes the later `change` of it."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Throughline//Throughline//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        f"UID:{event.id}",
        f"SEQUENCE:{event.change}",
        f"DTSTAMP:{_moment(event.changed_at)}",
        *_when(event),
        f"SUMMARY:{_text(event.title)}",
        f"DESCRIPTION:{_text(event.about)}",
        f"URL:{event.address}",
        *([f"LOCATION:{_text(event.place)}"] if event.place else []),
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(_folded(line) for line in lines)


def _when(event: Event) -> tuple[str, ...]:
    """Its beginning and end; a whole day keeps nobody from other things."""
    if isinstance(event.on, datetime):
        ends = event.on + timedelta(minutes=event.minutes)
        return (f"DTSTART:{_moment(event.on)}", f"DTEND:{_moment(ends)}")
    day, after = event.on, event.on + timedelta(days=1)
    return (f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}", "TRANSP:TRANSPARENT")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Words as a value of a property: without control characters, and its signs escaped."""
    return CONTROLS.sub("", LINE_END.sub("\n", words)).translate(MEANT)


def _folded(line: str) -> bytes:
    """A line in pieces of at most OCTETS, none of which ends within a character."""
    pieces, piece = [], b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > OCTETS:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
