"""Which cards on boards stand for which goals, in the database."""

from collections.abc import Collection

from msgspec import Struct
from sqlalchemy import select

from app.db import Tx
from app.outcomes.tables import goal_card


class GoalCard(Struct, frozen=True):
    board: str
    card: str
    goal: str


async def cards_of(tx: Tx, goal_ids: Collection[str]) -> list[GoalCard]:
    """The cards of these goals on all boards."""
    query = select(goal_card).where(goal_card.c.goal_id.in_(goal_ids))
    rows = await tx.execute(query.order_by(goal_card.c.board_id, goal_card.c.card_id))
    return [GoalCard(row.board_id, row.card_id, row.goal_id) for row in rows]
