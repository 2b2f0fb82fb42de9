"""Organisations coming and going: proposed to be let in, their proposal withdrawn, leaving by themselves."""

from app.access import NOT_FOUND, Code, Refused
from app.db import Tx
from app.spaces import store as space_store
from app.spaces.actions import Door, change
from app.spaces.joining import organisations as joining
from app.spaces.joining import store as joining_store
from app.spaces.log_entry import Act
from app.spaces.space import Organisation, Standing
from app.spaces.together import actions, carry_out, core, store
from app.spaces.together.actions import Result
from app.spaces.together.core import Kind, Outcome

LAST = "Your organisation is the only one here. Archive the space instead: it can be restored."
DECIDED = "Only the organisations that decided to let it in can take that back."


async def let_in(door: Door, name: str, email: str) -> Result:
    """Propose an organisation; once a second one says yes its first steward is invited. Raises Refused."""
    async with change(door, "space.propose_organisation") as under_way:
        ground, _ = await store.ground(under_way.tx, door.space_id)
        core.speak(ground, under_way.organisation, under_way.at)
        person = under_way.seat.actor.person or ""
        about = await joining.place(under_way.tx, door.space_id, name, person)
        return await actions.propose(door, under_way, Kind.LET_IN, about=about, email=email)


async def withdraw_proposal(door: Door, organisation_id: str) -> None:
    """Take a proposed organisation back, with its invitation, until it has accepted."""
    async with change(door, "space.propose_organisation") as under_way:
        tx, at, own = under_way.tx, under_way.at, under_way.organisation
        if await space_store.standing_of(tx, door.space_id, organisation_id) is not Standing.PROPOSED:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        decided = await store.who_decided(tx, door.space_id, organisation_id)
        if decided and own not in decided:
            raise Refused(Code.NOT_ALLOWED, DECIDED)
        _, proposals = await store.ground(tx, door.space_id)
        for one in proposals.values():
            if one.act.about == organisation_id:
                await store.end(tx, one.act.id, Outcome.WITHDRAWN, at)
        await space_store.set_standing(tx, door.space_id, organisation_id, Standing.WITHDRAWN, at)
        under_way.note(Act.PROPOSAL_WITHDRAWN, f"organisation:{organisation_id}")
        for invited in await joining_store.open_invitations(tx, door.space_id, at):
            if invited.organisation == organisation_id:
                await joining_store.withdraw_invitation(tx, invited.id, at)


async def leave(door: Door) -> None:
    """One's own organisation leaves with all its people; their words stay. Raises Refused for the last."""
    async with change(door, "space.end_organisation") as under_way:
        tx, own = under_way.tx, under_way.organisation
        if await is_alone(tx, door.space_id):
            raise Refused(Code.LOCKED, LAST)
        await carry_out.end_organisation(tx, door.space_id, own, Standing.LEFT, under_way.at)
        under_way.note(Act.ORGANISATION_LEFT, f"organisation:{own}")


async def owner(tx: Tx, space_id: str, organisation_id: str) -> tuple[Organisation, int]:
    """An organisation that owns the space, and how many others do. Raises Refused where it does not."""
    owners = [one for one in await space_store.organisations(tx, space_id) if one.standing is Standing.JOINED]
    found = next((one for one in owners if one.id == organisation_id), None)
    if found is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return found, len(owners) - 1


async def is_alone(tx: Tx, space_id: str) -> bool:
    """Whether the space has one owner only."""
    ground, _ = await store.ground(tx, space_id)
    return len(ground.owners) < 2
