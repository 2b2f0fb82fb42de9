"""Removing the copy of a space in which a workshop was tried, whatever came to lie in it.

It follows the keys of the tables, so that a table that is new is cleared as well.
"""

from sqlalchemy import ColumnElement, Table, delete, or_, select

from app.db import Tx, metadata
from app.people import actions as people
from app.spaces import member_store
from app.spaces import store as space_store
from app.spaces.space import Membership


async def clear(tx: Tx, space_id: str) -> None:
    """Delete the copy, all that is in it, and the people who are nowhere else. No other space is deleted."""
    space = await space_store.load(tx, space_id)
    if space is None or space.rehearses is None:
        return
    await space_store.bump(tx, space_id)  # first: who is joining just now has joined, or will not
    pretend = await _only_here(tx, space_id)
    for table in reversed(metadata.sorted_tables):
        within = _of_space(table, space_id)
        if within is not None:
            await tx.execute(delete(table).where(within))
    await people.forget_guests(tx, pretend)


async def _only_here(tx: Tx, space_id: str) -> list[str]:
    """Who is in no other space and has no account."""
    there = [one.person_id for one in await member_store.of_space(tx, space_id, list(Membership))]
    accounts = await people.emails(tx, there, proved=False)
    found = []
    for person in there:
        places = await member_store.of_person(tx, person)
        if len(places) == 1 and accounts.get(person) is None:
            found.append(person)
    return found


def _of_space(table: Table, space_id: str) -> ColumnElement[bool] | None:
    """Which rows belong to the space: by its id, or by what they hang on; None where none can."""
    if table.name == "space":
        return table.c.id == space_id
    if "space_id" in table.c:
        return table.c.space_id == space_id
    found = []
    for key in sorted(table.foreign_keys, key=lambda one: str(one.parent)):
        within = _of_space(key.column.table, space_id) if key.column.table is not table else None
        if within is not None:
            found.append(key.parent.in_(select(key.column).where(within)))
    return or_(*found) if found else None
