"""What happened, as flags over a chart: numbered, and with words where there is room for them. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, Protocol

from msgspec import Struct

FlagKind = Literal["change", "event", "data", "pdsa", "rebase"]
LETTER = 6.7  # about as wide as a letter of 12.5 pixels
MOST = 38  # letters on the chart; the list below has all
Span = tuple[float, float]


class FlagEvent(Struct, frozen=True):
    """Something to be seen on the chart."""

    when: date
    words: str
    kind: FlagKind


class Flag(Struct, frozen=True):
    """A numbered flag. `words` may be empty: then there was only room for the number."""

    number: int
    x: float
    y: float
    words: str
    before: bool  # the words stand left of the flag
    kind: FlagKind


class Paper(Protocol):
    @property
    def left(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def width(self) -> float: ...
    @property
    def ends(self) -> bool: ...


def place(notes: Sequence[tuple[float, FlagEvent]], paper: Paper) -> tuple[Flag, ...]:
    """The flags in two rows: first all numbers, then words where they lie on nothing."""
    rows = _rows([x for x, _ in notes])
    taken = {row: [_disc(x) for (x, _), at in zip(notes, rows, strict=True) if at == row] for row in (0, 1)}
    found = []
    for number, ((x, note), row) in enumerate(zip(notes, rows, strict=True), 1):
        at, words, before = _settle(x, note.words, row, taken, paper)
        found.append(Flag(number, x, 13 + 21 * at, words, before, note.kind))
    return tuple(found)


def _settle(
    x: float, words: str, row: int, taken: dict[int, list[Span]], paper: Paper
) -> tuple[int, str, bool]:
    """Row and words of a flag: in its own row, else in the other where number and words are free there."""
    told, before = _words(x, words, taken[row], paper)
    other = 1 - row
    if not told and _free(_disc(x), taken[other]):
        told, before = _words(x, words, taken[other], paper)
        if told:
            taken[row].remove(_disc(x))
            taken[other].append(_disc(x))
            return other, told, before
    return row, told, before


def _rows(xs: Sequence[float]) -> list[int]:
    """The row of each number: the upper one, unless the number before stands there too near."""
    rows: list[int] = []
    last = {0: -1e9, 1: -1e9}
    for x in xs:
        row = 0 if x - last[0] >= 23 or last[0] < last[1] else 1
        last[row] = x
        rows.append(row)
    return rows


def _disc(x: float) -> Span:
    return x - 11, x + 11


def _words(x: float, words: str, taken: list[Span], paper: Paper) -> tuple[str, bool]:
    """The words that fit beside a number, and whether they stand before it."""
    short = words if len(words) <= MOST else words[:MOST].rsplit(" ", 1)[0] + "…"
    wide = len(short) * LETTER + 14
    if not paper.ends:
        return "", False
    for span, before in (((x + 12, x + wide), False), ((x - wide, x - 12), True)):
        inside = span[0] >= paper.left and span[1] <= paper.width - 8
        if inside and _free(span, taken):
            taken.append(span)
            return short, before
    return "", False


def _free(span: Span, taken: Sequence[Span]) -> bool:
    return all(span[1] < begin or span[0] > end for begin, end in taken)
