"""A workshop as a space plans it: its words, when and where, who leads it, and its run-sheet. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import Struct

from app.access import Actor, Code, Refused, State, Thing, decide
from app.characters import one_line
from app.workshops.runsheet.sheet import Sheet

TITLE, PLACE, WORDS = 200, 200, 600
MOST_TEAM = 20
SOONEST_YEAR, LATEST_YEAR = 2000, 2200
LONGEST = 9 * 60  # minutes of a booking
UNTOLD = 60  # minutes of a workshop that has no booking and no run-sheet


class Workshop(Struct, frozen=True):
    """`starts_at` is a moment, `booked` minutes from then. `stage` is the stage that its doors opened.

    `rehearses` is the workshop that this is a copy of, made to try it.
    """

    id: str
    space: str
    title: str
    made_by: str
    made_at: datetime
    changed_at: datetime
    revision: int = 1
    purpose: str = ""
    authority: str = ""
    place: str = ""
    starts_at: datetime | None = None
    booked: int | None = None
    board: str | None = None
    stage: str | None = None
    team: tuple[str, ...] = ()
    sheet: Sheet = Sheet()
    baseline: float | None = None
    rehearses: str | None = None
    archived: bool = False

    @property
    def ends_at(self) -> datetime | None:
        """When its time is over, as it was booked or else planned; None without a day."""
        minutes = self.booked or self.sheet.minutes or UNTOLD
        return self.starts_at + timedelta(minutes=minutes) if self.starts_at else None


class Details(Struct, frozen=True):
    """What the form of a workshop has beside its run-sheet."""

    title: str
    purpose: str
    authority: str
    place: str
    starts_at: datetime | None
    booked: int | None
    team: tuple[str, ...]


def may_prepare(workshop: Workshop, actor: Actor, state: State) -> Refused | None:
    """Why somebody may not change it: it is for those who lead it."""
    owner = actor.person if actor.person in workshop.team else None
    return decide(actor, "workshop.prepare", Thing(state, owner))


def read_details(form: Mapping[str, str], zone: Any, team: tuple[str, ...]) -> tuple[Details, dict[str, str]]:
    """The details as typed, and what is wrong by field. `zone` is the clock that people type times by."""
    errors: dict[str, str] = {}
    words = {name: one_line(form.get(name, "")) for name in ("title", "purpose", "authority", "place")}
    if not words["title"]:
        errors["title"] = "Give the workshop a title."
    for name, most in {"title": TITLE, "purpose": WORDS, "authority": WORDS, "place": PLACE}.items():
        if len(words[name]) > most:
            errors[name] = f"This can be at most {most} characters long; it has {len(words[name])}."
    starts = _starts(form, zone, errors)
    booked = _booked(form.get("booked", "").strip(), errors)
    if not team:
        errors["team"] = "Somebody has to lead the workshop."
    if len(team) > MOST_TEAM:
        errors["team"] = f"At most {MOST_TEAM} people lead a workshop."
    return Details(starts_at=starts, booked=booked, team=team, **words), errors


def _starts(form: Mapping[str, str], zone: Any, errors: dict[str, str]) -> datetime | None:
    day, time = form.get("day", "").strip(), form.get("time", "").strip()
    if not day and not time:
        return None
    if not day or not time:
        errors["day" if not day else "time"] = "Give both the day and the time, or neither."
        return None
    try:
        at = datetime.fromisoformat(f"{day}T{time}")
        if at.tzinfo:
            raise ValueError
    except ValueError:
        errors["day"] = "Write the day as in 2027-03-31, and the time as in 10:00."
        return None
    if not SOONEST_YEAR <= at.year <= LATEST_YEAR:
        errors["day"] = "This day is too far in the past or the future."
        return None
    moment = at.replace(tzinfo=zone).astimezone(UTC)  # of an hour that comes twice, the first
    if moment.astimezone(zone).replace(tzinfo=None) != at:
        errors["time"] = "The clocks go forward on this day, and this time is left out. Choose another."
        return None
    return moment


def _booked(text: str, errors: dict[str, str]) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= LONGEST):
        errors["booked"] = f"Give the minutes that the room is booked for, from 1 to {LONGEST}."
        return None
    return int(text)


def not_here() -> Refused:
    return Refused(Code.NOT_FOUND, "This workshop is no longer here.")
