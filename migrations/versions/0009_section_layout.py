"""A section has a layout: it stays free where its cards lie apart, as by hand, else it is a grid."""

import json
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009_section_layout"
down_revision = "0008_return_tokens"
branch_labels = None
depends_on = None

HEIGHT = 132  # of a card, as far as a server knows

board = sa.table("board", sa.column("id", sa.String), sa.column("epoch", sa.Integer))
item = sa.table(
    "item", sa.column("board_id", sa.String), sa.column("id", sa.String), sa.column("state", sa.Text)
)


def upgrade() -> None:
    tx = op.get_bind()
    for board_id in tx.execute(sa.select(board.c.id)).scalars().all():
        rows = tx.execute(sa.select(item.c.id, item.c.state).where(item.c.board_id == board_id))
        items = {row.id: _read(row.state) for row in rows}
        layouts = layouts_of([each for each in items.values() if each])
        for id, layout in layouts.items():
            items[id]["fields"]["layout"] = layout
            state = json.dumps(items[id], ensure_ascii=False, separators=(",", ":"))
            tx.execute(item.update().where(item.c.board_id == board_id, item.c.id == id).values(state=state))
        if layouts:  # browsers hold these sections without a layout: with a new epoch they load them again
            tx.execute(board.update().where(board.c.id == board_id).values(epoch=board.c.epoch + 1))


def downgrade() -> None:
    """Nothing: the code before leaves the field alone."""


def layouts_of(items: Iterable[dict[str, Any]]) -> dict[str, str]:
    """The layout of each section, by id. Drafts do not count: it must not tell where they lie.

    An empty one becomes a grid, since nobody has put anything into it by hand.
    """
    cards: dict[str, list[dict[str, Any]]] = {}
    sections = []
    for each in items:
        if each["item"] == "section":
            sections.append(each["id"])
        elif each["item"] == "card" and each.get("removed") is None and each.get("shown") is not None:
            cards.setdefault(each["fields"].get("section") or "", []).append(each["fields"])
    return {id: "free" if _lie_apart(cards.get(id, [])) else "grid" for id in sections}


def _lie_apart(cards: list[dict[str, Any]]) -> bool:
    return bool(cards) and not any(_overlap(a, b) for a, b in combinations(cards, 2))


def _overlap(a: dict[str, Any], b: dict[str, Any]) -> bool:
    beside = a["x"] - b["x"] < b["w"] and b["x"] - a["x"] < a["w"]
    return bool(beside and abs(a["y"] - b["y"]) < HEIGHT)


def _read(state: str) -> Any:
    """An item, or None where it cannot be read: boards leave it out as well."""
    try:
        read = json.loads(state)
        return read if isinstance(read["fields"], dict) and read["item"] and read["id"] else None
    except (ValueError, KeyError, TypeError):
        return None
