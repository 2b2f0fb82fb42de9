"""Writes what a file brings, all of it or nothing, with the charts read anew.

All that takes long is prepared before the transaction that writes, since on SQLite everybody waits for that.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec import Struct, json

from app.access import Code, Refused
from app.db import Tx, new_id, now
from app.outcomes.imports import store as batch_store
from app.outcomes.imports.plan import LineKey, ParsedRow, PlannedRow, fingerprint, steps
from app.outcomes.imports.preview import ImportPreview
from app.outcomes.imports.rows import ColumnMapping
from app.outcomes.jobs.progress import Progress
from app.outcomes.measures import observation_store, series_store
from app.outcomes.measures.measure import Observed, Series
from app.outcomes.measures.observation_store import PreparedRevisions, Revision, WriteContext
from app.outcomes.readings import compute as readings

AGAIN = "The numbers here have changed since you looked. Look again at what would change."
NOTHING = "Everything in this file is here already."


class Ready(Struct, frozen=True):
    """An import that has but to be written."""

    writing: WriteContext
    fresh: list[Series]
    sheets: list[PreparedRevisions]
    charts: readings.FreshReadings


async def prepare(
    tx: Tx, by: str, good: Sequence[ParsedRow], plan: ImportPreview, report_progress: Progress
) -> Ready:
    """Work out all that is to be written. Raises Refused where that is not what was shown, or nothing."""
    found, fresh = await steps_of(tx, good)
    if fingerprint(found) != plan.fingerprint:
        raise Refused(Code.INVALID, AGAIN)
    real = [step for step in found if step.effect != "same"]
    if not real:
        raise Refused(Code.INVALID, NOTHING)
    made = [_line(wish) for wish in fresh]
    ids = await _ids(tx, {wish.spot for wish in good}) | {_spot(one): one.id for one in made}
    lines = sorted({ids[step.wish.spot] for step in real})
    newest = await observation_store.newest(tx, lines)
    news = [_news(step, ids[step.wish.spot], newest) for step in real]
    writing = WriteContext(by, now(), new_id())
    sheets = observation_store.prepared(tx.dialect, news, writing)
    report_progress("read anew", len(news))
    charts = await readings.compute(
        tx,
        {step.wish.spot.measure for step in real},
        upcoming=_upon(await observation_store.observed(tx, lines), news),
        more=made,
    )
    return Ready(writing, made, sheets, charts)


async def store(
    tx: Tx, space_id: str, file: Any, plan: ImportPreview, ready: Ready, report_progress: Progress
) -> None:
    """Write it, and let the file go."""
    values = {name: getattr(plan, name) for name in ("added", "changed", "same")}
    await batch_store.add(
        tx,
        ready.writing.batch or "",
        space_id,
        ready.writing.by,
        ready.writing.at,
        file_name=file.file_name,
        file_sha256=file.file_sha256,
        layout=json.decode(file.asked, type=ColumnMapping).layout,
        mapping=file.asked,
        **values,
    )
    await series_store.ensure_all(tx, ready.fresh)
    for place, sheet in enumerate(ready.sheets):
        report_progress("written", place * observation_store.ROWS)
        await observation_store.put(tx, sheet)
    await readings.store(tx, ready.charts)
    await batch_store.drop_upload(tx, file.id)


async def steps_of(tx: Tx, good: Sequence[ParsedRow]) -> tuple[list[PlannedRow], list[ParsedRow]]:
    """What each wish does, and the first wish of each line that is not there yet."""
    firsts: dict[LineKey, ParsedRow] = {}
    for wish in good:
        firsts.setdefault(wish.spot, wish)
    ids = await _ids(tx, set(firsts))
    spots = {id: spot for spot, id in ids.items()}
    there: dict[tuple[LineKey, date], Observed] = {}
    for id, observed in (await observation_store.observed(tx, list(spots))).items():
        for one in observed:
            there[spots[id], one.start] = one
    return list(steps(good, there)), [wish for spot, wish in firsts.items() if spot not in ids]


def _news(step: PlannedRow, series: str, newest: dict[tuple[str, date], int]) -> Revision:
    wish = step.wish
    revision = newest.get((series, wish.period.start), 0) + 1
    return Revision(series, wish.period, wish.counted, revision, wish.low95, wish.high95)


def _upon(there: dict[str, list[Observed]], news: Sequence[Revision]) -> dict[str, list[Observed]]:
    """What will count of each line, in order of time."""
    by_start = {id: {one.start: one for one in observed} for id, observed in there.items()}
    for one in news:
        by_start[one.series][one.period.start] = observation_store.as_written(one)
    return {id: [observed[start] for start in sorted(observed)] for id, observed in by_start.items()}


def _line(wish: ParsedRow) -> Series:
    spot = wish.spot
    return Series(new_id(), spot.measure, spot.organisation, spot.area, wish.area_name, spot.breakdown)


async def _ids(tx: Tx, spots: set[LineKey]) -> dict[LineKey, str]:
    lines = await series_store.of_measures(tx, {spot.measure for spot in spots})
    found = {_spot(one): one.id for ones in lines.values() for one in ones}
    return {spot: id for spot, id in found.items() if spot in spots}


def _spot(one: Series) -> LineKey:
    return LineKey(one.measure, one.organisation, one.area, one.breakdown)
