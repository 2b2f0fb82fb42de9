"""The goals of a space as short lines, for their list and for the page of the space."""

from msgspec import Struct

from app.db import Tx
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import Goal
from app.outcomes.goals.people import load_people
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Measure
from app.outcomes.pages.latest import Latest, latest
from app.spaces.space import Seat


class GoalLine(Struct, frozen=True):
    """A goal with what its first outcome measure says. `mine`: the person who asks looks after it.

    Where each organisation or area has numbers of its own, `told` is of the one furthest from the aim, and
    `furthest_of` how many there are; 0 where there is no such choice.
    """

    goal: Goal
    owned_by: str
    tender: str
    orphaned: bool  # its tender has left
    measures: int
    told: Latest | None
    overdue: bool
    mine: bool
    furthest_of: int = 0


async def goal_names(tx: Tx, seat: Seat) -> list[tuple[str, str]]:
    """The id and title of each goal in use, for what is connected to one."""
    return [(one.id, one.title) for one in await goal_store.names(tx, seat.space.id)]


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
        latest_first = [readings[measure.id] for measure in _outcomes_first(own) if readings[measure.id]]
        told, furthest_of = _told(latest_first[0]) if latest_first else (None, 0)
        lines.append(
            GoalLine(
                goal,
                people.owned_by(goal),
                people.name(goal.tender),
                people.has_left(goal.tender),
                len(own),
                told,
                any(one.overdue for lines_of_measure in latest_first for one in lines_of_measure),
                goal.tender == seat.actor.person,
                furthest_of,
            )
        )
    return lines


def _outcomes_first(measures: list[Measure]) -> list[Measure]:
    return sorted(measures, key=lambda one: (one.definition.kind != "outcome", one.position))


def _told(lines: list[Latest]) -> tuple[Latest, int]:
    """The line of a measure to show for all: the furthest from the aim, with how many there are."""
    behind = [one for one in lines if one.behind is not None]
    if len(behind) < 2:
        return lines[0], 0
    return max(behind, key=lambda one: one.behind or 0.0), len(behind)
