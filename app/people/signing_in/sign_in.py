"""Signing in by password or as a person of the demo, signing up, signing out."""

from typing import Any

from app.access import NOT_ALLOWED, Code, Refused
from app.people import actions, attempts, one_time_links, passwords, rules, store
from app.people.context import AccountContext, ring
from app.people.hash_queue import Asker
from app.people.mail import account_mails, outbox
from app.web import Who

WRONG = "The email address or the password is not right. Check both."
TAKEN = "There is an account with this address already. Sign in, or ask for a new password."


class LookInMail(Exception):
    """Raised when a link was sent to the address instead of signing in at once."""


async def sign_in(context: AccountContext, email: str, password: str) -> str:
    """Sign in; gives a session token. One refusal for unknown addresses and wrong passwords.

    Raises Refused, TooOften, TooBusy, or LookInMail while the address is not confirmed.
    """
    person = await check_credentials(context, email, password)
    if context.by_mail and person.verified_at is None and not person.demo:
        await _ask_to_verify(context, person)
        raise LookInMail
    return await start_session(context, person.id)


async def check_credentials(context: AccountContext, email: str, password: str) -> Any:
    """The person (a row) with this address and password. Raises Refused, TooOften or TooBusy."""
    account = rules.tidy_email(email)[:254]
    device = context.known_device(account)
    # First the turn: whoever gets none has tried nothing, so that nothing is counted.
    async with passwords.turn(Asker(device, known=True) if device else Asker(context.address)) as turn:
        made = await attempts.attempt(context.db, context.config, "sign in", context.address, account, device)
        async with context.db.read() as tx:
            person = await store.person_by_email(tx, account)
        right = await turn.is_right(person.password_hash if person else None, password[:1000])
    if person is None or not right:
        raise Refused(Code.INVALID, WRONG)
    await attempts.note_success(context.db, made)
    return person


async def sign_in_demo(context: AccountContext, person_id: str) -> str:
    """Sign in as a person of the demo; gives a session token. Call it only on a trial server."""
    async with context.db.read() as tx:
        person = await store.person_by_id(tx, person_id)
    if person is None or not person.demo or person.erased_at:
        raise Refused(Code.NOT_ALLOWED, NOT_ALLOWED)
    return await start_session(context, person.id)


async def sign_up(context: AccountContext, name: str, email: str, password: str) -> str:
    """Make an account and sign in; gives a session token. The fields are checked before.

    Raises LookInMail where mail is sent: the address has to be confirmed first. Raises Refused or TooOften.
    """
    closed = rules.check_accounts(context.config.accounts)
    if closed:
        raise Refused(Code.NOT_ALLOWED, closed)
    await attempts.attempt(context.db, context.config, "sign up", context.address, rules.tidy_email(email))
    password_hash = await passwords.hash_password(password, context.asker)
    try:
        async with context.db.write() as tx:
            person_id = await actions.create_person(tx, name, email, password_hash)
            if context.by_mail:
                await one_time_links.send_verify(tx, context.config, person_id, rules.tidy_email(email))
    except store.Taken:
        if not context.by_mail:
            raise Refused(Code.DUPLICATE, TAKEN) from None
        await _tell_owner(context, rules.tidy_email(email))
    else:
        if not context.by_mail:
            return await start_session(context, person_id)
    raise LookInMail


async def _tell_owner(context: AccountContext, email: str) -> None:
    """The page must not show who has an account, so only the owner of the address is told, by mail."""
    base = context.config.base_url
    async with context.db.write() as tx:
        if await attempts.may_mail(tx, context.config, email):
            await outbox.post(tx, email, *account_mails.account_exists(f"{base}/sign-in", f"{base}/forgot"))


async def _ask_to_verify(context: AccountContext, person: Any) -> None:
    async with context.db.write() as tx:
        await one_time_links.send_verify(tx, context.config, person.id, person.email)


async def start_session(context: AccountContext, person_id: str) -> str:
    """Start a session in place of the one this browser had; gives its token."""
    if context.signed_in:
        await end_session(context, context.signed_in)
    async with context.db.write() as tx:
        return await actions.start_session(tx, person_id, context.device)


async def sign_out(context: AccountContext, person: Who) -> None:
    """End this sign-in. A guest who signs out cannot come back as the same guest."""
    async with context.db.write() as tx:
        await context.hooks.end_returns(tx, person.id)
    await end_session(context, person)


async def end_session(context: AccountContext, person: Who) -> None:
    """End this sign-in; the boards open in it close at once."""
    async with context.db.write() as tx:
        await store.end_login(tx, person.id, person.login)
        topics = await context.hooks.touch(tx, person.id)
    ring(context, topics)
