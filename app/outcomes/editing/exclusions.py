"""Leaving a value out of the limits of its series, and letting it count again. Only the tender may."""

from datetime import date

from app.access import NOT_FOUND, Code, Refused
from app.outcomes.editing.measures import measure_change
from app.outcomes.goals.actions import me
from app.outcomes.measures import exclusion_store, series_store
from app.outcomes.readings import compute as readings
from app.spaces.actions import Door

ALREADY = "This value is left out of the limits already."


async def leave_out(door: Door, measure_id: str, series_id: str, start: date, reason: str) -> None:
    """Leave a value out; the chart shows it with the reason. Raises Refused where there is none."""
    async with measure_change(door, "goal.tend", measure_id) as (under_way, *_):
        tx = under_way.tx
        series = (await series_store.of_measures(tx, [measure_id]))[measure_id]
        found = (await readings.of_measures(tx, [measure_id]))[measure_id].get(series_id)
        known = found is not None and any(
            dot.start == start and dot.value is not None for dot in found.points
        )
        if not known or series_id not in {one.id for one in series}:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        if start in (await exclusion_store.reasons(tx, [measure_id])).get(series_id, {}):
            raise Refused(Code.CONFLICT, ALREADY)
        await exclusion_store.add(tx, measure_id, series_id, start, reason, me(under_way), under_way.at)
        await readings.refresh(tx, [measure_id])


async def count_again(door: Door, measure_id: str, exclusion_id: str) -> None:
    """Undo it. The row stays in the database, with who undid it."""
    async with measure_change(door, "goal.tend", measure_id) as (under_way, *_):
        undone = await exclusion_store.undo(
            under_way.tx, measure_id, exclusion_id, me(under_way), under_way.at
        )
        if not undone:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        await readings.refresh(under_way.tx, [measure_id])
