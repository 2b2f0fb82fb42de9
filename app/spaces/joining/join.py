"""Joining as a guest: join codes, the form behind them, and the waiting room."""

from datetime import datetime, timedelta

from msgspec import Struct

from app.access import NOT_FOUND, Code, Refused, Role
from app.db import Database, Tx, new_id, now
from app.people import actions as people
from app.phrases import day_of
from app.spaces import mark_store, member_store, return_tokens, store
from app.spaces.actions import Door, Ring, change
from app.spaces.joining import join_codes
from app.spaces.joining import store as joining_store
from app.spaces.log_entry import Act, Values
from app.spaces.rules import GuestForm
from app.spaces.seats import content_topic, lapsed
from app.spaces.space import JoinCode, Member, Membership, Organisation, Space, Standing
from app.web import Who

RENEWED_FOR = timedelta(days=7)
GUEST_STAYS = timedelta(days=30)  # then a guest has to join by a code again


class OpenedCode(Struct, frozen=True):
    """A join code that works now, its space, and the organisations that own the space."""

    code: JoinCode
    space: Space
    organisations: list[Organisation]


class Joined(Struct, frozen=True):
    """The result of joining: admitted or waiting; `token` is the session token of a new guest.

    By `return_token` a guest comes back in the same browser; None for accounts and on shared devices.
    """

    space_id: str
    waiting: bool
    token: str | None = None
    return_token: str | None = None


class Browser(Struct, frozen=True):
    """The browser of who joins: what it is, whether others use it too, and the return token it sent."""

    device: str
    shared: bool = False
    return_token: str | None = None


# -- codes -------------------------------------------------------------------------------------------


async def make_code(door: Door, days: int, max_uses: int | None, waiting_room: bool) -> None:
    """A new join code for guests, valid for `days`; `max_uses` None is without limit."""
    async with change(door, "space.codes") as under_way:
        expires, by = under_way.at + timedelta(days=days), under_way.seat.actor.person or ""
        made = await add_code(under_way.tx, door.space_id, by, expires, max_uses, waiting_room)
        under_way.note(Act.CODE_MADE, f"code:{made.id}", after=_terms(made))


async def renew_code(door: Door, code_id: str) -> None:
    """A new code with the same limits, valid for a week from now; the old one stops working at once."""
    async with change(door, "space.codes") as under_way:
        old = await _code_of_space(under_way.tx, door.space_id, code_id)
        await joining_store.withdraw_code(under_way.tx, old.id, under_way.at)
        by, expires = under_way.seat.actor.person or "", under_way.at + RENEWED_FOR
        made = await add_code(under_way.tx, door.space_id, by, expires, old.max_uses, old.waiting_room)
        under_way.note(Act.CODE_RENEWED, f"code:{made.id}", _terms(old), _terms(made))


async def withdraw_code(door: Door, code_id: str) -> None:
    """End a code at once. Raises Refused when there is no such code."""
    async with change(door, "space.codes") as under_way:
        found = await _code_of_space(under_way.tx, door.space_id, code_id)
        await joining_store.withdraw_code(under_way.tx, found.id, under_way.at)
        under_way.note(Act.CODE_WITHDRAWN, f"code:{found.id}", _terms(found))


def _terms(code: JoinCode) -> Values:
    """What the log says of a code: never the code itself, which lets people in."""
    return {
        "until": day_of(code.expires_at).isoformat(),
        "most": code.max_uses,
        "waiting_room": code.waiting_room,
    }


async def add_code(
    tx: Tx,
    space_id: str,
    by: str,
    expires_at: datetime,
    max_uses: int | None = None,
    waiting_room: bool = False,
    code: str | None = None,
) -> JoinCode:
    """A new code; a random one unless `code` is given. Rights are checked before."""
    made = JoinCode(new_id(), space_id, code or join_codes.new_code(), expires_at, max_uses, 0, waiting_room)
    await joining_store.add_code(tx, made, by, now())
    return made


async def forget_code(tx: Tx, code_id: str) -> None:
    """Take away a code that was made for simulated guests, as if it had never been."""
    await joining_store.remove_code(tx, code_id)


async def open_codes(tx: Tx, space_id: str) -> list[JoinCode]:
    """The codes that let people in now, the newest first."""
    return await joining_store.open_codes(tx, space_id, now())


async def active_code(tx: Tx, space_id: str) -> JoinCode | None:
    """The code to show to members: none that is paused."""
    open_ones = await open_codes(tx, space_id)
    return next((one for one in open_ones if not one.paused_until or one.paused_until <= now()), None)


async def _code_of_space(tx: Tx, space_id: str, code_id: str) -> JoinCode:
    found = await joining_store.code_of_space(tx, space_id, code_id)
    if found is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return found


# -- joining -----------------------------------------------------------------------------------------


async def find_by_code(tx: Tx, code: str) -> OpenedCode | None:
    """What a code opens; None when it is wrong, expired, used up, withdrawn, or its space is archived."""
    found = await joining_store.find_code(tx, join_codes.tidy(code), now())
    space = await store.load(tx, found.space_id) if found else None
    if found is None or space is None:
        return None
    joined = [one for one in await store.organisations(tx, space.id) if one.standing is Standing.JOINED]
    return OpenedCode(found, space, joined)


async def join(
    db: Database, ring: Ring, code: str, guest: GuestForm, person: Who | None, browser: Browser
) -> Joined | None:
    """Join by a code, with one's account or as a new guest; None when the code opens nothing.

    Only the epoch of content rises, so that pages read the people anew: whoever joins had no rights before,
    and no board has to check its sockets again.
    """
    async with db.write() as tx:
        opened = await find_by_code(tx, code)
        # first, as every change of a space does: whoever withdraws the code holds the space before the code
        epoch = await store.bump(tx, opened.space.id, content_only=True) if opened else None
        if opened is None or epoch is None:
            return None
        joined = await _come_in(tx, opened, guest, person, browser)
    if joined is not None:
        ring(content_topic(opened.space.id), epoch)
    return joined


async def _come_in(
    tx: Tx, opened: OpenedCode, guest: GuestForm, person: Who | None, browser: Browser
) -> Joined | None:
    """Take a place, or wait for one, unless they have one; None when the code was used up meanwhile."""
    if not await joining_store.count_use(tx, opened.code.id, now()):
        return None
    before = await member_store.find(tx, opened.space.id, person.id) if person else None
    there = None if before and _guest_time_over(before) else before
    if there and there.membership in (Membership.ACTIVE, Membership.WAITING):
        await joining_store.uncount_use(tx, opened.code.id)
        return Joined(opened.space.id, there.membership is Membership.WAITING)
    person_id = person.id if person else await people.create_person(tx, guest.name)
    # A person whom a steward removed has to wait until a steward admits them.
    removed = bool(there and there.removed)
    waiting = opened.code.waiting_room or removed
    left = _left_at(before) if before and waiting else None
    await _take_place(tx, opened, guest, person_id, waiting, removed, left)
    return_token = await _return_token(tx, opened, person_id, person, browser)
    token = (
        None if person else await people.start_session(tx, person_id, browser.device, shared=browser.shared)
    )
    return Joined(opened.space.id, waiting, token, return_token)


async def _return_token(
    tx: Tx, opened: OpenedCode, person_id: str, person: Who | None, browser: Browser
) -> str | None:
    """End the token that the browser had for this space; gives one for a guest on a device of their own."""
    if browser.return_token:
        await return_tokens.end(tx, opened.space.id, browser.return_token)
    if browser.shared or (person and (person.shared or not person.guest)):
        return None
    return await return_tokens.create(tx, opened.space.id, person_id, opened.code.id)


def _guest_time_over(member: Member) -> bool:
    """Whether they took part as a guest and their time is over."""
    return member.membership is Membership.ACTIVE and lapsed(member)


def _left_at(member: Member) -> datetime | None:
    """When a person who took part left; None for one who only ever waited."""
    if member.membership is Membership.FORMER:
        return member.left_at
    return member.expires_at if _guest_time_over(member) else None


async def _take_place(
    tx: Tx,
    opened: OpenedCode,
    guest: GuestForm,
    person_id: str,
    waiting: bool,
    removed: bool,
    left_at: datetime | None,
) -> None:
    await member_store.put(
        tx,
        opened.space.id,
        person_id,
        role=Role.GUEST,
        membership=Membership.WAITING if waiting else Membership.ACTIVE,
        organisation_id=None,  # even where it has the name of an owner: anybody can type it
        says=guest.organisation,
        brings=guest.brings,
        at=now(),
        expires_at=now() + GUEST_STAYS,
        removed=removed,  # until a steward admits them, even if they ask again or leave the waiting room
        left_at=left_at,
        code_id=opened.code.id,
    )
    # it was of what they said before, and perhaps of somebody else at the same browser
    await mark_store.clear_confirmed(tx, opened.space.id, person_id)
