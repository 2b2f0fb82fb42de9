"""Making goals: the organisation of who makes one owns it at once, every other is asked."""

from collections.abc import Collection

from app.access import Code, Refused
from app.db import new_id
from app.outcomes.goals import owner_actions, owner_store
from app.outcomes.goals import rules as goal_rules
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.actions import me
from app.outcomes.goals.people import load_people
from app.outcomes.goals.rules import GoalDraft
from app.spaces.actions import Door, SpaceChange, change
from app.spaces.log_entry import Act


async def create(door: Door, draft: GoalDraft, tender: str, others: Collection[str] = ()) -> str:
    """Add a goal; returns its id. `others` are the organisations that are asked to own it too.

    Raises Refused where this tender cannot have it.
    """
    async with change(door, "goal.create") as under_way:
        candidates = (await load_people(under_way.tx, under_way.seat)).candidates()
        for wrong in goal_rules.read_tender(tender, (candidates.own,), candidates)[1].values():
            raise Refused(Code.INVALID, wrong)  # the page has checked the same; the space may have changed
        known = [one for one in others if one in candidates.organisations and one != candidates.own]
        return await add(under_way, draft, tender, known)


async def add(under_way: SpaceChange, draft: GoalDraft, tender: str, others: Collection[str] = ()) -> str:
    """The same within a change. Rights are checked before."""
    goal_id, own, tx, at = new_id(), under_way.organisation, under_way.tx, under_way.at
    await goal_store.add(tx, goal_id, under_way.space_id, draft, tender, me(under_way), at)
    await owner_store.add(tx, goal_id, [own], at)
    under_way.note(Act.OWNERS, f"goal:{goal_id}", after={"organisations": [own]})
    for one in others:
        await owner_actions.ask(under_way, goal_id, one)
    return goal_id
