"""People and their sign-ins, in the database."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from app.db import Tx
from app.people.tables import attempt, letter, login, outbox, person

Row = Any  # a row has the columns that its query names


async def add_person(tx: Tx, values: dict[str, Any]) -> None:
    await tx.execute(insert(person).values(**values))


async def change_person(tx: Tx, person_id: str, **values: Any) -> None:
    await tx.execute(update(person).where(person.c.id == person_id).values(**values))


async def person_by_id(tx: Tx, person_id: str) -> Row | None:
    return (await tx.execute(select(person).where(person.c.id == person_id))).one_or_none()


async def person_by_email(tx: Tx, email: str) -> Row | None:
    return (await tx.execute(select(person).where(person.c.email == email))).one_or_none()


async def demo_people(tx: Tx) -> list[Row]:
    return list(
        await tx.execute(
            select(person).where(person.c.demo, person.c.erased_at.is_(None)).order_by(person.c.name)
        )
    )


async def some(tx: Tx, person_ids: Collection[str]) -> list[Row]:
    query = select(person.c.id, person.c.name, person.c.email).where(person.c.id.in_(person_ids))
    return list(await tx.execute(query))


# -- sign-ins ----------------------------------------------------------------------------------------

_HOLDER = select(
    login.c.id, login.c.person_id, login.c.seen_at, login.c.expires_at, person.c.name, person.c.email
).join(person, person.c.id == login.c.person_id)


async def add_login(tx: Tx, values: dict[str, Any]) -> None:
    await tx.execute(insert(login).values(**values))


async def login_by_token(tx: Tx, token_sha256: str) -> Row | None:
    return (await tx.execute(_HOLDER.where(login.c.token_sha256 == token_sha256))).one_or_none()


async def logins_by_id(tx: Tx, login_ids: Collection[str]) -> list[Row]:
    return list(await tx.execute(_HOLDER.where(login.c.id.in_(login_ids))))


async def logins_of(tx: Tx, person_id: str) -> list[Row]:
    query = select(login).where(login.c.person_id == person_id).order_by(login.c.seen_at.desc())
    return list(await tx.execute(query))


async def seen(tx: Tx, login_id: str, at: datetime) -> None:
    await tx.execute(update(login).where(login.c.id == login_id).values(seen_at=at))


async def end_login(tx: Tx, person_id: str, login_id: str) -> None:
    await tx.execute(delete(login).where(login.c.id == login_id, login.c.person_id == person_id))


async def end_logins(tx: Tx, person_id: str, but: str | None = None) -> None:
    query = delete(login).where(login.c.person_id == person_id)
    await tx.execute(query.where(login.c.id != but) if but else query)


# -- links that work once ----------------------------------------------------------------------------


async def add_letter(tx: Tx, values: dict[str, Any]) -> None:
    await tx.execute(insert(letter).values(**values))


async def letter_for(tx: Tx, token_sha256: str, purpose: str, at: datetime) -> Row | None:
    query = select(letter).where(
        letter.c.token_sha256 == token_sha256,
        letter.c.purpose == purpose,
        letter.c.used_at.is_(None),
        letter.c.expires_at > at,
    )
    return (await tx.execute(query)).one_or_none()


async def use_letter(tx: Tx, token_sha256: str, at: datetime) -> bool:
    """True for whoever comes first."""
    query = update(letter).where(letter.c.token_sha256 == token_sha256, letter.c.used_at.is_(None))
    return (await tx.execute(query.values(used_at=at))).rowcount == 1


async def void_letters(tx: Tx, person_id: str, at: datetime) -> None:
    query = update(letter).where(letter.c.person_id == person_id, letter.c.used_at.is_(None))
    await tx.execute(query.values(used_at=at))


# -- attempts and mail -------------------------------------------------------------------------------


async def add_attempt(tx: Tx, values: dict[str, Any]) -> None:
    await tx.execute(insert(attempt).values(**values))


async def attempts(tx: Tx, what: str, since: datetime) -> int:
    query = select(func.count()).select_from(attempt).where(attempt.c.what == what, attempt.c.at > since)
    return int((await tx.execute(query)).scalar_one())


async def forget_attempts(tx: Tx, before: datetime) -> None:
    await tx.execute(delete(attempt).where(attempt.c.at < before))


async def forget_attempts_at(tx: Tx, what: str) -> None:
    await tx.execute(delete(attempt).where(attempt.c.what == what))


async def add_mail(tx: Tx, values: dict[str, Any]) -> None:
    await tx.execute(insert(outbox).values(**values))


async def mails(tx: Tx, limit: int = 100) -> list[Row]:
    return list(await tx.execute(select(outbox).order_by(outbox.c.created_at.desc()).limit(limit)))
