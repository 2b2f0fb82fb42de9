"""Changing one's own account: name, address, password, devices, data, and erasing it."""

from typing import Any

from app.access import NOT_FOUND, Code, Refused
from app.db import now
from app.people import actions, attempts, one_time_links, passwords, rules, store
from app.people.context import AccountContext, ring
from app.people.mail import account_mails, outbox
from app.web import Who

NOT_YOURS = "That is not your password."
TAKEN = "There is an account with this address already."


async def know_password_set(context: AccountContext, me: Who) -> None:
    """Stop telling that a link which somebody handed on has set the password."""
    async with context.db.write() as tx:
        await store.change_person(tx, me.id, reset_at=None, reset_by=None)


async def rename(context: AccountContext, me: Who, name: str) -> None:
    """Change the name. It is checked before."""
    async with context.db.write() as tx:
        await store.change_person(tx, me.id, name=rules.tidy_name(name))
        topics = await context.hooks.touch(tx, me.id)
    ring(context, topics)


async def change_email(context: AccountContext, me: Who, email: str, password: str) -> None:
    """Change the address: the old one is told, and where mail is sent the new one has to be confirmed.

    Raises Refused for a wrong password or an address that another account has.
    """
    _account_needed(me)
    await check_password(context, me, password)
    # Counted, because the answer tells whether an address has an account here.
    await attempts.attempt(context.db, context.config, "address", context.address, me.id)
    new = rules.tidy_email(email)
    try:
        async with context.db.write() as tx:
            person = await store.person_by_id(tx, me.id)
            if person is None or person.email == new:
                return
            await store.change_person(tx, me.id, email=new, verified_at=None)
            await store.forget_links(tx, me.id)
            if context.by_mail:
                await outbox.post(tx, person.email, *account_mails.address_changed(new))
                await one_time_links.send_verify(tx, context.config, me.id, new)
    except store.Taken:
        raise Refused(Code.DUPLICATE, TAKEN) from None


async def change_password(context: AccountContext, me: Who, current: str, new: str) -> str:
    """Change the password and end all sign-ins; gives the session token of a new one."""
    _account_needed(me)
    await check_password(context, me, current)
    return await _renew(context, me, password_hash=await passwords.hash_password(new, context.asker))


async def claim(context: AccountContext, me: Who, email: str, password: str) -> str:
    """Turn a guest into an account: the same person, so that what they wrote stays theirs.

    Gives a new session token. Raises Refused when there is an account, of theirs or with this address, and
    where accounts are for the invited.
    """
    if not me.guest:
        raise Refused(Code.NOT_ALLOWED, "You have an account already.")
    closed = rules.check_accounts(context.config.accounts)
    if closed:
        raise Refused(Code.NOT_ALLOWED, closed)
    await attempts.attempt(context.db, context.config, "sign up", context.address, rules.tidy_email(email))
    password_hash = await passwords.hash_password(password, context.asker)
    try:
        token = await _renew(context, me, email=rules.tidy_email(email), password_hash=password_hash)
    except store.Taken:
        raise Refused(Code.DUPLICATE, f"{TAKEN} Sign in there, or choose another address.") from None
    if context.by_mail:
        async with context.db.write() as tx:
            await one_time_links.send_verify(tx, context.config, me.id, rules.tidy_email(email))
    return token


def _account_needed(me: Who) -> None:
    """Raise Refused for guests: they make an account first, with an address and a password together."""
    if me.guest:
        raise Refused(Code.NOT_ALLOWED, "You are here as a guest. Create an account first.")


async def _renew(context: AccountContext, me: Who, **changes: Any) -> str:
    async with context.db.write() as tx:
        await store.change_person(tx, me.id, **changes)
        # First the tokens: a guest who comes back by one at this moment waits, and is signed out below.
        await context.hooks.end_returns(tx, me.id)
        await store.forget_links(tx, me.id)
        await store.end_logins(tx, me.id)
        topics = await context.hooks.touch(tx, me.id)
        token = await actions.start_session(tx, me.id, context.device, shared=me.shared)
    ring(context, topics)
    return token


async def check_password(context: AccountContext, me: Who, password: str) -> None:
    """Raise Refused unless the password is right. People without one pass: guests, and new ones by a link."""
    async with context.db.read() as tx:
        person = await store.person_by_id(tx, me.id)
    if person is None or person.password_hash is None:
        return
    async with passwords.turn(context.asker) as turn:
        made = await attempts.attempt(context.db, context.config, "prove", context.address, me.id)
        right = await turn.is_right(person.password_hash, password[:1000])
    if not right:
        raise Refused(Code.INVALID, NOT_YOURS)
    await attempts.note_success(context.db, made)


async def end_device(context: AccountContext, me: Who, login_id: str) -> None:
    """End one sign-in. Raises Refused when the person has no such sign-in."""
    async with context.db.write() as tx:
        if not await store.end_login(tx, me.id, login_id):
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        await context.hooks.end_returns(tx, me.id)
        topics = await context.hooks.touch(tx, me.id)
    ring(context, topics)


async def sign_out_everywhere(context: AccountContext, me: Who) -> None:
    """End all sign-ins of a person, this one too."""
    async with context.db.write() as tx:
        await context.hooks.end_returns(tx, me.id)
        await store.end_logins(tx, me.id)
        topics = await context.hooks.touch(tx, me.id)
    ring(context, topics)


async def my_data(context: AccountContext, me: Who) -> dict[str, Any]:
    """What every domain holds about a person, for their download."""
    async with context.db.read() as tx:
        person = await store.person_by_id(tx, me.id)
        devices = await store.logins_of(tx, me.id)
        others = [await of_domain(tx, me.id) for of_domain in context.hooks.my_data]
    return {
        "person": {
            "id": me.id,
            "name": me.name,
            "email": person.email if person else None,
            "email_proved_at": _iso(person.verified_at if person else None),
            "since": _iso(person.created_at if person else None),
        },
        "devices": [
            {"device": d.device, "signed_in_at": _iso(d.created_at), "last_here_at": _iso(d.seen_at)}
            for d in devices
        ],
        **dict(others),
    }


async def erase(context: AccountContext, me: Who, password: str) -> None:
    """Erase a person. What they wrote for a space stays, with the name of their organisation only.

    Raises Refused for a wrong password, or when another domain refuses, as for a last steward.
    """
    await check_password(context, me, password)
    async with context.db.write() as tx:
        person = await store.person_by_id(tx, me.id)
        # Before the other domains take them out: afterwards nobody knows which spaces they were in.
        topics = await context.hooks.touch(tx, me.id)
        for erase_in in context.hooks.on_erase:
            await erase_in(tx, me.id)
        await store.end_logins(tx, me.id)
        await store.forget_links(tx, me.id)
        if person is not None and person.email:
            await store.forget_mails_to(tx, person.email)
        blank = {"name": "Former participant", "email": None, "password_hash": None, "verified_at": None}
        await store.change_person(tx, me.id, **blank, demo=False, erased_at=now())
    ring(context, topics)


def _iso(at: Any) -> str | None:
    return at.isoformat() if at else None
