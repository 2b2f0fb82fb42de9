"""What may be written about measures: definitions, targets, rebases, annotations, stories. Pure."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from msgspec import Struct, structs

from app.outcomes.goals.rules import MAX_LINE, MAX_TEXT
from app.outcomes.measures import target_rules
from app.outcomes.measures.measure import (
    Chart,
    Comparator,
    Definition,
    Frequency,
    Kind,
    NoteKind,
    Target,
    TargetKind,
    ValueKind,
)
from app.outcomes.spc.series import FEWEST_FIXED, Direction
from app.spaces.form_reader import FormReader
from app.spaces.rules import Errors, tidy_line

MAX_CODE, MAX_NAME, MAX_UNIT = 40, 160, 30
MULTIPLIERS = ("", "1", "100", "1000", "100000")
DEFAULT_MULTIPLIERS = {"proportion": 100, "rate": 1000}  # out of how many; 1 for other kinds
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
SUPPRESS_BELOW = 5  # counts below it are hidden where a person names no other number
PURPOSES = ("internal", "published")
CHOOSE = "Choose one of these."
# When one of these changes, values before and after cannot be compared.
COUNTING = (
    "value_kind",
    "numerator",
    "denominator",
    "exclusions",
    "multiplier",
    "unit",
    "frequency",
    "source",
    "collected",
    "pooled",
)


class DefinitionChange(Struct, frozen=True):
    """Since when another definition holds, and why."""

    since: date
    why: str


class CommentaryDraft(Struct, frozen=True):
    """A story as typed: what somebody writes about a measure up to a day."""

    until: date
    story: str
    action: str
    owner: str
    due: date | None


class AnnotationDraft(Struct, frozen=True):
    """An annotation as typed: something that happened, shown on the chart."""

    starts: date
    ends: date | None
    words: str
    kind: NoteKind


class TargetDraft(Struct, frozen=True):
    """A target as typed."""

    value: Decimal
    comparator: Comparator
    kind: TargetKind
    valid_from: date
    valid_to: date | None
    assures: bool
    source: str


def read_definition(form: Mapping[str, str]) -> tuple[Definition, Errors]:
    """The definition of a measure, and what is wrong by field."""
    reader = FormReader(form)
    chosen: dict[str, Any] = {
        "kind": reader.choice("kind", get_args(Kind), CHOOSE),
        "value_kind": reader.choice("value_kind", get_args(ValueKind), CHOOSE),
        "direction": reader.choice("direction", get_args(Direction), CHOOSE),
        "frequency": reader.choice("frequency", get_args(Frequency), CHOOSE),
        "chart": reader.choice("chart", get_args(Chart), CHOOSE),
    }
    kind: str = chosen["value_kind"]
    multiplier = int(reader.choice("multiplier", MULTIPLIERS, CHOOSE) or DEFAULT_MULTIPLIERS.get(kind, 1))
    percent = "%" if kind == "proportion" and multiplier == 100 else ""
    definition = Definition(
        name=reader.line("name", MAX_NAME, "Name the measure in one line."),
        description=reader.text("description", MAX_TEXT),
        numerator=reader.text("numerator", MAX_TEXT),
        denominator=reader.text("denominator", MAX_TEXT),
        exclusions=reader.text("exclusions", MAX_TEXT),
        multiplier=multiplier,
        unit=reader.line("unit", MAX_UNIT) or percent,
        decimals=reader.whole("decimals", 0, 6, 0 if kind == "count" else 1),
        source=reader.line("source", MAX_LINE),
        collected=reader.line("collected", MAX_LINE),
        licence=reader.line("licence", MAX_LINE),
        caveats=reader.text("caveats", MAX_TEXT),
        lag_days=reader.whole("lag_days", 0, 730, 31),
        suppress_below=_suppress_below(reader, form),
        pooled=reader.yes("pooled"),
        fixed_after=reader.whole("fixed_after", FEWEST_FIXED, 10_000, 0) or None,
        sums=reader.yes("sums"),
        **chosen,
    )
    if definition.pooled and definition.chart == "xmr":
        reader.wrong("chart", "Periods that overlap make limits too narrow. Choose the plain line.")
    if definition.unit == "%" and kind in ("count", "time_between"):
        reader.wrong("unit", "This kind of number is not in %. Leave it empty, or name what is counted.")
    if kind == "mean" and multiplier != 1:
        reader.wrong("multiplier", "An average is given as it is, not out of a number.")
    return definition, reader.errors


def _suppress_below(reader: FormReader, form: Mapping[str, str]) -> int:
    """By what the numbers are for: a person decides it, or types from which count on they are shown."""
    typed = reader.whole("suppress_below", 0, 100, SUPPRESS_BELOW)
    purpose = form.get("small_numbers", "")
    if purpose not in PURPOSES and not form.get("suppress_below", "").strip():
        reader.wrong("small_numbers", "Say who will read these numbers.")
    if purpose == "published" and not typed:
        reader.wrong("suppress_below", "Write from which count on numbers are shown, such as 5.")
    return 0 if purpose == "internal" else typed


def read_code(form: Mapping[str, str], name: str, taken: Mapping[str, str]) -> tuple[str, Errors]:
    """The short code of a measure, as typed or made from its name, and what is wrong with it.

    `taken` has the name of each measure by its code in lower case.
    """
    typed = tidy_line(form.get("code", ""))
    if not typed:
        return _made(name, taken), {}
    if not CODE.fullmatch(typed) or len(typed) > MAX_CODE:
        return typed, {"code": f"Letters, digits, dots and dashes, {MAX_CODE} at most."}
    if typed.casefold() in taken:
        return typed, {"code": f"“{taken[typed.casefold()]}” has this code already."}
    return typed, {}


def _made(name: str, taken: Mapping[str, str]) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", name.casefold())[: MAX_CODE - 4].strip("-") or "measure"
    tries = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(one for one in tries if one not in taken)


def changes(before: Definition, after: Definition) -> list[str]:
    """The fields in which two definitions differ."""
    return [name for name in structs.asdict(after) if getattr(before, name) != getattr(after, name)]


def read_change(
    form: Mapping[str, str], before: Definition, after: Definition
) -> tuple[DefinitionChange | None, Errors]:
    """Since when and why it is counted differently; None where the counting stays the same."""
    if not set(changes(before, after)) & set(COUNTING):
        return None, {}
    reader = FormReader(form)
    since = reader.day("since", "Say from which day it is counted this way. The chart will show it.")
    why = reader.line("why", MAX_LINE, "Say in a few words what is counted differently, and why.")
    return DefinitionChange(since or date.min, why), reader.errors


def read_target(
    form: Mapping[str, str], targets: list[Target], definition: Definition
) -> tuple[TargetDraft, Errors]:
    """A target, and what is wrong by field. `targets` are the others of the measure."""
    reader = FormReader(form)
    comparator: Any = reader.choice("comparator", get_args(Comparator), CHOOSE)
    kind: Any = reader.choice("kind", get_args(TargetKind), CHOOSE)
    value = reader.number("value", "Enter the number to aim for.")
    if not reader.errors.get("value"):
        value, wrong = target_rules.in_unit(definition, form.get("value", ""), value, form.get("sure", ""))
        reader.wrong("value", wrong)
    reader.wrong("comparator", target_rules.against_direction(definition, comparator))
    target = TargetDraft(
        value,
        comparator,
        kind,
        reader.day("valid_from", "Say from which day it applies.") or date.min,
        reader.day("valid_to"),
        reader.yes("assures"),
        reader.line("source", MAX_LINE),
    )
    if target.valid_to and target.valid_to < target.valid_from:
        reader.wrong("valid_to", "The last day comes before the first.")
    if target.assures and any(one.assures and one.valid_from == target.valid_from for one in targets):
        reader.wrong("valid_from", "Another target that the chart is read against begins on that day.")
    return target, reader.errors


def read_rebase(form: Mapping[str, str], taken: list[date]) -> tuple[date, str, Errors]:
    """The day from which new limits are drawn, the reason, and what is wrong by field.

    New limits are a judgement of a person, so they need a reason. `taken` are the days of the others.
    """
    reader = FormReader(form)
    begins = reader.day("begins", "Say from which day new limits are drawn.")
    reason = reader.text("reason", MAX_TEXT, "Say what changed, so that the old limits no longer apply.")
    if begins in taken:
        reader.wrong("begins", "There are already new limits from that day.")
    return begins or date.min, reason, reader.errors


def read_annotation(form: Mapping[str, str]) -> tuple[AnnotationDraft, Errors]:
    """An annotation, and what is wrong by field."""
    reader = FormReader(form)
    starts = reader.day("starts", "Say on which day it happened or began.")
    ends = reader.day("ends")
    kind: Any = reader.choice("kind", get_args(NoteKind), CHOOSE)
    words = reader.line("words", MAX_LINE, "Say in a few words what happened.")
    if starts and ends and ends < starts:
        reader.wrong("ends", "The last day comes before the first.")
    return AnnotationDraft(starts or date.min, ends, words, kind), reader.errors


def read_story(form: Mapping[str, str]) -> tuple[CommentaryDraft, Errors]:
    """A story with its next action, and what is wrong by field."""
    reader = FormReader(form)
    until = reader.day("until", "Say which day the numbers go up to.")
    story = reader.text("story", MAX_TEXT, "Say what the numbers show, and what may explain it.")
    action, owner = reader.text("action", MAX_TEXT), reader.line("owner", MAX_LINE)
    due = reader.day("due")
    return CommentaryDraft(until or date.min, story, action, owner, due), reader.errors
