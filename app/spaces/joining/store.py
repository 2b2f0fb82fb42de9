"""Join codes and invitations, in the database."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, insert, or_, select, update

from app.access import Role
from app.compiled_statements import built_once
from app.db import Tx
from app.spaces import return_store
from app.spaces.space import Invitation, InvitationKind, JoinCode, Membership
from app.spaces.tables import invitation, join_code, member, organisation, space

# -- join codes --------------------------------------------------------------------------------------


async def add_code(tx: Tx, key: JoinCode, by: str, at: datetime) -> None:
    await tx.execute(
        insert(join_code).values(
            id=key.id,
            space_id=key.space_id,
            code=key.code,
            made_by=by,
            made_at=at,
            expires_at=key.expires_at,
            max_uses=key.max_uses,
            used=key.used,
            waiting_room=key.waiting_room,
        )
    )


async def find_code(tx: Tx, code: str, at: datetime) -> JoinCode | None:
    """The join code if it works at `at`; None when it is wrong, expired, used up or withdrawn."""
    query = (
        select(join_code)
        .join(space, space.c.id == join_code.c.space_id)
        .where(join_code.c.code == code, _is_open(at), space.c.archived_at.is_(None))
    )
    row = (await tx.execute(query.where(_runs(at)))).one_or_none()
    return _as_code(row) if row else None


async def count_use(tx: Tx, code_id: str, at: datetime) -> bool:
    """Count one use; False when the code was used up or withdrawn meanwhile.

    One statement, so that there are never too many.
    """
    one_more = (
        update(join_code)
        .where(join_code.c.id == code_id, _is_open(at), _runs(at))
        .values(used=join_code.c.used + 1)
    )
    return (await tx.execute(one_more)).rowcount == 1


async def uncount_use(tx: Tx, code_id: str) -> None:
    """Take back one counted use."""
    await tx.execute(update(join_code).where(join_code.c.id == code_id).values(used=join_code.c.used - 1))


async def open_codes(tx: Tx, space_id: str, at: datetime) -> list[JoinCode]:
    """The codes of a space that work at `at`, the newest first."""
    return [_as_code(row) for row in await tx.execute(*_open_codes(space_id, at))]


@built_once
def _open_codes(space_id: Any, at: Any) -> Select[Any]:
    query = select(join_code).where(join_code.c.space_id == space_id, _is_open(at))
    return query.order_by(join_code.c.made_at.desc(), join_code.c.id)


async def code_of_space(tx: Tx, space_id: str, code_id: str) -> JoinCode | None:
    """A code of this space that is not withdrawn, or None; it may have expired."""
    query = select(join_code).where(join_code.c.space_id == space_id, join_code.c.id == code_id)
    row = (await tx.execute(query.where(join_code.c.withdrawn_at.is_(None)))).one_or_none()
    return _as_code(row) if row else None


async def withdraw_code(tx: Tx, code_id: str, at: datetime) -> None:
    await tx.execute(update(join_code).where(join_code.c.id == code_id).values(withdrawn_at=at))


async def set_paused(tx: Tx, code_id: str, until: datetime, by: str | None) -> None:
    """Pause a code until then; with a time that is over, lift it."""
    values = {"paused_until": until, **({"paused_by": by} if by else {})}
    await tx.execute(update(join_code).where(join_code.c.id == code_id).values(values))


async def let_guests_wait(tx: Tx, space_id: str, code_id: str | None, at: datetime) -> None:
    """Give this code a waiting room; where nobody knows which, all codes of the space that work at `at`."""
    known = join_code.c.id == code_id if code_id else _is_open(at)
    query = update(join_code).where(join_code.c.space_id == space_id, known)
    await tx.execute(query.values(waiting_room=True))


async def remove_code(tx: Tx, code_id: str) -> None:
    """Delete a code, as rehearsals do. Codes of people are withdrawn instead."""
    await return_store.remove_of_code(tx, code_id)
    await tx.execute(update(member).where(member.c.code_id == code_id).values(code_id=None))
    await tx.execute(delete(join_code).where(join_code.c.id == code_id))


def _runs(at: datetime) -> ColumnElement[bool]:
    """The condition that a code is not paused."""
    return or_(join_code.c.paused_until.is_(None), join_code.c.paused_until <= at)


def _is_open(at: datetime) -> ColumnElement[bool]:
    free = or_(join_code.c.max_uses.is_(None), join_code.c.used < join_code.c.max_uses)
    return and_(join_code.c.withdrawn_at.is_(None), join_code.c.expires_at > at, free)


def _as_code(row: Row[Any]) -> JoinCode:
    return JoinCode(
        row.id,
        row.space_id,
        row.code,
        row.expires_at,
        row.max_uses,
        row.used,
        row.waiting_room,
        row.paused_until,
        row.paused_by,
    )


# -- invitations -------------------------------------------------------------------------------------


async def add_invitation(tx: Tx, one: Invitation, token_sha256: str, at: datetime) -> None:
    await tx.execute(
        insert(invitation).values(
            id=one.id,
            token_sha256=token_sha256,
            space_id=one.space_id,
            organisation_id=one.organisation,
            role=one.role,
            kind=one.kind,
            email=one.email,
            invited_by=one.invited_by,
            invited_at=at,
            expires_at=one.expires_at,
        )
    )


async def find_invitation(tx: Tx, token_sha256: str, at: datetime) -> Invitation | None:
    """The invitation of this token; None when it is wrong, expired, used or withdrawn."""
    row = (
        await tx.execute(_invitations().where(invitation.c.token_sha256 == token_sha256, _is_valid(at)))
    ).one_or_none()
    return _as_invitation(row) if row else None


async def open_invitations(tx: Tx, space_id: str, at: datetime) -> list[Invitation]:
    """The invitations of a space that can be accepted at `at`, the oldest first."""
    query = _invitations().where(invitation.c.space_id == space_id, _is_valid(at))
    rows = await tx.execute(query.order_by(invitation.c.invited_at, invitation.c.id))
    return [_as_invitation(row) for row in rows]


async def count_invited(tx: Tx, person_id: str, since: datetime) -> int:
    """How many invitations a person has sent since then."""
    query = select(func.count()).where(invitation.c.invited_by == person_id, invitation.c.invited_at > since)
    return (await tx.execute(query)).scalar_one()


async def use_invitation(tx: Tx, invitation_id: str, by: str, at: datetime) -> bool:
    """Mark it used; False when it was used or withdrawn meanwhile."""
    used = update(invitation).where(invitation.c.id == invitation_id, _is_valid(at))
    return (await tx.execute(used.values(used_at=at, used_by=by, email=""))).rowcount == 1


async def withdraw_invitation(tx: Tx, invitation_id: str, at: datetime) -> None:
    """End an invitation and delete its address."""
    await tx.execute(
        update(invitation).where(invitation.c.id == invitation_id).values(withdrawn_at=at, email="")
    )


def _invitations() -> Any:
    return select(invitation, organisation.c.name.label("organisation_name")).join(
        organisation, organisation.c.id == invitation.c.organisation_id
    )


def _is_valid(at: datetime) -> ColumnElement[bool]:
    fresh = and_(invitation.c.used_at.is_(None), invitation.c.withdrawn_at.is_(None))
    return and_(fresh, invitation.c.expires_at > at)


def _as_invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        id=row.id,
        space_id=row.space_id,
        organisation=row.organisation_id,
        organisation_name=row.organisation_name,
        role=Role(row.role),
        email=row.email,
        kind=InvitationKind(row.kind),
        invited_by=row.invited_by,
        expires_at=row.expires_at,
    )


async def unconfirmed(tx: Tx, space_id: str, at: datetime) -> dict[str, int]:
    """What unconfirmed guests who take part at `at` say they come from, with how many say so."""
    return {row.says or "": row.many for row in await tx.execute(*_unconfirmed(space_id, at))}


@built_once
def _unconfirmed(space_id: Any, at: Any) -> Select[Any]:
    query = select(member.c.says, func.count().label("many")).where(
        member.c.space_id == space_id,
        member.c.role == Role.GUEST,
        member.c.state == Membership.ACTIVE,
        member.c.confirmed_for.is_(None),
        or_(member.c.expires_at.is_(None), member.c.expires_at > at),
    )
    return query.group_by(member.c.says)
