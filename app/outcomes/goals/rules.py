"""What may be written about goals and drivers, and who may own and look after one. Pure."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from app.access import Code, Refused
from app.outcomes.goals.goal import Level
from app.spaces.form_reader import FormReader
from app.spaces.rules import Errors, check_required, tidy_line

MAX_TITLE, MAX_LINE, MAX_TEXT, MAX_DRIVER = 160, 200, 2000, 300
MOST_DRIVERS = 200  # of one goal, removed ones included
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


def read_goal(form: Mapping[str, str]) -> tuple[GoalDraft, Errors]:
    """The words of a goal, and what is wrong by field."""
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
    )
    return draft, reader.errors


def read_others(form: Mapping[str, str], candidates: Candidates) -> tuple[str, ...]:
    """The organisations that are asked to own a new goal too, beside the person's own."""
    return tuple(
        sorted(
            id for id in candidates.organisations if id != candidates.own and form.get(f"org-{id}") == "yes"
        )
    )


def read_tender(chosen: str, organisations: tuple[str, ...], candidates: Candidates) -> tuple[str, Errors]:
    """The id of who looks after the goal, as it was `chosen`.

    It must be somebody who may write, of an organisation that owns the goal.
    """
    if candidates.people.get(chosen) in organisations:
        return chosen, {}
    return chosen, {"tender": CHOOSE_TENDER}


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
