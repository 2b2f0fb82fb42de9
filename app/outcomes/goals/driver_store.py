"""Writing driver diagrams into the database; `store.drivers` reads them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from app.db import Tx
from app.outcomes.goals.goal import Driver, Level
from app.outcomes.tables import driver, driver_tie


async def add(tx: Tx, one: Driver, by: str) -> None:
    """A driver at the end of those of its goal."""
    row = {"id": one.id, "goal_id": one.goal, "level": one.level, "words": one.words, "by": by}
    await tx.execute(insert(driver).values(position=one.position, **row))
    await set_uppers(tx, one.id, one.uppers)


async def count(tx: Tx, goal_id: str) -> int:
    """How many drivers the goal has, removed ones included: also the position of the next."""
    return (await tx.execute(select(func.count()).where(driver.c.goal_id == goal_id))).scalar_one()


async def reword(tx: Tx, driver_id: str, words: str, by: str) -> None:
    await tx.execute(update(driver).where(driver.c.id == driver_id).values(words=words, by=by))


async def set_uppers(tx: Tx, driver_id: str, uppers: Collection[str]) -> None:
    await tx.execute(delete(driver_tie).where(driver_tie.c.lower_id == driver_id))
    if uppers:
        await tx.execute(insert(driver_tie), [{"lower_id": driver_id, "upper_id": upper} for upper in uppers])


async def set_order(tx: Tx, driver_ids: Collection[str]) -> None:
    for position, driver_id in enumerate(driver_ids):
        await tx.execute(update(driver).where(driver.c.id == driver_id).values(position=position))


async def set_removed(tx: Tx, driver_id: str, at: datetime | None) -> None:
    """The links to its upper and lower drivers stay, so that it can be put back where it was."""
    await tx.execute(update(driver).where(driver.c.id == driver_id).values(removed_at=at))


async def removed(tx: Tx, goal_id: str) -> list[Driver]:
    """The drivers that were taken out of a diagram, the latest first."""
    gone = (driver.c.goal_id == goal_id, driver.c.removed_at.is_not(None))
    rows = await tx.execute(select(driver).where(*gone).order_by(driver.c.removed_at.desc(), driver.c.id))
    return [Driver(row.id, row.goal_id, Level(row.level), row.words, row.position) for row in rows]
