"""Who waits for a steward: people who knock, and invitations that end soon and were not accepted."""

from collections.abc import Mapping
from datetime import timedelta

from app.characters import set_apart
from app.db import Tx, now
from app.people import actions as people
from app.phrases import ago, day, plural
from app.spaces import look_alike
from app.spaces.hooks import NeedsYou
from app.spaces.joining import store as joining_store
from app.spaces.joining import waiting_room
from app.spaces.page_frame import offers
from app.spaces.space import Invitation, InvitationKind, Member, Seat

ENDS_SOON = timedelta(days=3)


async def needs(tx: Tx, seat: Seat) -> list[NeedsYou]:
    """Who waits to be let in, then guests to confirm, then own invitations that end within three days."""
    may = offers(seat)
    found: list[NeedsYou] = []
    if may("space.admit"):
        waiting = await waiting_room.waiting_members(tx, seat.space.id)
        names = await people.names(tx, [one.person_id for one in waiting])
        found += [_knock(seat, one, names[one.person_id]) for one in waiting]
    if may("space.confirm_guest"):
        found += _to_confirm(seat, await joining_store.unconfirmed(tx, seat.space.id, now()))
    if may("space.invite"):
        invited = await joining_store.open_invitations(tx, seat.space.id, now())
        mine = [one for one in invited if one.invited_by == seat.actor.person]
        found += [_invitation(seat, one) for one in mine if one.expires_at < now() + ENDS_SOON]
    return found


def _knock(seat: Seat, one: Member, name: str) -> NeedsYou:
    detail = f"Says: {set_apart(one.organisation_name)}. Asked {ago(one.joined_at)}."
    return NeedsYou(
        f"{set_apart(name)} asks to join",
        detail,
        f"/spaces/{seat.space.id}/people#waiting-room",
        "Answer",
        "ask",
    )


def _to_confirm(seat: Seat, said: Mapping[str, int]) -> list[NeedsYou]:
    """One line for all guests who typed the organisation of who looks, and whom nobody has confirmed."""
    ours = sum(count for name, count in said.items() if look_alike.alike(name, seat.organisation_name))
    if ours == 0:
        return []
    say = f"{plural(ours, 'guest says', 'guests say')} they come from {set_apart(seat.organisation_name)}"
    detail = "Confirm those you know, so that others see it."
    return [NeedsYou(say, detail, f"/spaces/{seat.space.id}/people#guests-title", "Answer", "ask")]


def _invitation(seat: Seat, one: Invitation) -> NeedsYou:
    say = f"Your invitation to {one.email or set_apart(one.organisation_name)} has not been accepted"
    detail = f"It is for {set_apart(one.organisation_name)}."
    page = "invite" if one.kind is InvitationKind.PERSON else "organisations/propose"
    link = f"/spaces/{seat.space.id}/{page}"
    return NeedsYou(say, detail, link, "See invitations", "offer", f"Ends {day(one.expires_at)}")
