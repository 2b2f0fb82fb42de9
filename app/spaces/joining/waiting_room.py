"""The waiting room: who asked to join as a guest, and a steward admits or declines."""

from app.access import NOT_FOUND, Code, Refused
from app.db import Tx
from app.spaces import member_store, return_tokens
from app.spaces.actions import Door, change
from app.spaces.joining.join import GUEST_STAYS
from app.spaces.log_entry import Act
from app.spaces.space import Member, Membership


async def membership_of(tx: Tx, space_id: str, person_id: str) -> Member | None:
    """The place of a person who asked to join; None when there is none."""
    return await member_store.find(tx, space_id, person_id)


async def waiting_members(tx: Tx, space_id: str) -> list[Member]:
    """Who is in the waiting room, the longest waiting first."""
    return await member_store.of_space(tx, space_id, [Membership.WAITING])


async def admit(door: Door, person_id: str) -> None:
    """Let a guest in from the waiting room. Raises Refused when nobody by this id waits there."""
    async with change(door, "space.admit") as under_way:
        await _waiting_member(under_way.tx, door.space_id, person_id)
        await member_store.set_membership(
            under_way.tx,
            door.space_id,
            person_id,
            Membership.ACTIVE,
            under_way.at,
            expires_at=under_way.at + GUEST_STAYS,
        )
        under_way.note(Act.ADMITTED, f"person:{person_id}")


async def decline(door: Door, person_id: str) -> None:
    """Send a guest away from the waiting room. Raises Refused when nobody by this id waits there."""
    async with change(door, "space.admit") as under_way:
        found = await _waiting_member(under_way.tx, door.space_id, person_id)
        membership = membership_after_waiting(found)
        await member_store.set_membership(
            under_way.tx, door.space_id, person_id, membership, under_way.at, removed=True
        )
        await return_tokens.end_in_space(under_way.tx, door.space_id, person_id)
        under_way.note(Act.DECLINED, f"person:{person_id}")


def membership_after_waiting(member: Member) -> Membership:
    """What a person who waited becomes when they are declined or leave: former, if they took part before."""
    return Membership.FORMER if member.returns else Membership.DECLINED


async def _waiting_member(tx: Tx, space_id: str, person_id: str) -> Member:
    found = await member_store.find(tx, space_id, person_id)
    if found is None or found.membership is not Membership.WAITING:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return found
