"""The boards' part of downloading one's data, and of erasing a person."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import structs

from app.access import Actor, Role
from app.boards.core.board import Board, Item
from app.boards.core.group_commit import DeedRecord, GroupCommit, OpRequest, OpResult
from app.boards.core.ops import RemoveCard
from app.boards.core.words.item_texts import TEXTS, own_words
from app.boards.core.words.log_words import redacted
from app.boards.retention import personal_data_store
from app.boards.storage import (
    commit,
    door_store,
    errors,
    find_store,
    log_words,
    look_store,
    store,
    usage_store,
)
from app.db import Tx, now
from app.spaces import actions as spaces
from app.spaces import rehearsed_store

TRIES = 5
ELSEWHERE = "A board in a space that you no longer belong to"  # its title may have changed since


async def my_data(tx: Tx, person_id: str) -> tuple[str, list[dict[str, Any]]]:
    """What the person wrote and still stands, and their ops as they sent them, for as long as these are kept.

    Without others' words; and when they last saw each board. Of a workshop that they try out with pretend
    people nothing is told: it is gone when that ends.
    """
    copies = await rehearsed_store.copies(tx)
    still_in = {one.id for one in await spaces.my_spaces(tx, person_id) if not one.waiting}
    by_board: dict[str, dict[str, Any]] = {}
    tried: set[str] = set()

    def own(row: Any) -> dict[str, Any]:
        if row.space_id in copies:
            tried.add(row.board_id)
        title = row.title if row.space_id in still_in else ELSEWHERE
        return by_board.setdefault(row.board_id, {"board": row.board_id, "title": title, "did": []})

    for row in await personal_data_store.items_of(tx, person_id):
        (item,) = store.read_items(row.board_id, [row])
        if words := own_words(item, person_id):
            own(row).setdefault("wrote", []).append({"item": item.item, **words})
    for row in await personal_data_store.deeds_of(tx, person_id):
        at = datetime.fromtimestamp(row.at, UTC).isoformat()
        own(row)["did"].append({"at": at, **msgspec.json.decode(row.op)})
    for look in await look_store.of_person(tx, person_id):
        own(look)["last_looked_at"] = look.at.isoformat()
    for need in await door_store.of_person(tx, person_id):
        own(need)["would_help"] = need.words
    return "boards", [one for id, one in by_board.items() if id not in tried]


async def on_erase(tx: Tx, person_id: str) -> None:
    """Empty what only they could see, in the log too. What others could see stays: it is shared."""
    for board_id in await personal_data_store.boards_of(tx, person_id):
        private = await _empty(tx, board_id, person_id)
        if private:
            await _redact_log(tx, board_id, person_id, private)
    await personal_data_store.forget_refusals(tx, person_id)
    await look_store.forget(tx, person_id)
    await door_store.forget(tx, person_id)
    await usage_store.forget(tx, person_id)
    await tx.run_sync(find_store.erase_words)


async def _empty(tx: Tx, board_id: str, person_id: str) -> set[str]:
    """Empty and remove the private items by a deed, so that every process learns of it; returns their ids."""
    for _ in range(TRIES):
        board = await store.load(tx, board_id)
        private = [item for item in board.items.values() if item.owner == person_id and item.shown is None]
        if not private:
            return set()
        try:
            await tx.run_sync(commit.append, _emptied(board, private, person_id))
        except errors.GuardFailed:
            continue  # somebody wrote in between: look again
        return {item.id for item in private}
    raise errors.GuardFailed


def _emptied(board: Board, private: list[Item], person_id: str) -> GroupCommit:
    seq = board.seq + 1
    items = board.items
    for item in private:
        fields = {**item.fields, **{name: "" for name in TEXTS if name in item.fields}}
        gone = structs.replace(item, fields=fields, versions=(), removed=item.removed or seq, seq=seq)
        items = items.set(item.id, gone)
    after = structs.replace(board, seq=seq, items=items)
    request = OpRequest(Actor(Role.FORMER, person_id), "", None, RemoveCard(private[0].id), now().timestamp())
    record = DeedRecord(seq, request, (), OpResult(None, seq=seq), None)
    return GroupCommit(board, after, tuple(item.id for item in private), (record,), (), {}, (), ())


async def _redact_log(tx: Tx, board_id: str, person_id: str, private: set[str]) -> None:
    """Take the words of `private` items out of the log: of their ops, of inverses, of clashes."""
    for entry in await personal_data_store.log_of(tx, board_id, person_id):
        kept = redacted(entry, private)
        if kept:
            await tx.run_sync(log_words.rewrite, board_id, [kept])
