"""Reads a board, whole or what is new since a deed; `commit` has what is written."""

import logging
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Select, and_, or_, select

from app.access import State
from app.boards.core import indexes
from app.boards.core.board import Board, Clash, Item, SetUp
from app.boards.core.group_commit import OpResult
from app.boards.core.schema import ADDED_BY, defaults
from app.boards.storage import newer_items
from app.boards.storage.tables import board, deed, item
from app.compiled_statements import built_once
from app.db import Tx, chunks

WITHHELD = '"withheld":{'  # no text on a card can look like this: JSON escapes its quotes
STAGE = '"item":"stage"'
RECENT = 50  # deeds of one person that undo on the outline can reach

Row = Any  # the rows of SQLAlchemy are typed by their columns, which each query names itself
log = logging.getLogger(__name__)
_item = msgspec.json.Decoder(Item)
_defaults = {item: defaults(item) for item in ADDED_BY}
_result = msgspec.json.Decoder(OpResult)


class Missing(LookupError):
    """There is no such board."""


class Head(msgspec.Struct, frozen=True):
    """A board without its items; its space may be archived where it is open."""

    space_id: str
    title: str
    state: State
    set_up: SetUp


async def load(tx: Tx, board_id: str) -> Board:
    """The whole board. Raises Missing."""
    head = await _head(tx, board_id)
    rows = await tx.execute(select(item.c.id, item.c.state).where(item.c.board_id == board_id))
    return indexes.load(_board(head), read_items(board_id, rows.all()))


async def some(tx: Tx, wanted: Mapping[str, Collection[str]]) -> list[Board]:
    """The boards by id with only these of their items: enough to `see` cards and sections.

    As many statements for many boards as for one. Boards that are gone are left out.
    """
    heads = (await tx.execute(*_heads(sorted(wanted)))).all()
    rows: dict[str, list[Row]] = {head.id: [] for head in heads}
    for ids in chunks(sorted({id for some in wanted.values() for id in some})):
        for row in await tx.execute(*_items(rows, ids)):
            if row.id in wanted[row.board_id]:
                rows[row.board_id].append(row)
    return [indexes.load(_board(head), read_items(head.id, rows[head.id])) for head in heads]


@built_once
def _heads(ids: Any) -> Select[Any]:
    return select(board).where(board.c.id.in_(ids))


@built_once
def _items(boards: Any, ids: Any) -> Select[Any]:
    query = select(item.c.board_id, item.c.id, item.c.state)
    return query.where(item.c.board_id.in_(boards), item.c.id.in_(ids))


async def catch_up(tx: Tx, known: Board) -> Board:
    """The board `known` with all that other processes have committed since. Raises Missing."""
    rows = (await tx.execute(*_news(known.id, known.seq))).all()
    if not rows:
        raise Missing(known.id)
    head = rows[0]
    if head.floor > known.seq:
        return await load(tx, known.id)  # of what was cleared away meanwhile there is no row to read
    news = [(row.item_id, row.item_state) for row in rows if row.item_id is not None]
    fresh = msgspec.structs.replace(
        known, seq=head.seq, floor=head.floor, epoch=head.epoch, state=_state(head), set_up=_set_up(head)
    )
    return indexes.load(fresh, [_read_item(known.id, *one) for one in news])


@built_once
def _news(board_id: Any, after: Any) -> Select[Any]:
    """The board and, in as many rows, each item that is newer: one question, so one way to the database."""
    newer = and_(item.c.board_id == board.c.id, item.c.seq > after)
    columns = (board, item.c.id.label("item_id"), item.c.state.label("item_state"))
    return select(*columns).select_from(board.outerjoin(item, newer)).where(board.c.id == board_id)


async def clashes(tx: Tx, now: Board, after: int) -> list[tuple[int, Clash]]:
    """Clashes after deed `after`, each with its deed, as far as the items remember whose texts they were.

    None that is newer than the board `now`.
    """
    if now.seq <= after:
        return []
    query = select(deed.c.seq, deed.c.outcome).where(deed.c.board_id == now.id)
    query = query.where(deed.c.seq > after, deed.c.seq <= now.seq, deed.c.outcome.contains('"conflict":'))
    rows = await tx.execute(query.order_by(deed.c.seq))
    clashes = []
    for row in rows:
        conflict = _result.decode(row.outcome).conflict
        item = now.items.get(conflict["id"]) if conflict else None
        if conflict and item:
            before = [v for v in item.versions if v.seq < row.seq and v.text == conflict["theirs"]]
            if before:
                clashes.append((row.seq, Clash(**conflict, other=before[-1].by)))
    return clashes


async def clashed(tx: Tx, seen: Mapping[str, int]) -> set[str]:
    """Of these boards those where texts clashed after the deed that is given for each."""
    found: set[str] = set()
    for some in chunks(list(seen.items())):
        later = [and_(deed.c.board_id == board_id, deed.c.seq > after) for board_id, after in some]
        query = select(deed.c.board_id).where(or_(*later), deed.c.outcome.contains('"conflict":'))
        found.update((await tx.execute(query.distinct())).scalars())
    return found


async def head_of(tx: Tx, board_id: str) -> Head:
    """What is known of a board before its items are read, in one query. Raises Missing."""
    found = await _head(tx, board_id)
    return Head(found.space_id, found.title, _state(found), _set_up(found))


async def states(tx: Tx, ids: Collection[str]) -> dict[str, tuple[State, SetUp]]:
    """The state of each board that is there, and who may change its sections, in one query."""
    query = select(board.c.id, board.c.archived_at, board.c.set_up_locked, board.c.members_set_up)
    rows = await tx.execute(query.where(board.c.id.in_(list(ids))))
    return {row.id: (_state(row), _set_up(row)) for row in rows}


async def with_withheld(tx: Tx) -> list[str]:
    """The boards that hold words which were taken out, and are not destroyed yet."""
    query = select(item.c.board_id).where(item.c.state.contains(WITHHELD)).distinct()
    return list((await tx.execute(query)).scalars())


async def running_stages(tx: Tx, ids: Collection[str]) -> set[str]:
    """Those of these boards on which a workshop runs, without loading them."""
    rows = (await tx.execute(*_stages(ids))).all()
    newest: dict[str, Item] = {}
    for row in rows:
        (stage,) = read_items(row.board_id, [row])
        if row.board_id not in newest or stage.born > newest[row.board_id].born:
            newest[row.board_id] = stage
    return {id for id, stage in newest.items() if stage.removed is None and not stage.fields.get("ended")}


@built_once
def _stages(ids: Any) -> Select[Any]:
    query = select(item.c.board_id, item.c.id, item.c.state)
    return query.where(item.c.board_id.in_(ids), item.c.state.contains(STAGE))


async def seqs(tx: Tx, ids: Collection[str]) -> dict[str, int]:
    """The present seq of each board that is there, to notice deeds whose wake-up was lost."""
    return {r.id: r.seq for r in await tx.execute(*_seqs(ids))}


@built_once
def _seqs(ids: Any) -> Select[Any]:
    return select(board.c.id, board.c.seq).where(board.c.id.in_(ids))


async def done(tx: Tx, board_id: str, seqs: Iterable[int]) -> dict[int, tuple[str, float]]:
    """Who did each of these deeds, and when (unix seconds)."""
    wanted = set(seqs)
    first = min(wanted, default=0)  # one bound, not thousands of numbers: a database takes only so many
    query = select(deed.c.seq, deed.c.person_id, deed.c.at).where(deed.c.board_id == board_id)
    rows = await tx.execute(query.where(deed.c.seq >= first)) if wanted else ()
    return {row.seq: (row.person_id, row.at) for row in rows if row.seq in wanted}


async def recent_deeds(tx: Tx, board_id: str, person: str) -> list[tuple[int, str, bool]]:
    """The person's latest deeds on the board, newest first: (seq, op as JSON, whether it can be undone)."""
    return [(r.seq, r.op, bool(r.undoable)) for r in await tx.execute(*_recent(board_id, person))]


@built_once
def _recent(board_id: Any, person: Any) -> Select[Any]:
    query = select(deed.c.seq, deed.c.op, (deed.c.inverse != "[]").label("undoable"))
    query = query.where(deed.c.board_id == board_id, deed.c.person_id == person)
    return query.order_by(deed.c.seq.desc()).limit(RECENT)


@built_once
def _by_id(board_id: Any) -> Select[Any]:
    return select(board).where(board.c.id == board_id)


async def _head(tx: Tx, board_id: str) -> Row:
    head = (await tx.execute(*_by_id(board_id))).one_or_none()
    if head is None:
        raise Missing(board_id)
    return head


def _board(head: Row) -> Board:
    values = {"seq": head.seq, "floor": head.floor, "epoch": head.epoch}
    return Board(head.id, head.space_id, state=_state(head), set_up=_set_up(head), **values)


def _state(head: Row) -> State:
    return State.ARCHIVED if head.archived_at else State.OPEN


def _set_up(head: Row) -> SetUp:
    return SetUp(head.set_up_locked, head.members_set_up)


def read_items(board_id: str, rows: Iterable[Row]) -> list[Item]:
    """The items; what cannot be read, as a newer version wrote it, is reported and never fatal (rule S10)."""
    return [_read_item(board_id, row.id, row.state) for row in rows]


def _read_item(board_id: str, id: str, state: str) -> Item:
    try:
        item = _whole(_item.decode(state))
        if newer_items.is_readable(item):
            return item
    except msgspec.MsgspecError:
        pass
    log.error("Item %s of board %s cannot be read; it is shown as a box", id, board_id)
    return newer_items.boxed(id, state)


def _whole(item: Item) -> Item:
    """An item that was stored before it had some field has the default there."""
    for name, value in _defaults.get(item.item, {}).items():
        item.fields.setdefault(name, value)
    return item
