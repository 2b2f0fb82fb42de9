"""Making people and sign-ins, and looking them up: for pages and other domains."""

from collections.abc import Collection, Mapping
from datetime import datetime

from app.db import SyncTx, Tx, new_id, now
from app.people import one_time_links, rules, sessions, store
from app.people.sessions import AT_MOST
from app.people.tokens import hashed, new_token
from app.web import Who


async def create_person(
    tx: Tx, name: str, email: str | None = None, password_hash: str | None = None, *, demo: bool = False
) -> str:
    """Make a person; a guest when there is no e-mail. Gives the id. Name and address are checked before.

    Raises store.Taken when another account has the address.
    """
    person_id = new_id()
    await store.add_person(
        tx,
        {
            "id": person_id,
            "name": rules.tidy_name(name),
            "email": rules.tidy_email(email) if email else None,
            "password_hash": password_hash,
            "demo": demo,
            "created_at": now(),
        },
    )
    return person_id


async def start_session(tx: Tx, person_id: str, device: str, *, shared: bool = False) -> str:
    """Make a sign-in; gives its session token, of which only a hash is stored.

    On a device that is `shared` with others the browser keeps nothing.
    """
    token, at = new_token(), now()
    await store.add_login(
        tx,
        {
            "id": new_id(),
            "token_sha256": hashed(token),
            "person_id": person_id,
            "device": device[:120],
            "created_at": at,
            "seen_at": at,
            "expires_at": at + AT_MOST,
            "shared": shared,
        },
    )
    return token


async def person_of(tx: Tx, token: str) -> str | None:
    """The person whose session token this is."""
    row = await store.login_by_token(tx, hashed(token))
    return str(row.person_id) if row else None


async def who_holds(tx: Tx, login_id: str) -> Who | None:
    """The person of a sign-in, or None when it has ended."""
    return (await who_hold(tx, [login_id])).get(login_id)


async def who_hold(tx: Tx, login_ids: Collection[str]) -> dict[str, Who]:
    """The people by sign-in, without those that have ended."""
    at = now()
    rows = await store.logins_by_id(tx, login_ids)
    return {row.id: found for row in rows if (found := sessions.holder(row, at))}


async def note_use(tx: Tx, used: Mapping[str, datetime]) -> None:
    """Store when sign-ins were last used. A time that is later than the new one is not overwritten."""
    for login_id, at in used.items():
        await store.note_seen(tx, login_id, at)


async def names(tx: Tx, person_ids: Collection[str]) -> dict[str, str]:
    """The names by person."""
    return {row.id: row.name for row in await store.find_many(tx, person_ids)}


async def erased(tx: Tx, person_ids: Collection[str]) -> set[str]:
    """Which of these people are erased."""
    return await store.erased(tx, person_ids)


async def guest_name(tx: Tx, person_id: str) -> str | None:
    """The name of a guest; None for people with an account, and for those who were erased."""
    row = await store.person_by_id(tx, person_id)
    return row.name if row and row.email is None and row.erased_at is None else None


async def address_of(tx: Tx, person_id: str, *, proved: bool) -> str | None:
    """The address of an account; None for guests and, if it has to be `proved`, until it is."""
    row = await store.person_by_id(tx, person_id)
    return row.email if row and (row.verified_at or not proved) else None


async def emails(tx: Tx, person_ids: Collection[str], *, proved: bool) -> dict[str, str | None]:
    """Addresses by person; None for guests and, if they have to be `proved`, until they are."""
    rows = await store.find_many(tx, person_ids)
    return {row.id: row.email if row.verified_at or not proved else None for row in rows}


async def find_by_email(tx: Tx, email: str) -> str | None:
    """The id of the person with this address, or None."""
    row = await store.person_by_email(tx, rules.tidy_email(email))
    return str(row.id) if row else None


async def has_account(tx: Tx, email: str) -> bool:
    """Whether a person has this address."""
    return await store.person_by_email(tx, rules.tidy_email(email)) is not None


def with_account_in(tx: SyncTx, person_ids: Collection[str]) -> set[str]:
    """Those of these people who have an account: guests have none."""
    return store.with_account_in(tx, person_ids)


async def forget_guests(tx: Tx, person_ids: Collection[str]) -> None:
    """Delete simulated guests and their sign-ins. They must have written nothing that stays."""
    await store.remove_guests(tx, person_ids)


async def reset_link(tx: Tx, person_id: str, by: str | None) -> str:
    """The path of a new link to set a password: it works once, for a day.

    `by` is the steward who hands it on, None an operator. Whoever is reset by it is told at signing in.
    """
    return await one_time_links.create_link(tx, person_id, one_time_links.RESET, by_hand=True, made_by=by)
