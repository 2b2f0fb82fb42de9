"""Points out places and groups whose names differ only in how they are written. Pure."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from app.outcomes.imports.flags.row_flags import FlaggedRow
from app.outcomes.imports.plan import ParsedRow, SeriesKey

SIGNS = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("‘’ʼ´`", "'"))


def spelled_alike(by_series: Mapping[SeriesKey, Sequence[ParsedRow]]) -> Iterator[FlaggedRow]:
    """The first row of each line that is called as another one of its measure but for how it is written."""
    first: dict[tuple[object, ...], SeriesKey] = {}
    for key, rows in by_series.items():
        names = _names(key)
        other = first.setdefault((key.measure, key.organisation, *map(_plain, names)), key)
        if other != key:
            pairs = zip(_names(other), names, strict=True)
            one, two = next((one, two) for one, two in pairs if one != two)
            why = "differ only in capitals, blanks or signs, but they are read as two."
            yield FlaggedRow(min(row.number for row in rows), f"“{one[:60]}” and “{two[:60]}” {why}")


def _names(key: SeriesKey) -> tuple[str, ...]:
    return (key.area, *(name for pair in key.breakdown for name in pair))


def _plain(name: str) -> str:
    words = unicodedata.normalize("NFKC", name).translate(SIGNS).casefold()
    return " ".join(words.replace("-", " ").split())
