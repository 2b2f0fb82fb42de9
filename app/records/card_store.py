"""Which cards on boards stand for which records, in the database. Removing a card changes no record."""

from collections.abc import Collection
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, Select, delete, insert, select

from app.compiled_statements import built_once
from app.db import Tx, chunks
from app.records.tables import record, record_card


class RecordCard(Struct, frozen=True):
    """A card that stands for a record, all three by id."""

    board: str
    card: str
    record: str


async def cards_of(tx: Tx, record_ids: Collection[str]) -> list[RecordCard]:
    """The cards of these records on all boards."""
    found: list[RecordCard] = []
    for some in chunks(sorted(record_ids)):
        query = select(record_card).where(record_card.c.record_id.in_(some))
        rows = await tx.execute(query.order_by(record_card.c.board_id, record_card.c.card_id))
        found += [_record_card(row) for row in rows]
    return found


async def beside(tx: Tx, record_ids: Collection[str], boards: Collection[str] = ()) -> list[RecordCard]:
    """All cards that stand for records on these boards and on those that hold a card of these records."""
    return [_record_card(row) for row in await tx.execute(*_beside(record_ids, boards))]


@built_once
def _beside(record_ids: Any, boards: Any) -> Select[Any]:
    theirs = select(record_card.c.board_id).where(record_card.c.record_id.in_(record_ids))
    here = record_card.c.board_id.in_(theirs) | record_card.c.board_id.in_(boards)
    return select(record_card).where(here).order_by(*_ORDER)


async def of_space(tx: Tx, space_id: str) -> list[RecordCard]:
    """All cards that stand for records of this space."""
    query = select(record_card).join(record, record.c.id == record_card.c.record_id)
    query = query.where(record.c.space_id == space_id)
    rows = await tx.execute(query.order_by(record_card.c.board_id, record_card.c.card_id))
    return [_record_card(row) for row in rows]


async def spaces(tx: Tx) -> set[str]:
    """The ids of spaces that have any such card."""
    query = select(record.c.space_id).join(record_card, record.c.id == record_card.c.record_id).distinct()
    return set((await tx.execute(query)).scalars())


async def record_of(tx: Tx, board_id: str, card_id: str) -> str | None:
    """The record that a card stands for."""
    return (await tx.execute(select(record_card.c.record_id).where(_is(board_id, card_id)))).scalar()


async def link(tx: Tx, board_id: str, card_id: str, record_id: str | None) -> None:
    """Let the card stand for this record from now on, or for none."""
    await tx.execute(delete(record_card).where(_is(board_id, card_id)))
    if record_id is not None:
        values = {"board_id": board_id, "card_id": card_id, "record_id": record_id}
        await tx.execute(insert(record_card).values(**values))


async def forget(tx: Tx, board_id: str, cards: Collection[str]) -> None:
    """Delete the links of cards that were deleted for good."""
    here = (record_card.c.board_id == board_id, record_card.c.card_id.in_(cards))
    await tx.execute(delete(record_card).where(*here))


_ORDER = (record_card.c.board_id, record_card.c.card_id)


def _is(board_id: str, card_id: str) -> Any:
    return (record_card.c.board_id == board_id) & (record_card.c.card_id == card_id)


def _record_card(row: Row[Any]) -> RecordCard:
    return RecordCard(row.board_id, row.card_id, row.record_id)
