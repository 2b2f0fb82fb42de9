"""Loads and computes the readings of measures. They are computed when their numbers or definitions change.

Code that changes these calls `refresh` in the same transaction, or `compute` before it and `store` in it:
`editing`, `imports` and the recompute job do. Pages call `of_measures`.
"""

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from app.db import Tx, new_id, now
from app.outcomes.jobs.progress import Progress, no_progress
from app.outcomes.measures import exclusion_store, observation_store, series_store, suppression
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Definition, Observed, Rebase, Series, Target
from app.outcomes.readings import analyse
from app.outcomes.readings import store as reading_store
from app.outcomes.readings.reading import Reading
from app.outcomes.readings.uneven import uneven_note
from app.outcomes.spc.profiles import PROFILES, Profile
from app.phrases import day_now

AT_ONCE = 2_000  # values between two reports of how far it is


class _Inputs(Struct, frozen=True):
    """Everything that the readings of one measure are computed from."""

    definition: Definition
    series: list[Series]
    observed: dict[str, list[Observed]]
    targets: list[Target]
    rebases: list[Rebase]
    excluded: dict[str, dict[date, str]]


async def of_measures(
    tx: Tx, measure_ids: Collection[str], today: date | None = None
) -> dict[str, dict[str, Reading]]:
    """The stored readings by measure and series; `series_store.of_measures` has the series.

    A series without any data has no reading. `overdue_since` is as of `today`, by default the present day.
    """
    return await reading_store.load(tx, measure_ids, today or day_now())


class FreshReadings(Struct, frozen=True):
    """Readings ready to be stored: the series they replace, new series to insert first, and their rows."""

    series: tuple[str, ...]
    new: tuple[Series, ...]
    rows: list[reading_store.ReadingRow]


async def refresh(tx: Tx, measure_ids: Collection[str]) -> None:
    """Compute and store the readings of these measures, with the profile that their space has chosen."""
    await store(tx, await compute(tx, measure_ids))


async def store(tx: Tx, fresh: FreshReadings) -> None:
    """Replace the stored readings of these series."""
    await series_store.ensure_all(tx, fresh.new)
    await reading_store.replace(tx, fresh.series, fresh.rows)


async def compute(
    tx: Tx,
    measure_ids: Collection[str],
    *,
    upcoming: Mapping[str, list[Observed]] | None = None,
    more: Sequence[Series] = (),
    profile: str | None = None,
    report_progress: Progress = no_progress,
) -> FreshReadings:
    """Compute the readings of these measures, and write nothing.

    For a change that is not written yet: `upcoming` are the values of some series after it, by series, `more`
    are series that it adds, and `profile` is the name of the profile that it chooses.
    """
    ids = sorted(set(measure_ids))
    chosen = await reading_store.profiles(tx, ids)
    definitions = await reading_store.definitions(tx, ids)
    targets, rebases = await measure_store.targets(tx, ids), await measure_store.rebases(tx, ids)
    excluded = await exclusion_store.reasons(tx, ids)
    known, at = await series_store.of_measures(tx, ids), now()
    series: list[Series] = []
    new: list[Series] = []
    rows: list[reading_store.ReadingRow] = []
    on_values, changed = _counted(report_progress), upcoming or {}
    for measure_id, definition in definitions.items():
        of_measure = known[measure_id] + [one for one in more if one.measure == measure_id]
        wholes = _missing_wholes(measure_id, definition, of_measure)
        of_measure = of_measure + wholes
        others = [one.id for one in of_measure if one.id not in changed]
        observed = {**await observation_store.observed(tx, others), **changed}
        inputs = _Inputs(definition, of_measure, observed, targets[measure_id], rebases[measure_id], excluded)
        # In a thread, because boards run in the loop and a thousand series take seconds.
        rows += await asyncio.to_thread(_rows, inputs, PROFILES[profile or chosen[measure_id]], at, on_values)
        series += of_measure
        new += wholes
    return FreshReadings(tuple(one.id for one in series), tuple(new), rows)


def _counted(report_progress: Progress) -> Callable[[int], None]:
    """To be called with each so many values that are done."""
    done = 0

    def on_values(values: int) -> None:
        nonlocal done
        done += values
        report_progress("read anew", done)

    return on_values


def _missing_wholes(measure_id: str, definition: Definition, series: Sequence[Series]) -> list[Series]:
    """A new series of the whole for each breakdown that two organisations have, where there is none yet."""
    if not analyse.adds_up(definition):
        return []
    known = {one.breakdown for one in series if _is_whole(one)}
    wanted = {one.breakdown for one in series if one.organisation} - known
    return [
        Series(new_id(), measure_id, None, "", "", breakdown)
        for breakdown in sorted(wanted)
        if len(_parts_of(series, breakdown)) > 1
    ]


def _rows(
    inputs: _Inputs, profile: Profile, at: datetime, on_values: Callable[[int], None]
) -> list[reading_store.ReadingRow]:
    rows, values = [], 0
    for id, reading in _readings(inputs, profile):
        rows.append(reading_store.row_of(id, reading, at))
        values += len(reading.points)
        if values > AT_ONCE:
            on_values(values)
            values = 0
    return rows


def _is_whole(one: Series) -> bool:
    return not one.organisation and not one.area


def _parts_of(series: Sequence[Series], breakdown: tuple[tuple[str, str], ...]) -> list[Series]:
    return [one for one in series if one.organisation and one.breakdown == breakdown]


def _readings(inputs: _Inputs, profile: Profile) -> Iterator[tuple[str, Reading]]:
    """The reading of each series that has data. Values that must not be shown are hidden first."""
    adds_up = analyse.adds_up(inputs.definition)
    summed = {one.id for one in inputs.series if adds_up and _is_whole(one)}
    observed = {
        one.id: _whole(inputs, one) if one.id in summed else inputs.observed[one.id] for one in inputs.series
    }
    shown = suppression.shown(inputs.definition, inputs.series, observed)
    for one in inputs.series:
        if shown[one.id]:
            reading = analyse.analyse(
                inputs.definition,
                shown[one.id],
                inputs.targets,
                inputs.rebases,
                profile,
                inputs.excluded.get(one.id, {}),
            )
            # Others publish the numbers of areas, so nobody here is reminded of them.
            due = None if one.area else reading.due
            notes = reading.notes + (_uneven(inputs, one, observed[one.id]) if one.id in summed else ())
            yield one.id, replace(reading, derived=one.id in summed, due=due, notes=notes)


def _uneven(inputs: _Inputs, one: Series, whole: Sequence[Observed]) -> tuple[str, ...]:
    note = uneven_note(whole, [inputs.observed[part.id] for part in _parts_of(inputs.series, one.breakdown)])
    return (note,) if note else ()


def _whole(inputs: _Inputs, one: Series) -> list[Observed]:
    """The sum of all organisations; empty where fewer than two have reported."""
    parts = [inputs.observed[part.id] for part in _parts_of(inputs.series, one.breakdown)]
    return analyse.whole(inputs.definition, parts) if sum(map(bool, parts)) > 1 else []
