"""Coming in as a guest: join codes, the one question screen behind them, and the waiting room."""

from datetime import datetime, timedelta

from msgspec import Struct

from app.access import NOT_FOUND, Code, Refused, Role
from app.db import Database, Tx, new_id, now
from app.people import actions as people
from app.spaces import member_store, rules, store
from app.spaces.actions import Door, change
from app.spaces.joining import join_codes
from app.spaces.joining import store as joining_store
from app.spaces.rules import GuestForm
from app.spaces.seats import lapsed
from app.spaces.space import JoinCode, Member, Membership, Organisation, Space, Standing
from app.web import Who

RENEWED = timedelta(days=7)
GUEST_LASTS = timedelta(days=30)  # every guest's time ends; joining again by a code begins it anew


class OpenedCode(Struct, frozen=True):
    """What a right code opens."""

    key: JoinCode
    space: Space
    organisations: list[Organisation]


class Joined(Struct, frozen=True):
    """Where somebody stands who has joined; `token` is the new sign-in of a new guest."""

    space_id: str
    waiting: bool
    token: str | None = None


# -- codes -------------------------------------------------------------------------------------------


async def make_code(door: Door, days: int, max_uses: int | None, waiting_room: bool) -> None:
    async with change(door, "space.codes") as under_way:
        expires = under_way.at + timedelta(days=days)
        await add_code(
            under_way.tx, door.space_id, under_way.seat.actor.person or "", expires, max_uses, waiting_room
        )


async def renew_code(door: Door, code_id: str) -> None:
    """A new code on the same terms, from now for a week; the old one is dead at once."""
    async with change(door, "space.codes") as under_way:
        old = await _code(under_way.tx, door.space_id, code_id)
        await joining_store.withdraw_code(under_way.tx, old.id, under_way.at)
        by, expires = under_way.seat.actor.person or "", under_way.at + RENEWED
        await add_code(under_way.tx, door.space_id, by, expires, old.max_uses, old.waiting_room)


async def withdraw_code(door: Door, code_id: str) -> None:
    async with change(door, "space.codes") as under_way:
        found = await _code(under_way.tx, door.space_id, code_id)
        await joining_store.withdraw_code(under_way.tx, found.id, under_way.at)


async def add_code(
    tx: Tx,
    space_id: str,
    by: str,
    expires_at: datetime,
    max_uses: int | None = None,
    waiting_room: bool = False,
    code: str | None = None,
) -> JoinCode:
    key = JoinCode(new_id(), space_id, code or join_codes.new_code(), expires_at, max_uses, 0, waiting_room)
    await joining_store.add_code(tx, key, by, now())
    return key


async def forget_code(tx: Tx, code_id: str) -> None:
    """Take away a code that was made for simulated guests, as if it had never been."""
    await joining_store.remove_code(tx, code_id)


async def open_codes(tx: Tx, space_id: str) -> list[JoinCode]:
    """The codes that let people in now, the newest first."""
    return await joining_store.codes(tx, space_id, now())


async def active_code(tx: Tx, space_id: str) -> JoinCode | None:
    """The code to show to members."""
    return next(iter(await open_codes(tx, space_id)), None)


# -- joining -----------------------------------------------------------------------------------------


async def look(tx: Tx, typed: str) -> OpenedCode | None:
    """What a code opens. Wrong, expired, used up, withdrawn, and of an archived space are None alike."""
    key = await joining_store.opening(tx, join_codes.tidy(typed), now())
    space = await store.load(tx, key.space_id) if key else None
    if key is None or space is None:
        return None
    joined = [one for one in await store.organisations(tx, space.id) if one.standing is Standing.JOINED]
    return OpenedCode(key, space, joined)


async def join(db: Database, typed: str, knock: GuestForm, person: Who | None, device: str) -> Joined | None:
    """Come in by a code, with the account one has or as a new guest; None when the code opens nothing.

    Rings for nobody: who comes in had no rights before, so nobody's view of them is out of date.
    """
    async with db.write() as tx:
        doorway = await look(tx, typed)
        if doorway is None or not await joining_store.take_use(tx, doorway.key.id, now()):
            return None
        before = await member_store.find(tx, doorway.space.id, person.id) if person else None
        there = None if before and _is_over(before) else before
        if there and there.membership in (Membership.ACTIVE, Membership.WAITING):
            await joining_store.give_back(tx, doorway.key.id)
            return Joined(doorway.space.id, there.membership is Membership.WAITING)
        person_id = person.id if person else await people.create_person(tx, knock.name)
        # Whoever was taken out by a steward may knock, but not walk in.
        removed = bool(there and there.removed)
        waiting = doorway.key.waiting_room or removed
        left = _left(before) if before and waiting else None
        await _take_place(tx, doorway, knock, person_id, waiting, removed, left)
        token = None if person else await people.begin_session(tx, person_id, device)
        return Joined(doorway.space.id, waiting, token)


def _is_over(member: Member) -> bool:
    """Whether the time of a guest who was in is over."""
    return member.membership is Membership.ACTIVE and lapsed(member)


def _left(member: Member) -> datetime | None:
    """When somebody who took part went; None for one who only ever knocked."""
    if member.membership is Membership.FORMER:
        return member.left_at
    return member.expires_at if _is_over(member) else None


async def _take_place(
    tx: Tx,
    doorway: OpenedCode,
    knock: GuestForm,
    person_id: str,
    waiting: bool,
    removed: bool,
    left_at: datetime | None,
) -> None:
    own = next((one for one in doorway.organisations if rules.same(one.name, knock.organisation)), None)
    said = (
        None if own else rules.guest_colour(knock.organisation, [one.colour for one in doorway.organisations])
    )
    await member_store.put(
        tx,
        doorway.space.id,
        person_id,
        role=Role.GUEST,
        membership=Membership.WAITING if waiting else Membership.ACTIVE,
        organisation_id=own.id if own else None,
        says=None if own else knock.organisation,
        colour=said,
        brings=knock.brings,
        at=now(),
        expires_at=now() + GUEST_LASTS,
        removed=removed,  # until a steward lets them in: knocking or going away again forgets nothing
        left_at=left_at,
    )


# -- the waiting room --------------------------------------------------------------------------------


async def place_of(tx: Tx, space_id: str, person_id: str) -> Member | None:
    """Where somebody who knocked stands now."""
    return await member_store.find(tx, space_id, person_id)


async def waiting_in(tx: Tx, space_id: str) -> list[Member]:
    """Those who have knocked, the first to come first."""
    return await member_store.of_space(tx, space_id, [Membership.WAITING])


async def admit(door: Door, person_id: str) -> None:
    async with change(door, "space.admit") as under_way:
        await _answer(under_way.tx, door.space_id, person_id)
        await member_store.set_membership(
            under_way.tx,
            door.space_id,
            person_id,
            Membership.ACTIVE,
            under_way.at,
            expires_at=under_way.at + GUEST_LASTS,
        )


async def decline(door: Door, person_id: str) -> None:
    async with change(door, "space.admit") as under_way:
        found = await _answer(under_way.tx, door.space_id, person_id)
        gone = turned_away(found)
        await member_store.set_membership(
            under_way.tx, door.space_id, person_id, gone, under_way.at, removed=True
        )


def turned_away(member: Member) -> Membership:
    """What becomes of one who waits in vain, or no longer: whoever took part before did so still."""
    return Membership.FORMER if member.returns else Membership.DECLINED


async def _answer(tx: Tx, space_id: str, person_id: str) -> Member:
    found = await member_store.find(tx, space_id, person_id)
    if found is None or found.membership is not Membership.WAITING:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return found


async def _code(tx: Tx, space_id: str, code_id: str) -> JoinCode:
    found = await joining_store.code_of(tx, space_id, code_id)
    if found is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return found
