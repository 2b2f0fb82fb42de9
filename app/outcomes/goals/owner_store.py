"""Which organisations own a goal, and which were asked to, in the database; `store` reads them with it."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from app.db import Tx
from app.outcomes.goals.goal import Answer
from app.outcomes.tables import goal, goal_organisation


async def add(tx: Tx, goal_id: str, organisations: Collection[str], at: datetime) -> None:
    """Organisations that own the goal. Rights are checked before."""
    rows = [
        {"goal_id": goal_id, "organisation_id": one, "answer": Answer.YES, "at": at} for one in organisations
    ]
    await tx.execute(insert(goal_organisation), rows)


async def ask(
    tx: Tx, goal_id: str, organisation: str, by: str, by_organisation: str | None, at: datetime
) -> None:
    """Ask an organisation to own the goal; what it said to that before is over."""
    await take_out(tx, goal_id, organisation)
    row = {"goal_id": goal_id, "organisation_id": organisation, "answer": Answer.ASKED}
    await tx.execute(insert(goal_organisation).values(**row, by=by, by_organisation=by_organisation, at=at))


async def answer(
    tx: Tx, goal_id: str, organisation: str, said: Answer, by: str, at: datetime, why: str = ""
) -> None:
    """Note its yes or no, and who said it for it."""
    values = {"answer": said, "by": by, "by_organisation": organisation, "at": at, "said": why}
    await tx.execute(update(goal_organisation).where(_row(goal_id, organisation)).values(values))


async def take_out(tx: Tx, goal_id: str, organisation: str) -> None:
    """It neither owns the goal nor is asked to."""
    await tx.execute(delete(goal_organisation).where(_row(goal_id, organisation)))


async def asking(tx: Tx, space_id: str, organisation: str) -> list[tuple[str, str, str | None, datetime]]:
    """(id, title, organisation that asked, when) of the goals that wait for this one, the oldest first."""
    row = goal_organisation.c
    query = (
        select(goal.c.id, goal.c.title, row.by_organisation, row.at)
        .join(goal_organisation, row.goal_id == goal.c.id)
        .where(goal.c.space_id == space_id, goal.c.archived_at.is_(None))
        .where(row.organisation_id == organisation, row.answer == Answer.ASKED)
        .order_by(row.at, goal.c.id)
    )
    return [(one.id, one.title, one.by_organisation, one.at) for one in await tx.execute(query)]


def _row(goal_id: str, organisation: str) -> ColumnElement[bool]:
    return and_(goal_organisation.c.goal_id == goal_id, goal_organisation.c.organisation_id == organisation)
