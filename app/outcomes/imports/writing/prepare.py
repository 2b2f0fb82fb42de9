"""What an import will write: the numbers of a file, and the readings of their series.

Everything that takes long is prepared before the first transaction that writes (`staging`).
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from app.access import Code, Refused
from app.db import Tx, new_id, now
from app.outcomes.imports.plan import (
    ParsedRow,
    PlannedRow,
    SeriesKey,
    fingerprint,
    packed_fingerprint,
    plan_rows,
)
from app.outcomes.imports.preview import ImportPreview
from app.outcomes.imports.writing import staging_store
from app.outcomes.imports.writing.turn_store import PerSeries
from app.outcomes.jobs.progress import Progress
from app.outcomes.measures import observation_store, series_store
from app.outcomes.measures.measure import Observed, Series
from app.outcomes.measures.observation_store import PreparedRevisions, Revision, WriteContext
from app.outcomes.readings import compute as readings

AGAIN = (
    "The numbers here have changed since you checked, or the server was updated meanwhile. "
    "Check again what would change."
)
NOTHING = "Everything in this file is here already."


class PreparedImport(Struct, frozen=True):
    """Everything that an import writes. `mark` is of what that was prepared from."""

    plan: ImportPreview
    measures: frozenset[str]
    mark: list[Any]
    values: int
    writing: WriteContext
    new: list[Series]
    revisions: list[PreparedRevisions]
    replaced: PerSeries  # how many of each series count until then
    fresh: readings.FreshReadings


async def prepare(
    tx: Tx, by: str, good: Sequence[ParsedRow], plan: ImportPreview, report_progress: Progress
) -> PreparedImport:
    """Compute what the import writes. Raises Refused where that is nothing, or not what `plan` showed.

    Where there is something for other organisations, nothing of one's own is enough.
    """
    report_progress("compared", 0)
    measures = frozenset(row.series.measure for row in good)
    mark = await staging_store.mark(tx, measures)  # first: PostgreSQL shows what is committed in between
    planned, first_rows, known = await _compared(tx, good)
    report_progress("compared", len(planned))
    if plan.fingerprint != fingerprint(planned) and plan.fingerprint != packed_fingerprint(planned):
        raise Refused(Code.CONFLICT, AGAIN)
    changes = [step for step in planned if step.effect != "same"]
    if not changes and not plan.shared:
        raise Refused(Code.DUPLICATE, NOTHING)
    new = [_new_series(row) for row in first_rows]
    ids = await _ids(tx, {row.series for row in good}) | {_key_of(one): one.id for one in new}
    series_ids = sorted({ids[step.row.series] for step in changes})
    known = {id: known.get(id, []) for id in series_ids}  # those of the others are no longer needed
    newest = observation_store.newest_of(known, await observation_store.not_counting(tx, series_ids))
    revisions = [_revision(step, ids[step.row.series], newest) for step in changes]
    changed = {step.row.series.measure for step in changes}
    replaced = Counter(ids[step.row.series] for step in changes if step.before is not None)
    del planned, changes, newest  # each of a large import many MB, and so are all that go below
    report_progress("read anew", 0)
    after = _values_after(known, revisions)
    del known
    fresh = await readings.compute(tx, changed, upcoming=after, more=new, report_progress=report_progress)
    del after
    writing = WriteContext(by, now(), new_id())
    prepared: list[PreparedRevisions] = []
    for some in observation_store.prepared(tx.dialect, revisions, writing):
        prepared.append(some)
        report_progress("prepared", len(prepared) * observation_store.ROWS)
    return PreparedImport(plan, measures, mark, len(revisions), writing, new, prepared, replaced, fresh)


async def plan_of(tx: Tx, good: Sequence[ParsedRow]) -> tuple[list[PlannedRow], list[ParsedRow]]:
    """What each row does, and the first row of each series that does not exist yet."""
    plan, new, _ = await _compared(tx, good)
    return plan, new


async def _compared(
    tx: Tx, good: Sequence[ParsedRow]
) -> tuple[list[PlannedRow], list[ParsedRow], dict[str, list[Observed]]]:
    """The same, with the values that count now by series."""
    firsts: dict[SeriesKey, ParsedRow] = {}
    for row in good:
        firsts.setdefault(row.series, row)
    ids = await _ids(tx, set(firsts))
    keys = {id: key for key, id in ids.items()}
    by_series = await observation_store.observed(tx, list(keys))
    known = {(keys[id], one.start): one for id, observed in by_series.items() for one in observed}
    planned = list(plan_rows(good, known))
    return planned, [row for key, row in firsts.items() if key not in ids], by_series


def _revision(step: PlannedRow, series: str, newest: dict[tuple[str, date], int]) -> Revision:
    row = step.row
    number = newest.get((series, row.period.start), 0) + 1
    return Revision(series, row.period, row.numbers, number, row.low95, row.high95)


def _values_after(
    known: dict[str, list[Observed]], revisions: Sequence[Revision]
) -> dict[str, list[Observed]]:
    """The values of each series after the import, in order of time."""
    by_start = {id: {one.start: one for one in observed} for id, observed in known.items()}
    for one in revisions:
        by_start[one.series][one.period.start] = observation_store.as_written(one)
    return {id: [observed[start] for start in sorted(observed)] for id, observed in by_start.items()}


def _new_series(row: ParsedRow) -> Series:
    key = row.series
    return Series(new_id(), key.measure, key.organisation, key.area, row.area_name, key.breakdown)


async def _ids(tx: Tx, keys: set[SeriesKey]) -> dict[SeriesKey, str]:
    """The ids of those series that exist."""
    by_measure = await series_store.of_measures(tx, {key.measure for key in keys})
    ids = {_key_of(one): one.id for series in by_measure.values() for one in series}
    return {key: id for key, id in ids.items() if key in keys}


def _key_of(one: Series) -> SeriesKey:
    return SeriesKey(one.measure, one.organisation, one.area, one.breakdown)
