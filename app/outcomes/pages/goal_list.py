"""The goals of a space as short lines, for their list and for the page of the space."""

from msgspec import Struct

from app.db import Tx
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import Goal
from app.outcomes.goals.people import load_people
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Measure
from app.outcomes.pages.latest import Latest, latest
from app.spaces.space import Organisation, Seat


class GoalLine(Struct, frozen=True):
    """A goal with what its first outcome measure says. `mine`: the person who asks looks after it."""

    goal: Goal
    owners: list[Organisation]
    tender: str
    orphaned: bool  # its tender has left
    measures: int
    told: Latest | None
    overdue: bool
    mine: bool


async def goal_lines(tx: Tx, seat: Seat, *, archived: bool = False) -> list[GoalLine]:
    """The goals in use, or the archived ones."""
    goals = await goal_store.of_space(tx, seat.space.id, archived)
    if not goals:
        return []
    people = await load_people(tx, seat)
    measures = await measure_store.of_space(tx, seat.space.id)
    readings = await latest(tx, measures, people)
    lines = []
    for goal in goals:
        own = [one for one in measures if one.goal == goal.id]
        latest_first = [one for measure in _outcomes_first(own) for one in readings[measure.id]]
        lines.append(
            GoalLine(
                goal,
                people.owners(goal),
                people.name(goal.tender),
                people.has_left(goal.tender),
                len(own),
                next(iter(latest_first), None),
                any(one.overdue for one in latest_first),
                goal.tender == seat.actor.person,
            )
        )
    return lines


def _outcomes_first(measures: list[Measure]) -> list[Measure]:
    return sorted(measures, key=lambda one: (one.definition.kind != "outcome", one.position))
