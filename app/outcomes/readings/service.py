"""Readings of measures, worked out when what they are made of changes; pages only show them.

Whoever changes one of these calls `refresh` in the same transaction, or `read` before it and `keep` in it;
pages call `of_measures`.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from app.db import Tx, new_id, now
from app.outcomes.jobs.progress import Progress, no_progress
from app.outcomes.measures import observation_store, series_store, suppression
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Definition, Observed, Rebase, Series, Target
from app.outcomes.readings import analyse
from app.outcomes.readings import store as reading_store
from app.outcomes.readings.reading import Reading
from app.outcomes.spc.profiles import PROFILES, Profile


class _Task(Struct, frozen=True):
    """All that the readings of one measure are made of."""

    definition: Definition
    lines: list[Series]
    observed: dict[str, list[Observed]]
    targets: list[Target]
    rebases: list[Rebase]


async def of_measures(
    tx: Tx, measure_ids: Collection[str], today: date | None = None
) -> dict[str, dict[str, Reading]]:
    """What was found, by measure and series (`series_store.of_measures` tells whose each series is).

    A series without any data has no reading. `overdue_since` is as of `today`.
    """
    day = today or now().date()
    loaded = await reading_store.load(tx, measure_ids)
    return {
        measure_id: {id: _as_of(found, day) for id, found in by_series.items()}
        for measure_id, by_series in loaded.items()
    }


class FreshReadings(Struct, frozen=True):
    """All charts of some measures, read and ready to be kept; `fresh` are lines that this needs besides."""

    lines: tuple[str, ...]
    fresh: tuple[Series, ...]
    rows: list[reading_store.Kept]


async def refresh(tx: Tx, measure_ids: Collection[str]) -> None:
    """Read all series of these measures anew, in the way their space has chosen; the whole with them."""
    await keep(tx, await read(tx, measure_ids))


async def keep(tx: Tx, done: FreshReadings) -> None:
    """Put what was read in the place of what was known of these lines."""
    await series_store.ensure_all(tx, done.fresh)
    await reading_store.keep(tx, done.lines, done.rows)


async def read(
    tx: Tx,
    measure_ids: Collection[str],
    *,
    upon: Mapping[str, list[Observed]] | None = None,
    more: Sequence[Series] = (),
    profile: str | None = None,
    report_progress: Progress = no_progress,
) -> FreshReadings:
    """Read the charts as they are, or as they will be, and write nothing.

    `upon` is what will count of some lines, by series; `more` are lines that will be there; `profile` is the
    name of how the space will have them read; `report_progress` hears how many measures are done.
    """
    ids = sorted(set(measure_ids))
    chosen = await reading_store.profiles(tx, ids)
    definitions = await reading_store.definitions(tx, ids)
    targets, rebases = await measure_store.targets(tx, ids), await measure_store.rebases(tx, ids)
    known, at = await series_store.of_measures(tx, ids), now()
    lines: list[Series] = []
    fresh: list[Series] = []
    rows: list[reading_store.Kept] = []
    for place, (measure_id, definition) in enumerate(definitions.items()):
        report_progress("read anew", place)
        there = known[measure_id] + [one for one in more if one.measure == measure_id]
        wholes = _wholes_missing(measure_id, definition, there)
        of_measure = there + wholes
        observed = {**await observation_store.observed(tx, [one.id for one in of_measure]), **(upon or {})}
        task = _Task(definition, of_measure, observed, targets[measure_id], rebases[measure_id])
        # Elsewhere than in the loop, where the boards live: a thousand series take seconds.
        how = PROFILES[profile or chosen[measure_id]]
        rows += await asyncio.to_thread(_rows, task, how, at)
        lines += of_measure
        fresh += wholes
    return FreshReadings(tuple(one.id for one in lines), tuple(fresh), rows)


def _as_of(found: Reading, day: date) -> Reading:
    return replace(found, overdue_since=found.due) if found.due and found.due < day else found


def _wholes_missing(measure_id: str, definition: Definition, lines: Sequence[Series]) -> list[Series]:
    """A line for the whole of each breakdown that two organisations have, where there is none yet."""
    if not analyse.adds_up(definition):
        return []
    known = {one.breakdown for one in lines if _is_whole(one)}
    wanted = {one.breakdown for one in lines if one.organisation} - known
    return [
        Series(new_id(), measure_id, None, "", "", breakdown)
        for breakdown in sorted(wanted)
        if len(_parts_of(lines, breakdown)) > 1
    ]


def _rows(task: _Task, profile: Profile, at: datetime) -> list[reading_store.Kept]:
    return [reading_store.kept(id, found, at) for id, found in _read(task, profile)]


def _is_whole(line: Series) -> bool:
    return not line.organisation and not line.area


def _parts_of(lines: Sequence[Series], breakdown: tuple[tuple[str, str], ...]) -> list[Series]:
    return [one for one in lines if one.organisation and one.breakdown == breakdown]


def _read(task: _Task, profile: Profile) -> list[tuple[str, Reading]]:
    """What was found in each line that has data. What must not be shown is taken out before all else."""
    summed = {line.id for line in task.lines if analyse.adds_up(task.definition) and _is_whole(line)}
    observed = {
        line.id: _whole(task, line) if line.id in summed else task.observed[line.id] for line in task.lines
    }
    shown = suppression.shown(task.definition, task.lines, observed)
    found = []
    for line in task.lines:
        if shown[line.id]:
            one = analyse.find(task.definition, shown[line.id], task.targets, task.rebases, profile)
            # Nobody here is waited for with what others publish.
            one = replace(one, derived=line.id in summed, due=None if line.area else one.due)
            found.append((line.id, one))
    return found


def _whole(task: _Task, line: Series) -> list[Observed]:
    """All organisations together; nothing where fewer than two have reported."""
    parts = [task.observed[part.id] for part in _parts_of(task.lines, line.breakdown)]
    return analyse.whole(task.definition, parts) if sum(map(bool, parts)) > 1 else []
