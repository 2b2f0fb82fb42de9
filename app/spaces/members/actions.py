"""Changing roles, leaving, being removed, being erased: no organisation loses its last steward."""

from typing import Any

from app.access import NOT_FOUND, Code, Refused, Role
from app.db import Tx, now
from app.people import actions as people
from app.spaces import member_store, return_store, return_tokens, rules, store
from app.spaces.actions import Door, SpaceChange, change
from app.spaces.joining import store as joining_store
from app.spaces.joining.waiting_room import membership_after_waiting
from app.spaces.log_entry import Act
from app.spaces.space import Member, Membership

BY_MAIL = "They can ask for a new password on the sign-in page."
NOT_YOURS = (
    "Their account does not belong to your organisation alone, so you cannot create this link. "
    "An operator of this server can: python -m app reset-link with their email address."
)


async def change_role(door: Door, person_id: str, role: Role) -> None:
    """Make somebody of one's own organisation a member, steward or observer."""
    async with change(door, "space.change_role") as under_way:
        member = await _active_member(under_way, person_id)
        if member.role is Role.GUEST:
            raise Refused(Code.INVALID, "Guests get another role by an invitation.")
        under_way.permit("space.change_role", member.organisation)
        if role is not Role.STEWARD:
            await _keep_a_steward(under_way.tx, member)
        await member_store.set_role(under_way.tx, door.space_id, person_id, role)
        under_way.note(Act.ROLE, f"person:{person_id}", {"role": member.role}, {"role": role})


async def remove_person(door: Door, person_id: str) -> None:
    """Remove a member of one's own organisation, or a guest: any steward may remove guests.

    A guest who is removed may come again as somebody new, by the code that they know, and nobody could tell.
    So whoever comes by the same code waits to be let in from then on; other codes stay as they are.
    """
    async with change(door, "space.remove_person") as under_way:
        member = await _active_member(under_way, person_id)
        action = "space.remove_guest" if member.role is Role.GUEST else "space.remove_person"
        under_way.permit(action, member.organisation)
        await _keep_a_steward(under_way.tx, member)
        await member_store.set_membership(
            under_way.tx, door.space_id, person_id, Membership.FORMER, under_way.at, removed=True
        )
        await return_tokens.end_in_space(under_way.tx, door.space_id, person_id)
        under_way.note(Act.REMOVED, f"person:{person_id}", {"role": member.role})
        if member.role is Role.GUEST:
            await joining_store.let_guests_wait(under_way.tx, door.space_id, member.code, under_way.at)


async def leave(door: Door) -> None:
    """Leave the space; what one wrote stays. Raises Refused for the last steward of an organisation."""
    async with change(door, "space.leave") as under_way:
        person_id = under_way.seat.actor.person or ""
        member = await member_store.find(under_way.tx, door.space_id, person_id)
        if member is None:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        await _keep_a_steward(under_way.tx, member)
        waiting = member.membership is Membership.WAITING
        membership = membership_after_waiting(member) if waiting else Membership.FORMER
        await member_store.set_membership(
            under_way.tx, door.space_id, person_id, membership, under_way.at, removed=member.removed
        )
        if not waiting and member.role is not Role.GUEST:
            under_way.note(Act.LEFT, f"person:{person_id}", {"role": member.role})
        await return_tokens.end_in_space(under_way.tx, door.space_id, person_id)


async def why_not_leave(tx: Tx, space_id: str, person_id: str) -> str | None:
    """The sentence why a person cannot leave now, or None."""
    member = await member_store.find(tx, space_id, person_id)
    try:
        if member:
            await _keep_a_steward(tx, member)
    except Refused as refused:
        return refused.say
    return None


async def on_erase(tx: Tx, person_id: str) -> None:
    """When a person is erased: they leave all spaces, and only their organisation is shown from then on.

    Raises Refused for the last steward of an organisation; a space without anybody else is archived instead.
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
    await return_store.remove_of_person(tx, person_id)


async def forget_guests(tx: Tx, space_id: str, brings: str) -> list[str]:
    """Delete the simulated guests, known by their `brings`; gives the ids of these people."""
    await store.bump(tx, space_id)
    guests = await member_store.remove_guests(tx, space_id, brings)
    for person_id in guests:
        await return_store.remove_of_person(tx, person_id)
    return guests


async def my_data(tx: Tx, person_id: str) -> tuple[str, list[dict[str, Any]]]:
    """What spaces hold about a person, for their download: a name for it, and one entry a space."""
    places = await member_store.of_person(tx, person_id)
    found = []
    for place in places:
        space = await store.load(tx, place.space_id)
        if space and space.rehearses:
            continue  # it is gone within hours, with all that is in it
        found.append(
            {
                "space": space.name if space else "",
                "organisation": place.organisation_name,
                "role": place.role.value,
                "state": place.membership.value,
                "brings": place.brings,
                "joined_at": place.joined_at.isoformat(),
                "expires_at": place.expires_at.isoformat() if place.expires_at else None,
                "remembered_browsers": await return_store.count_open(tx, person_id, place.space_id),
            }
        )
    return "spaces", found


async def reset_link(door: Door, person_id: str) -> str:
    """The path by which a member of one's own organisation sets a new password, where no mail can be sent.

    Only if every place that the member has or had is, and always was, of an organisation of which the asking
    steward is a steward there. Otherwise a steward could take over an account, with its private drafts, by
    inviting somebody who has left their own organisation.
    """
    async with change(door, "space.reset_link") as under_way:
        member = await _active_member(under_way, person_id)
        under_way.permit("space.reset_link", member.organisation)
        theirs = await member_store.of_person(under_way.tx, person_id)
        speaks = {
            one.space_id
            for one in await _active_memberships(under_way.tx, under_way.seat.actor.person or "")
            if one.role is Role.STEWARD and one.organisation == member.organisation
        }
        within = all(
            one.space_id in speaks and one.organisation == member.organisation and not one.moved
            for one in theirs
        )
        if door.config.smtp_url or member.role is Role.GUEST or not within:
            raise Refused(Code.NOT_ALLOWED, NOT_YOURS if not door.config.smtp_url else BY_MAIL)
        under_way.note(Act.RESET, f"person:{person_id}")
        return await people.reset_link(under_way.tx, person_id, under_way.seat.actor.person)


async def _active_memberships(tx: Tx, person_id: str) -> list[Member]:
    """The places of a person in all spaces where they take part now."""
    places = await member_store.of_person(tx, person_id)
    return [one for one in places if one.membership is Membership.ACTIVE]


async def _active_member(under_way: SpaceChange, person_id: str) -> Member:
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
