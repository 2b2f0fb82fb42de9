"""What may be written about goals and drivers, and who may own and look after one. Pure."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from app.access import Code, Refused
from app.outcomes.goals.goal import Goal, Level
from app.spaces.form_reader import FormReader
from app.spaces.rules import Errors, check_required, tidy_line

MAX_TITLE, MAX_LINE, MAX_TEXT, MAX_DRIVER = 160, 200, 2000, 300
MOST_DRIVERS = 200  # of one goal, removed ones included
OWN_FIRST = "Your own organisation must be one of them. Each organisation can commit only itself."
CHOOSE_TENDER = "Choose somebody from an organisation that owns the goal."


class Candidates(Struct, frozen=True):
    """Who can own and look after a goal: organisations of the space by id, and their people who may write.

    `people` has the organisation of each person; `own` is that of the person who asks (`me`).
    """

    organisations: dict[str, str]
    people: dict[str, str]
    own: str
    me: str


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
    form: Mapping[str, str], candidates: Candidates, before: Goal | None = None
) -> tuple[GoalDraft, Errors]:
    """The words of a goal and who owns it, and what is wrong by field. `before`: the goal that is changed."""
    reader = FormReader(form)
    draft = GoalDraft(
        reader.line("title", MAX_TITLE, "Name the goal in one line."),
        reader.text("aim", MAX_TEXT, "Say what will be different for people."),
        reader.line("from", MAX_LINE),
        reader.line("to", MAX_LINE),
        reader.line("for_whom", MAX_LINE),
        reader.day("by_when"),
        reader.text("person", MAX_TEXT),
        reader.text("theory", MAX_TEXT),
        tuple(sorted(id for id in candidates.organisations if reader.yes(f"org-{id}"))),
    )
    reader.wrong("organisations", owners_wrong(draft.organisations, candidates, before))
    return draft, reader.errors


def owners_wrong(organisations: tuple[str, ...], candidates: Candidates, before: Goal | None) -> str | None:
    """Why these organisations cannot own the goal, or None. A new goal needs the person's own organisation.

    Later, only its own people can take an organisation out, and never while one of them looks after the goal.
    `before` is the goal that is changed, None for a new one.
    """
    if not organisations:
        return "Say which organisations own this goal together."
    if before is None:
        return None if candidates.own in organisations else OWN_FIRST
    gone = [id for id in before.organisations if id not in organisations and id in candidates.organisations]
    others = [candidates.organisations[id] for id in gone if id != candidates.own]
    if others:
        return f"Only people of {' and '.join(others)} can remove that organisation."
    if gone and candidates.people.get(before.tender) in gone:
        return "Hand the goal over first: the person who looks after it is from that organisation."
    return None


def read_tender(chosen: str, organisations: tuple[str, ...], candidates: Candidates) -> tuple[str, Errors]:
    """The id of who looks after the goal, the person who asks by default; `chosen` is the form field.

    It must be somebody who may write, of an organisation that owns the goal.
    """
    tender = chosen or candidates.me
    if candidates.people.get(tender) in organisations:
        return tender, {}
    return tender, {"tender": CHOOSE_TENDER}


def read_driver(words: str) -> str:
    """The words of a driver in one line. Raises Refused where they are missing or too long."""
    text = tidy_line(words)
    wrong = check_required(text, MAX_DRIVER, "Write a few words first.")
    if wrong:
        raise Refused(Code.TOO_LONG if text else Code.INVALID, wrong)
    return text


def read_level(level: str) -> Level:
    """Raises Refused for any other text."""
    if level not in set(Level):
        raise Refused(Code.INVALID, "Choose primary driver, secondary driver or change idea.")
    return Level(level)
