"""Readings of measures, worked out when what they are made of changes; pages only show them.

Whoever changes one of these calls `refresh` in the same transaction; pages call `of_measures`.
"""

import asyncio
from collections.abc import Collection, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from app.db import Tx, now
from app.outcomes import finding, hiding, measure_store, reading_store, series_store
from app.outcomes.found import Aim, Dot, Found, Limits, RunFound
from app.outcomes.measure import Definition, Observed, Rebase, Series, Target
from app.outcomes.profiles import PROFILES, Profile

__all__ = ["Aim", "Dot", "Found", "Limits", "RunFound", "of_measures", "refresh"]


class _Task(Struct, frozen=True):
    """All that the readings of one measure are made of."""

    definition: Definition
    lines: list[Series]
    observed: dict[str, list[Observed]]
    targets: list[Target]
    rebases: list[Rebase]


async def of_measures(
    tx: Tx, measure_ids: Collection[str], today: date | None = None
) -> dict[str, dict[str, Found]]:
    """What was found, by measure and series (`series_store.of_measures` tells whose each series is).

    A series without any data has no reading. `overdue_since` is as of `today`.
    """
    day = today or now().date()
    loaded = await reading_store.load(tx, measure_ids)
    return {
        measure_id: {id: _as_of(found, day) for id, found in by_series.items()}
        for measure_id, by_series in loaded.items()
    }


async def refresh(tx: Tx, measure_ids: Collection[str]) -> None:
    """Read all series of these measures anew, in the way their space has chosen; the whole with them."""
    ids = sorted(set(measure_ids))
    profiles = await reading_store.profiles(tx, ids)
    definitions = await reading_store.definitions(tx, ids)
    targets, rebases = await measure_store.targets(tx, ids), await measure_store.rebases(tx, ids)
    for measure_id, definition in definitions.items():
        lines = await _with_wholes(tx, measure_id, definition)
        observed = await series_store.observed(tx, [one.id for one in lines])
        task = _Task(definition, lines, observed, targets[measure_id], rebases[measure_id])
        # Elsewhere than in the loop, where the boards live: a thousand series take seconds.
        found = await asyncio.to_thread(_read, task, PROFILES[profiles[measure_id]])
        await reading_store.keep(tx, [one.id for one in lines], found, now())


def _as_of(found: Found, day: date) -> Found:
    return replace(found, overdue_since=found.due) if found.due and found.due < day else found


async def _with_wholes(tx: Tx, measure_id: str, definition: Definition) -> list[Series]:
    """The lines of a measure, with one for the whole of each breakdown that two organisations have."""
    lines = (await series_store.of_measures(tx, [measure_id]))[measure_id]
    if finding.adds_up(definition):
        for breakdown in sorted({one.breakdown for one in lines if one.organisation}):
            known = any(_is_whole(one) and one.breakdown == breakdown for one in lines)
            if not known and len(_parts_of(lines, breakdown)) > 1:
                lines.append(await series_store.ensure(tx, measure_id, breakdown=breakdown))
    return lines


def _is_whole(line: Series) -> bool:
    return not line.organisation and not line.area


def _parts_of(lines: Sequence[Series], breakdown: tuple[tuple[str, str], ...]) -> list[Series]:
    return [one for one in lines if one.organisation and one.breakdown == breakdown]


def _read(task: _Task, profile: Profile) -> list[tuple[str, Found]]:
    """What was found in each line that has data. What must not be shown is taken out before all else."""
    summed = {line.id for line in task.lines if finding.adds_up(task.definition) and _is_whole(line)}
    observed = {
        line.id: _whole(task, line) if line.id in summed else task.observed[line.id] for line in task.lines
    }
    shown = hiding.shown(task.definition, task.lines, observed)
    found = []
    for line in task.lines:
        if shown[line.id]:
            one = finding.find(task.definition, shown[line.id], task.targets, task.rebases, profile)
            # Nobody here is waited for with what others publish.
            one = replace(one, derived=line.id in summed, due=None if line.area else one.due)
            found.append((line.id, one))
    return found


def _whole(task: _Task, line: Series) -> list[Observed]:
    """All organisations together; nothing where fewer than two have reported."""
    parts = [task.observed[part.id] for part in _parts_of(task.lines, line.breakdown)]
    return finding.whole(task.definition, parts) if sum(map(bool, parts)) > 1 else []
