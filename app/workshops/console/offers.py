"""What records offer to a workshop: first those that are due, at the close those that nobody holds."""

from collections.abc import Collection

from msgspec import Struct

from app.boards.core.board import Board
from app.boards.core.stage.read import stage_of
from app.boards.seats import BoardSeat
from app.db import Database, Tx
from app.phrases import day_now
from app.records import due_store, store
from app.records.core.kinds import kind_of
from app.records.core.record import Record
from app.records.core.sight import see
from app.spaces.space import Seat
from app.spaces.space_people import load_space_people

FEW = 5


class Offer(Struct, frozen=True):
    """A record by its kind and title; `day` is when somebody was to look again."""

    id: str
    kind: str
    word: str
    title: str
    day: str = ""


class Offers(Struct, frozen=True):
    """A few records, and whether there are `more`; `due` says which of the two they are."""

    records: list[Offer] = []
    due: bool = False
    more: bool = False


async def offers(db: Database, seat: BoardSeat, board: Board) -> Offers:
    """Nothing but before the first question of a workshop, and once it has ended."""
    stage = stage_of(board)
    if stage is None or (stage.now and not stage.ended):
        return Offers()
    return await db.run_read(lambda tx: _offers(tx, seat.seat, due=not stage.ended))


async def question_of(db: Database, seat: BoardSeat, record_id: str) -> str:
    """How a workshop asks about a record again; empty where the person sees no such record."""
    if not record_id:
        return ""
    async with db.read() as tx:
        record = await store.find(tx, seat.space.id, record_id)
    seen = see(record, seat.actor) if record else None
    return f"“{seen.title}”: is it still true? What has changed since?" if seen else ""


async def _offers(tx: Tx, seat: Seat, *, due: bool) -> Offers:
    if due:
        found = await due_store.due(tx, seat.space.id, day_now())
    else:
        people = await load_space_people(tx, seat)
        left = [id for id in people.people if people.has_left(id)]
        found = await due_store.nobodys(tx, seat.space.id, left, FEW + 1)
    return _few([one for one in found if see(one, seat.actor)], due=due)


def _few(records: Collection[Record], *, due: bool) -> Offers:
    few = [_offer(one) for one in list(records)[:FEW]]
    return Offers(few, due, len(records) > FEW)


def _offer(record: Record) -> Offer:
    kind, on = kind_of(record), record.look_again
    day = f"{on.day} {on:%B %Y}" if on else ""
    return Offer(record.id, record.kind, kind.word if kind else "Record", record.title, day)
