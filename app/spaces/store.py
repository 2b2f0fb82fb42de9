"""Spaces and the organisations that own them, in the database."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from msgspec import structs
from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, insert, select, update

from app.access import Role, State
from app.compiled_statements import built_once, number
from app.db import SyncTx, Tx, new_id
from app.spaces.look_alike import told_apart
from app.spaces.space import ENDED, Membership, Organisation, Space, SpaceDraft, Standing, marked
from app.spaces.tables import member, organisation, organisation_seat, space

HERE = (Standing.PROPOSED, Standing.JOINED)  # who owns the space, and who is to


async def add_space(tx: Tx, space_id: str, draft: SpaceDraft, at: datetime) -> None:
    await tx.execute(insert(space).values(id=space_id, epoch=1, created_at=at, **structs.asdict(draft)))


_BY_ID = select(space).where(space.c.id == bindparam("space_id"))  # built once: asked at every request


async def load(tx: Tx, space_id: str) -> Space | None:
    """The space, or None."""
    row = (await tx.execute(_BY_ID, {"space_id": space_id})).one_or_none()
    return as_space(row) if row else None


def as_space(row: Row[Any]) -> Space:
    state = State.ARCHIVED if row.archived_at else State.OPEN
    words = (row.name, row.purpose, row.scope, row.agreement)
    return Space(row.id, *words, state, row.epoch, row.content, row.rehearses)


async def any_space(tx: Tx) -> bool:
    return (await tx.execute(select(space.c.id).limit(1))).first() is not None


async def set_words(tx: Tx, space_id: str, words: dict[str, Any]) -> None:
    """Store some of its name, purpose, scope and agreement."""
    await tx.execute(update(space).where(space.c.id == space_id).values(words))


async def set_archived(tx: Tx, space_id: str, at: datetime | None) -> None:
    """Archive a space, or with None restore it."""
    await tx.execute(update(space).where(space.c.id == space_id).values(archived_at=at))


async def bump(tx: Tx, space_id: str, *, content_only: bool = False) -> int | None:
    """Raise the epoch by one and give it; None when there is no such space. Locks the row on PostgreSQL.

    `content_only` says that nobody may do anything else than before: the epoch of rights stays.
    """
    values = {"epoch": space.c.epoch + 1, **({"content": space.c.content + 1} if content_only else {})}
    raised = update(space).where(space.c.id == space_id).values(values).returning(space.c.epoch)
    epoch: int | None = (await tx.execute(raised)).scalar_one_or_none()
    return epoch


async def lock(tx: Tx, space_id: str) -> None:
    """Lock the row on PostgreSQL, as `bump` does. On SQLite whoever writes is alone in any case."""
    await tx.execute(select(space.c.id).where(space.c.id == space_id).with_for_update())


_RIGHTS = select(space.c.epoch - space.c.content).where(space.c.id == bindparam("space_id"))


def rights_in(tx: SyncTx, space_id: str) -> int | None:
    """The epoch of rights, within a transaction that runs in a thread; None when there is no such space."""
    return number(tx, _RIGHTS, space_id=space_id)


def has_rights(space_id: ColumnElement[str], epoch: ColumnElement[int]) -> ColumnElement[bool]:
    """A condition for the statements of others: that this is the epoch of rights of this space."""
    return exists().where(space.c.id == space_id, space.c.epoch - space.c.content == epoch)


async def rights(tx: Tx, space_ids: Collection[str]) -> dict[str, int]:
    """The epochs of rights by space, without spaces that do not exist."""
    return {row.id: row.rights for row in await tx.execute(*_rights(space_ids))}


@built_once
def _rights(ids: Any) -> Select[Any]:
    found = select(space.c.id, (space.c.epoch - space.c.content).label("rights"))
    return found.where(space.c.id.in_(ids))


_EPOCHS = select(space.c.id, space.c.epoch).where(space.c.id.in_(bindparam("ids", expanding=True)))


async def epochs(tx: Tx, space_ids: Collection[str]) -> dict[str, int]:
    """The epochs by space, without spaces that do not exist."""
    rows = await tx.execute(_EPOCHS, {"ids": list(space_ids)})
    return {row.id: row.epoch for row in rows}


# -- organisations -----------------------------------------------------------------------------------


async def add_organisation(tx: Tx, name: str) -> str:
    """Store a new organisation; gives its id."""
    organisation_id = new_id()
    await tx.execute(insert(organisation).values(id=organisation_id, name=name))
    return organisation_id


async def add_seat(
    tx: Tx, space_id: str, organisation_id: str, colour: int, standing: Standing, by: str | None, at: datetime
) -> None:
    """Give an organisation a place in a space; `by` is the person who proposed it."""
    joined = at if standing is Standing.JOINED else None
    await tx.execute(
        insert(organisation_seat).values(
            space_id=space_id,
            organisation_id=organisation_id,
            colour=colour,
            state=standing,
            proposed_by=by,
            proposed_at=at,
            joined_at=joined,
        )
    )


def is_here(space_id: Any, organisation_id: Any) -> ColumnElement[bool]:
    """Of columns in queries of others: whether an organisation owns a space, and has not left it."""
    joined = organisation_seat.c.state == Standing.JOINED
    query = select(organisation_seat.c.space_id).where(_of(space_id, organisation_id), joined)
    return query.correlate_except(organisation_seat).exists()


async def set_standing(tx: Tx, space_id: str, organisation_id: str, standing: Standing, at: datetime) -> None:
    joined = {"joined_at": at} if standing is Standing.JOINED else {}
    await tx.execute(
        update(organisation_seat).where(_of(space_id, organisation_id)).values(state=standing, **joined)
    )


_UNCOUNTED = (
    select(organisation, organisation_seat.c.colour, organisation_seat.c.state)
    .join_from(organisation_seat, organisation, organisation.c.id == organisation_seat.c.organisation_id)
    .where(organisation_seat.c.space_id == bindparam("space_id"))
    .where(organisation_seat.c.state.in_((*HERE, *ENDED)))
    .order_by(organisation_seat.c.proposed_at, organisation.c.id)
)


async def organisations(tx: Tx, space_id: str) -> list[Organisation]:
    """Owners and proposed organisations, by name."""
    return [one for one in await with_ended(tx, space_id) if one.standing in HERE]


async def with_ended(tx: Tx, space_id: str) -> list[Organisation]:
    """The same with those that owned the space before; their names are marked.

    Of names that look alike each but that of the first to come has a number.
    """
    rows = (await tx.execute(_UNCOUNTED, {"space_id": space_id})).all()
    names = told_apart((row.id, marked(row.name, row.state)) for row in rows)
    found = [Organisation(row.id, names[row.id], row.colour, Standing(row.state)) for row in rows]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


async def organisation_names(tx: Tx, space_id: str) -> dict[str, str]:
    """The names by id of all organisations that ever had a place in the space, in the order of names.

    Those that are no longer here are marked.
    """
    found = {row.id: marked(row.name, row.state) for row in await tx.execute(*_ever(space_id))}
    return dict(sorted(found.items(), key=lambda one: (one[1].casefold(), one[0])))


@built_once
def _ever(space_id: Any) -> Select[Any]:
    query = select(organisation, organisation_seat.c.state)
    joined = query.join(organisation_seat, organisation_seat.c.organisation_id == organisation.c.id)
    return joined.where(organisation_seat.c.space_id == space_id)


async def standing_of(tx: Tx, space_id: str, organisation_id: str) -> Standing | None:
    """How far the organisation has come in this space; None when it was never proposed."""
    query = select(organisation_seat.c.state).where(_of(space_id, organisation_id))
    state = (await tx.execute(query)).scalar_one_or_none()
    return Standing(state) if state else None


async def colours(tx: Tx, space_id: str) -> Sequence[int]:
    """The colours that organisations of the space have."""
    query = select(organisation_seat.c.colour).where(
        organisation_seat.c.space_id == space_id, organisation_seat.c.state.in_(HERE)
    )
    return (await tx.execute(query)).scalars().all()


async def organisations_of(tx: Tx, person_id: str) -> dict[str, str]:
    """The organisations that a person belongs to in any space: id by name."""
    query = (
        select(organisation)
        .join_from(member, organisation, organisation.c.id == member.c.organisation_id)
        .where(
            member.c.person_id == person_id, member.c.state == Membership.ACTIVE, member.c.role != Role.GUEST
        )
    )
    return {row.name: row.id for row in await tx.execute(query)}


def _of(space_id: str, organisation_id: str) -> Any:
    return and_(
        organisation_seat.c.space_id == space_id, organisation_seat.c.organisation_id == organisation_id
    )
