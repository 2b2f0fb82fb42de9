"""Who takes part in which space, in the database."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, delete, func, insert, select, update

from app.access import WRITERS, Role
from app.compiled_statements import built_once
from app.db import SyncTx, Tx, now
from app.spaces.space import NO_COLOUR, Member, Membership, MySpace, marked
from app.spaces.store import as_space
from app.spaces.tables import member, organisation, organisation_seat, space

CONFIRMED = organisation.alias("confirmed")
GUEST_SINCE = func.coalesce(member.c.guest_since, member.c.joined_at)


def _members() -> Select[Any]:
    """Members with the name and colour of their organisation."""
    seat_of = and_(
        organisation_seat.c.space_id == member.c.space_id,
        organisation_seat.c.organisation_id == member.c.organisation_id,
    )
    return (
        select(
            member,
            func.coalesce(organisation.c.name, CONFIRMED.c.name, member.c.says).label("organisation_name"),
            func.coalesce(organisation_seat.c.colour, NO_COLOUR).label("shown_colour"),
            func.coalesce(organisation_seat.c.paused_until, member.c.paused_until).label("paused"),
            organisation_seat.c.state.label("standing"),
        )
        .outerjoin_from(member, organisation, organisation.c.id == member.c.organisation_id)
        .outerjoin(CONFIRMED, CONFIRMED.c.id == member.c.confirmed_for)
        .outerjoin(organisation_seat, seat_of)
    )


# Built once: asked at every request, and to build them takes longer than to ask them.
_IN_SPACE = _members().where(member.c.space_id == bindparam("space_id"))
_ONE = _IN_SPACE.where(member.c.person_id == bindparam("person_id"))
_SOME = _IN_SPACE.where(member.c.person_id.in_(bindparam("people", expanding=True)))


async def find(tx: Tx, space_id: str, person_id: str) -> Member | None:
    """The place of a person in a space, also a former one; None when they never had one."""
    row = (await tx.execute(_ONE, {"space_id": space_id, "person_id": person_id})).one_or_none()
    return _as_member(row) if row else None


async def find_many(tx: Tx, space_id: str, person_ids: Collection[str]) -> dict[str, Member]:
    """The places in a space by person, also former ones."""
    rows = await tx.execute(_SOME, {"space_id": space_id, "people": list(person_ids)})
    return {row.person_id: _as_member(row) for row in rows}


async def of_space(tx: Tx, space_id: str, memberships: Collection[Membership]) -> list[Member]:
    """The members with one of these memberships, those who joined first first."""
    query = _members().where(member.c.space_id == space_id, member.c.state.in_(memberships))
    rows = await tx.execute(query.order_by(member.c.joined_at, member.c.person_id))
    return [_as_member(row) for row in rows]


async def of_person(tx: Tx, person_id: str) -> list[Member]:
    """The places of a person in all spaces, also former ones, the oldest first."""
    query = _members().where(member.c.person_id == person_id)
    rows = await tx.execute(query.order_by(member.c.joined_at, member.c.space_id))
    return [_as_member(row) for row in rows]


async def spaces_of(tx: Tx, person_id: str, at: datetime) -> list[MySpace]:
    """The spaces a person takes part in at `at`, or waits to be let into, by name."""
    rows = await tx.execute(*_spaces(person_id, at))
    found = [
        MySpace(
            row.id,
            row.name,
            row.purpose,
            as_space(row).state,
            Role(row.role),
            row.of,
            row.state == Membership.WAITING,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


@built_once
def _spaces(person_id: Any, at: Any) -> Select[Any]:
    places = _members().where(member.c.person_id == person_id, takes_part(at)).subquery()
    query = select(space, places.c.role, places.c.state, places.c.organisation_name.label("of"))
    query = query.join(places, places.c.space_id == space.c.id)
    return query.where(space.c.rehearses.is_(None))


async def count_other_stewards(tx: Tx, space_id: str, organisation_id: str, person_id: str) -> int:
    """How many stewards the organisation has without this person."""
    query = select(func.count()).where(
        member.c.space_id == space_id,
        member.c.organisation_id == organisation_id,
        member.c.role == Role.STEWARD,
        member.c.state == Membership.ACTIVE,
        member.c.person_id != person_id,
    )
    return (await tx.execute(query)).scalar_one()


async def count_others(tx: Tx, space_id: str, person_id: str, at: datetime) -> int:
    """How many people take part in the space at `at` without this person."""
    others = and_(member.c.space_id == space_id, member.c.person_id != person_id)
    query = select(func.count()).where(others, member.c.state == Membership.ACTIVE, takes_part(at))
    return (await tx.execute(query)).scalar_one()


def roles_in(tx: SyncTx, space_id: str, person_ids: Collection[str]) -> dict[str, Role]:
    """The roles of those of these people who take part."""
    query = select(member.c.person_id, member.c.role).where(
        member.c.space_id == space_id, member.c.person_id.in_(person_ids), takes_part(now())
    )
    active = query.where(member.c.state == Membership.ACTIVE)
    return {row.person_id: Role(row.role) for row in tx.execute(active)}


def voters_in(tx: SyncTx, space_id: str, at: datetime) -> dict[str, str]:
    """All who take part and write, by id, with their organisation; "" for unconfirmed guests."""
    of = func.coalesce(member.c.organisation_id, member.c.confirmed_for)
    query = (
        select(member.c.person_id, organisation.c.name)
        .outerjoin_from(member, organisation, organisation.c.id == of)
        .where(member.c.space_id == space_id, member.c.state == Membership.ACTIVE, takes_part(at))
        .where(member.c.role.in_(WRITERS))
    )
    return {row.person_id: row.name or "" for row in tx.execute(query)}


async def put(
    tx: Tx,
    space_id: str,
    person_id: str,
    *,
    role: Role,
    membership: Membership,
    organisation_id: str | None,
    at: datetime,
    says: str | None = None,
    brings: str = "",
    expires_at: datetime | None = None,
    removed: bool = False,
    left_at: datetime | None = None,
    code_id: str | None = None,
) -> None:
    """Store a person's place, in place of an earlier one.

    `removed`: a steward had removed them. `left_at`: for one who waits and took part before.
    """
    values = {
        "role": role,
        "state": membership,
        "organisation_id": organisation_id,
        "says": says,
        "brings": brings,
        "joined_at": at,
        "expires_at": expires_at,
        "left_at": left_at,
        "removed": removed,
        "erased": False,
        "code_id": code_id,
    }
    # Past ones count when a steward wants to reset the password of one of their own.
    moved = member.c.moved | member.c.organisation_id.is_distinct_from(organisation_id)
    theirs = update(member).where(_is_member(space_id, person_id))
    since = case((member.c.role == Role.GUEST, GUEST_SINCE), else_=at)
    changed = await tx.execute(theirs.values(**values, moved=moved, guest_since=since))
    if changed.rowcount == 0:
        await tx.execute(insert(member).values(space_id=space_id, person_id=person_id, **values))


async def set_role(tx: Tx, space_id: str, person_id: str, role: Role) -> None:
    await tx.execute(update(member).where(_is_member(space_id, person_id)).values(role=role))


async def set_membership(
    tx: Tx,
    space_id: str,
    person_id: str,
    membership: Membership,
    at: datetime,
    *,
    removed: bool = False,
    expires_at: datetime | None = None,
) -> None:
    """Admit, decline or remove a member."""
    left = None if membership is Membership.ACTIVE else at
    values = {"state": membership, "left_at": left, "removed": removed}
    if expires_at:
        values["expires_at"] = expires_at
    await tx.execute(update(member).where(_is_member(space_id, person_id)).values(**values))


async def erase(tx: Tx, person_id: str, at: datetime) -> None:
    """End all memberships of a person, and delete what they wrote about themselves."""
    mine = member.c.person_id == person_id
    await tx.execute(update(member).where(mine).values(erased=True, brings=""))
    here = member.c.state.in_([Membership.ACTIVE, Membership.WAITING])
    await tx.execute(update(member).where(mine, here).values(state=Membership.FORMER, left_at=at))


async def remove_guests(tx: Tx, space_id: str, brings: str) -> list[str]:
    """Delete the guests whose `brings` is exactly this; gives the ids of these people."""
    theirs = and_(member.c.space_id == space_id, member.c.brings == brings, member.c.role == Role.GUEST)
    found = list((await tx.execute(select(member.c.person_id).where(theirs))).scalars())
    await tx.execute(delete(member).where(theirs))
    return found


def takes_part(at: Any) -> ColumnElement[bool]:
    """The condition that they take part or wait at `at`, and that a guest's time is not over."""
    here = member.c.state.in_([Membership.ACTIVE, Membership.WAITING])
    return and_(here, member.c.expires_at.is_(None) | (member.c.expires_at > at))


def _is_member(space_id: str, person_id: str) -> ColumnElement[bool]:
    return and_(member.c.space_id == space_id, member.c.person_id == person_id)


def _as_member(row: Row[Any]) -> Member:
    return Member(
        space_id=row.space_id,
        person_id=row.person_id,
        role=Role(row.role),
        membership=Membership(row.state),
        organisation=row.organisation_id,
        organisation_name=marked(row.organisation_name, row.standing),
        colour=row.shown_colour,
        brings=row.brings,
        joined_at=row.joined_at,
        expires_at=row.expires_at,
        removed=row.removed,
        erased=row.erased,
        left_at=row.left_at,
        moved=row.moved,
        guest_since=row.guest_since,
        confirmed_for=row.confirmed_for,
        confirmed_by=row.confirmed_by,
        code=row.code_id,
        paused_until=row.paused,
    )
