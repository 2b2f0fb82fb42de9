"""Who may do what with a goal: the table of actions, with the goal's tender and organisations. Pure."""

from collections.abc import Callable, Collection

from app.access import Actor, Refused, State, Thing, allowed, decide
from app.outcomes.goals import ownership
from app.outcomes.goals.goal import Goal
from app.spaces.space import Seat

PROPOSE = "goal.propose"
# Of an archived goal too: else nobody could restore it once its owners, or who looked after it, have gone.
SETTLED = frozenset({PROPOSE, "goal.own", "goal.hand_on"})


def thing(seat: Seat, goal: Goal, *, as_open: bool = False, as_theirs: bool = False) -> Thing:
    """The goal as the table of actions sees it: of the person's own organisation if that owns it.

    `as_open`: treat an archived goal as open, unless the space is archived; `as_theirs`: as if their own
    organisation owned it. A tender who came back for another organisation does not count as its tender any
    more.
    """
    own = seat.actor.organisation if as_theirs or seat.actor.organisation in goal.organisations else None
    state = State.ARCHIVED if goal.archived and not as_open else seat.space.state
    return Thing(state, goal.tender if own else None, own)


def tends(actor: Actor, goal: Goal) -> bool:
    """Whether somebody is the tender of the goal, for an organisation that owns it."""
    return actor.person == goal.tender and actor.organisation in goal.organisations


def refusal(seat: Seat, action: str, goal: Goal, *, as_open: bool = False) -> Refused | None:
    """Why this person may not do `action` to the goal or to something of it; None where they may."""
    return decide(seat.actor, action, thing(seat, goal, as_open=as_open or action in SETTLED))


def refusal_to_propose(seat: Seat, goal: Goal, here: Collection[str]) -> Refused | None:
    """The same of proposing it to an organisation: where no owner is `here` any more, all members may."""
    nobodys = ownership.is_nobodys(goal, here)
    return decide(seat.actor, PROPOSE, thing(seat, goal, as_open=True, as_theirs=nobodys))


def offers(seat: Seat, goal: Goal, here: Collection[str]) -> Callable[[str], bool]:
    """A function that says whether a page offers an action on this goal; `here` are the space's owners."""
    nobodys = ownership.is_nobodys(goal, here)
    return lambda action: allowed(
        seat.actor,
        action,
        thing(seat, goal, as_open=action in SETTLED, as_theirs=nobodys and action == PROPOSE),
    )


def may_restore(seat: Seat, goal: Goal) -> bool:
    """Whether a page offers restoring an archived goal."""
    return goal.archived and allowed(seat.actor, "goal.tend", thing(seat, goal, as_open=True))
