"""Points out places and groups whose names differ only in how they are written. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.outcomes.imports.flags.row_flags import FlaggedRow
from app.outcomes.imports.plan import ParsedRow, SeriesKey
from app.outcomes.measures.measure import Series

SIGNS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("‘’ʼ´`", "'"))
BETWEEN = re.compile(r"(?<=\w)(?:-| - )(?=\w)")


def spelled_alike(by_series: Mapping[SeriesKey, Sequence[ParsedRow]]) -> Iterator[FlaggedRow]:
    """The first row of each line that is called as another one of its measure but for how it is written."""
    first: dict[tuple[object, ...], SeriesKey] = {}
    for key, rows in by_series.items():
        other = first.setdefault(_frame(key), key)
        if other != key:
            pairs = zip(_names(other), _names(key), strict=True)
            one, two = next((one, two) for one, two in pairs if one != two)
            why = "differ only in capitals, blanks or signs, but they are read as two."
            yield FlaggedRow(min(row.number for row in rows), f"“{one[:60]}” and “{two[:60]}” {why}")


def spelled_otherwise(new: Iterable[ParsedRow], here: Iterable[Series]) -> Iterator[tuple[str, FlaggedRow]]:
    """The first row of each new line that is called as one that is here but for how it is written.

    With the id of that one.
    """
    known: dict[tuple[object, ...], Series] = {}
    for line in here:
        key = SeriesKey(line.measure, line.organisation, line.area, line.breakdown)
        known.setdefault(_frame(key), line)
    for row in new:
        if other := known.get(_frame(row.series)):
            names = _names(SeriesKey("", None, other.area, other.breakdown))
            one, two = next(
                (one, two) for one, two in zip(names, _names(row.series), strict=True) if one != two
            )
            why = "differ only in capitals, blanks or signs, but it would be a new line."
            yield other.id, FlaggedRow(row.number, f"“{two[:60]}” and “{one[:60]}”, which is here, {why}")


def _frame(key: SeriesKey) -> tuple[object, ...]:
    return (key.measure, key.organisation, *map(_plain, _names(key)))


def _names(key: SeriesKey) -> tuple[str, ...]:
    pairs = sorted(key.breakdown, key=lambda pair: (*map(_plain, pair), *pair))
    return (key.area, *(name for pair in pairs for name in pair))


def _plain(name: str) -> str:
    """The name without the difference. A sign at an end means something, as in A-, HIV- and -1."""
    letters = "".join(map(_of_usual_width, unicodedata.normalize("NFC", name)))
    return " ".join(BETWEEN.sub(" ", letters.translate(SIGNS).casefold()).split())


def _of_usual_width(letter: str) -> str:
    wide = unicodedata.decomposition(letter).startswith(("<wide>", "<narrow>"))
    return unicodedata.normalize("NFKC", letter) if wide else letter
