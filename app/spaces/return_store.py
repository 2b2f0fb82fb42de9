"""Return tokens, by which guests come back in the same browser, in the database."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, select, update

from app.access import Role
from app.db import Tx
from app.spaces.member_store import takes_part
from app.spaces.tables import join_code, member, return_token


async def add(tx: Tx, token_sha256: str, space_id: str, person_id: str, code_id: str, at: datetime) -> None:
    """Store a token of a guest who joined by this code."""
    await tx.execute(
        insert(return_token).values(
            token_sha256=token_sha256,
            person_id=person_id,
            space_id=space_id,
            code_id=code_id,
            made_at=at,
            here_at=at,
        )
    )


async def find(tx: Tx, token_sha256: str, space_id: str, at: datetime) -> Row[Any] | None:
    """The token, with the `state` of the guest's membership, if it is good at `at`.

    Not when it was ended, the code by which the guest joined was withdrawn, or they are no guest any more.
    """
    place = and_(member.c.space_id == return_token.c.space_id, member.c.person_id == return_token.c.person_id)
    query = (
        select(return_token, member.c.state)
        .join(member, place)
        .join(join_code, join_code.c.id == return_token.c.code_id)
        .where(
            return_token.c.token_sha256 == token_sha256,
            return_token.c.space_id == space_id,
            return_token.c.ended_at.is_(None),
            join_code.c.withdrawn_at.is_(None),
            member.c.role == Role.GUEST,
            takes_part(at),
        )
    )
    return (await tx.execute(query)).one_or_none()


async def note_here(tx: Tx, token_sha256: str, space_id: str, at: datetime) -> bool:
    """Store that the guest came back at `at`; False when the space has no such token, or it was ended.

    This locks the row: who ends tokens at this moment waits until the sign-in that it gives is stored.
    """
    open_one = and_(
        return_token.c.token_sha256 == token_sha256,
        return_token.c.space_id == space_id,
        return_token.c.ended_at.is_(None),
    )
    return (await tx.execute(update(return_token).where(open_one).values(here_at=at))).rowcount == 1


async def end(tx: Tx, token_sha256: str, space_id: str, at: datetime) -> None:
    await _end(tx, return_token.c.token_sha256 == token_sha256, return_token.c.space_id == space_id, at=at)


async def end_in_space(tx: Tx, space_id: str, person_id: str, at: datetime) -> None:
    await _end(tx, return_token.c.space_id == space_id, return_token.c.person_id == person_id, at=at)


async def end_of_person(tx: Tx, person_id: str, at: datetime) -> None:
    await _end(tx, return_token.c.person_id == person_id, at=at)


async def count_open(tx: Tx, person_id: str, space_id: str) -> int:
    """How many browsers can bring this guest back to the space."""
    query = select(func.count()).where(
        return_token.c.person_id == person_id,
        return_token.c.space_id == space_id,
        return_token.c.ended_at.is_(None),
    )
    return int((await tx.execute(query)).scalar_one())


async def remove_of_person(tx: Tx, person_id: str) -> None:
    await tx.execute(delete(return_token).where(return_token.c.person_id == person_id))


async def remove_of_code(tx: Tx, code_id: str) -> None:
    await tx.execute(delete(return_token).where(return_token.c.code_id == code_id))


async def remove_made_before(tx: Tx, before: datetime) -> None:
    await tx.execute(delete(return_token).where(return_token.c.made_at < before))


async def _end(tx: Tx, *which: ColumnElement[bool], at: datetime) -> None:
    await tx.execute(
        update(return_token).where(*which, return_token.c.ended_at.is_(None)).values(ended_at=at)
    )
