"""Which cards on boards stand for which goals, in the database. Removing a card changes no goal."""

from collections.abc import Collection
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, Select, delete, insert, select

from app.compiled_statements import built_once
from app.db import Tx
from app.outcomes.tables import goal, goal_card


class GoalCard(Struct, frozen=True):
    """A card that stands for a goal, all three by id."""

    board: str
    card: str
    goal: str


async def cards_of(tx: Tx, goal_ids: Collection[str]) -> list[GoalCard]:
    """The cards of these goals on all boards."""
    return [_goal_card(row) for row in await tx.execute(*_cards_of(goal_ids))]


@built_once
def _cards_of(goal_ids: Any) -> Select[Any]:
    query = select(goal_card).where(goal_card.c.goal_id.in_(goal_ids))
    return query.order_by(goal_card.c.board_id, goal_card.c.card_id)


async def of_space(tx: Tx, space_id: str) -> list[GoalCard]:
    """All cards that stand for goals of this space."""
    query = select(goal_card).join(goal, goal.c.id == goal_card.c.goal_id).where(goal.c.space_id == space_id)
    return [
        _goal_card(row) for row in await tx.execute(query.order_by(goal_card.c.board_id, goal_card.c.card_id))
    ]


async def spaces(tx: Tx) -> set[str]:
    """The ids of spaces that have any such card."""
    query = select(goal.c.space_id).join(goal_card, goal.c.id == goal_card.c.goal_id).distinct()
    return set((await tx.execute(query)).scalars())


async def goal_of(tx: Tx, board_id: str, card_id: str) -> str | None:
    """The goal that a card stands for."""
    query = select(goal_card.c.goal_id).where(_is(board_id, card_id))
    return (await tx.execute(query)).scalar()


async def link(tx: Tx, board_id: str, card_id: str, goal_id: str | None) -> None:
    """Let the card stand for this goal from now on, or for none."""
    await tx.execute(delete(goal_card).where(_is(board_id, card_id)))
    if goal_id is not None:
        values = {"board_id": board_id, "card_id": card_id, "goal_id": goal_id}
        await tx.execute(insert(goal_card).values(**values))


async def forget(tx: Tx, board_id: str, cards: Collection[str]) -> None:
    """Delete the links of cards that were deleted for good."""
    gone = goal_card.c.card_id.in_(cards)
    await tx.execute(delete(goal_card).where(goal_card.c.board_id == board_id, gone))


def _is(board_id: str, card_id: str) -> Any:
    return (goal_card.c.board_id == board_id) & (goal_card.c.card_id == card_id)


def _goal_card(row: Row[Any]) -> GoalCard:
    return GoalCard(row.board_id, row.card_id, row.goal_id)
