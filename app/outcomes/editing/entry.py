"""The door for numbers entered by hand: one's own organisation's, all of a form or nothing of it."""

from collections.abc import Mapping

from app.access import NOT_FOUND, Code, Refused
from app.db import Tx
from app.outcomes.editing import grid
from app.outcomes.editing.grid import GridRow
from app.outcomes.editing.measures import measure_change
from app.outcomes.measures import observation_store, series_store
from app.outcomes.measures.measure import Measure, Observed
from app.outcomes.measures.observation_store import Revision, WriteContext
from app.outcomes.readings import service as readings
from app.spaces.actions import Door


async def enter(
    door: Door, measure_id: str, form: Mapping[str, str], more: int
) -> tuple[list[GridRow], dict[str, str], int]:
    """Keep what was typed; gives the rows as they were, what is wrong by cell, and how many were kept."""
    async with measure_change(door, "measure.enter", measure_id) as (under_way, measure):
        tx, own = under_way.tx, under_way.seat.actor.organisation
        if own is None:
            raise Refused(Code.NOT_ALLOWED, NOT_FOUND)
        there = await observed(tx, measure, own)
        rows = grid.grid(measure.definition, there, under_way.at.date(), more)
        entries, errors = grid.read(measure.definition, rows, form, there)
        if errors or not entries:
            return rows, errors, 0
        line = await series_store.ensure(tx, measure_id, own)
        newest = await observation_store.newest(tx, [line.id])
        news = [
            Revision(line.id, one.period, one.counted, newest.get((line.id, one.period.start), 0) + 1)
            for one in entries
        ]
        await observation_store.append(
            tx, news, WriteContext(under_way.seat.actor.person or "", under_way.at)
        )
        await readings.refresh(tx, [measure_id])
        return rows, {}, len(news)


async def observed(tx: Tx, measure: Measure, organisation: str) -> list[Observed]:
    """What is known of the organisation's own line."""
    lines = (await series_store.of_measures(tx, [measure.id]))[measure.id]
    own = [one.id for one in lines if one.organisation == organisation and not one.breakdown]
    return (await observation_store.observed(tx, own)).get(own[0], []) if own else []
