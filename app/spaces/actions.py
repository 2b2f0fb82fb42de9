"""Changing a space: check the rights again, store, commit, then wake the others. And making spaces."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from msgspec import Struct, field, structs

from app import config as settings
from app.access import NOT_FOUND, Code, Refused, Role, Thing, decide
from app.config import Config
from app.db import Database, Tx, new_id, now
from app.people import actions as people
from app.spaces import log_store, look_alike, member_store, rules, seats, store
from app.spaces.log_entry import Act, Noted, Values
from app.spaces.space import ENDED, Membership, MySpace, Organisation, Seat, SpaceDraft, Standing
from app.web import Who

Ring = Callable[[str, int], None]


# What alters pages, and nothing of what anybody may see or do on a board: how its actions begin.
CONTENT = ("goal.", "measure.", "report.", "record.", "workshop.", "take_back")


class Door(Struct, frozen=True):
    """Who wants to change a space, and what the change needs: every writing action of a space takes one."""

    db: Database
    ring: Ring
    config: Config
    login: str
    space_id: str


@asynccontextmanager
async def worker_door(
    database_url: str, synchronous: str, login: str, space_id: str
) -> AsyncIterator[tuple[Door, list[tuple[str, int]]]]:
    """A door for work in a process of its own, and the wake-ups that whoever started that is to send."""
    config = settings.read({"DATABASE_URL": database_url, "SQLITE_SYNCHRONOUS": synchronous})
    db = Database(database_url, synchronous=synchronous)
    rings: list[tuple[str, int]] = []
    try:
        yield Door(db, lambda topic, number: rings.append((topic, number)), config, login, space_id), rings
    finally:
        await db.close()


class SpaceChange(Struct, frozen=True):
    """A change in progress: its transaction, with the seat as read in it, and its time.

    What it `noted` is written into the log of the space at its end, in the same transaction.
    """

    tx: Tx
    seat: Seat
    at: datetime
    noted: list[Noted] = field(default_factory=list)

    @property
    def space_id(self) -> str:
        return self.seat.space.id

    @property
    def organisation(self) -> str:
        """The organisation of the person who asks. Only for stewards: all of them have one."""
        if self.seat.actor.organisation is None:
            raise Refused(Code.NOT_ALLOWED, NOT_FOUND)
        return self.seat.actor.organisation

    def note(
        self, act: Act, about: str = "", before: Values | None = None, after: Values | None = None
    ) -> None:
        """Write an act into the log of the space: the one way in which a steward's acts get there."""
        self.noted.append(Noted(act, about, before or {}, after or {}))

    def permit(self, action: str, organisation: str | None) -> None:
        """Refuse unless `action` may be done to something of that organisation."""
        actor = self.seat.actor
        refusal = decide(actor, action, Thing(self.seat.space.state, actor.person, organisation))
        if refusal:
            raise refusal


@asynccontextmanager
async def change(door: Door, action: str) -> AsyncIterator[SpaceChange]:
    """Lock the space, check that `action` is allowed, and wake the others once the block is committed.

    Raises Refused. The epoch is raised first: its row lock makes changes of one space wait for each other,
    so that the last two stewards cannot leave at the same time. What alters only pages lets boards alone.
    """
    content_only = action.startswith(CONTENT)
    async with door.db.write() as tx:
        epoch = await store.bump(tx, door.space_id, content_only=content_only)
        under_way = SpaceChange(tx, await seat_for(tx, door, action), now())
        yield under_way
        actor = under_way.seat.actor
        await log_store.add(
            tx, door.space_id, under_way.noted, actor.person, actor.organisation, under_way.at
        )
    if epoch is not None:  # else there is no such space, and nobody has a seat in it
        topic = seats.content_topic if content_only else seats.topic
        door.ring(topic(door.space_id), epoch)


async def seat_for(tx: Tx, door: Door, action: str) -> Seat:
    """The seat of the person who asks. Raises Refused unless they may do `action` for their organisation."""
    seat = await seats.seat(tx, door.login, door.space_id)
    if seat is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    SpaceChange(tx, seat, now()).permit(action, seat.actor.organisation)
    return seat


@asynccontextmanager
async def hold(db: Database, ring: Ring, space_id: str) -> AsyncIterator[Tx]:
    """For jobs that alter only pages: lock the space until the block is committed, then wake the others."""
    async with db.write() as tx:
        epoch = await store.bump(tx, space_id, content_only=True)
        yield tx
    if epoch is not None:
        ring(seats.content_topic(space_id), epoch)


# -- making a space ----------------------------------------------------------------------------------


async def may_make_spaces(tx: Tx, config: Config, person: Who) -> bool:
    """Whether they may make spaces: not guests, and with SPACES=invited only operators.

    Where mail is sent an operator's address counts once it is proved: anybody can write it into a form.
    """
    if person.guest:
        return False
    if config.spaces == "open":
        return True
    operators = {address.strip().casefold() for address in config.operators.split(",") if address.strip()}
    email = await people.address_of(tx, person.id, proved=bool(config.smtp_url))
    return bool(email) and str(email).casefold() in operators


async def start_space(db: Database, config: Config, person: Who, draft: SpaceDraft, organisation: str) -> str:
    """Make a space with its first organisation and steward; gives its id."""
    async with db.write() as tx:
        if not await may_make_spaces(tx, config, person):
            raise Refused(
                Code.NOT_ALLOWED, "On this server only its operators can create spaces. Ask one of them."
            )
        return await create_space(tx, person.id, draft, organisation)


async def create_space(
    tx: Tx, person_id: str, draft: SpaceDraft, organisation: str, space_id: str | None = None
) -> str:
    """A space owned by one organisation so far, with this person as its steward."""
    made = space_id or new_id()
    await store.add_space(tx, made, draft, now())
    organisation_id = await _own_organisation(tx, person_id, organisation)
    await seat_organisation(tx, made, organisation_id)
    await seat_person(tx, made, person_id, organisation_id, Role.STEWARD)
    words = structs.asdict(draft)
    await log_store.add(tx, made, [Noted(Act.CREATED, after=words)], person_id, organisation_id, now())
    return made


async def add_organisation(tx: Tx, space_id: str, name: str) -> str:
    """Make an organisation an owner of the space without asking it, as the demo does; gives its id."""
    organisation_id = await store.add_organisation(tx, name)
    await seat_organisation(tx, space_id, organisation_id)
    return organisation_id


async def seat_organisation(
    tx: Tx, space_id: str, organisation_id: str, standing: Standing = Standing.JOINED, by: str | None = None
) -> None:
    """Give an organisation a place in the space, with a free colour."""
    colour = rules.free_colour(await store.colours(tx, space_id))
    await store.add_seat(tx, space_id, organisation_id, colour, standing, by, now())


async def seat_person(tx: Tx, space_id: str, person_id: str, organisation_id: str, role: Role) -> None:
    """Make a person an active member for an organisation. Rights are checked before."""
    await member_store.put(
        tx,
        space_id,
        person_id,
        role=role,
        membership=Membership.ACTIVE,
        organisation_id=organisation_id,
        at=now(),
    )


async def _own_organisation(tx: Tx, person_id: str, name: str) -> str:
    """The id of the organisation of that name that the person belongs to already, else of a new one.

    Never another's of the same name: anybody could claim it.
    """
    known = await store.organisations_of(tx, person_id)
    found = [organisation_id for own, organisation_id in known.items() if look_alike.alike(own, name)]
    return found[0] if found else await store.add_organisation(tx, name)


# -- spaces and who owns them ------------------------------------------------------------------------


async def my_spaces(tx: Tx, person_id: str) -> list[MySpace]:
    """The spaces a person takes part in, or waits to be let into, by name."""
    return await member_store.spaces_of(tx, person_id, now())


async def touch_person(tx: Tx, person_id: str) -> list[tuple[str, int]]:
    """Raise the epoch of every space the person is or was in; the caller rings for them after the commit."""
    touched: list[tuple[str, int]] = []
    # In the same order everywhere, or two transactions could wait for each other for ever.
    for space_id in sorted(member.space_id for member in await member_store.of_person(tx, person_id)):
        epoch = await store.bump(tx, space_id)
        if epoch is not None:
            touched.append((space_id, epoch))
    return touched


async def any_space(tx: Tx) -> bool:
    """Whether there is any space on this server."""
    return await store.any_space(tx)


async def organisations_of_space(tx: Tx, space_id: str) -> dict[str, str]:
    """Ids of the space's organisations by name."""
    return {one.name: one.id for one in await store.organisations(tx, space_id)}


async def owners_of(tx: Tx, space_id: str) -> list[Organisation]:
    """The organisations that own the space, by name; those only proposed are not among them."""
    found = await store.organisations(tx, space_id)
    return [one for one in found if one.standing is Standing.JOINED]


async def owners_and_gone(tx: Tx, space_id: str) -> tuple[list[Organisation], list[Organisation]]:
    """The same, and those that owned it before, whose names are marked."""
    found = await store.with_ended(tx, space_id)
    owners = [one for one in found if one.standing is Standing.JOINED]
    return owners, [one for one in found if one.standing in ENDED]
