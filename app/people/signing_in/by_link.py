"""What one-time links do: set a new password, sign in, confirm an address."""

from typing import Any

from app.access import Code, Refused
from app.db import now
from app.people import actions, attempts, one_time_links, passwords, rules, store
from app.people.context import AccountContext, ring
from app.people.mail import account_mails, outbox
from app.people.one_time_links import RESET, SIGN_IN, VERIFY, Purpose
from app.people.signing_in.sign_in import check_credentials, end_session
from app.people.tokens import hashed

TOLD = "/me#password-set"

NOBODY = "nobody"  # an id that no person has


class InvalidLink(Refused):
    """The link was used, has expired, or never existed: one answer for all."""

    def __init__(self) -> None:
        super().__init__(Code.NOT_FOUND, "This link does not work. Ask for a new one.")


async def send_reset_link(context: AccountContext, email: str) -> None:
    """Send a link to set a password, if there is such an account; the answer never says whether there is.

    Raises TooOften.
    """
    await _send(context, email, RESET)


async def send_sign_in_link(context: AccountContext, email: str) -> None:
    """Send a link to sign in, if mail is sent and there is such an account. Raises TooOften."""
    if context.by_mail:
        await _send(context, email, SIGN_IN)


async def address_for_link(context: AccountContext, token: str, purpose: Purpose) -> str:
    """The address of the person that a link is for. This does not use it up. Raises InvalidLink."""
    async with context.db.read() as tx:
        link_row = await one_time_links.find_link(tx, token, purpose)
        person = await store.person_by_id(tx, link_row.person_id) if link_row else None
    if person is None:
        raise InvalidLink
    return person.email or ""


async def reset(context: AccountContext, token: str, password: str) -> str:
    """Set a new password by a link and end all sign-ins; gives a session token. Raises InvalidLink."""
    await address_for_link(context, token, RESET)
    password_hash = await passwords.hash_password(password, context.asker)
    return await _use_link(context, token, RESET, password_hash)


async def sign_in_by_link(context: AccountContext, token: str) -> str:
    """Sign in by a link from a mail; gives a session token. Raises InvalidLink."""
    return await _use_link(context, token, SIGN_IN, None)


async def path_after(context: AccountContext, session: str, onward: str | None = "/") -> str | None:
    """Where a sign-in leads: to My page while it has to tell that another set the password, else onward."""
    async with context.db.read() as tx:
        login = await store.login_by_token(tx, hashed(session))
        person = await store.person_by_id(tx, login.person_id) if login else None
    return TOLD if person and person.reset_at else onward


async def verify(context: AccountContext, token: str, password: str) -> str:
    """Confirm an address, by the link in the mail and the password of the account; gives a session token.

    The password too, so that nobody can make an account with another person's address and have them
    confirm it. Raises InvalidLink, TooOften, or Refused for a wrong password.
    """
    person = await check_credentials(context, await address_for_link(context, token, VERIFY), password)
    async with context.db.write() as tx:
        if await one_time_links.use_link(tx, token, VERIFY) is None:
            raise InvalidLink
        await store.change_person(tx, person.id, verified_at=now())
    if context.signed_in:
        await end_session(context, context.signed_in)
    async with context.db.write() as tx:
        return await actions.start_session(tx, person.id, context.device)


async def _send(context: AccountContext, email: str, purpose: Purpose) -> None:
    account = rules.tidy_email(email)[:254]
    await attempts.attempt(context.db, context.config, purpose.name, context.address)
    words = account_mails.reset if purpose is RESET else account_mails.sign_in
    async with context.db.write() as tx:
        # The same queries whether or not there is such an account, so that the time it takes tells nothing.
        person = await store.person_by_email(tx, account)
        person_id = person.id if person else NOBODY
        if await attempts.may_mail(tx, context.config, account):
            link = context.config.base_url + await one_time_links.create_link(tx, person_id, purpose)
            await outbox.post_for(tx, person_id, account, *words(link))


async def _use_link(context: AccountContext, token: str, purpose: Purpose, password_hash: str | None) -> str:
    """Use the link up, store that the address is confirmed, and start a session; gives its token."""
    if context.signed_in:
        await end_session(context, context.signed_in)
    async with context.db.write() as tx:
        link_row = await one_time_links.use_link(tx, token, purpose)
        person = await store.person_by_id(tx, link_row.person_id) if link_row else None
        if person is None:
            raise InvalidLink
        unproved = context.by_mail and person.verified_at is None
        changes: dict[str, Any] = {"verified_at": now()} if unproved else {}
        topics: list[tuple[str, int]] = []
        if password_hash or unproved:
            # Before an address is confirmed anybody could have chosen the password, and be signed in with it.
            changes["password_hash"] = password_hash
            if link_row and link_row.by_hand:
                changes |= {"reset_at": now(), "reset_by": link_row.made_by}
            await store.forget_links(tx, person.id)
            await store.end_logins(tx, person.id)
            topics = await context.hooks.touch(tx, person.id)
        if changes:
            await store.change_person(tx, person.id, **changes)
        session = await actions.start_session(tx, person.id, context.device)
    ring(context, topics)
    return session
