"""What is noted beside the places of people in a space, in the database: confirmed, paused, gone with all."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select, update

from app.db import Tx
from app.spaces.space import Membership
from app.spaces.tables import member


async def set_confirmed(
    tx: Tx, space_id: str, person_ids: Collection[str], organisation_id: str, by: str, at: datetime
) -> None:
    """Note that `by` says these guests come from their own organisation."""
    guests = and_(member.c.space_id == space_id, member.c.person_id.in_(person_ids))
    confirmed = {"confirmed_for": organisation_id, "confirmed_by": by, "confirmed_at": at}
    await tx.execute(update(member).where(guests).values(**confirmed))


async def clear_confirmed(tx: Tx, space_id: str, person_id: str) -> None:
    gone = {"confirmed_for": None, "confirmed_by": None, "confirmed_at": None}
    await tx.execute(update(member).where(_place(space_id, person_id)).values(**gone))


async def end_organisation(tx: Tx, space_id: str, organisation_id: str, at: datetime) -> None:
    """End the places of all its people, and the labels that it gave to guests."""
    here = and_(member.c.space_id == space_id, member.c.organisation_id == organisation_id)
    gone = {"state": Membership.FORMER, "left_at": at}
    await tx.execute(update(member).where(here, member.c.state == Membership.ACTIVE).values(gone))
    confirmed = and_(member.c.space_id == space_id, member.c.confirmed_for == organisation_id)
    none = {"confirmed_for": None, "confirmed_by": None, "confirmed_at": None}
    await tx.execute(update(member).where(confirmed).values(none))


async def set_paused(tx: Tx, space_id: str, person_id: str, until: datetime, by: str | None) -> None:
    """Pause a guest until then; with a time that is over, lift it: the time stays, as the once."""
    values = {"paused_until": until, **({"paused_by": by} if by else {})}
    await tx.execute(update(member).where(_place(space_id, person_id)).values(values))


async def paused(tx: Tx, space_id: str, person_id: str) -> tuple[datetime | None, str | None]:
    """Until when a guest is or was paused, and by whose stewards."""
    query = select(member.c.paused_until, member.c.paused_by).where(_place(space_id, person_id))
    row = (await tx.execute(query)).one_or_none()
    return (row.paused_until, row.paused_by) if row else (None, None)


def _place(space_id: str, person_id: str) -> ColumnElement[bool]:
    return and_(member.c.space_id == space_id, member.c.person_id == person_id)
