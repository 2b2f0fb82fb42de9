"""A day or a time as a calendar file (RFC 5545). Pure."""

from datetime import UTC, datetime

from msgspec import Struct

LINE = 75  # bytes of a line, after which it is folded


class Event(Struct, frozen=True):
    """One entry of a calendar; `uid` stays the same when it is moved, `revision` rises."""

    uid: str
    title: str
    starts: datetime
    ends: datetime
    at: datetime
    place: str = ""
    about: str = ""
    address: str = ""
    revision: int = 0


def as_ics(events: list[Event]) -> bytes:
    """The file. Texts are escaped and lines folded, so that no word can become a line of its own."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Throughline//Workshops//EN"]
    for event in events:
        fields = {
            "UID": event.uid,
            "SEQUENCE": str(event.revision),
            "DTSTAMP": _moment(event.at),
            "DTSTART": _moment(event.starts),
            "DTEND": _moment(event.ends),
            "SUMMARY": _escaped(event.title),
            "LOCATION": _escaped(event.place),
            "DESCRIPTION": _escaped(event.about),
            "URL": event.address,
        }
        rows = [f"{name}:{value}" for name, value in fields.items() if value]
        lines += ["BEGIN:VEVENT", *rows, "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    flat = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return flat.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> bytes:
    """A line of at most 75 bytes goes on after a blank; no character is cut in two."""
    parts, row = [], b""
    for letter in line:
        piece = letter.encode()
        if len(row) + len(piece) > LINE:
            parts.append(row)
            row = b" "
        row += piece
    return b"\r\n".join([*parts, row]) + b"\r\n"
