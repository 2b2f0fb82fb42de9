"""A `Found` as geometry: what lies where on the sheet. The SVG template only prints it. Pure.

Two sheets: a wide one, and a narrow one for phones, so that no word gets smaller than 12 pixels.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from msgspec import Struct

from app.outcomes import flags, numbers, timeline
from app.outcomes.flags import Flag, Note
from app.outcomes.found import Dot, Found, Limits
from app.outcomes.measure import Definition, Target
from app.outcomes.shape import SIGNS, Shape, path

RuleKind = Literal["mean", "limit", "trial", "target", "aim"]
TARGET_WORDS = {"standard": "Target", "ambition": "Ambition", "trajectory": "Path"}
LABEL_GAP = 18.0


class Sheet(NamedTuple):
    """The paper: its size and margins, how large a point is, and how many ticks it has room for."""

    name: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    size: float
    across: int
    ends: bool  # whether labels have a margin of their own at the right end


WIDE = Sheet("wide", 880, 350, 50, 150, 48, 34, 4.6, 9, True)
NARROW = Sheet("narrow", 360, 330, 42, 12, 44, 32, 4.2, 4, False)


class Mark(Struct, frozen=True):
    """A point. `hollow`: provisional."""

    x: float
    y: float
    shape: Shape
    fill: str
    outline: str
    hollow: bool
    d: str


class Rule(Struct, frozen=True):
    """A level line over a stretch of time."""

    kind: RuleKind
    x1: float
    x2: float
    y: float


class Label(Struct, frozen=True):
    """Words at a place. `kind` is the kind of rule they belong to, or "now" for the latest value."""

    x: float
    y: float
    words: str
    kind: str = ""


class Stretch(Struct, frozen=True):
    """A piece of the line through the points."""

    d: str
    colour: str
    special: bool = False


class Drawing(Struct, frozen=True):
    """Everything on one sheet."""

    sheet: Sheet
    stretches: tuple[Stretch, ...]
    rules: tuple[Rule, ...]
    marks: tuple[Mark, ...]
    gaps: tuple[float, ...]  # where a period has no value to show
    labels: tuple[Label, ...]
    levels: tuple[Label, ...]
    dates: tuple[Label, ...]
    flags: tuple[Flag, ...]


def draw(
    found: Found, definition: Definition, targets: Sequence[Target], notes: Sequence[Note], sheet: Sheet
) -> Drawing:
    """The chart of one series; `targets` may begin and end, `notes` are what happened, in order of time."""
    frame = _Frame(found, targets, sheet)
    rules = (*_rules(found, frame), *_targets(targets, found, frame))
    known = [dot for dot in found.points if dot.value is not None]
    levels = numbers.ticks(frame.low, frame.high, 6)
    words = numbers.tick_words(levels, definition)
    return Drawing(
        sheet,
        tuple(_stretches(found.points, frame)),
        rules,
        tuple(_mark(dot, frame) for dot in known),
        tuple(frame.x(dot.start) for dot in found.points if dot.value is None),
        _labels(found, definition, targets, frame),
        tuple(
            Label(sheet.left - 8, frame.y(level) + 4, word) for level, word in zip(levels, words, strict=True)
        ),
        tuple(Label(frame.x(day), sheet.height - 10, word) for day, word in frame.dates()),
        flags.place([(frame.x(note.when), note) for note in notes if frame.holds(note.when)], sheet),
    )


class _Frame:
    """Days and values to places on the sheet."""

    def __init__(self, found: Found, targets: Sequence[Target], sheet: Sheet) -> None:
        self.sheet = sheet
        days = [dot.start for dot in found.points] or [date(2000, 1, 1)]
        self.first, self.last = min(days), max(days)
        self.low, self.high = _range(found, targets, self.first, self.last)
        self._inset = 12.0

    def x(self, day: date) -> float:
        sheet, span = self.sheet, (self.last - self.first).days
        wide = sheet.width - sheet.left - sheet.right - 2 * self._inset
        share = (day - self.first).days / span if span else 0.5
        return round(sheet.left + self._inset + wide * min(max(share, 0), 1), 1)

    def y(self, value: float) -> float:
        sheet = self.sheet
        tall = sheet.height - sheet.top - sheet.bottom
        return round(sheet.top + tall * (self.high - value) / (self.high - self.low), 1)

    @property
    def edges(self) -> tuple[float, float]:
        return self.sheet.left, self.sheet.width - self.sheet.right

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def dates(self) -> list[tuple[date, str]]:
        return timeline.dates(self.first, self.last, self.sheet.across)


def _range(found: Found, targets: Sequence[Target], first: date, last: date) -> tuple[float, float]:
    """The values that must be on the sheet, with some air; zero stays the floor of what is never below it."""
    values = [float(dot.value) for dot in found.points if dot.value is not None]
    lines = [line for s in found.segments if s.drawn != "none" for line in (s.lpl, s.mean, s.upl)]
    if found.run:
        lines.append(found.run.median)
    aims = [float(one.value) for one in targets if _in_force(one, first, last)]
    shown = [*values, *(line for line in lines if line is not None), *aims] or [0.0, 1.0]
    low, high = min(shown), max(shown)
    air = (high - low) * 0.07 or abs(high) * 0.1 or 1.0
    return (0.0 if low >= 0 > low - air else low - air), high + air


def _in_force(target: Target, first: date, last: date) -> bool:
    return target.valid_from <= last and (target.valid_to is None or target.valid_to >= first)


# -- lines -------------------------------------------------------------------------------------------


def _rules(found: Found, frame: _Frame) -> Iterable[Rule]:
    if found.chart == "run" and found.run and found.run.median is not None:
        return [Rule("mean", *frame.edges, frame.y(found.run.median))]
    drawn = [one for one in found.segments if one.drawn != "none"]
    return [rule for one in drawn for rule in _limits(one, found, frame)]


def _limits(one: Limits, found: Found, frame: _Frame) -> Iterable[Rule]:
    left, right = frame.edges
    starts = [dot.start for dot in found.points]
    following = [day for day in starts if day > one.last]
    x1 = left if one.first == starts[0] else _between(frame, one.first, starts)
    x2 = right if not following else _between(frame, following[0], starts)
    kind: RuleKind = "limit" if one.drawn == "full" else "trial"
    lines: list[tuple[RuleKind, float | None]] = [(kind, one.upl), ("mean", one.mean), (kind, one.lpl)]
    return [Rule(name, x1, x2, frame.y(line)) for name, line in lines if line is not None]


def _between(frame: _Frame, begins: date, starts: Sequence[date]) -> float:
    """Half-way between a period that begins a segment and the one before."""
    before = max(day for day in starts if day < begins)
    return round((frame.x(before) + frame.x(begins)) / 2, 1)


def _targets(targets: Sequence[Target], found: Found, frame: _Frame) -> Iterable[Rule]:
    left, right = frame.edges
    for one in targets:
        if found.points and _in_force(one, frame.first, frame.last):
            x1 = left if one.valid_from <= frame.first else frame.x(one.valid_from)
            ended = one.valid_to is not None and one.valid_to < frame.last
            x2 = frame.x(one.valid_to) if ended and one.valid_to else right
            yield Rule("target" if one.assures else "aim", x1, x2, frame.y(float(one.value)))


def _stretches(dots: Sequence[Dot], frame: _Frame) -> Iterable[Stretch]:
    """The line through neighbouring values, broken where one is missing; coloured where it is special."""
    run: list[Dot] = []
    for dot in (*dots, None):
        if dot is not None and dot.value is not None:
            run.append(dot)
            continue
        if len(run) > 1:
            yield Stretch(_through(run, frame), "#5f6a7e")
            yield from _special(run, frame)
        run = []


def _special(run: Sequence[Dot], frame: _Frame) -> Iterable[Stretch]:
    """The way into and along points of one special type."""
    begin = 1
    while begin < len(run):
        end = begin
        while end + 1 < len(run) and run[end + 1].type == run[begin].type:
            end += 1
        if run[begin].type != "common_cause":
            yield Stretch(_through(run[begin - 1 : end + 1], frame), SIGNS[run[begin].type].outline, True)
        begin = end + 1


def _through(run: Sequence[Dot], frame: _Frame) -> str:
    return "M" + "L".join(f"{frame.x(dot.start)} {frame.y(float(dot.value or 0))}" for dot in run)


def _mark(dot: Dot, frame: _Frame) -> Mark:
    sign = SIGNS[dot.type]
    x, y = frame.x(dot.start), frame.y(float(dot.value or 0))
    hollow = dot.status == "provisional"
    d = path(sign.shape, x, y, frame.sheet.size)
    return Mark(x, y, sign.shape, "#ffffff" if hollow else sign.fill, sign.outline, hollow, d)


# -- words at the right end --------------------------------------------------------------------------


def _labels(
    found: Found, definition: Definition, targets: Sequence[Target], frame: _Frame
) -> tuple[Label, ...]:
    """What each line is and where it lies now, at its end, pushed apart where they would touch."""
    wanted = [*_line_words(found), *_target_words(targets, frame)]
    if frame.sheet.ends and found.latest and found.latest.value is not None:
        wanted.append(("Latest", float(found.latest.value), "now"))
    x = frame.edges[1] + 10 if frame.sheet.ends else frame.edges[1]
    rise = 4.0 if frame.sheet.ends else -5.0
    placed = _apart([(frame.y(value) + rise, word, value, kind) for word, value, kind in wanted], frame.sheet)
    return tuple(
        Label(x, y, f"{word} {numbers.bare(value, definition)}", kind) for y, word, value, kind in placed
    )


def _line_words(found: Found) -> list[tuple[str, float, str]]:
    if found.chart == "run" and found.run and found.run.median is not None:
        return [("Median", found.run.median, "mean")]
    if not found.segments or found.segments[-1].drawn == "none":
        return []
    last = found.segments[-1]
    trial, kind = ("Trial ", "trial") if last.drawn == "trial" else ("", "limit")
    upper, lower = ("Trial upper", "Trial lower") if trial else ("Upper limit", "Lower limit")
    lines = [(upper, last.upl, kind), ("Mean", last.mean, "mean"), (lower, last.lpl, kind)]
    return [(word, line, name) for word, line, name in lines if line is not None]


def _target_words(targets: Sequence[Target], frame: _Frame) -> list[tuple[str, float, str]]:
    now = [one for one in targets if one.valid_from <= frame.last]
    now = [one for one in now if one.valid_to is None or one.valid_to >= frame.last]
    return [
        (TARGET_WORDS[one.kind], float(one.value), "target" if one.assures else "aim")
        for one in {(one.kind, one.value): one for one in now}.values()
    ]


Placed = tuple[float, str, float, str]


def _apart(wanted: list[Placed], sheet: Sheet) -> list[Placed]:
    """In their order from top to bottom, none nearer to the next than a line of text."""
    placed: list[Placed] = []
    for y, *rest in sorted(wanted, key=lambda one: (one[0], one[1])):
        low = placed[-1][0] + LABEL_GAP if placed else sheet.top - 6
        placed.append((max(y, low), *rest))  # type: ignore[arg-type]
    floor = sheet.height - sheet.bottom + 8
    for i in reversed(range(len(placed))):
        y, *rest = placed[i]
        placed[i] = (min(y, floor), *rest)  # type: ignore[assignment]
        floor = placed[i][0] - LABEL_GAP
    return placed
