"""Changing roles, leaving, being taken out, being erased: no organisation loses its last steward."""

from typing import Any

from app.access import NOT_FOUND, Code, Refused, Role
from app.db import Tx, now
from app.people import actions as people
from app.spaces import member_store, rules, store
from app.spaces.actions import Door, SpaceChange, change
from app.spaces.joining.join import turned_away
from app.spaces.space import Member, Membership


async def change_role(door: Door, person_id: str, role: Role) -> None:
    """Make somebody of one's own organisation a member, steward or observer."""
    async with change(door, "space.change_role") as under_way:
        member = await _active(under_way, person_id)
        under_way.permit("space.change_role", member.organisation)
        if member.role is Role.GUEST:
            raise Refused(Code.INVALID, "Guests get another role by an invitation.")
        if role is not Role.STEWARD:
            await _keep_a_steward(under_way.tx, member)
        await member_store.set_role(under_way.tx, door.space_id, person_id, role)


async def remove_person(door: Door, person_id: str) -> None:
    """Take out somebody of one's own organisation. Guests came to all, so any steward may ask them to go."""
    async with change(door, "space.remove_person") as under_way:
        member = await _active(under_way, person_id)
        action = "space.remove_guest" if member.role is Role.GUEST else "space.remove_person"
        under_way.permit(action, member.organisation)
        await _keep_a_steward(under_way.tx, member)
        await member_store.set_membership(
            under_way.tx, door.space_id, person_id, Membership.FORMER, under_way.at, removed=True
        )


async def leave(door: Door) -> None:
    """Go; what one wrote stays. The last steward of an organisation first names another."""
    async with change(door, "space.leave") as under_way:
        person_id = under_way.seat.actor.person or ""
        member = await member_store.find(under_way.tx, door.space_id, person_id)
        if member is None:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        await _keep_a_steward(under_way.tx, member)
        waiting = member.membership is Membership.WAITING
        gone = turned_away(member) if waiting else Membership.FORMER
        await member_store.set_membership(
            under_way.tx, door.space_id, person_id, gone, under_way.at, removed=member.removed
        )


async def may_leave(tx: Tx, space_id: str, person_id: str) -> str | None:
    """The sentence that stands in the way, or None."""
    member = await member_store.find(tx, space_id, person_id)
    try:
        if member:
            await _keep_a_steward(tx, member)
    except Refused as refused:
        return refused.say
    return None


async def on_erase(tx: Tx, person_id: str) -> None:
    """Spaces' part in erasing somebody: they leave everywhere, and are known by their organisation only.

    A last steward first names another; a space that has nobody else is archived instead.
    """
    places = await member_store.of_person(tx, person_id)
    for member in sorted(places, key=lambda one: one.space_id):
        await store.bump(tx, member.space_id)
        if member.membership is not Membership.ACTIVE:
            continue
        if await member_store.count_others(tx, member.space_id, person_id, now()) == 0:
            await store.set_archived(tx, member.space_id, now())
        else:
            await _keep_a_steward(tx, member)
    await member_store.erase(tx, person_id, now())


async def forget_guests(tx: Tx, space_id: str, brings: str) -> list[str]:
    """Take out simulated guests, known by what they bring, as if they had never come; gives who they were."""
    await store.bump(tx, space_id)
    return await member_store.remove_guests(tx, space_id, brings)


async def my_data(tx: Tx, person_id: str) -> tuple[str, list[dict[str, Any]]]:
    """Spaces' part of what a person may download about themselves."""
    places = await member_store.of_person(tx, person_id)
    found = []
    for place in places:
        space = await store.load(tx, place.space_id)
        found.append(
            {
                "space": space.name if space else "",
                "organisation": place.organisation_name,
                "role": place.role.value,
                "state": place.membership.value,
                "brings": place.brings,
                "joined_at": place.joined_at.isoformat(),
                "expires_at": place.expires_at.isoformat() if place.expires_at else None,
            }
        )
    return "spaces", found


async def reset_link(door: Door, person_id: str) -> str:
    """A link by which somebody of one's own organisation chooses a new password, where no mail can be sent.

    Only for people who take part nowhere else than where the asking steward speaks for the same organisation:
    nobody gets a hand on what others trusted them with elsewhere, not by making a space and inviting them.
    """
    async with change(door, "space.reset_link") as under_way:
        member = await _active(under_way, person_id)
        under_way.permit("space.reset_link", member.organisation)
        theirs = await _places(under_way.tx, person_id)
        speaks = {
            one.space_id
            for one in await _places(under_way.tx, under_way.seat.actor.person or "")
            if one.role is Role.STEWARD and one.organisation == member.organisation
        }
        within = all(one.space_id in speaks and one.organisation == member.organisation for one in theirs)
        if door.config.smtp_url or member.role is Role.GUEST or not within:
            raise Refused(Code.NOT_ALLOWED, "They can ask for a new password on the sign-in page.")
        return await people.reset_link(under_way.tx, person_id)


async def _places(tx: Tx, person_id: str) -> list[Member]:
    """Where somebody takes part now."""
    places = await member_store.of_person(tx, person_id)
    return [one for one in places if one.membership is Membership.ACTIVE]


async def _active(under_way: SpaceChange, person_id: str) -> Member:
    found = await member_store.find(under_way.tx, under_way.space_id, person_id)
    if found is None or found.membership is not Membership.ACTIVE:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return found


async def _keep_a_steward(tx: Tx, member: Member) -> None:
    if member.role is Role.STEWARD and member.membership is Membership.ACTIVE and member.organisation:
        others = await member_store.count_other_stewards(
            tx, member.space_id, member.organisation, member.person_id
        )
        rules.keep_a_steward(member.organisation_name, member.role, others)
