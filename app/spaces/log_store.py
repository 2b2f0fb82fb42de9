"""The log of a space in the database: written once, and only read after that."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Row, func, insert, or_, select

from app.access import Role
from app.db import Tx
from app.spaces.log_entry import Act, Entry, Noted
from app.spaces.space import Seat
from app.spaces.tables import space_log


class Narrowed(Struct, frozen=True):
    """Which entries are asked for: of these acts, of this organisation, older than this number."""

    acts: Collection[str] = ()
    organisation: str = ""
    before: int | None = None


async def add(
    tx: Tx, space_id: str, entries: Sequence[Noted], by: str | None, organisation: str | None, at: datetime
) -> None:
    """Write entries down, in their order. Only with the space locked: each has the next number."""
    if not entries:
        return
    query = select(func.coalesce(func.max(space_log.c.n), 0)).where(space_log.c.space_id == space_id)
    last = (await tx.execute(query)).scalar_one()
    rows = [
        {
            "space_id": space_id,
            "n": last + number,
            "at": at,
            "by_person": one.by[0] if one.by else by,
            "by_organisation": one.by[1] if one.by else organisation,
            "act": one.act,
            "about": one.about,
            "before": msgspec.json.encode(one.before).decode(),
            "after": msgspec.json.encode(one.after).decode(),
        }
        for number, one in enumerate(entries, 1)
    ]
    await tx.execute(insert(space_log), rows)


async def page(tx: Tx, seat: Seat, asked: Narrowed, most: int) -> list[Entry]:
    """The entries that this person may read, the newest first, at most so many."""
    query = select(space_log).where(*_readable(seat))
    if asked.acts:
        query = query.where(space_log.c.act.in_(asked.acts))
    if asked.organisation:
        query = query.where(space_log.c.by_organisation == asked.organisation)
    if asked.before is not None:
        query = query.where(space_log.c.n < asked.before)
    rows = await tx.execute(query.order_by(space_log.c.n.desc()).limit(most))
    return [_as_entry(row) for row in rows]


async def last_words(tx: Tx, space_id: str) -> dict[str, datetime]:
    """When each organisation last did something that stands in the log."""
    query = (
        select(space_log.c.by_organisation, func.max(space_log.c.at).label("at"))
        .where(space_log.c.space_id == space_id, space_log.c.by_organisation.is_not(None))
        .group_by(space_log.c.by_organisation)
    )
    return {row.by_organisation: row.at for row in await tx.execute(query)}


async def find(tx: Tx, seat: Seat, n: int) -> Entry | None:
    """One entry, or None where there is none or this person may not read it."""
    row = (await tx.execute(select(space_log).where(*_readable(seat), space_log.c.n == n))).one_or_none()
    return _as_entry(row) if row else None


def _readable(seat: Seat) -> list[ColumnElement[bool]]:
    """Resets are for stewards of the organisation whose steward made the link, and for whom it was made."""
    person, organisation = seat.actor.person, seat.actor.organisation
    mine: ColumnElement[bool] = space_log.c.about == f"person:{person}"
    if seat.actor.role is Role.STEWARD and organisation:
        mine = or_(mine, space_log.c.by_organisation == organisation)
    return [space_log.c.space_id == seat.space.id, or_(space_log.c.act != Act.RESET, mine)]


def _as_entry(row: Row[Any]) -> Entry:
    return Entry(
        row.n,
        row.at,
        row.by_person,
        row.by_organisation,
        row.act,
        row.about,
        msgspec.json.decode(row.before),
        msgspec.json.decode(row.after),
    )
