"""Getting in and out: by password, as one of the demo's people, with a new account."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from app.access import NOT_ALLOWED, Code, Refused
from app.config import Config
from app.db import Database
from app.people import actions, attempts, one_time_links, passwords, rules, store
from app.people.hooks import PeopleHooks
from app.people.mail import outbox, texts
from app.web import Who

WRONG = "The address and the password do not belong together. Check both."
TAKEN = "There is an account with this address already. Sign in, or ask for a new password."


class Entrance(Struct, frozen=True):
    """Somebody at the door: where from, on what device, and who they are here so far."""

    db: Database
    config: Config
    ring: Callable[[str, int], None]
    hooks: PeopleHooks
    address: str
    device: str
    before: Who | None

    @property
    def by_mail(self) -> bool:
        return bool(self.config.smtp_url)


class LookInMail(Exception):
    """A link was sent to the address; it leads in."""


async def sign_in(at: Entrance, email: str, password: str) -> str:
    """The token of a new sign-in. Refused alike for unknown addresses and wrong passwords."""
    person = await prove(at, email, password)
    if at.by_mail and person.verified_at is None and not person.demo:
        await _ask_to_verify(at, person)
        raise LookInMail
    return await enter(at, person.id)


async def prove(at: Entrance, email: str, password: str) -> Any:
    """The person whose address and password these are."""
    account = rules.tidy_email(email)[:254]
    await attempts.attempt(at.db, at.config, "sign in", account, at.address)
    async with at.db.read() as tx:
        person = await store.person_by_email(tx, account)
    right = await passwords.is_right(person.password_hash if person else None, password[:1000])
    if person is None or not right:
        raise Refused(Code.INVALID, WRONG)
    await attempts.succeeded(at.db, at.config, "sign in", account)
    return person


async def sign_in_demo(at: Entrance, person_id: str) -> str:
    """As one of the demo's people. The page decides before that this server is for trying out."""
    async with at.db.read() as tx:
        person = await store.person_by_id(tx, person_id)
    if person is None or not person.demo or person.erased_at:
        raise Refused(Code.NOT_ALLOWED, NOT_ALLOWED)
    return await enter(at, person.id)


async def sign_up(at: Entrance, name: str, email: str, password: str) -> str:
    """A new account, signed in; where mail is sent the address is proved first. Names are checked before."""
    if at.config.accounts != "open":
        raise Refused(Code.NOT_ALLOWED, "On this server accounts come with an invitation. Ask for one.")
    await attempts.attempt(at.db, at.config, "sign up", rules.tidy_email(email), at.address)
    password_hash = await passwords.hash_password(password)
    try:
        async with at.db.write() as tx:
            person_id = await actions.create_person(tx, name, email, password_hash)
            if at.by_mail:
                await one_time_links.send_verify(tx, at.config, person_id, rules.tidy_email(email))
    except store.Taken:
        if not at.by_mail:
            raise Refused(Code.DUPLICATE, TAKEN) from None
        await _tell_owner(at, rules.tidy_email(email))
    else:
        if not at.by_mail:
            return await enter(at, person_id)
    raise LookInMail


async def _tell_owner(at: Entrance, email: str) -> None:
    """The page must not tell who has an account, so the mail tells its owner alone."""
    base = at.config.base_url
    async with at.db.write() as tx:
        await outbox.post(tx, email, *texts.known(f"{base}/sign-in", f"{base}/forgot"))


async def _ask_to_verify(at: Entrance, person: Any) -> None:
    await attempts.attempt(at.db, at.config, "verify", person.email, at.address)
    async with at.db.write() as tx:
        await one_time_links.send_verify(tx, at.config, person.id, person.email)


async def enter(at: Entrance, person_id: str) -> str:
    """A new sign-in, in place of the one this browser had."""
    if at.before:
        await sign_out(at, at.before)
    async with at.db.write() as tx:
        return await actions.begin_session(tx, person_id, at.device)


async def sign_out(at: Entrance, person: Who) -> None:
    """End this sign-in; its open boards close at once."""
    async with at.db.write() as tx:
        await store.end_login(tx, person.id, person.login)
        topics = await at.hooks.touch(tx, person.id)
    ring(at, topics)


def ring(at: Entrance, topics: list[tuple[str, int]]) -> None:
    """After the commit: whoever follows these spaces looks again who may stay."""
    for topic, number in topics:
        at.ring(topic, number)
