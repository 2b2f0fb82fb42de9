"""All changes of goals: check with the goal as it is in the database, store, commit, then wake."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.access import NOT_FOUND, Code, Refused
from app.outcomes.goals import permissions
from app.outcomes.goals import rules as goal_rules
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import Goal, GoalState
from app.outcomes.goals.people import load_people
from app.outcomes.goals.rules import GoalDraft
from app.spaces.actions import Door, SpaceChange, change
from app.spaces.log_entry import Act

CHANGED_MEANWHILE = (
    "Somebody else changed this while you were writing. Your words are still here. "
    "Look at theirs in another tab, then save yours if you want to replace theirs."
)


class ChangedMeanwhile(Refused):
    """Somebody else has saved other words since this person opened the form."""


@asynccontextmanager
async def goal_change(
    door: Door, action: str, goal_id: str, *, archived: bool = False
) -> AsyncIterator[tuple[SpaceChange, Goal]]:
    """A transaction that changes one goal, allowed or refused by its own tender and organisations.

    `archived`: archived goals may be changed too, as restoring does. Raises Refused.
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
    """The id of the person who changes something."""
    return under_way.seat.actor.person or ""


def mark_of(goal: Goal) -> str:
    """A text that differs after every change of the words: it shows that a form is out of date."""
    return goal.changed_at.isoformat()


async def rewrite(door: Door, goal_id: str, draft: GoalDraft, seen: str) -> None:
    """Change the words of a goal.

    `seen` is the mark of the goal that the form showed, empty for any. Raises ChangedMeanwhile where the goal
    was changed since.
    """
    async with goal_change(door, "goal.change", goal_id) as (under_way, goal):
        if seen not in ("", mark_of(goal)):
            raise ChangedMeanwhile(Code.CONFLICT, CHANGED_MEANWHILE)
        await goal_store.change(under_way.tx, goal_id, draft, me(under_way), under_way.at)


async def hand_on(door: Door, goal_id: str, tender: str) -> None:
    """Make somebody else of an owning organisation the tender of the goal."""
    async with goal_change(door, "goal.hand_on", goal_id) as (under_way, goal):
        candidates = (await load_people(under_way.tx, under_way.seat)).candidates()
        for wrong in goal_rules.read_tender(tender, goal.organisations, candidates)[1].values():
            raise Refused(Code.INVALID, wrong)  # the page has checked the same; the space may have changed
        await goal_store.set_tender(under_way.tx, goal_id, tender)
        about = f"goal:{goal_id}"
        under_way.note(Act.TENDER, about, {"person": goal.tender}, {"person": tender})


async def set_state(door: Door, goal_id: str, state: GoalState) -> None:
    """Say that the goal is reached, let go, or open again: only its tender may."""
    async with goal_change(door, "goal.tend", goal_id) as (under_way, goal):
        await goal_store.set_state(under_way.tx, goal_id, state, under_way.at)
        if state is not goal.state:
            under_way.note(Act.GOAL_STATE, f"goal:{goal_id}", {"state": goal.state}, {"state": state})


async def archive(door: Door, goal_id: str) -> None:
    async with goal_change(door, "goal.tend", goal_id) as (under_way, _):
        await goal_store.set_archived(under_way.tx, goal_id, under_way.at)
        under_way.note(Act.GOAL_ARCHIVED, f"goal:{goal_id}")


async def restore(door: Door, goal_id: str) -> None:
    async with goal_change(door, "goal.tend", goal_id, archived=True) as (under_way, _):
        await goal_store.set_archived(under_way.tx, goal_id, None)
        under_way.note(Act.GOAL_RESTORED, f"goal:{goal_id}")
