"""Numbers that are due, under what needs a person on the page of a space."""

from app.characters import set_apart
from app.db import Tx
from app.outcomes.reminders import overdue
from app.outcomes.reminders.overdue import Overdue
from app.phrases import day
from app.spaces.hooks import NeedsYou
from app.spaces.space import MySpace, Seat


async def needs(tx: Tx, seat: Seat) -> list[NeedsYou]:
    """The numbers that this person could enter now for their organisation, the longest overdue first."""
    space = seat.space
    organisation = seat.organisation_name
    mine = MySpace(space.id, space.name, space.purpose, space.state, seat.actor.role, organisation, False)
    late = await overdue.of_space(tx, mine)
    return [_need(one) for one in sorted(late, key=lambda one: (one.since, one.name.casefold()))]


def _need(one: Overdue) -> NeedsYou:
    say = f"Enter {one.period} for “{set_apart(one.name)}”"
    due = f"Expected by {day(one.since)}"
    return NeedsYou(say, f"For {set_apart(one.organisation)}.", one.path, "Enter numbers", "outcome", due)
