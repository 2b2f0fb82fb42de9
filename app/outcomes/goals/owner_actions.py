"""Proposing a goal to an organisation, its answer, and giving up owning one: written into the log."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.access import NOT_FOUND, Code, Refused
from app.outcomes.goals import owner_store, ownership, permissions
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.actions import me
from app.outcomes.goals.goal import Answer, Goal
from app.outcomes.goals.people import load_people
from app.spaces import rules
from app.spaces.actions import Door, SpaceChange, change
from app.spaces.log_entry import Act

TOO_LONG = f"This can be at most {ownership.MAX_WHY} characters long."


async def propose(door: Door, goal_id: str, organisation: str) -> None:
    """Ask another organisation to own the goal too. Raises Refused."""
    async with _proposing(door, goal_id) as (under_way, goal, here):
        ownership.ask(goal, organisation, here, under_way.seat.actor.organisation)
        await ask(under_way, goal_id, organisation)


async def ask(under_way: SpaceChange, goal_id: str, organisation: str) -> None:
    """The same within a change. Rights are checked before."""
    actor, at = under_way.seat.actor, under_way.at
    await owner_store.ask(under_way.tx, goal_id, organisation, me(under_way), actor.organisation, at)
    under_way.note(Act.OWNER_PROPOSED, f"goal:{goal_id}", after={"organisation": organisation})


async def withdraw(door: Door, goal_id: str, organisation: str) -> None:
    """Take back that another organisation was asked. Raises Refused."""
    async with _proposing(door, goal_id) as (under_way, goal, here):
        ownership.withdraw(goal, organisation, under_way.seat.actor.organisation, here)
        await owner_store.take_out(under_way.tx, goal_id, organisation)
        under_way.note(Act.OWNER_WITHDRAWN, f"goal:{goal_id}", before={"organisation": organisation})


async def accept(door: Door, goal_id: str) -> None:
    """A steward says yes for their organisation: it owns the goal from now on. Raises Refused."""
    async with change(door, "goal.own") as under_way:
        own, at = await _asked(under_way, goal_id), under_way.at
        await owner_store.answer(under_way.tx, goal_id, own, Answer.YES, me(under_way), at)
        under_way.note(Act.OWNER_ACCEPTED, f"goal:{goal_id}", after={"organisation": own})


async def decline(door: Door, goal_id: str, why: str) -> None:
    """A steward says no for their organisation, and why. Raises Refused."""
    said = rules.tidy_line(why)
    if not said:
        raise Refused(Code.INVALID, ownership.NO_REASON)
    if len(said) > ownership.MAX_WHY:
        raise Refused(Code.TOO_LONG, TOO_LONG)
    async with change(door, "goal.own") as under_way:
        own, at = await _asked(under_way, goal_id), under_way.at
        await owner_store.answer(under_way.tx, goal_id, own, Answer.NO, me(under_way), at, said)
        under_way.note(Act.OWNER_DECLINED, f"goal:{goal_id}", after={"organisation": own})


async def give_up(door: Door, goal_id: str) -> None:
    """A steward says that their organisation does not own the goal any more. Raises Refused for the last."""
    async with change(door, "goal.own") as under_way:
        goal, own = await _goal(under_way, goal_id), under_way.organisation
        if own not in goal.organisations:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        candidates = (await load_people(under_way.tx, under_way.seat)).candidates()
        tender = candidates.people.get(goal.tender)
        wrong = ownership.why_not_give_up(goal, own, candidates.organisations, tender)
        if wrong:
            raise Refused(Code.INVALID, wrong)
        await owner_store.take_out(under_way.tx, goal_id, own)
        under_way.note(Act.OWNER_GAVE_UP, f"goal:{goal_id}", before={"organisation": own})


@asynccontextmanager
async def _proposing(door: Door, goal_id: str) -> AsyncIterator[tuple[SpaceChange, Goal, dict[str, str]]]:
    """A change of who is asked to own the goal, with the organisations that own the space, by id."""
    async with change(door, permissions.PROPOSE) as under_way:
        goal = await goal_store.find(under_way.tx, door.space_id, goal_id)
        if goal is None:
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        here = (await load_people(under_way.tx, under_way.seat)).candidates().organisations
        refused = permissions.refusal_to_propose(under_way.seat, goal, here)
        if refused:
            raise refused
        yield under_way, goal, here


async def _asked(under_way: SpaceChange, goal_id: str) -> str:
    """The organisation of the person who answers. Raises Refused unless it is asked."""
    ownership.answer(await _goal(under_way, goal_id), under_way.organisation)
    return under_way.organisation


async def _goal(under_way: SpaceChange, goal_id: str) -> Goal:
    goal = await goal_store.find(under_way.tx, under_way.space_id, goal_id)
    if goal is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    refused = permissions.refusal(under_way.seat, "goal.own", goal)
    if refused:
        raise refused
    return goal
