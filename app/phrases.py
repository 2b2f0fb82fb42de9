"""Times, numbers and long texts as people read them."""

import re
from datetime import UTC, date, datetime

from app.characters import cut, set_apart
from app.config import zone
from app.db import now

MINUTE, HOUR = 60, 3600


def local(at: datetime | float) -> datetime:
    """A moment, or unix seconds, on the clock of people here. To be read, never to be reckoned with.

    The difference of two is an hour too much or too little when the clocks have changed between them.
    """
    return (at if isinstance(at, datetime) else datetime.fromtimestamp(at, UTC)).astimezone(zone())


def day_of(at: datetime | float) -> date:
    """The day that it is for people here at a moment, or unix seconds."""
    return local(at).date()


def day_now() -> date:
    """The day that it is now for people here."""
    return day_of(now())


def hour(at: datetime | float) -> str:
    """'09:05', on the clock of people here."""
    return f"{local(at):%H:%M}"


def clock() -> str:
    """'London time': the clock of people here, by the place that names it."""
    return f"{str(zone()).rsplit('/', 1)[-1].replace('_', ' ')} time"


def ago(then: datetime | float, at: datetime | None = None) -> str:
    """'just now', '4 minutes ago', 'yesterday', '3 November', as seen `at` a moment, by default now."""
    here = at or now()
    seconds = here.timestamp() - (then.timestamp() if isinstance(then, datetime) else then)
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        return f"{plural(int(seconds // MINUTE), 'minute')} ago"
    days = (day_of(here) - day_of(then)).days
    if days == 0:
        return f"{plural(int(seconds // HOUR), 'hour')} ago"
    if days == 1:
        return "yesterday"
    return day(day_of(then), day_of(here))


def day(at: date, here: date | None = None) -> str:
    """'3 November', with the year where it is not that of `here`, by default today."""
    on, here = _day(at), _day(here or now())
    year = "" if on.year == here.year else f" {on.year}"
    return f"{on.day} {on:%B}{year}"


def full(at: date) -> str:
    """'3 November 2026'."""
    on = _day(at)
    return f"{on.day} {on:%B} {on.year}"


def month(at: date) -> str:
    """'March 2027'."""
    return f"{at:%B} {at.year}"


def near_month(at: date, here: date | None = None) -> str:
    """'March', with the year where it is not within the eleven months to come."""
    here = here or day_now()
    ahead = (at.year - here.year) * 12 + at.month - here.month
    return f"{at:%B}" if 0 <= ahead <= 11 else month(at)


def _day(at: date) -> date:
    """A day as it is; of a moment, the day that it is then for people here."""
    return day_of(at) if isinstance(at, datetime) else at


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


def in_quotes(text: str, length: int) -> str:
    """The beginning of what somebody wrote, as a sentence of ours quotes it."""
    return f"“{set_apart(shorten(text, length))}”"


def initials(name: str) -> str:
    """Two letters for a small circle: of the first and last word."""
    words = [word for word in name.split() if word[:1].isalnum()]
    ends = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper() or "?"
