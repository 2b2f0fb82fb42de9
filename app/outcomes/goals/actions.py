"""The one door for writing goals: decide with the goal as it is, store, commit, then wake."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.access import NOT_FOUND, Code, Refused
from app.db import new_id
from app.outcomes.goals import permissions
from app.outcomes.goals import rules as goal_rules
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import Goal, GoalState
from app.outcomes.goals.people import around
from app.outcomes.goals.rules import GoalDraft
from app.spaces.actions import Door, SpaceChange, change

MEANWHILE = (
    "Somebody else changed this while you were writing. Your words are still here. "
    "Look at theirs in another tab, then save yours if you want to replace theirs."
)


class Meanwhile(Refused):
    """The words to be changed are not those that somebody had before them."""


@asynccontextmanager
async def goal_change(
    door: Door, action: str, goal_id: str, *, archived: bool = False
) -> AsyncIterator[tuple[SpaceChange, Goal]]:
    """A change under way of one goal, decided with its own tender and organisations.

    `archived`: what is to be done is done to an archived goal too, as bringing it back is.
    """
    async with change(door, action) as under_way:
        goal = await goal_store.find(under_way.tx, door.space_id, goal_id)
        if goal is None:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        refused = permissions.refusal(under_way.seat, action, goal, as_open=archived)
        if refused:
            raise refused
        yield under_way, goal


def me(under_way: SpaceChange) -> str:
    return under_way.seat.actor.person or ""


def mark_of(goal: Goal) -> str:
    """What tells one wording of a goal from the next."""
    return goal.changed_at.isoformat()


async def create(door: Door, draft: GoalDraft, tender: str) -> str:
    """A new goal; gives its id."""
    made = new_id()
    async with change(door, "goal.create") as under_way:
        circle = (await around(under_way.tx, under_way.seat)).circle()
        _refuse(goal_rules.owners_wrong(draft.organisations, circle, None))
        _refuse(*goal_rules.read_tender(tender, draft.organisations, circle)[1].values())
        await goal_store.add(under_way.tx, made, door.space_id, draft, tender, me(under_way), under_way.at)
    return made


async def rewrite(door: Door, goal_id: str, draft: GoalDraft, seen: str) -> None:
    """Change the words of a goal and who owns it, unless they are not those that were `seen` any more."""
    async with goal_change(door, "goal.change", goal_id) as (under_way, goal):
        if seen not in ("", mark_of(goal)):
            raise Meanwhile(Code.CONFLICT, MEANWHILE)
        circle = (await around(under_way.tx, under_way.seat)).circle()
        _refuse(goal_rules.owners_wrong(draft.organisations, circle, goal))
        await goal_store.change(under_way.tx, goal_id, draft, me(under_way), under_way.at)


async def hand_on(door: Door, goal_id: str, tender: str) -> None:
    """Let somebody else of an owning organisation look after the goal."""
    async with goal_change(door, "goal.hand_on", goal_id) as (under_way, goal):
        circle = (await around(under_way.tx, under_way.seat)).circle()
        _refuse(*goal_rules.read_tender(tender, goal.organisations, circle)[1].values())
        await goal_store.set_tender(under_way.tx, goal_id, tender)


async def set_state(door: Door, goal_id: str, state: GoalState) -> None:
    """Say that it is reached, let go, or open again: its tender alone does."""
    async with goal_change(door, "goal.tend", goal_id) as (under_way, _):
        await goal_store.set_state(under_way.tx, goal_id, state, under_way.at)


async def archive(door: Door, goal_id: str) -> None:
    async with goal_change(door, "goal.tend", goal_id) as (under_way, _):
        await goal_store.set_archived(under_way.tx, goal_id, under_way.at)


async def restore(door: Door, goal_id: str) -> None:
    async with goal_change(door, "goal.tend", goal_id, archived=True) as (under_way, _):
        await goal_store.set_archived(under_way.tx, goal_id, None)


def _refuse(*sentences: str | None) -> None:
    """What the form said already, unless the space changed in between."""
    for sentence in sentences:
        if sentence:
            raise Refused(Code.INVALID, sentence)
