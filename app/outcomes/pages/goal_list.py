"""The goals of a space as short lines, for their list and for the page of the space."""

from msgspec import Struct

from app.db import Tx
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import Goal
from app.outcomes.goals.people import around
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Measure
from app.outcomes.pages.latest import Latest, latest
from app.spaces.space import Organisation, Seat


class GoalLine(Struct, frozen=True):
    """A goal with what its first outcome measure says. `mine`: whoever looks at it tends it."""

    goal: Goal
    owners: list[Organisation]
    tender: str
    orphaned: bool  # its tender has left
    measures: int
    told: Latest | None
    overdue: bool
    mine: bool


async def lines(tx: Tx, seat: Seat, *, archived: bool = False) -> list[GoalLine]:
    """The goals in use, or those put away."""
    goals = await goal_store.of_space(tx, seat.space.id, archived)
    if not goals:
        return []
    near = await around(tx, seat)
    measures = await measure_store.of_space(tx, seat.space.id)
    told = await latest(tx, measures, near)
    found = []
    for goal in goals:
        own = [one for one in measures if one.goal == goal.id]
        said = [one for measure in _outcomes_first(own) for one in told[measure.id]]
        found.append(
            GoalLine(
                goal,
                near.owners(goal),
                near.name(goal.tender),
                near.gone(goal.tender),
                len(own),
                next(iter(said), None),
                any(one.overdue for one in said),
                goal.tender == seat.actor.person,
            )
        )
    return found


def _outcomes_first(measures: list[Measure]) -> list[Measure]:
    return sorted(measures, key=lambda one: (one.definition.kind != "outcome", one.position))
