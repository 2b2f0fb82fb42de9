"""The links of boards without their cards, for whoever follows them from board to board."""

from collections.abc import Collection
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, and_, select

from app.boards.core.board import Item
from app.boards.storage.store import read_items
from app.boards.storage.tables import board, item
from app.compiled_statements import built_once
from app.db import Tx

LINK = '"item":"link"'  # no text on a card can look like this: JSON escapes its quotes


class LinkedBoard(Struct, frozen=True):
    """A board's title and its links, removed and hidden ones too: `see` them with their cards."""

    title: str
    links: list[Item]


async def links_of(tx: Tx, board_ids: Collection[str]) -> dict[str, LinkedBoard]:
    """By id of the board; boards that are gone are left out."""
    found: dict[str, LinkedBoard] = {}
    for row in await tx.execute(*_links_of(board_ids)):
        known = found.setdefault(row.board, LinkedBoard(row.title, []))
        if row.id is not None:
            known.links.extend(one for one in read_items(row.board, [row]) if one.item == "link")
    return found


@built_once
def _links_of(board_ids: Any) -> Select[Any]:
    here = and_(item.c.board_id == board.c.id, item.c.state.contains(LINK, autoescape=True))
    query = select(board.c.id.label("board"), board.c.title, item.c.id, item.c.state)
    return query.select_from(board).outerjoin(item, here).where(board.c.id.in_(board_ids))
