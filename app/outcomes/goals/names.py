"""The goals in use of a space by name, for what is connected to one."""

from app.db import Tx
from app.outcomes.goals import store as goal_store
from app.spaces.space import Seat


async def goal_names(tx: Tx, seat: Seat) -> list[tuple[str, str]]:
    """The id and title of each goal, the open ones first."""
    return [(one.id, one.title) for one in await goal_store.of_space(tx, seat.space.id)]
