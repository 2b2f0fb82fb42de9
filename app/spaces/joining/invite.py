"""Inviting people of the own organisation."""

from app.access import NOT_FOUND, Code, Refused, Role
from app.db import Tx, new_id, now
from app.spaces import store
from app.spaces.actions import Door, change
from app.spaces.joining import store as joining_store
from app.spaces.joining.organisations import VALID_FOR, send
from app.spaces.log_entry import Act
from app.spaces.space import Invitation, InvitationKind


async def invite(door: Door, email: str, role: Role) -> str:
    """Invite a person for one's own organisation; gives the path of the link, which is stored nowhere."""
    async with change(door, "space.invite") as under_way:
        known = await store.organisations(under_way.tx, door.space_id)
        organisation = next(one for one in known if one.id == under_way.organisation)
        under_way.note(Act.INVITED, f"organisation:{organisation.id}", after={"role": role})
        kind, by, until = InvitationKind.PERSON, under_way.seat.actor.person or "", under_way.at + VALID_FOR
        one = Invitation(
            new_id(), door.space_id, organisation.id, organisation.name, role, email, kind, by, until
        )
        return await send(under_way.tx, door.config, one, under_way.at)


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
