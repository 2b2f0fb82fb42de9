"""Who may do what with a goal: the table decides, with the goal's own tender and organisations. Pure."""

from collections.abc import Callable

from app.access import Actor, Refused, State, Thing, allowed, decide
from app.outcomes.goals.goal import Goal
from app.spaces.space import Seat


def thing(seat: Seat, goal: Goal, *, as_open: bool = False) -> Thing:
    """The goal as the table sees it: it is of one's own organisation when that is one of its owners.

    `as_open`: its being archived does not count, only that of the space. Its tender is of one of its owners:
    who came back for another organisation looks after it no more.
    """
    own = seat.actor.organisation if seat.actor.organisation in goal.organisations else None
    state = State.ARCHIVED if goal.archived and not as_open else seat.space.state
    return Thing(state, goal.tender if own else None, own)


def tends(actor: Actor, goal: Goal) -> bool:
    """Whether somebody looks after the goal, for an organisation that owns it."""
    return actor.person == goal.tender and actor.organisation in goal.organisations


def refusal(seat: Seat, action: str, goal: Goal, *, as_open: bool = False) -> Refused | None:
    return decide(seat.actor, action, thing(seat, goal, as_open=as_open))


def offers(seat: Seat, goal: Goal) -> Callable[[str], bool]:
    """Whether to offer an action on this goal."""
    return lambda action: allowed(seat.actor, action, thing(seat, goal))


def may_restore(seat: Seat, goal: Goal) -> bool:
    """Whether to offer bringing an archived goal back."""
    return goal.archived and allowed(seat.actor, "goal.tend", thing(seat, goal, as_open=True))
