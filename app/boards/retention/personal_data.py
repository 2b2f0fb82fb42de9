"""Boards' part of downloading what is mine, and of erasing somebody."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import structs

from app.access import Actor, Role
from app.boards.core.batch import Batch, Done, OpRequest, OpResult
from app.boards.core.board import Board, Item
from app.boards.core.changeset import TEXTS
from app.boards.core.ops import RemoveCard
from app.boards.retention import clearing, personal_data_store
from app.boards.storage import commit, store
from app.db import Tx, now
from app.spaces import actions as spaces

TRIES = 5
ELSEWHERE = "A board in a space that you no longer belong to"  # it may be called something new since


async def my_data(tx: Tx, person_id: str) -> tuple[str, list[dict[str, Any]]]:
    """All that the person did, as they did it: so it holds nobody else's words, whatever became of it."""
    still_in = {one.id for one in await spaces.my_spaces(tx, person_id) if not one.waiting}
    found: dict[str, dict[str, Any]] = {}
    for row in await personal_data_store.deeds_of(tx, person_id):
        title = row.title if row.space_id in still_in else ELSEWHERE
        own = found.setdefault(row.board_id, {"board": row.board_id, "title": title, "did": []})
        at = datetime.fromtimestamp(row.at, UTC).isoformat()
        own["did"].append({"at": at, **msgspec.json.decode(row.op)})
    return "boards", list(found.values())


async def on_erase(tx: Tx, person_id: str) -> None:
    """What only they could see goes, in the log too. What others could see stays: it is shared."""
    for board_id in await personal_data_store.boards_of(tx, person_id):
        private = await _empty(tx, board_id, person_id)
        if private:
            await _silence(tx, board_id, person_id, private)
    await personal_data_store.forget_refusals(tx, person_id)


async def _empty(tx: Tx, board_id: str, person_id: str) -> set[str]:
    """Empty and remove the private items by a deed, so that every process that has them learns it."""
    for _ in range(TRIES):
        board = await store.load(tx, board_id)
        private = [item for item in board.items.values() if item.owner == person_id and item.shown is None]
        if not private:
            return set()
        try:
            await tx.run_sync(commit.append, _emptied(board, private, person_id))
        except commit.Moved:
            continue  # somebody wrote in between: look again
        return {item.id for item in private}
    raise commit.Moved


def _emptied(board: Board, private: list[Item], person_id: str) -> Batch:
    seq = board.seq + 1
    items = board.items
    for item in private:
        fields = {**item.fields, **{name: "" for name in TEXTS if name in item.fields}}
        gone = structs.replace(item, fields=fields, versions=(), removed=item.removed or seq, seq=seq)
        items = items.set(item.id, gone)
    after = structs.replace(board, seq=seq, items=items)
    asked = OpRequest(Actor(Role.FORMER, person_id), "", None, RemoveCard(private[0].id), now().timestamp())
    done = Done(seq, asked, (), OpResult(None, seq=seq), None)
    return Batch(board, after, tuple(item.id for item in private), (done,), (), {}, (), ())


async def _silence(tx: Tx, board_id: str, person_id: str, private: set[str]) -> None:
    """What the log has of them: what they said, what an undo put back, what clashed in two windows."""
    for entry in await personal_data_store.log_of(tx, board_id, person_id):
        silent = clearing.without(entry, private)
        if silent:
            await personal_data_store.rewrite(tx, board_id, silent)
