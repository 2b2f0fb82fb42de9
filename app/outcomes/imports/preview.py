"""The dry run of an import in words and numbers: what would be added, changed and refused. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from app.outcomes.imports.plan import Known, LineKey, ParsedRow, PlannedRow, RefusedRow, fingerprint
from app.outcomes.measures.measure import Definition, Measure
from app.outcomes.measures.number_format import quantity

MOST_SHOWN = 300  # refusals, and as many lines


class ValueChange(Struct, frozen=True):
    """One value that is there and would become another."""

    number: int
    measure: str
    whose: str
    period: str
    before: str
    after: str


class LinePreview(Struct, frozen=True):
    """One line of a measure that the file speaks of."""

    measure: str
    whose: str
    kind: str  # own, area
    fresh: bool
    values: int
    span: str = ""  # from which period to which
    latest: str = ""  # the value of the last


class ImportPreview(Struct, frozen=True, omit_defaults=True):
    """What an import would do, as it is shown before. `problem`: the file as a whole cannot be read."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    fingerprint: str = ""
    refusals: tuple[RefusedRow, ...] = ()
    changes: tuple[ValueChange, ...] = ()
    lines: tuple[LinePreview, ...] = ()
    problem: str = ""
    tiny: bool = False  # shares out of 100 that all lie between 0 and 1
    twice: int = 0  # of those refused, how many because their period was there before


def told(
    steps: Sequence[PlannedRow],
    bad: Sequence[RefusedRow],
    rows: int,
    known: Known,
    fresh: set[LineKey],
    own: str,
) -> ImportPreview:
    """The plan in words and numbers. `fresh` are the lines that are not there yet."""
    effects = Counter(step.effect for step in steps)
    by_id = {one.id: one for one in known.measures.values()}
    by_spot: dict[LineKey, list[ParsedRow]] = {}
    for step in steps:
        by_spot.setdefault(step.wish.spot, []).append(step.wish)
    lines = tuple(
        _line(found, by_id[spot.measure].definition, own, fresh=spot in fresh)
        for spot, found in list(by_spot.items())[:MOST_SHOWN]
    )
    changes = (step for step in steps if step.effect == "changed")
    return ImportPreview(
        rows,
        effects["added"],
        effects["changed"],
        effects["same"],
        len(bad),
        fingerprint(steps),
        tuple(bad[:MOST_SHOWN]),
        tuple(_change(step, by_id, own) for _, step in zip(range(MOST_SHOWN), changes, strict=False)),
        lines,
        tiny=_tiny((step.wish, by_id[step.wish.spot.measure].definition) for step in steps),
        twice=sum(one.twice for one in bad),
    )


def _tiny(found: Iterable[tuple[ParsedRow, Definition]]) -> bool:
    """Whether all shares look like 0.88 where 88% is meant: one place with few of a hundred says nothing."""
    shares = [
        wish.counted.value
        for wish, definition in found
        if definition.value_kind == "proportion" and definition.multiplier != 1
        if wish.counted.value is not None and wish.counted.denominator is None
    ]
    return len(shares) > 2 and max(shares) <= 1 and any(share % 1 for share in shares)


def _line(found: list[ParsedRow], definition: Definition, own: str, *, fresh: bool) -> LinePreview:
    first, last = (edge(found, key=lambda wish: wish.period.start) for edge in (min, max))
    span = first.period.label if first is last else f"{first.period.label} to {last.period.label}"
    return LinePreview(
        definition.name,
        whose(first, own),
        "own" if first.spot.organisation else "area",
        fresh,
        len(found),
        span,
        quantity(definition, last.counted.value) or last.counted.status,
    )


def whose(wish: ParsedRow, own: str) -> str:
    """Whose line it is, in words."""
    name = own if wish.spot.organisation else wish.area_name or wish.spot.area
    return ", ".join([name, *(word for _, word in wish.spot.breakdown)])


def _change(step: PlannedRow, by_id: dict[str, Measure], own: str) -> ValueChange:
    definition = by_id[step.wish.spot.measure].definition
    before, after = step.before, step.wish.counted
    return ValueChange(
        step.wish.number,
        definition.name,
        whose(step.wish, own),
        step.wish.period.label,
        (quantity(definition, before.value) or before.status) if before else "",
        quantity(definition, after.value) or after.status,
    )
