"""Confirming that guests come from the organisation they typed: a label, which gives no right."""

from app.access import NOT_FOUND, Code, Refused, Role
from app.spaces import look_alike, mark_store, member_store
from app.spaces.actions import Door, SpaceChange, change
from app.spaces.log_entry import Act
from app.spaces.seats import lapsed
from app.spaces.space import Member, Membership

CONFIRM = "space.confirm_guest"
HERE = (Membership.ACTIVE, Membership.WAITING)


async def confirm_guest(door: Door, person_id: str) -> None:
    """Say that a guest comes from one's own organisation, as they typed. Raises Refused."""
    async with change(door, CONFIRM) as under_way:
        guest = await _guest(under_way, person_id)
        under_way.permit(CONFIRM, _named_by(under_way, guest))
        await _confirm(under_way, [guest])


async def confirm_all_ours(door: Door) -> None:
    """Say it of all guests who typed one's own organisation and are not confirmed yet."""
    async with change(door, CONFIRM) as under_way:
        found = await member_store.of_space(under_way.tx, under_way.space_id, HERE)
        ours = [one for one in found if _named_by(under_way, one) and not one.confirmed_for]
        await _confirm(under_way, ours)


async def withdraw_confirmation(door: Door, person_id: str) -> None:
    """Take the label back, as anybody of the organisation may that gave it. Raises Refused."""
    async with change(door, CONFIRM) as under_way:
        guest = await _guest(under_way, person_id)
        under_way.permit(CONFIRM, guest.confirmed_for)
        await mark_store.clear_confirmed(under_way.tx, under_way.space_id, person_id)
        under_way.note(Act.UNCONFIRMED, f"person:{person_id}")


async def _guest(under_way: SpaceChange, person_id: str) -> Member:
    found = await member_store.find(under_way.tx, under_way.space_id, person_id)
    if found is None or found.role is not Role.GUEST or found.membership not in HERE or lapsed(found):
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return found


def _named_by(under_way: SpaceChange, guest: Member) -> str | None:
    """The id of the organisation of who asks, if it is the one that the guest typed."""
    is_ours = guest.role is Role.GUEST and not lapsed(guest)
    named = is_ours and look_alike.alike(guest.organisation_name, under_way.seat.organisation_name)
    return under_way.seat.actor.organisation if named else None


async def _confirm(under_way: SpaceChange, guests: list[Member]) -> None:
    ids, by = [one.person_id for one in guests], under_way.seat.actor.person or ""
    await mark_store.set_confirmed(
        under_way.tx, under_way.space_id, ids, under_way.organisation, by, under_way.at
    )
    for one in guests:
        under_way.note(Act.CONFIRMED, f"person:{one.person_id}")
