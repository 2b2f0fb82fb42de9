"""Whether all groups of people fare alike: the latest value by category, and the gap. Pure.

Where small numbers hide a single category, the smallest other is hidden with it: else it could be worked out
from the total. `suppression` does so for all that is read now; issued reports may be older than that rule.
Source of the intervals of proportions: Wilson (1927), as OHID uses it.
"""

import re
from decimal import Decimal
from math import sqrt

from msgspec import Struct

from app.outcomes.measures.measure import Definition
from app.outcomes.measures.number_format import number, places_apart, quantity, unit_words
from app.outcomes.readings.reading import Dot
from app.outcomes.view.content import MeasureContent, SeriesContent

Z95 = 1.959963984540054

Owner = tuple[bool, str, str]  # whether it is the whole, the id of an organisation, the name of an area


class Category(Struct, frozen=True):
    """A category. `value` None: hidden because of small numbers, or nothing known.

    `words` are the value in its unit, or why there is none; `bare` is it without the unit, for a drawing;
    `interval` is the 95% one in words, or empty.
    """

    category: str
    words: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    interval: str = ""
    bare: str = ""


class Panel(Struct, frozen=True):
    """One dimension, such as age band, of one series; all groups of the same period."""

    measure: str
    definition: Definition
    whose: str
    dimension: str
    label: str
    groups: tuple[Category, ...]
    overall: float | None
    gap: float | None  # between the highest and the lowest that are shown
    places: int | None = None  # decimals that keep the values of groups apart
    key: str = ""  # by which its drawing differs from others of one page

    @property
    def unit(self) -> str:
        """What its drawing is in, where the numbers do not say it."""
        unit = unit_words(self.definition)
        return "" if unit == "%" else unit


def panels(measure: MeasureContent) -> list[Panel]:
    """The panels of a measure: of all together where that is known by category, else of each organisation.

    Areas, of which published data have hundreds, come only where no organisation of the space is among them.
    """
    split = [row for row in measure.rows if len(row.breakdown) == 1]
    split = [row for row in split if row.together or row.organisation] or split
    owners = sorted({(not row.together, row.whose.casefold(), owner_of(row)) for row in split})
    if owners and not owners[0][0]:
        owners = owners[:1]
    result = []
    for _, _, owner in owners:
        own = [row for row in split if owner_of(row) == owner]
        for dimension in sorted({row.breakdown[0][0] for row in own}):
            rows = [row for row in own if row.breakdown[0][0] == dimension]
            panel = _panel(measure, owner, dimension, rows)
            result += [panel] if panel else []
    return result


def owner_of(row: SeriesContent) -> Owner:
    """Whose a series is, by what it is: reports of earlier days have names that two of them share."""
    return row.together, row.organisation or "", "" if row.together or row.organisation else row.whose


def _panel(measure: MeasureContent, owner: Owner, dimension: str, rows: list[SeriesContent]) -> Panel | None:
    starts = [row.found.latest.start for row in rows if row.found.latest]
    if not starts or len(rows) < 2:
        return None
    day = max(starts)
    at = {row.breakdown[0][1]: _dot(row, day) for row in rows}
    label = next(dot.label for dot in at.values() if dot)
    hidden = _hidden(at)
    shown = [dot.value for category, dot in at.items() if dot and category not in hidden]
    places = places_apart(measure.definition, shown)
    groups = tuple(
        _group(category, at[category], measure.definition, hidden, places)
        for category in sorted(at, key=_sort_key)
    )
    values = [one.value for one in groups if one.value is not None]
    total = next((row for row in measure.headlines if owner_of(row) == owner), None)
    overall = _dot(total, day) if total else None
    return Panel(
        measure.definition.name,
        measure.definition,
        rows[0].whose,
        dimension,
        label,
        groups,
        float(overall.value) if overall and overall.value is not None else None,
        max(values) - min(values) if len(values) > 1 else None,
        places,
        f"{measure.id} {rows[0].series}",
    )


def _sort_key(category: str) -> tuple[float, str]:
    """By the number a category begins with (ages, deprivation), then by name: never by result."""
    begins = re.match(r"\D{0,12}?(\d+)", category)
    return (float(begins[1]) if begins else 1e9, category.casefold())


def _dot(row: SeriesContent, day: object) -> Dot | None:
    return next((dot for dot in row.found.points if dot.start == day), None)


def _hidden(at: dict[str, Dot | None]) -> set[str]:
    """What must not be visible: what is too small, and where that is a single one, the next smallest too."""
    hidden = {name for name, dot in at.items() if dot and dot.status == "suppressed"}
    visible = [name for name, dot in at.items() if dot and dot.value is not None]
    if len(hidden) == 1 and visible:
        hidden.add(min(visible, key=lambda name: (_size(at[name]), name)))
    return hidden


def _size(dot: Dot | None) -> Decimal:
    if dot is None:
        return Decimal(0)
    return dot.denominator if dot.denominator is not None else dot.value or Decimal(0)


def _group(category: str, dot: Dot | None, definition: Definition, hidden: set[str], places: int) -> Category:
    if category in hidden:
        return Category(category, "Hidden: small numbers")
    if dot is None or dot.value is None:
        return Category(category, "Not known")
    low, high = interval(dot, definition)
    between = (
        "" if low is None else f"{quantity(definition, low, places)} to {quantity(definition, high, places)}"
    )
    bare = number(definition, dot.value, places)
    return Category(
        category, quantity(definition, dot.value, places), float(dot.value), low, high, between, bare
    )


def interval(dot: Dot, definition: Definition) -> tuple[float | None, float | None]:
    """The 95% interval that came with the data, or Wilson's for a proportion; none for the rest."""
    if dot.low95 is not None and dot.high95 is not None:
        return float(dot.low95), float(dot.high95)
    n, d = dot.numerator, dot.denominator
    if definition.value_kind != "proportion" or n is None or not d or n > d:
        return None, None
    total, share = float(d), float(n / d)
    centre = share + Z95**2 / (2 * total)
    spread = Z95 * sqrt(share * (1 - share) / total + Z95**2 / (4 * total**2))
    below = 1 + Z95**2 / total
    times = definition.multiplier
    return max(0.0, (centre - spread) / below) * times, min(1.0, (centre + spread) / below) * times
