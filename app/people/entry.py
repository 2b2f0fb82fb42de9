"""Getting in and out: by password, as one of the demo's people, with a new account."""

from msgspec import Struct

from app.access import NOT_ALLOWED, Code, Refused
from app.config import Config
from app.db import Database
from app.people import actions, limits, passwords, rules, store
from app.people.parts import Parts
from app.web import Ring, Who

WRONG = "The address and the password do not belong together. Check both."
TAKEN = "There is an account with this address already. Sign in, or ask for a new password."


class Entrance(Struct, frozen=True):
    """Somebody at the door: where from, on what device, and who they are here so far."""

    db: Database
    config: Config
    ring: Ring
    others: Parts
    address: str
    device: str
    before: Who | None


async def sign_in(at: Entrance, email: str, password: str) -> str:
    """The token of a new sign-in. Refused alike for unknown addresses and wrong passwords."""
    account = rules.tidy_email(email)[:254]
    await limits.attempt(at.db, at.config, "sign in", account, at.address)
    async with at.db.read() as tx:
        person = await store.person_by_email(tx, account)
    if (
        not await passwords.is_right(person.password_hash if person else None, password[:1000])
        or person is None
    ):
        raise Refused(Code.INVALID, WRONG)
    await limits.succeeded(at.db, at.config, "sign in", account)
    return await enter(at, person.id)


async def sign_in_demo(at: Entrance, person_id: str) -> str:
    """As one of the demo's people. The page decides before that this server is for trying out."""
    async with at.db.read() as tx:
        person = await store.person_by_id(tx, person_id)
    if person is None or not person.demo or person.erased_at:
        raise Refused(Code.NOT_ALLOWED, NOT_ALLOWED)
    return await enter(at, person.id)


async def sign_up(at: Entrance, name: str, email: str, password: str) -> str:
    """A new account, signed in. What was typed has been checked."""
    if at.config.accounts != "open":
        raise Refused(Code.NOT_ALLOWED, "On this server accounts come with an invitation. Ask for one.")
    await limits.attempt(at.db, at.config, "sign up", rules.tidy_email(email), at.address)
    password_hash = await passwords.hash_password(password)
    async with at.db.write() as tx:
        if await actions.has_account(tx, email):
            raise Refused(Code.INVALID, TAKEN)
        person_id = await actions.create_person(tx, name, email, password_hash)
    return await enter(at, person_id)


async def enter(at: Entrance, person_id: str) -> str:
    """A new sign-in, in place of the one this browser had."""
    topics: list[tuple[str, int]] = []
    async with at.db.write() as tx:
        if at.before:
            await store.end_login(tx, at.before.id, at.before.login)
            topics = await at.others.touch(tx, at.before.id)
        token = await actions.begin_session(tx, person_id, at.device)
    for topic, number in topics:
        at.ring(topic, number)
    return token


async def sign_out(db: Database, ring: Ring, others: Parts, person: Who) -> None:
    """End this sign-in; its open boards close at once."""
    async with db.write() as tx:
        await store.end_login(tx, person.id, person.login)
        topics = await others.touch(tx, person.id)
    for topic, number in topics:
        ring(topic, number)
