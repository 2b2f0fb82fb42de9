"""What happened, as flags over a chart: numbered, and with words where there is room for them. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from app.characters import cut
from app.outcomes.charts.letters import letters
from app.outcomes.charts.plot_area import PlotArea

FlagKind = Literal["change", "event", "data", "pdsa", "rebase"]
LETTER_WIDTH = 6.7  # about as wide as a letter of 12.5 pixels
MAX_LETTERS = 38  # letters on the chart; the list below has all
Span = tuple[float, float]  # from left to right


class FlagEvent(Struct, frozen=True):
    """Something that happened, to be shown on the chart."""

    when: date
    words: str
    kind: FlagKind


class Flag(Struct, frozen=True):
    """A numbered flag. `words` are empty where there was only room for the number."""

    number: int
    x: float
    y: float
    words: str
    before: bool  # the words stand left of the flag
    kind: FlagKind


def place(events: Sequence[tuple[float, FlagEvent]], area: PlotArea) -> tuple[Flag, ...]:
    """The flags in two rows: first all numbers, then words where they cover nothing."""
    rows = _rows([x for x, _ in events])
    taken = {row: [_disc(x) for (x, _), at in zip(events, rows, strict=True) if at == row] for row in (0, 1)}
    flags = []
    for number, ((x, event), row) in enumerate(zip(events, rows, strict=True), 1):
        at, words, before = _row_and_text(x, event.words, row, taken, area)
        flags.append(Flag(number, x, 13 + 21 * at, words, before, event.kind))
    return tuple(flags)


def _row_and_text(
    x: float, words: str, row: int, taken: dict[int, list[Span]], area: PlotArea
) -> tuple[int, str, bool]:
    """Row and words of a flag: in its own row, else in the other where number and words are free there."""
    text, before = _text_beside(x, words, taken[row], area)
    other = 1 - row
    if not text and _free(_disc(x), taken[other]):
        text, before = _text_beside(x, words, taken[other], area)
        if text:
            taken[row].remove(_disc(x))
            taken[other].append(_disc(x))
            return other, text, before
    return row, text, before


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


def _text_beside(x: float, words: str, taken: list[Span], area: PlotArea) -> tuple[str, bool]:
    """The words that fit beside a number, and whether they stand before it."""
    short = cut(words, MAX_LETTERS, letters)
    wide = letters(short) * LETTER_WIDTH + 14
    if not area.labels_outside:
        return "", False
    for span, before in (((x + 12, x + wide), False), ((x - wide, x - 12), True)):
        inside = span[0] >= area.left and span[1] <= area.width - 8
        if inside and _free(span, taken):
            taken.append(span)
            return short, before
    return "", False


def _free(span: Span, taken: Sequence[Span]) -> bool:
    return all(span[1] < begin or span[0] > end for begin, end in taken)
