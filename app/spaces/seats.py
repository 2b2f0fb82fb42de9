"""Who asks, in which space, and what they may there: read fresh from the database for every request."""

from collections.abc import Collection, Mapping
from datetime import datetime
from math import inf
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from app.access import NOT_FOUND, Actor, Code, Refused, Role, State, Thing, decide
from app.db import SyncTx, Tx, now
from app.people import actions as people
from app.spaces import known_people, member_store, return_tokens, store
from app.spaces.look_alike import told_apart
from app.spaces.rules import former_of
from app.spaces.space import NEVER, Member, Membership, MySpace, Participant, Seat, Space
from app.web import Who, services, who

FORMER_CONFIRMER = "a former participant"
SOMEBODY_THERE = "its people"
NO_SPACE = ""  # an id that no space has: to ask of what is not there takes as long as of what is another's
has_rights = store.has_rights
Connection = ASGIConnection[Any, Any, Any, Any]


def topic(space_id: str) -> str:
    """The wake-up topic of a space: rung, with its epoch, when the epoch of rights has risen."""
    return f"space:{space_id}"


def content_topic(space_id: str) -> str:
    """The same for changes that altered only what pages show."""
    return f"content:{space_id}"


async def seat(tx: Tx, login_id: str, space_id: str) -> Seat | None:
    """The seat of the person of this sign-in; None when it has ended or they do not take part any more."""
    holder = await people.who_holds(tx, login_id)
    return await _seat_for(tx, holder, space_id) if holder else None


async def seats(tx: Tx, space_id: str, login_ids: Collection[str]) -> dict[str, Seat]:
    """The seats by sign-in, without those that have ended: four queries for any number of people."""
    holders = await people.who_hold(tx, login_ids)
    space = await store.load(tx, space_id)
    if space is None:
        return {}
    members = await member_store.find_many(tx, space_id, {who.id for who in holders.values()})
    found = {login: members.get(who.id) for login, who in holders.items()}
    return {
        login: _as_seat(holders[login], one, space)
        for login, one in found.items()
        if one and _takes_part(one)
    }


async def epoch_of(tx: Tx, space_id: str) -> int:
    """The present epoch; 0 when there is no such space."""
    return (await store.epochs(tx, [space_id])).get(space_id, 0)


async def rights_of(tx: Tx, space_id: str) -> int:
    """The present epoch of rights; 0 when there is no such space."""
    return (await store.rights(tx, [space_id])).get(space_id, 0)


def rights_in(tx: SyncTx, space_id: str) -> int | None:
    """The epoch of rights, within a transaction that runs in a thread; None when there is no such space."""
    return store.rights_in(tx, space_id)


async def rights(tx: Tx, space_ids: Collection[str]) -> dict[str, int]:
    """The epochs of rights by space, without spaces that do not exist."""
    return await store.rights(tx, space_ids)


def roles_in(tx: SyncTx, space_id: str, person_ids: Collection[str]) -> dict[str, Role]:
    """The roles of these people, without those who do not take part, and guests who have no account."""
    roles = member_store.roles_in(tx, space_id, person_ids)
    guests = {person for person, role in roles.items() if role is Role.GUEST}
    nameless = guests - people.with_account_in(tx, guests)
    return {person: role for person, role in roles.items() if person not in nameless}


def voters_in(tx: SyncTx, space_id: str) -> dict[str, str]:
    """All who take part and write, by id, with their organisation's name: "" for guests, who only say."""
    return member_store.voters_in(tx, space_id, now())


async def state_of(tx: Tx, space_id: str) -> State:
    """Open or archived; a space that does not exist counts as archived."""
    space = await store.load(tx, space_id)
    return space.state if space else State.ARCHIVED


async def space_of(tx: Tx, space_id: str) -> Space | None:
    """The space, or None. Checks no rights."""
    return await store.load(tx, space_id)


async def people_of(tx: Tx, space_id: str) -> list[Participant]:
    """All who take part or did, by name: what former members wrote stays, so their names are needed.

    A page names a few of hundreds: they are read again only when the space has changed.
    """
    return list((await people_by_id(tx, space_id)).values())


async def people_by_id(tx: Tx, space_id: str) -> Mapping[str, Participant]:
    """The same by id; whoever reads it must not change it."""
    epoch = await epoch_of(tx, space_id)  # first: never newer than the people
    found = known_people.find(tx, space_id, epoch)
    if found is None:
        found = known_people.keep(tx, space_id, epoch, *await _read_people(tx, space_id))
    return found


async def _read_people(tx: Tx, space_id: str) -> tuple[list[Participant], datetime | None]:
    """They, and when the time of the next guest is over."""
    known = [Membership.ACTIVE, Membership.FORMER, Membership.WAITING]
    found = await member_store.of_space(tx, space_id, known)
    members = [one for one in found if one.membership is not Membership.WAITING or one.returns]
    names = await people.names(tx, [member.person_id for member in members])
    here = [one for one in members if not one.erased]  # whoever joined first keeps their name as it is
    names |= told_apart((one.person_id, names[one.person_id]) for one in here)
    shown = {one.person_id: _shown_name(one, names[one.person_id]) for one in members}
    people_here = [participant(one, names[one.person_id], shown) for one in members]
    ends = (one.expires_at for one in members if one.expires_at is not None and not lapsed(one))
    return sorted(people_here, key=lambda one: (one.name.casefold(), one.id)), min(ends, default=None)


def participant(member: Member, name: str, names: Mapping[str, str] | None = None) -> Participant:
    """A member as others see them. Of an erased person only the organisation is shown, of a guest nothing.

    `names` has the names of those who confirmed guests, by id.
    """
    by = member.confirmed_by if member.confirmed_for else None
    return Participant(
        member.person_id,
        _shown_name(member, name),
        member.organisation,
        "" if member.erased and member.role is Role.GUEST else member.organisation_name,
        member.colour,
        member.role,
        member.membership is Membership.FORMER or member.returns or lapsed(member),
        "" if member.erased else member.brings,
        (names or {}).get(by, FORMER_CONFIRMER) if by else "",
        member.confirmed_for,
        is_paused(member),
        member.paused_until is not None,
        _guest_time(member),
        member.erased,
    )


def _guest_time(member: Member) -> tuple[float, float]:
    """From when until when they were last a guest: of somebody who is none now, until they became a member.

    Of one who never was, and of whose time nothing is kept, no time at all.
    """
    if member.role is Role.GUEST:
        return (member.guest_since or member.joined_at).timestamp() if member.moved else 0.0, inf
    return (member.guest_since.timestamp(), member.joined_at.timestamp()) if member.guest_since else NEVER


def _shown_name(member: Member, name: str) -> str:
    if not member.erased:
        return name
    return "Former guest" if member.role is Role.GUEST else former_of(member.organisation_name)


def lapsed(member: Member) -> bool:
    """Whether a guest's time is over."""
    return member.expires_at is not None and member.expires_at <= now()


def is_paused(member: Member) -> bool:
    """Whether they read and do not write for now."""
    return member.paused_until is not None and member.paused_until > now()


async def in_space(connection: Connection, handler: BaseRouteHandler) -> None:
    """The guard of everything under /spaces/{space_id}: checks the handler's action and stores the seat.

    Raises Refused, or NotAuthorizedException when nobody is signed in.
    """
    found, connection.state.my_spaces = await _find_seat(connection, connection.path_params["space_id"])
    # Rules about one's own organisation are checked again in the action, against the thing itself.
    actor = found.actor
    thing = Thing(found.space.state, owner=actor.person, organisation=actor.organisation)
    refusal = decide(actor, handler.opt["action"], thing)
    if refusal:
        raise refusal
    connection.state.seat = found


def seat_of(connection: Connection) -> Seat:
    """The seat that the guard `in_space` stored."""
    found: Seat = connection.state.seat
    return found


def my_spaces_of(connection: Connection) -> list[MySpace]:
    """The spaces of the person that the guard `in_space` stored for pages; empty where it did not run."""
    found: list[MySpace] = connection.state.get("my_spaces", [])
    return found


async def _find_seat(connection: Connection, space_id: str) -> tuple[Seat, list[MySpace]]:
    """The seat, and for pages the person's spaces. Raises Refused and NotAuthorizedException."""
    person = who(connection)
    if person is None:
        raise await services(connection).db.run_read(
            lambda tx: return_tokens.signed_out(connection, tx, space_id)
        )
    for_page = connection.scope.get("method") == "GET"

    async def load(tx: Tx) -> tuple[Seat | None, list[MySpace]]:
        found = await seat(tx, person.login, space_id)
        return found, await member_store.spaces_of(tx, person.id, now()) if found and for_page else []

    found, spaces = await services(connection).db.run_read(load)
    if found is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return found, spaces


async def _seat_for(tx: Tx, holder: Who, space_id: str) -> Seat | None:
    space = await store.load(tx, space_id)  # first: its epoch must not be newer than what is read after it
    member = await member_store.find(tx, space_id, holder.id)  # also of no space: it takes as long
    return _as_seat(holder, member, space) if space and member and _takes_part(member) else None


def _takes_part(member: Member) -> bool:
    return member.membership in (Membership.ACTIVE, Membership.WAITING) and not lapsed(member)


def _as_seat(holder: Who, member: Member, space: Space) -> Seat:
    role = Role.WAITING if member.membership is Membership.WAITING else member.role
    paused = is_paused(member)
    actor = Actor(role, holder.id, member.organisation, paused)
    until = min(holder.until, member.expires_at or holder.until)
    if paused and member.paused_until:
        until = min(until, member.paused_until)  # then their rights are looked at again
    organisation, colour = member.organisation_name, member.colour
    confirmed = SOMEBODY_THERE if member.confirmed_for else ""
    return Seat(actor, holder.name, organisation, colour, space, holder.login, until, confirmed)
