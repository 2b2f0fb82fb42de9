"""Which numbers of a measure are hidden: small ones, and those that would give a small one away. Pure.

The rule is primary and secondary suppression. A total and its parts are an equation: if only one of them is
hidden, it can be computed from the others. So with every hidden number another one is hidden too: for
organisations the whole, for groups of people (such as men and women) the smallest group that is still shown.
A reader belongs to one of the organisations, and knows its numbers even where they are hidden.

Nobody says which areas of a file make up which total. Taken for one is what is as much as all areas together,
or all areas and organisations, in numerators or in denominators; also what is more by a small number, where
the file hides a part itself. Not found is a total of some areas only, such as a region beside its wards and
those of other regions: whoever knows which areas are in it can take the shown ones off.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from app.outcomes.measures.measure import Definition, Observed, Series
from app.outcomes.measures.values import is_divided, suppressed

FEWEST = 3  # hidden organisations in a whole that is shown: of two, each could compute the other

Owner = tuple[str | None, str]  # organisation and area; neither is the whole
Breakdown = tuple[tuple[str, str], ...]
Place = tuple[Owner, Breakdown]
Cells = dict[Place, Observed]
WHOLE: Owner = (None, "")


class Counts(NamedTuple):
    """Numerator and denominator of a cell; a count has no denominator."""

    n: Decimal
    d: Decimal | None


class Sum(NamedTuple):
    """A total and the parts that add up to it."""

    total: Place
    parts: tuple[Place, ...]
    of_organisations: bool


def is_small(definition: Definition, one: Observed) -> bool:
    """Whether a value is hidden because of small counts.

    For a proportion the rest counts too: 97 of 100 shows that there are three others.
    """
    value = one.value if definition.value_kind == "count" else None
    left = None
    if definition.value_kind == "proportion" and one.numerator is not None and one.denominator is not None:
        left = one.denominator - one.numerator
    return suppressed(definition, (one.numerator, one.denominator, left, value))


def shown(
    definition: Definition, series: Sequence[Series], observed: Mapping[str, Sequence[Observed]]
) -> dict[str, list[Observed]]:
    """The values of all series by series; hidden ones have the status "suppressed" and no numbers."""
    by_start: dict[date, Cells] = defaultdict(dict)
    places = {one.id: ((one.organisation, one.area), one.breakdown) for one in series}
    for id, place in places.items():
        for one in observed[id]:
            by_start[one.start][place] = one
    hidden = {start: _hidden(definition, cells) for start, cells in by_start.items()}
    return {
        id: [_without_numbers(one) if place in hidden[one.start] else one for one in observed[id]]
        for id, place in places.items()
    }


def _without_numbers(one: Observed) -> Observed:
    frame = Observed(one.series, one.start, one.end, one.revision, None, status="suppressed")
    return replace(frame, label=one.label, note=one.note)


def _hidden(definition: Definition, cells: Cells) -> set[Place]:
    """The cells of one period to hide: the small ones, then more until none of them can be computed."""
    hidden = {
        place for place, one in cells.items() if one.status == "suppressed" or is_small(definition, one)
    }
    counts = {place: found for place, one in cells.items() if (found := _counts(definition, one))}
    sums = [*_sums(cells), *_sums_of_areas(definition, counts, hidden)] if hidden else []
    before = -1
    while before < len(hidden):
        before = len(hidden)
        for one in sums:
            hidden |= _also_hidden(definition, one, counts, hidden)
    return hidden


def _sums(cells: Cells) -> Iterator[Sum]:
    """Totals with their parts: organisations of a whole, groups of one dimension of what they divide."""
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


def _sums_of_areas(
    definition: Definition, counts: Mapping[Place, Counts], hidden: Set[Place]
) -> Iterator[Sum]:
    """What is as much as all areas together, or with organisations: such as wards and their trust."""
    by_breakdown: dict[Breakdown, list[Place]] = defaultdict(list)
    for place in sorted({*counts, *hidden}, key=str):
        by_breakdown[place[1]].append(place)
    for places in by_breakdown.values():
        areas = [place for place in places if place[0][1]]
        pools = [areas, [place for place in places if place[0] != WHOLE]] if areas else []
        for pool in pools:
            among, known = set(pool), [counts[place] for place in pool if place in counts]
            together, unknown = _total(known), len(known) < len(pool)
            for total in (place for place in places if place in counts):
                own = [counts[total]] if total in among else []
                rest = _difference(_total([counts[total], *own]), together)
                if _adds_up(counts[total], rest) or (unknown and rest.n >= 0 and _few(definition, rest)):
                    parts = tuple(place for place in pool if place != total)
                    yield Sum(total, parts, of_organisations=False)


def _adds_up(total: Counts, rest: Counts) -> bool:
    """Whether nothing is left of a total: of one of both numbers is enough, as the other may be rounded."""
    return bool(total.n and not rest.n) or bool(total.d and not rest.d)


def _also_hidden(
    definition: Definition, one: Sum, counts: Mapping[Place, Counts], hidden: set[Place]
) -> set[Place]:
    """The cells to hide as well, so that no hidden number of this sum can be computed."""
    known = [part for part in one.parts if part in counts]
    hidden_parts = [
        part for part in one.parts if part in hidden and (part in counts or not one.of_organisations)
    ]
    left = [part for part in known if part not in hidden]
    if one.total in hidden:
        return {_smallest(left, counts)} if left and not hidden_parts else set()
    if not hidden_parts or one.total not in counts:
        return set()
    if one.of_organisations:
        parts = [counts[part] for part in hidden_parts]
        computable = len(parts) < FEWEST or any(
            _few(definition, _total(parts[:n] + parts[n + 1 :])) for n in range(len(parts))
        )
        return {one.total} if computable else set()
    return _to_blur(definition, one, counts, hidden_parts, left)


def _to_blur(
    definition: Definition,
    one: Sum,
    counts: Mapping[Place, Counts],
    hidden: Sequence[Place],
    left: list[Place],
) -> set[Place]:
    """What to hide as well where a shown total less what is `left` tells too much of its `hidden` parts.

    Whoever belongs to an organisation takes its own number off too.
    """
    rest = _difference(counts[one.total], _total([counts[part] for part in left]))
    insiders = [part for part in hidden if part[0][0] and part[0] != one.total[0]]
    seen = [rest, *(_difference(rest, counts[part]) for part in insiders if part in counts)]
    enough = len(hidden) >= (FEWEST if insiders else FEWEST - 1)
    if enough and not any(_few(definition, one) for one in seen):
        return set()
    if left:
        return {_smallest(left, counts)}
    return {one.total} if insiders else set()


def _smallest(parts: Sequence[Place], counts: Mapping[Place, Counts]) -> Place:
    return min(parts, key=lambda part: (counts[part].d or counts[part].n, str(part)))


def _counts(definition: Definition, one: Observed) -> Counts | None:
    """None where nothing can be added, such as for a median or a value without numerator and denominator."""
    if definition.value_kind == "count":
        return None if one.value is None else Counts(one.value, None)
    if not is_divided(definition) or one.numerator is None or one.denominator is None:
        return None
    return Counts(one.numerator, one.denominator)


def _total(parts: Sequence[Counts]) -> Counts:
    divided = all(part.d is not None for part in parts)
    n = sum((part.n for part in parts), Decimal(0))
    return Counts(n, sum((part.d or Decimal(0) for part in parts), Decimal(0)) if divided else None)


def _difference(total: Counts, part: Counts) -> Counts:
    return Counts(total.n - part.n, None if total.d is None else total.d - (part.d or 0))


def _few(definition: Definition, counts: Counts) -> bool:
    """Whether these counts alone would be hidden as small."""
    left = counts.d - counts.n if definition.value_kind == "proportion" and counts.d is not None else None
    return suppressed(definition, (counts.n, counts.d, left))
