"""Letting organisations in: the seat of one that is proposed, and the invitation of its first steward."""

from datetime import datetime, timedelta

from app.access import Code, Refused, Role
from app.config import Config
from app.db import Tx, new_id
from app.people import actions as people
from app.people.mail import outbox
from app.people.tokens import hashed, new_token
from app.spaces import look_alike, store
from app.spaces.actions import seat_organisation
from app.spaces.joining import store as joining_store
from app.spaces.space import Invitation, InvitationKind, Space, Standing

VALID_FOR = timedelta(days=14)
MOST_A_DAY = 50  # invitations one person may send in 24 hours


class AlreadyHere(Refused):
    """An organisation of this name is in the space already, or proposed."""


async def place(tx: Tx, space_id: str, name: str, by: str) -> str:
    """The seat of an organisation that is proposed; gives its id. Raises AlreadyHere."""
    if any(look_alike.alike(name, known.name) for known in await store.organisations(tx, space_id)):
        raise AlreadyHere(Code.DUPLICATE, "This organisation is here already, or has been proposed.")
    organisation_id = await store.add_organisation(tx, name)
    await seat_organisation(tx, space_id, organisation_id, Standing.PROPOSED, by)
    return organisation_id


async def invite_first_steward(
    tx: Tx, config: Config, space_id: str, organisation: str, person: str, email: str, at: datetime
) -> str:
    """Invite somebody to bring an organisation in. Gives the path of the link, stored nowhere."""
    names = await store.organisation_names(tx, space_id)
    kind, role = InvitationKind.ORGANISATION, Role.STEWARD
    one = Invitation(
        new_id(), space_id, organisation, names[organisation], role, email, kind, person, at + VALID_FOR
    )
    return await send(tx, config, one, at)


async def send(tx: Tx, config: Config, one: Invitation, at: datetime) -> str:
    """Store an invitation and put its mail into the outbox; gives the path of its link. Raises Refused."""
    if await joining_store.count_invited(tx, one.invited_by, at - timedelta(days=1)) >= MOST_A_DAY:
        raise Refused(
            Code.FULL, f"You have sent {MOST_A_DAY} invitations in the last day. You can send more tomorrow."
        )
    for earlier in await joining_store.open_invitations(tx, one.space_id, at):
        # a second invitation to the same address replaces the first
        if earlier.organisation == one.organisation and earlier.email.casefold() == one.email.casefold():
            await joining_store.withdraw_invitation(tx, earlier.id, at)
    token = new_token()
    await joining_store.add_invitation(tx, one, hashed(token), at)
    path, space = f"/invitations/{token}", await store.load(tx, one.space_id)
    if space:
        name = (await people.names(tx, [one.invited_by]))[one.invited_by]
        await outbox.post(tx, one.email, *_mail_text(space, one, name, config.base_url + path))
    return path


def _mail_text(space: Space, one: Invitation, inviter: str, link: str) -> tuple[str, str]:
    """The subject and text of the mail."""
    what = (
        f"to own the space {space.name} together, for {one.organisation_name}"
        if one.kind is InvitationKind.ORGANISATION
        else f"to take part in the space {space.name} for {one.organisation_name}"
    )
    text = (
        f"{inviter} invites you {what}.\n\n"
        f"What it is for: {space.purpose}\n\n"
        f"Open this link to read how the group works together, and to accept:\n{link}\n\n"
        f"It works once, for {VALID_FOR.days} days. "
        "If you did not expect it, you do not need to do anything.\n"
    )
    return f"An invitation to {space.name}", text
