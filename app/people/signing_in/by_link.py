"""Getting in by a link: a new password, a sign-in by e-mail, the proof of an address."""

from typing import Any

from app.access import Code, Refused
from app.db import now
from app.people import actions, attempts, one_time_links, passwords, rules, store
from app.people.context import AccountContext, ring
from app.people.mail import outbox, texts
from app.people.one_time_links import RESET, SIGN_IN, VERIFY, Purpose
from app.people.signing_in.sign_in import check_credentials, sign_out


class InvalidLink(Refused):
    """Spent, too old, withdrawn or never written: all the same to whoever asks."""

    def __init__(self) -> None:
        super().__init__(Code.NOT_FOUND, "This link does not open anything. Ask for a new one.")


async def send_reset_link(context: AccountContext, email: str) -> None:
    """Send a link for a new password, if there is such an account; nobody is told whether there is."""
    await _send(context, email, RESET)


async def send_sign_in_link(context: AccountContext, email: str) -> None:
    """Send a link to sign in, if there is such an account."""
    if context.by_mail:
        await _send(context, email, SIGN_IN)


async def address_for_link(context: AccountContext, token: str, purpose: Purpose) -> str:
    """The address of whom the link is for, without using it up. Raises NoLink."""
    async with context.db.read() as tx:
        letter = await one_time_links.find_link(tx, token, purpose)
        person = await store.person_by_id(tx, letter.person_id) if letter else None
    if person is None:
        raise InvalidLink
    return person.email or ""


async def reset(context: AccountContext, token: str, password: str) -> str:
    """Set a new password by a link. Every sign-in there was ends; gives the token of a new one."""
    await address_for_link(context, token, RESET)
    password_hash = await passwords.hash_password(password)
    return await _use_link(context, token, RESET, password_hash)


async def sign_in_by_link(context: AccountContext, token: str) -> str:
    """Sign in by an e-mailed link."""
    return await _use_link(context, token, SIGN_IN, None)


async def verify(context: AccountContext, token: str, password: str) -> str:
    """Prove an address: by the link in the mail to it, and by the password its account was made with.

    The password too, so that nobody can make an account with another's address and have them confirm it.
    """
    person = await check_credentials(context, await address_for_link(context, token, VERIFY), password)
    async with context.db.write() as tx:
        if await one_time_links.use_link(tx, token, VERIFY) is None:
            raise InvalidLink
        await store.change_person(tx, person.id, verified_at=now())
    if context.signed_in:
        await sign_out(context, context.signed_in)
    async with context.db.write() as tx:
        return await actions.start_session(tx, person.id, context.device)


async def _send(context: AccountContext, email: str, purpose: Purpose) -> None:
    account = rules.tidy_email(email)[:254]
    await attempts.attempt(context.db, context.config, purpose.word, account, context.address)
    words = texts.reset if purpose is RESET else texts.sign_in
    async with context.db.write() as tx:
        person = await store.person_by_email(tx, account)
        if person is not None:
            link = context.config.base_url + await one_time_links.create_link(tx, person.id, purpose)
            await outbox.post(tx, account, *words(link))


async def _use_link(context: AccountContext, token: str, purpose: Purpose, password_hash: str | None) -> str:
    """Spend the link, put right what it proves, and begin a new sign-in."""
    if context.signed_in:
        await sign_out(context, context.signed_in)
    async with context.db.write() as tx:
        letter = await one_time_links.use_link(tx, token, purpose)
        person = await store.person_by_id(tx, letter.person_id) if letter else None
        if person is None:
            raise InvalidLink
        unproved = context.by_mail and person.verified_at is None
        changes: dict[str, Any] = {"verified_at": now()} if unproved else {}
        topics: list[tuple[str, int]] = []
        if password_hash or unproved:
            # Until an address is proved anybody could have chosen the password, and be signed in by it.
            changes["password_hash"] = password_hash
            await store.forget_links(tx, person.id)
            await store.end_logins(tx, person.id)
            topics = await context.hooks.touch(tx, person.id)
        if changes:
            await store.change_person(tx, person.id, **changes)
        session = await actions.start_session(tx, person.id, context.device)
    ring(context, topics)
    return session
