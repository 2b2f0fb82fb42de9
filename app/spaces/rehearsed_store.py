"""Copies of spaces in which a workshop is tried: held for a moment at a time, so that none is left behind."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from app.compiled_statements import built_once
from app.db import Tx, Utc
from app.spaces.space import Standing
from app.spaces.tables import organisation_seat, space


class Taken(RuntimeError):
    """Somebody made a copy at the same moment."""


async def add(tx: Tx, space_id: str, of: str, at: datetime, until: datetime) -> None:
    """A space with the words and the organisations of another one, and nobody and nothing in it.

    Raises Taken where that one has such a copy.
    """
    words = [space.c[name] for name in ("name", "purpose", "scope", "agreement", "waits_days")]
    made = {"id": space_id, "epoch": 1, "rehearses": of}
    head = select(
        *words,
        *(literal(value).label(name) for name, value in made.items()),
        literal(at, Utc).label("created_at"),
        literal(until, Utc).label("rehearsed_until"),
    )
    names = [one.name for one in head.selected_columns]
    try:
        await tx.execute(insert(space).from_select(names, head.where(space.c.id == of)))
    except IntegrityError as error:
        raise Taken from error
    theirs = (organisation_seat.c.space_id == of, organisation_seat.c.state == Standing.JOINED)
    same = [organisation_seat.c[name] for name in ("organisation_id", "colour", "state", "proposed_at")]
    seats = select(literal(space_id).label("space_id"), *same, organisation_seat.c.joined_at).where(*theirs)
    names = [one.name for one in seats.selected_columns]
    await tx.execute(insert(organisation_seat).from_select(names, seats))


async def hold(tx: Tx, space_id: str, until: datetime) -> bool:
    """Keep the copy until then; False where it is gone."""
    held = update(space).where(space.c.id == space_id, space.c.rehearses.is_not(None))
    return (await tx.execute(held.values(rehearsed_until=until))).rowcount == 1


async def copy_of(tx: Tx, space_id: str) -> str | None:
    """The copy that this space has now."""
    found: str | None = (await tx.execute(*_copy(space_id))).scalar_one_or_none()
    return found


@built_once
def _copy(space_id: Any) -> Select[Any]:
    return select(space.c.id).where(space.c.rehearses == space_id)


async def copies(tx: Tx) -> set[str]:
    """All of them."""
    return set((await tx.execute(select(space.c.id).where(space.c.rehearses.is_not(None)))).scalars())


async def lapsed(tx: Tx, at: datetime) -> list[str]:
    """The copies that nobody holds any more."""
    query = select(space.c.id).where(space.c.rehearses.is_not(None), space.c.rehearsed_until < at)
    return list((await tx.execute(query)).scalars())
