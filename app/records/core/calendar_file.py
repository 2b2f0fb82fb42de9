"""A day as a calendar file (RFC 5545): one event that lasts all day. Pure."""

import re
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

OCTETS = 75  # of a line, without its end
LINE_END, CONTROLS = re.compile("\r\n|[\r\u2028\u2029]"), re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
MEANT = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class Event(Struct, frozen=True):
    """What stands in a calendar on a day. `id` stays the same when the day moves, and `change` rises."""

    id: str
    change: int
    changed_at: datetime
    on: date
    title: str
    about: str
    address: str


def calendar_file(event: Event) -> bytes:
    """The file. A calendar that has the event already takes the later `change` of it."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Throughline//Records//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        f"UID:{event.id}",
        f"SEQUENCE:{event.change}",
        f"DTSTAMP:{event.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(event.title)}",
        f"DESCRIPTION:{_text(event.about)}",
        f"URL:{event.address}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(_folded(line) for line in lines)


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
