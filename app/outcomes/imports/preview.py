"""The preview of an import in words and numbers: what would be added, changed and refused. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from app.outcomes.imports.flags.denied_values import of_values
from app.outcomes.imports.flags.of_look import of_look
from app.outcomes.imports.flags.row_flags import FlaggedRow
from app.outcomes.imports.labels import in_words
from app.outcomes.imports.plan import Lookup, ParsedRow, PlannedRow, RefusedRow, SeriesKey, fingerprint
from app.outcomes.imports.read_file import ParsedFile
from app.outcomes.imports.rows import ColumnMapping, FileLook, FileRow
from app.outcomes.imports.sharing.share_out import SharedRows
from app.outcomes.measures.measure import Definition, Frequency, Measure, Observed
from app.outcomes.measures.number_format import exact_quantity
from app.outcomes.measures.suppression import is_small

MOST_SHOWN = 300  # refusals, changes and series
MONTHS: dict[Frequency, int] = {"month": 1, "quarter": 3, "calendar_year": 12, "financial_year": 12}
DAYS: dict[Frequency, int] = {"day": 1, "week": 7}


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
    hidden: int = 0  # values that are hidden as small numbers
    absent: int = 0  # periods between the first and the last that the file has no row for


class ReadExample(Struct, frozen=True):
    """How the texts of one row were read."""

    number: int
    texts: tuple[str, ...]
    period: str
    value: str


class ImportPreview(Struct, frozen=True, omit_defaults=True):
    """What an import would do. `problem`: the file as a whole cannot be read. `unclear_places`: the question
    whose its rows are; `names_another`: one of them names another organisation. `lacking`: sentences on rows
    without a number or a period.
    """

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
    unclear_places: str = ""
    names_another: bool = False
    tiny: bool = False  # shares out of 100 that all lie between 0 and 1
    twice: int = 0  # of those refused, how many because their period was there before
    left_out: int = 0  # rows that the chosen filters leave out
    flags: tuple[FlaggedRow, ...] = ()  # values that can be read but look wrong
    flagged: int = 0
    examples: tuple[ReadExample, ...] = ()
    hidden: int = 0  # of all values, how many are hidden as small numbers
    marked: dict[str, int] = {}  # how many values are provisional, revised and so on
    lacking: tuple[str, ...] = ()
    shared: tuple[SharedRows, ...] = ()  # what other organisations would get to confirm


def preview(
    steps: Sequence[PlannedRow],
    parsed: ParsedFile,
    known: Lookup,
    new: set[SeriesKey],
    own: str,
) -> ImportPreview:
    """The preview of a plan. `new` are series that do not exist yet, `own` is the name of the person's
    organisation.
    """
    bad = parsed.bad
    effects = Counter(step.effect for step in steps)
    by_id = {one.id: one for one in known.measures.values()}
    by_series = _by_series(steps)
    lines = tuple(
        _series_preview(ones, by_id[key.measure].definition, own, fresh=key in new)
        for key, ones in list(by_series.items())[:MOST_SHOWN]
    )
    definitions = {id: one.definition for id, one in by_id.items()}
    flags = list(of_values(by_series, definitions, known.today))
    return ImportPreview(
        parsed.rows,
        effects["added"],
        effects["changed"],
        effects["same"],
        len(bad),
        fingerprint(steps),
        tuple(bad[:MOST_SHOWN]),
        _changes(steps, by_id, own),
        lines,
        tiny=_tiny((step.row, by_id[step.row.series.measure].definition) for step in steps),
        twice=sum(one.twice for one in bad),
        left_out=parsed.left_out,
        flags=tuple(flags[:MOST_SHOWN]),
        flagged=len(flags),
        examples=_examples(parsed, definitions),
        marked=Counter(step.row.numbers.status for step in steps),
        hidden=sum(_hidden(ones, definitions[key.measure]) for key, ones in by_series.items()),
    )


def _by_series(steps: Sequence[PlannedRow]) -> dict[SeriesKey, list[ParsedRow]]:
    found: dict[SeriesKey, list[ParsedRow]] = {}
    for step in steps:
        found.setdefault(step.row.series, []).append(step.row)
    return found


def with_headings(
    shown: ImportPreview, look: FileLook, mapping: ColumnMapping, known: Lookup
) -> ImportPreview:
    """The preview with what the headings of the chosen columns warn of, first."""
    return with_flags(shown, tuple(of_look(look, mapping, known)))


def with_flags(shown: ImportPreview, more: Sequence[FlaggedRow]) -> ImportPreview:
    """The preview with more flags, first; all are counted, and no more shown than of other things."""
    flags = (*more, *shown.flags)[:MOST_SHOWN]
    return replace(shown, flags=flags, flagged=shown.flagged + len(more))


def _examples(parsed: ParsedFile, definitions: dict[str, Definition]) -> tuple[ReadExample, ...]:
    """What the first rows say, and how that was read."""
    by_number: dict[int, list[FileRow]] = {}
    for row in parsed.texts:
        by_number.setdefault(row.number, []).append(row)
    found = []
    for one in parsed.good[: 2 * len(parsed.texts)]:
        rows = by_number.get(one.number)
        if rows:
            row = rows.pop(0)
            texts = (row.period, *row.numerator, *row.denominator, *row.value, *row.marks)
            definition = definitions[one.series.measure]
            value = in_words(definition, one.numbers)
            counts = [f"{n:,f}" for n in (one.numbers.numerator, one.numbers.denominator) if n is not None]
            exact = in_words(definition, one.numbers, exact_quantity)
            said = f"{' of '.join(counts)}: {value}" if len(counts) == 2 else exact
            found.append(
                ReadExample(row.number, tuple(map(str, filter(None, texts))), one.period.label, said)
            )
    return tuple(found)


def _hidden(rows: Sequence[ParsedRow], definition: Definition) -> int:
    """How many values are hidden because their counts are small."""
    if not definition.suppress_below:
        return 0
    return sum(is_small(definition, _observed(row)) for row in rows)


def _observed(row: ParsedRow) -> Observed:
    kept = row.numbers
    return Observed("", row.period.start, row.period.end, 1, kept.value, kept.numerator, kept.denominator)


def _absent(rows: Sequence[ParsedRow], definition: Definition) -> int:
    """How many periods from the first to the last have no row."""
    first, last = (edge(row.period.start for row in rows) for edge in (min, max))
    if definition.pooled:
        return 0
    if days := DAYS.get(definition.frequency):
        return (last - first).days // days + 1 - len(rows)
    if months := MONTHS.get(definition.frequency):
        return ((last.year - first.year) * 12 + last.month - first.month) // months + 1 - len(rows)
    return 0


def _tiny(rows: Iterable[tuple[ParsedRow, Definition]]) -> bool:
    """Whether all shares look like 0.88 where 88% is meant."""
    shares = [
        row.numbers.value
        for row, definition in rows
        if definition.value_kind == "proportion" and definition.multiplier != 1
        if row.numbers.value is not None and row.numbers.denominator is None
    ]
    return max(shares, default=2) <= 1 and any(share % 1 for share in shares)


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
        in_words(definition, last.numbers),
        _hidden(rows, definition),
        _absent(rows, definition),
    )


def series_name(row: ParsedRow, own: str) -> str:
    """'Northfield Trust, Female': the organisation or area of a row, and its breakdown."""
    name = own if row.series.organisation else row.area_name or row.series.area
    return ", ".join([name, *(word for _, word in row.series.breakdown)])


def _changes(steps: Sequence[PlannedRow], by_id: dict[str, Measure], own: str) -> tuple[ValueChange, ...]:
    changed = (step for step in steps if step.effect == "changed")
    return tuple(_change(step, by_id, own) for step in islice(changed, MOST_SHOWN))


def _change(step: PlannedRow, by_id: dict[str, Measure], own: str) -> ValueChange:
    definition = by_id[step.row.series.measure].definition
    before, after = step.before, step.row.numbers
    return ValueChange(
        step.row.number,
        definition.name,
        series_name(step.row, own),
        step.row.period.label,
        in_words(definition, before) if before else "",
        in_words(definition, after),
    )
