"""Accepting an invitation: from the token in a link to a seat, used once."""

from msgspec import Struct

from app.access import NOT_FOUND, Code, Refused, Role, State
from app.db import Database, Tx, now
from app.people import actions as people
from app.people.hash_queue import Asker
from app.people.passwords import hash_password
from app.people.tokens import hashed
from app.spaces import log_store, member_store, store
from app.spaces.actions import Ring, seat_person
from app.spaces.joining import store as joining_store
from app.spaces.log_entry import Act, Noted
from app.spaces.rules import Newcomer
from app.spaces.seats import topic
from app.spaces.space import Invitation, InvitationKind, Membership, Space, Standing

USED = "You are in this space already, so the invitation was not used."
KNOWN = "There is an account with this address already. Sign in with it to accept."


class NoInvitation(Refused):
    """The token is of no invitation that is valid now."""


class KnownAddress(Refused):
    """The invited address has an account: sign in with that."""


class OpenInvitation(Struct, frozen=True):
    """An invitation with its space and the name of who sent it."""

    invitation: Invitation
    space: Space
    inviter: str


async def read_invitation(tx: Tx, token: str) -> OpenInvitation | None:
    """The invitation of a token; None when it is wrong, expired, used or withdrawn.

    Also None when the inviter is no steward any more, or the space is archived.
    """
    one = await joining_store.find_invitation(tx, hashed(token), now())
    space = await store.load(tx, one.space_id) if one else None
    if one is None or space is None or space.state is State.ARCHIVED or not await _still_valid(tx, one):
        return None
    names = await people.names(tx, [one.invited_by])
    return OpenInvitation(one, space, names[one.invited_by])


async def accept(db: Database, ring: Ring, token: str, person_id: str) -> str:
    """Join with an account that exists; gives the id of the space. Raises NoInvitation or Refused."""
    async with db.write() as tx:
        space_id, epoch = await take_seat(tx, token, person_id)
    ring(topic(space_id), epoch)
    return space_id


async def accept_as_new(
    db: Database, ring: Ring, token: str, newcomer: Newcomer, device: str
) -> tuple[str, str]:
    """Make an account for the invited address and join; gives the id of the space and a session token.

    Raises NoInvitation, KnownAddress or Refused.
    """
    async with (
        db.read() as tx
    ):  # before the hashing, so that guessed tokens do not slow down everyone's sign-in
        if await read_invitation(tx, token) is None:
            raise NoInvitation(Code.NOT_FOUND, NOT_FOUND)
    # before the transaction: it is slow, and other writers would wait
    secret = await hash_password(newcomer.password, Asker(hashed(token), known=True))
    async with db.write() as tx:
        offer = await read_invitation(tx, token)
        if offer is None:
            raise NoInvitation(Code.NOT_FOUND, NOT_FOUND)
        email = offer.invitation.email
        if await people.has_account(tx, email):
            raise KnownAddress(Code.DUPLICATE, KNOWN)
        person_id = await people.create_person(tx, newcomer.name, email, secret)
        space_id, epoch = await take_seat(tx, token, person_id)
        session = await people.start_session(tx, person_id, device)
    ring(topic(space_id), epoch)
    return space_id, session


async def take_seat(tx: Tx, token: str, person_id: str) -> tuple[str, int]:
    """Use the invitation up; gives the id of the space and its new epoch, to ring for after the commit."""
    found = await joining_store.find_invitation(tx, hashed(token), now())
    epoch = await store.bump(tx, found.space_id) if found else None
    offer = await read_invitation(tx, token)  # once more, now that the space is locked
    if offer is None or epoch is None:
        raise NoInvitation(Code.NOT_FOUND, NOT_FOUND)
    one = offer.invitation
    member = await member_store.find(tx, one.space_id, person_id)
    if member and member.membership is Membership.ACTIVE and member.role is not Role.GUEST:
        raise Refused(Code.DUPLICATE, USED)
    if not await joining_store.use_invitation(tx, one.id, person_id, now()):
        raise NoInvitation(Code.NOT_FOUND, NOT_FOUND)
    if one.kind is InvitationKind.ORGANISATION:
        await store.set_standing(tx, one.space_id, one.organisation, Standing.JOINED, now())
    await seat_person(tx, one.space_id, person_id, one.organisation, one.role)
    joined = Noted(Act.JOINED, f"person:{person_id}", after={"role": one.role, "as": one.kind})
    await log_store.add(tx, one.space_id, [joined], person_id, one.organisation, now())
    return one.space_id, epoch


async def _still_valid(tx: Tx, one: Invitation) -> bool:
    """Whether the inviter may still invite, and the organisation has the same standing as then."""
    inviter = await member_store.find(tx, one.space_id, one.invited_by)
    if inviter is None or inviter.membership is not Membership.ACTIVE or inviter.role is not Role.STEWARD:
        return False
    standing = await store.standing_of(tx, one.space_id, one.organisation)
    if one.kind is InvitationKind.ORGANISATION:
        return standing is Standing.PROPOSED
    return standing is Standing.JOINED and inviter.organisation == one.organisation
