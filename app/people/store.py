"""People and their sign-ins, in the database."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Insert, Table, bindparam, delete, exists, func, insert, literal, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.db import SyncTx, Tx
from app.people.tables import attempt, login, one_time_link, outbox, person

Row = Any  # a row has the columns that its query names


class Taken(Exception):
    """Another account has this address. The transaction cannot be used any more."""


async def add_person(tx: Tx, values: dict[str, Any]) -> None:
    """Raises Taken."""
    try:
        await tx.execute(insert(person).values(**values))
    except IntegrityError:
        raise Taken from None


async def change_person(tx: Tx, person_id: str, **values: Any) -> None:
    """Raises Taken."""
    try:
        await tx.execute(update(person).where(person.c.id == person_id).values(**values))
    except IntegrityError:
        raise Taken from None


async def person_by_id(tx: Tx, person_id: str) -> Row | None:
    return (await tx.execute(select(person).where(person.c.id == person_id))).one_or_none()


def with_account_in(tx: SyncTx, person_ids: Collection[str]) -> set[str]:
    query = select(person.c.id).where(person.c.id.in_(person_ids), person.c.email.is_not(None))
    return {row.id for row in tx.execute(query)}


async def person_by_email(tx: Tx, email: str) -> Row | None:
    return (await tx.execute(select(person).where(person.c.email == email))).one_or_none()


async def demo_people(tx: Tx) -> list[Row]:
    """The people of the demo that are not erased, by name."""
    return list(
        await tx.execute(
            select(person).where(person.c.demo, person.c.erased_at.is_(None)).order_by(person.c.name)
        )
    )


async def find_many(tx: Tx, person_ids: Collection[str]) -> list[Row]:
    """Rows with id, name, email and verified_at, in no order."""
    query = select(person.c.id, person.c.name, person.c.email, person.c.verified_at).where(
        person.c.id.in_(person_ids)
    )
    return list(await tx.execute(query))


async def erased(tx: Tx, person_ids: Collection[str]) -> set[str]:
    """Which of these people are erased."""
    query = select(person.c.id).where(person.c.id.in_(person_ids), person.c.erased_at.is_not(None))
    return set((await tx.execute(query)).scalars())


async def remove_guests(tx: Tx, person_ids: Collection[str]) -> None:
    """Delete people without an address, and their sign-ins. Fails for those that other tables still name."""
    guests = select(person.c.id).where(person.c.id.in_(person_ids), person.c.email.is_(None))
    for table in (login, one_time_link):
        await tx.execute(delete(table).where(table.c.person_id.in_(guests)))
    await tx.execute(delete(person).where(person.c.id.in_(person_ids), person.c.email.is_(None)))


# -- sign-ins ----------------------------------------------------------------------------------------

_HOLDER = select(
    login.c.id,
    login.c.person_id,
    login.c.seen_at,
    login.c.expires_at,
    login.c.shared,
    person.c.name,
    person.c.email,
).join(person, person.c.id == login.c.person_id)
_BY_TOKEN = _HOLDER.where(login.c.token_sha256 == bindparam("token"))  # built once: asked at every request
_BY_ID = _HOLDER.where(login.c.id.in_(bindparam("ids", expanding=True)))


async def add_login(tx: Tx, values: dict[str, Any]) -> None:
    await tx.execute(insert(login).values(**values))


async def login_by_token(tx: Tx, token_sha256: str) -> Row | None:
    """A sign-in with the name and email of its person, also when it has ended."""
    return (await tx.execute(_BY_TOKEN, {"token": token_sha256})).one_or_none()


async def logins_by_id(tx: Tx, login_ids: Collection[str]) -> list[Row]:
    """Sign-ins with the name and email of their people, also those that have ended."""
    return list(await tx.execute(_BY_ID, {"ids": list(login_ids)}))


async def logins_of(tx: Tx, person_id: str) -> list[Row]:
    """The sign-ins of a person, the last used first."""
    query = select(login).where(login.c.person_id == person_id).order_by(login.c.seen_at.desc())
    return list(await tx.execute(query))


async def note_seen(tx: Tx, login_id: str, at: datetime) -> None:
    """Store when a sign-in was last used; a later time that is stored already stays."""
    await tx.execute(update(login).where(login.c.id == login_id, login.c.seen_at < at).values(seen_at=at))


async def end_login(tx: Tx, person_id: str, login_id: str) -> bool:
    """Delete a sign-in; False when the person has no such one."""
    query = delete(login).where(login.c.id == login_id, login.c.person_id == person_id)
    return (await tx.execute(query)).rowcount == 1


async def end_logins(tx: Tx, person_id: str) -> None:
    await tx.execute(delete(login).where(login.c.person_id == person_id))


async def forget_logins(tx: Tx, at: datetime, idle_since: datetime) -> None:
    """Delete sign-ins that have expired at `at`, or were not used since `idle_since`."""
    await tx.execute(delete(login).where(or_(login.c.expires_at < at, login.c.seen_at < idle_since)))


# -- links that work once ----------------------------------------------------------------------------


async def add_link(tx: Tx, values: dict[str, Any]) -> None:
    """Add a link of the person `person_id`; none, by the same query, where there is no such person."""
    await tx.execute(_insert_for(one_time_link, values["person_id"], values))


async def find_link(tx: Tx, token_sha256: str, purpose: str, at: datetime) -> Row | None:
    """The link if it is unused and has not expired at `at`; this does not use it up."""
    query = select(one_time_link).where(
        one_time_link.c.token_sha256 == token_sha256,
        one_time_link.c.purpose == purpose,
        one_time_link.c.used_at.is_(None),
        one_time_link.c.expires_at > at,
    )
    return (await tx.execute(query)).one_or_none()


async def use_link(tx: Tx, token_sha256: str, at: datetime) -> bool:
    """Mark a link used; False when it was used before."""
    query = update(one_time_link).where(
        one_time_link.c.token_sha256 == token_sha256, one_time_link.c.used_at.is_(None)
    )
    return (await tx.execute(query.values(used_at=at))).rowcount == 1


async def void_links(tx: Tx, person_id: str, purpose: str, at: datetime, *, made_before: datetime) -> None:
    """Mark unused links of a person for this purpose as used, if they were made before then."""
    mine = (
        one_time_link.c.person_id == person_id,
        one_time_link.c.purpose == purpose,
        one_time_link.c.used_at.is_(None),
        one_time_link.c.created_at <= made_before,
    )
    await tx.execute(update(one_time_link).where(*mine).values(used_at=at))


async def forget_links(tx: Tx, person_id: str) -> None:
    """Delete all links of a person."""
    await tx.execute(delete(one_time_link).where(one_time_link.c.person_id == person_id))


async def forget_old_links(tx: Tx, before: datetime) -> None:
    await tx.execute(delete(one_time_link).where(one_time_link.c.expires_at < before))


# -- attempts and mail -------------------------------------------------------------------------------


async def add_attempt(tx: Tx, values: dict[str, Any]) -> None:
    await tx.execute(insert(attempt).values(**values))


async def attempts(tx: Tx, what: str, since: datetime) -> int:
    """How many attempts were made since then; `what` is a hash, see attempts.py."""
    query = select(func.count()).select_from(attempt).where(attempt.c.what == what, attempt.c.at > since)
    return int((await tx.execute(query)).scalar_one())


async def forget_attempts(tx: Tx, before: datetime) -> None:
    """Delete all attempts made before then."""
    await tx.execute(delete(attempt).where(attempt.c.at < before))


async def forget_attempts_at(tx: Tx, what: str, attempt_ids: Collection[str]) -> None:
    """Delete all attempts at `what`, and these."""
    await tx.execute(delete(attempt).where(or_(attempt.c.what == what, attempt.c.id.in_(attempt_ids))))


async def add_mail(tx: Tx, values: dict[str, Any]) -> None:
    await tx.execute(insert(outbox).values(**values))


async def add_mail_for(tx: Tx, person_id: str, values: dict[str, Any]) -> None:
    """As `add_mail`; none, by the same query, where there is no such person."""
    await tx.execute(_insert_for(outbox, person_id, values))


def _insert_for(table: Table, person_id: str, values: dict[str, Any]) -> Insert:
    """Inserts a row if there is this person. So it takes the same time whether or not there is."""
    row = select(*(literal(value, table.c[name].type) for name, value in values.items()))
    return insert(table).from_select(list(values), row.where(exists().where(person.c.id == person_id)))


async def latest_mails(tx: Tx) -> list[Row]:
    """The last 100 mails, the newest first."""
    return list(await tx.execute(select(outbox).order_by(outbox.c.created_at.desc()).limit(100)))


async def waiting_mails(tx: Tx, at: datetime, most_tries: int) -> list[Row]:
    """At most 20 mails to send at `at`, the longest waiting first."""
    due = or_(outbox.c.next_try_at.is_(None), outbox.c.next_try_at <= at)
    query = select(outbox).where(outbox.c.sent_at.is_(None), outbox.c.tries < most_tries, due)
    return list(await tx.execute(query.order_by(outbox.c.created_at).limit(20)))


async def claim_mail(tx: Tx, mail: Row, next_try_at: datetime) -> bool:
    """Claim a mail for sending; False when another process was faster."""
    query = update(outbox).where(outbox.c.id == mail.id, outbox.c.tries == mail.tries)
    return (await tx.execute(query.values(tries=mail.tries + 1, next_try_at=next_try_at))).rowcount == 1


async def mail_sent(tx: Tx, mail_id: str, at: datetime) -> None:
    """Mark a mail sent and delete its text, which may hold a link that still works."""
    await tx.execute(update(outbox).where(outbox.c.id == mail_id).values(sent_at=at, body=""))


async def forget_mails(tx: Tx, before: datetime) -> None:
    await tx.execute(delete(outbox).where(outbox.c.created_at < before))


async def forget_mails_to(tx: Tx, recipient: str) -> None:
    await tx.execute(delete(outbox).where(outbox.c.recipient == recipient))
