"""Saving numbers entered by hand: those of the person's own organisation, all of a form or none of it."""

from collections.abc import Mapping

from msgspec import Struct

from app.access import NOT_FOUND, Code, Refused
from app.db import Tx
from app.outcomes.editing import grid
from app.outcomes.editing.grid import GridRow
from app.outcomes.editing.measures import measure_change
from app.outcomes.goals.goal import Goal
from app.outcomes.measures import observation_store, series_store
from app.outcomes.measures.measure import Measure, Observed
from app.outcomes.measures.observation_store import Revision, WriteContext
from app.outcomes.readings import compute as readings
from app.phrases import day_of
from app.spaces.actions import Door


class Entered(Struct, frozen=True):
    """What became of a form of numbers: saved (`kept` values), or nothing with `errors` by cell.

    Goal, measure and rows are those that the form was checked against, for showing it again.
    """

    goal: Goal
    measure: Measure
    rows: list[GridRow]
    errors: dict[str, str]
    kept: int = 0


async def enter(door: Door, measure_id: str, form: Mapping[str, str], more: int) -> Entered:
    """Save what was typed. `more` is how many periods further back the grid goes.

    Raises Refused for a person without an organisation.
    """
    async with measure_change(door, "measure.enter", measure_id) as (under_way, measure, goal):
        tx, own = under_way.tx, under_way.seat.actor.organisation
        if own is None:
            raise Refused(Code.NOT_ALLOWED, NOT_FOUND)
        known = await observed(tx, measure, own)
        rows = grid.rows(measure.definition, known, day_of(under_way.at), more)
        entries, errors = grid.read(measure.definition, rows, form, known)
        if errors or not entries:
            return Entered(goal, measure, rows, errors)
        series = await series_store.ensure(tx, measure_id, own)
        newest = await observation_store.newest(tx, [series.id])
        revisions = [
            Revision(series.id, one.period, one.numbers, newest.get((series.id, one.period.start), 0) + 1)
            for one in entries
        ]
        writing = WriteContext(under_way.seat.actor.person or "", under_way.at)
        await observation_store.append(tx, revisions, writing)
        await readings.refresh(tx, [measure_id])
        return Entered(goal, measure, rows, {}, len(revisions))


async def observed(tx: Tx, measure: Measure, organisation: str) -> list[Observed]:
    """The newest value of every period of the organisation's own series, without breakdown, in order."""
    series = (await series_store.of_measures(tx, [measure.id]))[measure.id]
    own = [one.id for one in series if one.organisation == organisation and not one.breakdown]
    return (await observation_store.observed(tx, own)).get(own[0], []) if own else []
