"""Which numbers of a measure nobody is shown: the small ones, and what would give them away. Pure.

A total and its parts are an equation: with one part unknown it is solved. So wherever a small number is taken
out, another term goes with it. Of organisations added up that is the whole; of groups of people (men, women)
the smallest group that is left. Whoever reads is from one of the organisations and knows its numbers besides.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from app.outcomes.measures.measure import Definition, Observed, Series
from app.outcomes.measures.values import is_divided, suppressed

FEWEST = 3  # hidden organisations in a whole: of two, each would know the other

Owner = tuple[str | None, str]  # organisation and area; neither is the whole
Breakdown = tuple[tuple[str, str], ...]
Place = tuple[Owner, Breakdown]
Cells = dict[Place, Observed]
WHOLE: Owner = (None, "")


class Counts(NamedTuple):
    """What was counted in a cell: a count is a numerator alone."""

    n: Decimal
    d: Decimal | None


class Sum(NamedTuple):
    """A total and what adds up to it."""

    total: Place
    parts: tuple[Place, ...]
    of_organisations: bool


def small(definition: Definition, one: Observed) -> bool:
    """Whether what was counted is too little to be shown; the value of a count is itself what was counted.

    Of a proportion those who are left are people too: 97 of 100 tells of three.
    """
    value = one.value if definition.value_kind == "count" else None
    left = None
    if definition.value_kind == "proportion" and one.numerator is not None and one.denominator is not None:
        left = one.denominator - one.numerator
    return suppressed(definition, (one.numerator, one.denominator, left, value))


def shown(
    definition: Definition, lines: Sequence[Series], observed: Mapping[str, Sequence[Observed]]
) -> dict[str, list[Observed]]:
    """All lines of a measure, with what must not be shown as suppressed."""
    by_start: dict[date, Cells] = defaultdict(dict)
    places = {line.id: ((line.organisation, line.area), line.breakdown) for line in lines}
    for id, place in places.items():
        for one in observed[id]:
            by_start[one.start][place] = one
    hidden = {start: _hidden(definition, cells) for start, cells in by_start.items()}
    return {
        id: [_taken_out(one) if place in hidden[one.start] else one for one in observed[id]]
        for id, place in places.items()
    }


def _taken_out(one: Observed) -> Observed:
    frame = Observed(one.series, one.start, one.end, one.revision, None, status="suppressed")
    return replace(frame, label=one.label, note=one.note)


def _hidden(definition: Definition, cells: Cells) -> set[Place]:
    """The cells of one period that are not shown: the small ones, then more until no sum is solved."""
    hidden = {place for place, one in cells.items() if one.status == "suppressed" or small(definition, one)}
    counts = {place: found for place, one in cells.items() if (found := _counts(definition, one))}
    sums = list(_sums(cells)) if hidden else []
    before = -1
    while before < len(hidden):
        before = len(hidden)
        for one in sums:
            hidden |= _besides(definition, one, counts, hidden)
    return hidden


def _sums(cells: Cells) -> Iterator[Sum]:
    """Organisations that make the whole; groups of one dimension that make what has not that dimension."""
    organisations: dict[Breakdown, list[Place]] = defaultdict(list)
    groups: dict[tuple[Place, str], list[Place]] = defaultdict(list)
    for place in sorted(cells, key=str):
        owner, breakdown = place
        if owner[0]:
            organisations[breakdown].append(place)
        for pair in breakdown:
            rest = tuple(other for other in breakdown if other != pair)
            groups[(owner, rest), pair[0]].append(place)
    for (total, _), parts in groups.items():
        if total in cells:
            yield Sum(total, tuple(parts), of_organisations=False)
    for breakdown, parts in organisations.items():
        if (WHOLE, breakdown) in cells:
            yield Sum((WHOLE, breakdown), tuple(parts), of_organisations=True)


def _besides(
    definition: Definition, one: Sum, counts: Mapping[Place, Counts], hidden: set[Place]
) -> set[Place]:
    """What has to go besides, so that this sum tells nobody what is hidden in it."""
    known = [part for part in one.parts if part in counts]
    gone = [part for part in one.parts if part in hidden and (part in counts or not one.of_organisations)]
    left = [part for part in known if part not in hidden]
    if one.total in hidden:
        return {_smallest(left, counts)} if left and not gone else set()
    if not gone or one.total not in counts:
        return set()
    if one.of_organisations:
        parts = [counts[part] for part in gone]
        betrays = len(parts) < FEWEST or any(
            _few(definition, _added(parts[:n] + parts[n + 1 :])) for n in range(len(parts))
        )
        return {one.total} if betrays else set()
    rest = _less(counts[one.total], _added([counts[part] for part in left]))
    return {_smallest(left, counts)} if left and (len(gone) == 1 or _few(definition, rest)) else set()


def _smallest(parts: Sequence[Place], counts: Mapping[Place, Counts]) -> Place:
    return min(parts, key=lambda part: (counts[part].d or counts[part].n, str(part)))


def _counts(definition: Definition, one: Observed) -> Counts | None:
    """None where nothing can be added up or taken away, such as a median or a value without its counts."""
    if definition.value_kind == "count":
        return None if one.value is None else Counts(one.value, None)
    if not is_divided(definition) or one.numerator is None or one.denominator is None:
        return None
    return Counts(one.numerator, one.denominator)


def _added(parts: Sequence[Counts]) -> Counts:
    divided = all(part.d is not None for part in parts)
    n = sum((part.n for part in parts), Decimal(0))
    return Counts(n, sum((part.d or Decimal(0) for part in parts), Decimal(0)) if divided else None)


def _less(total: Counts, part: Counts) -> Counts:
    return Counts(total.n - part.n, None if total.d is None else total.d - (part.d or 0))


def _few(definition: Definition, counts: Counts) -> bool:
    """Whether so many alone would be too few to be shown."""
    left = counts.d - counts.n if definition.value_kind == "proportion" and counts.d is not None else None
    return suppressed(definition, (counts.n, counts.d, left))
