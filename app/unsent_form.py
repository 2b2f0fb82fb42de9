"""The fields of a form that was refused, to be shown again so that nothing typed is lost."""

import re
from collections.abc import Collection, Mapping

from msgspec import Struct

# Only what is named here is ever shown or sent again: a password, a token or a code never is.
WORDS = {
    "text": "Your words",
    "title": "Title",
    "prompt": "What is asked here",
    "example": "An example",
    "axis_left": "Left end",
    "axis_right": "Right end",
    "axis_top": "Top end",
    "axis_bottom": "Bottom end",
    "name": "Name",
    "purpose": "What it is for",
    "scope": "What this group may decide, recommend, or only discuss",
    "agreement": "Working agreement",
    "brings": "What I bring",
    "organisation": "Organisation",
    "aim": "The aim, in people's words",
    "person": "What this means for a person",
    "theory": "Why we believe it can be done",
    "words": "Words",
    "description": "What it shows",
    "numerator": "What is counted",
    "denominator": "Out of what",
    "reason": "What changed for good",
    "story": "The story",
    "action": "What will be done",
    "box-goal": "What I want to get better at",
    "box-doing": "What I already do for it",
    "box-instead": "What I do, or don’t do, instead",
    "box-worry": "If I did the opposite, I would worry that\u00a0…",
    "box-commitment": "So I am also committed to\u00a0…",
    "box-assumption": "The big assumption",
}
PLAIN = frozenset({"do", "id", "base", "part", "slot", "place", "template", "kind"})
BY = "_by"  # the person the form was made for: another one may be signed in when it is sent
PLAIN |= {BY}
CELLS = {"day": "day", "n": "numerator", "d": "denominator", "v": "value"}  # of the grid to enter numbers in
GRID = re.compile(r"(?:[ndv]|day|seen)-(?:\d{4}-\d{2}-\d{2}|new-\d)|more")
MOST = 20_000  # characters of a field; more fit in no text here


class UnsentForm(Struct, frozen=True):
    """`words` are (name, label, text); `rest` are the (name, value) that it also needs to be sent again."""

    words: tuple[tuple[str, str, str], ...] = ()
    rest: tuple[tuple[str, str], ...] = ()
    whole: bool = False  # whether nothing is missing, so that the form can be sent again


def read_unsent(form: Mapping[str, str], fields: Collection[str] = ()) -> UnsentForm:
    """The fields of a form that may be shown again: those in `WORDS`, `PLAIN`, `GRID` and `fields`."""
    words = tuple(
        (name, label, form[name][:MOST]) for name, label in WORDS.items() if form.get(name, "").strip()
    )
    numbers = _numbers(form)
    words += (("numbers", "Your numbers", numbers),) if numbers else ()
    rest = tuple(
        (name, value[:MOST])
        for name, value in form.items()
        if name in PLAIN or name in fields or GRID.fullmatch(name)
    )
    empty = {name for name in WORDS if name in form and not form[name].strip()}
    named = (
        {name for name, *_ in words} | {name for name, _ in rest} | empty | {"_csrf_token"}
    )  # the page has a fresh one
    return UnsentForm(words, (*rest, *((name, "") for name in sorted(empty))), named >= form.keys())


def _numbers(form: Mapping[str, str]) -> str:
    """The filled cells of the grid to enter numbers in, one a line."""
    found = []
    for name, value in form.items():
        column, _, period = name.partition("-")
        if GRID.fullmatch(name) and column in CELLS and value.strip():
            found.append(f"{period} {CELLS[column]}: {value.strip()}")
    return "\n".join(found)[:MOST]
