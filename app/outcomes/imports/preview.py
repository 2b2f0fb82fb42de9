"""The preview of an import in words and numbers: what would be added, changed and refused. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from app.outcomes.imports.plan import Lookup, ParsedRow, PlannedRow, RefusedRow, SeriesKey, fingerprint
from app.outcomes.measures.measure import Definition, Measure
from app.outcomes.measures.number_format import quantity

MOST_SHOWN = 300  # refusals, changes and series


class ValueChange(Struct, frozen=True):
    """One value that would be changed, with both texts."""

    number: int
    measure: str
    whose: str
    period: str
    before: str
    after: str


class SeriesPreview(Struct, frozen=True):
    """One series that the file has numbers of."""

    measure: str
    whose: str
    kind: str  # own, area
    fresh: bool
    values: int
    span: str = ""  # from which period to which
    latest: str = ""  # the value of the last


class ImportPreview(Struct, frozen=True, omit_defaults=True):
    """What an import would do. `problem`: the file as a whole cannot be read."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    fingerprint: str = ""
    refusals: tuple[RefusedRow, ...] = ()
    changes: tuple[ValueChange, ...] = ()
    lines: tuple[SeriesPreview, ...] = ()
    problem: str = ""
    tiny: bool = False  # shares out of 100 that all lie between 0 and 1
    twice: int = 0  # of those refused, how many because their period was there before


def preview(
    steps: Sequence[PlannedRow],
    bad: Sequence[RefusedRow],
    rows: int,
    known: Lookup,
    new: set[SeriesKey],
    own: str,
) -> ImportPreview:
    """The preview of a plan. `rows` counts all rows, `new` are series that do not exist yet, and `own` is the
    name of the person's organisation.
    """
    effects = Counter(step.effect for step in steps)
    by_id = {one.id: one for one in known.measures.values()}
    by_series: dict[SeriesKey, list[ParsedRow]] = {}
    for step in steps:
        by_series.setdefault(step.row.series, []).append(step.row)
    lines = tuple(
        _series_preview(ones, by_id[key.measure].definition, own, fresh=key in new)
        for key, ones in list(by_series.items())[:MOST_SHOWN]
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
        tiny=_tiny((step.row, by_id[step.row.series.measure].definition) for step in steps),
        twice=sum(one.twice for one in bad),
    )


def _tiny(rows: Iterable[tuple[ParsedRow, Definition]]) -> bool:
    """Whether all shares look like 0.88 where 88% is meant. Two shares are too few to say."""
    shares = [
        row.numbers.value
        for row, definition in rows
        if definition.value_kind == "proportion" and definition.multiplier != 1
        if row.numbers.value is not None and row.numbers.denominator is None
    ]
    return len(shares) > 2 and max(shares) <= 1 and any(share % 1 for share in shares)


def _series_preview(rows: list[ParsedRow], definition: Definition, own: str, *, fresh: bool) -> SeriesPreview:
    first, last = (edge(rows, key=lambda row: row.period.start) for edge in (min, max))
    span = first.period.label if first is last else f"{first.period.label} to {last.period.label}"
    return SeriesPreview(
        definition.name,
        series_name(first, own),
        "own" if first.series.organisation else "area",
        fresh,
        len(rows),
        span,
        quantity(definition, last.numbers.value) or last.numbers.status,
    )


def series_name(row: ParsedRow, own: str) -> str:
    """'Northfield Trust, Female': the organisation or area of a row, and its breakdown."""
    name = own if row.series.organisation else row.area_name or row.series.area
    return ", ".join([name, *(word for _, word in row.series.breakdown)])


def _change(step: PlannedRow, by_id: dict[str, Measure], own: str) -> ValueChange:
    definition = by_id[step.row.series.measure].definition
    before, after = step.before, step.row.numbers
    return ValueChange(
        step.row.number,
        definition.name,
        series_name(step.row, own),
        step.row.period.label,
        (quantity(definition, before.value) or before.status) if before else "",
        quantity(definition, after.value) or after.status,
    )
