"""What may be written about goals and drivers: forms read into values, who owns and tends one. Pure."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from app.access import Code, Refused
from app.outcomes.forms import Candidates, Typed
from app.outcomes.goals.goal import Goal, Level
from app.spaces.rules import Errors, check_required, tidy_line

MAX_TITLE, MAX_LINE, MAX_TEXT, MAX_DRIVER = 160, 200, 2000, 300
MOST_DRIVERS = 200  # of one goal, the removed ones included
OWN_FIRST = "Your own organisation must be one of them. Each organisation can commit only itself."
CHOOSE_TENDER = "Choose somebody from an organisation that owns the goal."


class GoalDraft(Struct, frozen=True):
    """What people write about their goal."""

    title: str
    aim: str
    start: str
    to: str
    for_whom: str
    by_when: date | None
    person: str
    theory: str
    organisations: tuple[str, ...]


def read_goal(
    form: Mapping[str, str], circle: Candidates, before: Goal | None = None
) -> tuple[GoalDraft, Errors]:
    """The words of a goal and who owns it, and what is wrong with them by field."""
    typed = Typed(form)
    draft = GoalDraft(
        typed.line("title", MAX_TITLE, "Name the goal in one line."),
        typed.text("aim", MAX_TEXT, "Say what will be different for people."),
        typed.line("from", MAX_LINE),
        typed.line("to", MAX_LINE),
        typed.line("for_whom", MAX_LINE),
        typed.day("by_when"),
        typed.text("person", MAX_TEXT),
        typed.text("theory", MAX_TEXT),
        tuple(sorted(id for id in circle.organisations if typed.yes(f"org-{id}"))),
    )
    typed.wrong("organisations", owners_wrong(draft.organisations, circle, before))
    return draft, typed.errors


def owners_wrong(organisations: tuple[str, ...], circle: Candidates, before: Goal | None) -> str | None:
    """Why these organisations cannot own the goal. Whoever makes it commits their own organisation.

    Later, an organisation is taken out by its own people alone, and never while one of them tends the goal.
    """
    if not organisations:
        return "Say which organisations own this goal together."
    if before is None:
        return None if circle.own in organisations else OWN_FIRST
    gone = [id for id in before.organisations if id not in organisations and id in circle.organisations]
    others = [circle.organisations[id] for id in gone if id != circle.own]
    if others:
        return f"Only people of {' and '.join(others)} can remove that organisation."
    if gone and circle.people.get(before.tender) in gone:
        return "Hand the goal over first: the person who looks after it is from that organisation."
    return None


def read_tender(chosen: str, organisations: tuple[str, ...], circle: Candidates) -> tuple[str, Errors]:
    """Who looks after the goal: somebody who may write, of an organisation that owns it."""
    tender = chosen or circle.me
    if circle.people.get(tender) in organisations:
        return tender, {}
    return tender, {"tender": CHOOSE_TENDER}


def read_driver(words: str) -> str:
    """The words of a driver. Raises Refused when they cannot stand."""
    found = tidy_line(words)
    wrong = check_required(found, MAX_DRIVER, "Write a few words first.")
    if wrong:
        raise Refused(Code.TOO_LONG if found else Code.INVALID, wrong)
    return found


def read_level(level: str) -> Level:
    if level not in set(Level):
        raise Refused(Code.INVALID, "Choose primary driver, secondary driver or change idea.")
    return Level(level)
