"""Inviting people of the own organisation, and proposing other organisations."""

from datetime import timedelta

from app.access import NOT_FOUND, Code, Refused, Role
from app.db import Tx, new_id, now
from app.people.mail import outbox
from app.people.tokens import hashed, new_token
from app.spaces import look_alike, store
from app.spaces.actions import Door, SpaceChange, change, seat_organisation
from app.spaces.joining import store as joining_store
from app.spaces.log_entry import Act
from app.spaces.space import Invitation, InvitationKind, Organisation, Standing

VALID_FOR = timedelta(days=14)
MOST_A_DAY = 50  # invitations one person may send in 24 hours


class AlreadyHere(Refused):
    """An organisation of this name is in the space already, or proposed."""


async def invite(door: Door, email: str, role: Role) -> str:
    """Invite a person for one's own organisation; gives the path of the link, which is stored nowhere."""
    async with change(door, "space.invite") as under_way:
        known = await store.organisations(under_way.tx, door.space_id)
        organisation = next(one for one in known if one.id == under_way.organisation)
        under_way.note(Act.INVITED, f"organisation:{organisation.id}", after={"role": role})
        return await _create(door, under_way, organisation, InvitationKind.PERSON, role, email)


async def propose(door: Door, name: str, email: str) -> str:
    """Propose an organisation; it owns the space with the others once its first steward accepts."""
    async with change(door, "space.propose_organisation") as under_way:
        tx = under_way.tx
        if any(look_alike.alike(name, known.name) for known in await store.organisations(tx, door.space_id)):
            raise AlreadyHere(Code.DUPLICATE, "This organisation is here already, or has been proposed.")
        organisation_id = await store.add_organisation(tx, name)
        await seat_organisation(
            tx, door.space_id, organisation_id, Standing.PROPOSED, under_way.seat.actor.person
        )
        under_way.note(Act.PROPOSED, f"organisation:{organisation_id}")
        organisation = Organisation(organisation_id, name, 0, Standing.PROPOSED)
        return await _create(door, under_way, organisation, InvitationKind.ORGANISATION, Role.STEWARD, email)


async def withdraw_proposal(door: Door, organisation_id: str) -> None:
    """Withdraw a proposed organisation with its invitations; any steward may, until it is accepted."""
    async with change(door, "space.propose_organisation") as under_way:
        tx, at = under_way.tx, under_way.at
        if await store.standing_of(tx, door.space_id, organisation_id) is not Standing.PROPOSED:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        await store.set_standing(tx, door.space_id, organisation_id, Standing.WITHDRAWN, at)
        under_way.note(Act.PROPOSAL_WITHDRAWN, f"organisation:{organisation_id}")
        for one in await joining_store.open_invitations(tx, door.space_id, at):
            if one.organisation == organisation_id:
                await joining_store.withdraw_invitation(tx, one.id, at)


async def withdraw(door: Door, invitation_id: str) -> None:
    """Withdraw an open invitation: its link stops working. Raises Refused when there is none."""
    async with change(door, "space.invite") as under_way:
        waiting = await joining_store.open_invitations(under_way.tx, door.space_id, under_way.at)
        found = [o for o in waiting if o.id == invitation_id and o.kind is InvitationKind.PERSON]
        if not found:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        under_way.permit("space.invite", found[0].organisation)
        await joining_store.withdraw_invitation(under_way.tx, invitation_id, under_way.at)
        about, before = f"organisation:{found[0].organisation}", {"role": found[0].role}
        under_way.note(Act.INVITATION_WITHDRAWN, about, before=before)


async def open_of(tx: Tx, space_id: str, organisation_id: str) -> list[Invitation]:
    """The open invitations of people for one organisation."""
    waiting = await joining_store.open_invitations(tx, space_id, now())
    return [o for o in waiting if o.organisation == organisation_id and o.kind is InvitationKind.PERSON]


async def _create(
    door: Door,
    under_way: SpaceChange,
    organisation: Organisation,
    kind: InvitationKind,
    role: Role,
    email: str,
) -> str:
    tx, at, person = under_way.tx, under_way.at, under_way.seat.actor.person or ""
    if await joining_store.count_invited(tx, person, at - timedelta(days=1)) >= MOST_A_DAY:
        raise Refused(
            Code.FULL, f"You have sent {MOST_A_DAY} invitations in the last day. You can send more tomorrow."
        )
    await _withdraw_earlier(under_way, organisation.id, email)
    token = new_token()
    one = Invitation(
        new_id(), door.space_id, organisation.id, organisation.name, role, email, kind, person, at + VALID_FOR
    )
    await joining_store.add_invitation(tx, one, hashed(token), at)
    path = f"/invitations/{token}"
    await outbox.post(tx, email, *_mail_text(under_way, one, door.config.base_url + path))
    return path


async def _withdraw_earlier(under_way: SpaceChange, organisation_id: str, email: str) -> None:
    """A second invitation to the same address replaces the first."""
    for earlier in await joining_store.open_invitations(under_way.tx, under_way.space_id, under_way.at):
        if earlier.organisation == organisation_id and earlier.email.casefold() == email.casefold():
            await joining_store.withdraw_invitation(under_way.tx, earlier.id, under_way.at)


def _mail_text(under_way: SpaceChange, one: Invitation, link: str) -> tuple[str, str]:
    """The subject and text of the mail."""
    seat = under_way.seat
    what = (
        f"to own the space {seat.space.name} together, for {one.organisation_name}"
        if one.kind is InvitationKind.ORGANISATION
        else f"to take part in the space {seat.space.name} for {one.organisation_name}"
    )
    text = (
        f"{seat.name} of {seat.organisation_name} invites you {what}.\n\n"
        f"What it is for: {seat.space.purpose}\n\n"
        f"Open this link to read how the group works together, and to accept:\n{link}\n\n"
        f"It works once, for {VALID_FOR.days} days. "
        "If you did not expect it, you do not need to do anything.\n"
    )
    return f"An invitation to {seat.space.name}", text
