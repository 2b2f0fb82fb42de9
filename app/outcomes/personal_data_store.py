"""What one person wrote about goals and measures, in the database: for downloading and erasing."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select, update

from app.db import Tx
from app.outcomes.annotation_tables import annotation, commentary, excluded_point, rebase, target
from app.outcomes.measures.observation_store import in_force
from app.outcomes.tables import driver, goal, goal_organisation, measure, measure_version, observation, series

ANNOTATIONS = {
    "targets": target,
    "new_limits": rebase,
    "left_out": excluded_point,
    "annotations": annotation,
    "stories": commentary,
}


async def goals_by(tx: Tx, person_id: str) -> list[Any]:
    """Goals whose present words the person wrote."""
    return list(await tx.execute(select(goal).where(goal.c.changed_by == person_id).order_by(goal.c.id)))


async def goal_owners_by(tx: Tx, person_id: str, space_ids: Collection[str]) -> list[Any]:
    """What the person asked organisations to own, and what they answered for one, in these spaces."""
    row = goal_organisation.c
    query = (
        select(goal.c.space_id, goal.c.title, row.organisation_id, row.answer, row.said, row.at)
        .join(goal_organisation, row.goal_id == goal.c.id)
        .where(row.by == person_id, goal.c.space_id.in_(space_ids))
    )
    return list(await tx.execute(query.order_by(row.at, goal.c.id)))


async def drivers_by(tx: Tx, person_id: str) -> list[Any]:
    """Drivers whose present words the person wrote, removed ones too."""
    query = select(driver).where(driver.c.by == person_id)
    return list(await tx.execute(query.order_by(driver.c.goal_id, driver.c.position)))


async def versions_by(tx: Tx, person_id: str) -> list[Any]:
    """(code, version, definition as JSON, at) of each definition of a measure that the person wrote."""
    query = (
        select(measure.c.code, measure_version)
        .join(measure, measure.c.id == measure_version.c.measure_id)
        .where(measure_version.c.by == person_id)
    )
    return list(await tx.execute(query.order_by(measure_version.c.at, measure.c.code)))


async def annotations_by(tx: Tx, kind: str, person_id: str) -> list[Any]:
    """The rows of a `kind` of ANNOTATIONS that the person wrote, with the code of their measure."""
    table = ANNOTATIONS[kind]
    query = select(measure.c.code, table).join(measure, measure.c.id == table.c.measure_id)
    return list(await tx.execute(query.where(table.c.by == person_id).order_by(table.c.at, table.c.id)))


async def numbers_by(tx: Tx, person_id: str) -> list[Any]:
    """Every number that the person entered or imported, also where it was corrected since."""
    query = (
        select(measure.c.code, series.c.area, observation)
        .join(series, series.c.id == observation.c.series_id)
        .join(measure, measure.c.id == series.c.measure_id)
        .where(observation.c.by == person_id, in_force())
    )
    order = (measure.c.code, observation.c.series_id, observation.c.start, observation.c.revision)
    return list(await tx.execute(query.order_by(*order)))


async def forget_owner(tx: Tx, person_id: str, name: str) -> None:
    """Remove their name from stories of theirs where they wrote it as the owner of the action."""
    theirs = (commentary.c.by == person_id, commentary.c.owner == name)
    await tx.execute(update(commentary).where(*theirs).values(owner=""))
