"""Goals in the database; `owner_store` writes whose they are."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, insert, select, update

from app.compiled_statements import built_once
from app.db import Tx
from app.outcomes.goals.goal import Answer, Asked, Driver, Goal, GoalName, GoalState, Level
from app.outcomes.goals.rules import GoalDraft
from app.outcomes.tables import driver, driver_tie, goal, goal_organisation


async def of_space(tx: Tx, space_id: str, archived: bool = False) -> list[Goal]:
    """The goals in use (or the archived ones): the open ones first, by title."""
    goals = await _goals(tx, *(_away if archived else _in_use)(space_id))
    return sorted(goals, key=lambda one: (one.state is not GoalState.OPEN, one.title.casefold(), one.id))


async def names(tx: Tx, space_id: str) -> list[GoalName]:
    """Of the goals in use what others say of them, in the order of `of_space`: one statement."""
    rows = await tx.execute(*_in_use(space_id))
    order = sorted(rows, key=lambda one: (one.state != GoalState.OPEN, one.title.casefold(), one.id))
    return [GoalName(one.id, space_id, one.title, one.changed_at) for one in order]


async def find(tx: Tx, space_id: str, goal_id: str) -> Goal | None:
    """The goal, archived or not; None where it is of another space."""
    return next(iter(await _goals(tx, *_one(space_id, goal_id))), None)


async def tended_by(tx: Tx, person_id: str) -> list[Goal]:
    """The goals somebody looks after, in all spaces, archived ones included."""
    return await _goals(tx, select(goal).where(goal.c.tender_id == person_id).order_by(goal.c.id))


async def add(
    tx: Tx, goal_id: str, space_id: str, draft: GoalDraft, tender: str, by: str, at: datetime
) -> None:
    kept = {"state": GoalState.OPEN, "created_at": at, "created_by": by, "changed_at": at, "changed_by": by}
    row = {"id": goal_id, "space_id": space_id, "tender_id": tender, **_words(draft), **kept}
    await tx.execute(insert(goal).values(row))


async def change(tx: Tx, goal_id: str, draft: GoalDraft, by: str, at: datetime) -> None:
    await _set(tx, goal_id, changed_at=at, changed_by=by, **_words(draft))


async def set_tender(tx: Tx, goal_id: str, tender: str) -> None:
    await _set(tx, goal_id, tender_id=tender)


async def set_state(tx: Tx, goal_id: str, state: GoalState, at: datetime) -> None:
    await _set(tx, goal_id, state=state, changed_at=at)


async def set_archived(tx: Tx, goal_id: str, at: datetime | None) -> None:
    await _set(tx, goal_id, archived_at=at)


async def drivers(tx: Tx, goal_id: str) -> list[Driver]:
    """The drivers of a goal in order, without the removed ones."""
    rows = list(await tx.execute(*_drivers(goal_id)))
    return [_as_driver(row, uppers) for row, uppers in await _with_uppers(tx, rows)]


@built_once
def _drivers(goal_id: Any) -> Select[Any]:
    here = (driver.c.goal_id == goal_id, driver.c.removed_at.is_(None))
    return select(driver).where(*here).order_by(driver.c.position, driver.c.id)


@built_once
def _in_use(space_id: Any) -> Select[Any]:
    return select(goal).where(goal.c.space_id == space_id, goal.c.archived_at.is_(None))


@built_once
def _away(space_id: Any) -> Select[Any]:
    return select(goal).where(goal.c.space_id == space_id, goal.c.archived_at.is_not(None))


@built_once
def _one(space_id: Any, goal_id: Any) -> Select[Any]:
    return select(goal).where(goal.c.space_id == space_id, goal.c.id == goal_id)


async def _goals(tx: Tx, query: Select[Any], values: dict[str, Any] | None = None) -> list[Goal]:
    rows = list(await tx.execute(query, values))
    named = await _named(tx, [row.id for row in rows])
    return [_as_goal(row, named[row.id]) for row in rows]


async def _named(tx: Tx, goal_ids: Collection[str]) -> dict[str, list[Row[Any]]]:
    """By goal the organisations that own it, and those that were asked to."""
    by_id: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in await tx.execute(*_organisations(goal_ids)):
        by_id[row.goal_id].append(row)
    return by_id


@built_once
def _organisations(goal_ids: Any) -> Select[Any]:
    query = select(goal_organisation).where(goal_organisation.c.goal_id.in_(goal_ids))
    return query.order_by(goal_organisation.c.organisation_id)


async def _set(tx: Tx, goal_id: str, **values: Any) -> None:
    await tx.execute(update(goal).where(goal.c.id == goal_id).values(values))


async def _with_uppers(tx: Tx, rows: list[Row[Any]]) -> list[tuple[Row[Any], tuple[str, ...]]]:
    """Each driver with the ids of its upper drivers that are not removed."""
    ids = {row.id for row in rows}
    by_id: dict[str, list[str]] = defaultdict(list)
    for tie in await tx.execute(*_driver_ties(ids)):
        if tie.upper_id in ids:
            by_id[tie.lower_id].append(tie.upper_id)
    return [(row, tuple(sorted(by_id[row.id]))) for row in rows]


@built_once
def _driver_ties(lower_ids: Any) -> Select[Any]:
    return select(driver_tie).where(driver_tie.c.lower_id.in_(lower_ids))


def _words(draft: GoalDraft) -> dict[str, Any]:
    return {
        "title": draft.title,
        "aim": draft.aim,
        "start": draft.start,
        "to": draft.to,
        "for_whom": draft.for_whom,
        "by_when": draft.by_when,
        "person": draft.person,
        "theory": draft.theory,
    }


def _as_goal(row: Row[Any], named: list[Row[Any]]) -> Goal:
    return Goal(
        id=row.id,
        space=row.space_id,
        title=row.title,
        aim=row.aim,
        start=row.start,
        to=row.to,
        for_whom=row.for_whom,
        by_when=row.by_when,
        person=row.person,
        theory=row.theory,
        tender=row.tender_id,
        organisations=tuple(one.organisation_id for one in named if one.answer == Answer.YES),
        state=GoalState(row.state),
        changed_at=row.changed_at,
        archived=row.archived_at is not None,
        asked=tuple(_as_asked(one) for one in named if one.answer != Answer.YES),
    )


def _as_asked(row: Row[Any]) -> Asked:
    return Asked(row.organisation_id, Answer(row.answer), row.by, row.by_organisation, row.at, row.said)


def _as_driver(row: Row[Any], uppers: tuple[str, ...]) -> Driver:
    return Driver(row.id, row.goal_id, Level(row.level), row.words, row.position, uppers)
