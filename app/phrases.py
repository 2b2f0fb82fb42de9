"""Times, numbers and long texts as people read them."""

import re
from datetime import UTC, date, datetime

from app.characters import cut
from app.db import now

MINUTE, HOUR = 60, 3600


def ago(then: datetime | float, today: datetime | None = None) -> str:
    """'just now', '4 minutes ago', 'yesterday', '3 November'. Takes a time, or unix seconds."""
    at = then if isinstance(then, datetime) else datetime.fromtimestamp(then, UTC)
    here = today or now()
    seconds = (here - at).total_seconds()
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        return f"{plural(int(seconds // MINUTE), 'minute')} ago"
    if at.date() == here.date():
        return f"{plural(int(seconds // HOUR), 'hour')} ago"
    if (here.date() - at.date()).days == 1:
        return "yesterday"
    return day(at, here)


def day(at: date, today: datetime | None = None) -> str:
    """'3 November', with the year where it is not this one."""
    year = "" if at.year == (today or now()).year else f" {at.year}"
    return f"{at.day} {at:%B}{year}"


def full(at: date) -> str:
    """'3 November 2026'."""
    return f"{at.day} {at:%B} {at.year}"


def month(at: date) -> str:
    """'March 2027'."""
    return f"{at:%B} {at.year}"


def near_month(at: date, today: date | None = None) -> str:
    """'March', with the year where it is not within the eleven months to come."""
    here = today or now().date()
    ahead = (at.year - here.year) * 12 + at.month - here.month
    return f"{at:%B}" if 0 <= ahead <= 11 else month(at)


def plural(number: int, one: str, many: str | None = None) -> str:
    """'1 person', '35 people': a number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def with_article(word: str) -> str:
    """'a member', 'an observer'."""
    return f"{'an' if word[:1] in 'aeio' else 'a'} {word}"


def file_name(title: str) -> str:
    """A title as the name of a file, without its ending: small letters, figures and hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:60].strip("-") or "board"


def shorten(text: str, length: int) -> str:
    """The beginning of a text on one line, cut between words."""
    return cut(" ".join(text.split()), length)


def initials(name: str) -> str:
    """Two letters for a small circle: of the first and last word."""
    words = [word for word in name.split() if word[:1].isalnum()]
    ends = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper() or "?"
