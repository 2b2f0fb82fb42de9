"""What a page of goals or measures is about: loaded once per request, and used again when a form has errors.

Pages import this and never each other. Also the addresses of goals and measures.
"""

from typing import Any

from litestar import Request
from litestar.response import Template
from msgspec import Struct

from app.access import NOT_FOUND, Code, Refused
from app.db import Tx
from app.outcomes.goals import permissions
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import Goal
from app.outcomes.goals.people import SpacePeople, load_people
from app.outcomes.measures import labels as measure_labels
from app.outcomes.measures import number_format
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Measure
from app.spaces.page_frame import page_of
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.web import Db


class GoalContext(Struct, frozen=True):
    """A goal with the people and organisations of its space, and the seat of the person who asks."""

    people: SpacePeople
    goal: Goal

    @property
    def seat(self) -> Seat:
        return self.people.seat

    def page(self, name: str, status: int = 200, **more: Any) -> Template:
        """A page about the goal; `can("goal.change")` tells the template what to offer on this goal."""
        here = [one.id for one in self.people.organisations]
        can = permissions.offers(self.seat, self.goal, here)
        context = {"here": "outcomes", "goal": self.goal, "people": self.people, "can": can, **more}
        return page_of(self.seat, name, status, **context)


class MeasureContext(GoalContext, frozen=True):
    """A measure with its goal."""

    measure: Measure

    def page(self, name: str, status: int = 200, **more: Any) -> Template:
        """A page about the measure."""
        words = {"words": measure_labels, "numbers": number_format}
        context = {"measure": self.measure, **words, **more}
        return GoalContext.page(self, name, status, **context)


async def goal_context(tx: Tx, seat: Seat, goal_id: str) -> GoalContext:
    """Raises Refused where the space has no such goal."""
    goal = await _goal(tx, seat, goal_id)
    return GoalContext(await load_people(tx, seat), goal)


async def measure_context(tx: Tx, seat: Seat, measure_id: str) -> MeasureContext:
    """Raises Refused where the space has no such measure."""
    measure = await measure_store.find(tx, seat.space.id, measure_id)
    if measure is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    goal = await _goal(tx, seat, measure.goal)
    return MeasureContext(await load_people(tx, seat), goal, measure)


async def goal_for(request: Request, db: Db, action: str, goal_id: str) -> GoalContext:
    """The context of a form. Raises Refused unless this person may do `action` to the goal."""
    context = await db.run_read(lambda tx: goal_context(tx, seat_of(request), goal_id))
    _permit(context, action)
    return context


async def measure_for(request: Request, db: Db, action: str, measure_id: str) -> MeasureContext:
    """The context of a form. Raises Refused unless this person may do `action` to the measure's goal."""
    context = await db.run_read(lambda tx: measure_context(tx, seat_of(request), measure_id))
    _permit(context, action)
    return context


def goal_path(space_id: str, goal_id: str) -> str:
    return f"/spaces/{space_id}/outcomes/goals/{goal_id}"


def measure_path(space_id: str, measure_id: str) -> str:
    return f"/spaces/{space_id}/outcomes/measures/{measure_id}"


def whole_number(text: str) -> int:
    """A number in an address or a hidden field; 0 where it is none, or has more than three digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


async def _goal(tx: Tx, seat: Seat, goal_id: str) -> Goal:
    goal = await goal_store.find(tx, seat.space.id, goal_id)
    if goal is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return goal


def _permit(context: GoalContext, action: str) -> None:
    refused = permissions.refusal(context.seat, action, context.goal)
    if refused:
        raise refused
