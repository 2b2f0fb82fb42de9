"""Which organisations own a goal, and which were asked to, in the database; `store` reads them with it."""

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update

from app.db import Tx
from app.outcomes.goals.goal import Answer
from app.outcomes.tables import goal, goal_organisation
from app.spaces.store import is_here


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


class Waiting(Struct, frozen=True):
    """A goal that an organisation is asked to own, by which one and when; or that is nobody's."""

    id: str
    title: str
    asked: bool
    by: str | None
    at: datetime | None


async def waiting(tx: Tx, space_id: str, organisation: str) -> list[Waiting]:
    """The goals that wait for an organisation, the oldest first; archived ones where nobody here owns them.

    At the end those that nobody of the space owns or was asked to own: any can propose them.
    """
    row = goal_organisation.c
    theirs = and_(row.goal_id == goal.c.id, row.organisation_id == organisation, row.answer == Answer.ASKED)
    owned, owned_or_asked = _anybodys(Answer.YES), _anybodys(Answer.YES, Answer.ASKED)
    in_use = goal.c.archived_at.is_(None)
    query = (
        select(goal.c.id, goal.c.title, row.goal_id, row.by_organisation, row.at)
        .outerjoin(goal_organisation, theirs)
        .where(goal.c.space_id == space_id)
        .where(or_(and_(row.goal_id.is_not(None), or_(in_use, ~owned)), and_(in_use, ~owned_or_asked)))
        .order_by(row.goal_id.is_(None), row.at, goal.c.id)
    )
    return [
        Waiting(one.id, one.title, one.goal_id is not None, one.by_organisation, one.at)
        for one in await tx.execute(query)
    ]


def _anybodys(*answers: Answer) -> ColumnElement[bool]:
    """Whether an organisation that is here said one of these to owning the goal; or was asked."""
    owner = goal_organisation.alias()
    here = is_here(goal.c.space_id, owner.c.organisation_id)
    query = select(owner.c.goal_id).where(owner.c.goal_id == goal.c.id, owner.c.answer.in_(answers), here)
    return query.correlate(goal).exists()


def _row(goal_id: str, organisation: str) -> ColumnElement[bool]:
    return and_(goal_organisation.c.goal_id == goal_id, goal_organisation.c.organisation_id == organisation)
