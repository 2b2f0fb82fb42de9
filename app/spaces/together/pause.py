"""Pausing a code or a guest for a day where harm is urgent: by one steward, once, named in the log."""

from datetime import datetime

from app.access import NOT_FOUND, Code, Refused, Role
from app.spaces import mark_store, member_store
from app.spaces.actions import Door, SpaceChange, change
from app.spaces.joining import store as joining_store
from app.spaces.log_entry import Act
from app.spaces.seats import lapsed
from app.spaces.space import Membership
from app.spaces.together import store
from app.spaces.together.carry_out import PAUSED_FOR

PAUSE = "space.pause"
ONCE = "This was paused once already. For longer, decide it together."
NOT_PAUSED = "This is not paused."
BY_ANOTHER = "Another organisation has to lift this pause."


async def pause_code(door: Door, code_id: str) -> None:
    async with change(door, PAUSE) as under_way:
        code = await joining_store.code_of_space(under_way.tx, door.space_id, code_id)
        if code is None:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        _once(code.paused_until)
        until = under_way.at + PAUSED_FOR
        await joining_store.set_paused(under_way.tx, code_id, until, under_way.organisation)
        under_way.note(Act.PAUSED, f"code:{code_id}", after={"what": "code"})


async def lift_code(door: Door, code_id: str) -> None:
    async with change(door, PAUSE) as under_way:
        code = await joining_store.code_of_space(under_way.tx, door.space_id, code_id)
        if code is None:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        await _may_lift(under_way, code.paused_until, code.paused_by)
        await joining_store.set_paused(under_way.tx, code_id, under_way.at, None)
        under_way.note(Act.LIFTED, f"code:{code_id}", after={"what": "code"})


async def pause_guest(door: Door, person_id: str) -> None:
    """The guest reads on, and writes nothing for a day."""
    async with change(door, PAUSE) as under_way:
        paused_until, _ = await _guest(under_way, person_id)
        _once(paused_until)
        until = under_way.at + PAUSED_FOR
        await mark_store.set_paused(under_way.tx, door.space_id, person_id, until, under_way.organisation)
        under_way.note(Act.PAUSED, f"person:{person_id}", after={"what": "guest"})


async def lift_guest(door: Door, person_id: str) -> None:
    async with change(door, PAUSE) as under_way:
        await _may_lift(under_way, *await _guest(under_way, person_id))
        await mark_store.set_paused(under_way.tx, door.space_id, person_id, under_way.at, None)
        under_way.note(Act.LIFTED, f"person:{person_id}", after={"what": "guest"})


async def _guest(under_way: SpaceChange, person_id: str) -> tuple[datetime | None, str | None]:
    found = await member_store.find(under_way.tx, under_way.space_id, person_id)
    here = (Membership.ACTIVE, Membership.WAITING)
    if found is None or found.role is not Role.GUEST or found.membership not in here or lapsed(found):
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return await mark_store.paused(under_way.tx, under_way.space_id, person_id)


def _once(paused_until: datetime | None) -> None:
    if paused_until is not None:
        raise Refused(Code.NOT_ALLOWED, ONCE)


async def _may_lift(under_way: SpaceChange, until: datetime | None, by: str | None) -> None:
    """Any other organisation may; where there is none, its own stewards."""
    if until is None or until <= under_way.at:
        raise Refused(Code.CONFLICT, NOT_PAUSED)
    ground, _ = await store.ground(under_way.tx, under_way.space_id)
    if by == under_way.organisation and len(ground.owners) > 1:
        raise Refused(Code.NOT_ALLOWED, BY_ANOTHER)
