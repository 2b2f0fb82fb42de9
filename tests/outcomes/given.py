"""Goals, measures and numbers in the database, for tests that are about something else."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, select

from app.db import Database, Tx, new_id, now
from app.outcomes.goals import owner_store
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.rules import GoalDraft
from app.outcomes.measures import observation_store, series_store
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Definition, Measure
from app.outcomes.measures.observation_store import Revision, WriteContext
from app.outcomes.measures.periods import Period, after, of_day, read
from app.outcomes.measures.values import period_value
from app.outcomes.readings import compute as readings
from app.outcomes.tables import observation

HOME = Definition(name="Home within two days", suppress_below=0)


async def a_goal(
    db: Database, space: str, tender: str, *organisations: str, title: str = "Home sooner"
) -> str:
    made = new_id()
    words: dict[str, Any] = {"aim": "", "start": "", "to": "", "for_whom": "", "person": "", "theory": ""}
    draft = GoalDraft(title=title, by_when=None, **words)
    async with db.write() as tx:
        await goal_store.add(tx, made, space, draft, tender, tender, now())
        await owner_store.add(tx, made, organisations, now())
    return made


async def a_measure(
    db: Database, space: str, goal: str, by: str, definition: Definition = HOME, code: str = "home"
) -> str:
    made = new_id()
    async with db.write() as tx:
        await measure_store.add(tx, space, Measure(made, goal, code, 1, definition), by, now())
    return made


async def numbers(
    db: Database,
    measure: str,
    by: str,
    pairs: Sequence[tuple[int, int]],
    organisation: str | None = None,
    area: str = "",
    definition: Definition = HOME,
    begin: str = "2024-01-01",
    breakdown: Sequence[tuple[str, str]] = (),
    area_name: str = "",
) -> str:
    """Numerators and denominators period after period; gives the series."""
    async with db.write() as tx:
        line = await series_store.ensure(tx, measure, organisation, area, area_name, breakdown=breakdown)
        period: Period = read(begin, definition.frequency)
        news = []
        for n, d in pairs:
            kept = period_value(definition, Decimal(n), Decimal(d), "missing")
            news.append(Revision(line.id, period, kept, 1))
            period = after(period, definition.frequency)
        await observation_store.append(tx, news, WriteContext(by, now()))
        await readings.refresh(tx, [measure])
    return line.id


async def revisions(tx: Tx, series_id: str) -> list[Row[Any]]:
    """Every revision that is in force, also those that count no more; the newest of each period first."""
    query = (
        select(observation)
        .where(observation.c.series_id == series_id, observation_store.in_force())
        .order_by(observation.c.start, observation.c.revision.desc())
    )
    return list(await tx.execute(query))


__all__ = ["HOME", "a_goal", "a_measure", "numbers", "of_day", "revisions"]
