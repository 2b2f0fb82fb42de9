"""Laying records out on a board over HTTP: which board, and what of it; then all in one step."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template
from msgspec import Struct

from app.access import Code, Refused
from app.boards.core.board import Board
from app.boards.library import store as library_store
from app.boards.live import actions as boards
from app.boards.live.rooms import LiveRooms, Rooms
from app.boards.pace import take_turn
from app.boards.seats import find_seat
from app.db import Database, Tx, new_id
from app.records import actions, laying_out, register_store, status_job, store
from app.records.core.kinds import KINDS, kind_of
from app.records.core.record import Record, Stands
from app.records.core.sight import see
from app.records.hooks import Hooks, RecordHooks
from app.records.laying_out import LaidOut
from app.records.pages.context import RecordContext, record_context
from app.spaces.actions import Door
from app.spaces.page_frame import AtDoor
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.web import Db, go, typed

PATH = "/records/{record_id:str}/lay-out"
BOXES, AROUND, ALL = "boxes", "around", "all"
NONE = "There is nothing in this to lay out on a board."


class Way(Struct, frozen=True):
    """One way to lay it out, as the form offers it: its own boxes, or a map of these records."""

    tag: str
    words: str
    hint: str
    records: list[Record] = []


class Desk(Struct, frozen=True):
    """What the form is filled from."""

    context: RecordContext
    ways: list[Way]
    boards: list[tuple[str, str]]


@get(PATH, opt={"action": "record.keep"})
async def show(request: Request, db: Db, record_hooks: Hooks, record_id: FromPath[str]) -> Template:
    async with db.read() as tx:
        desk = await _desk(tx, seat_of(request), record_id, record_hooks)
    return _form(desk, {"way": desk.ways[0].tag, "board": request.query_params.get("board", "")}, {})


@post(PATH, opt={"action": "record.keep"})
async def lay_out(
    request: Request,
    db: Db,
    rooms: LiveRooms,
    door: AtDoor,
    record_hooks: Hooks,
    record_id: FromPath[str],
) -> Response | Template:
    """Put it down, and lead to it. Why not is said beside its field."""
    form = await typed(request)
    async with db.read() as tx:
        desk = await _desk(tx, seat_of(request), record_id, record_hooks)
    way = next((one for one in desk.ways if one.tag == form.get("way")), None)
    if way is None or form.get("board") not in {id for id, _ in desk.boards}:
        wrong = {"board": "Choose a board."} if way else {"way": "Choose what is laid out."}
        return _form(desk, form, wrong)
    try:
        laying = _lay_out(request, db, rooms, door, desk, way, form)
        laid = await boards.whole(rooms, "records that are laid out", laying)
    except Refused as refused:
        return _form(desk, form, {"board": refused.say})
    card = next(iter(laid.cards), "")
    return go(request, f"/boards/{form['board']}?card={card}#card-{card}")


async def _desk(tx: Tx, seat: Seat, record_id: str, hooks: RecordHooks) -> Desk:
    """Raises Refused where the record has nothing that lies on a board."""
    context = await record_context(tx, seat, record_id, hooks)
    ways = await _ways(tx, context)
    if not ways or context.record.stands is Stands.DRAFT:
        raise Refused(Code.INVALID, NONE)
    found = await library_store.of_space(tx, seat.space.id)
    return Desk(context, ways, [(one.id, one.title) for one in found if not one.archived])


async def _ways(tx: Tx, context: RecordContext) -> list[Way]:
    record, ways = context.record, []
    kind = kind_of(record)
    if kind and kind.boxes(record):
        count = sum(len(record.of(tag)) for tag, _ in kind.boxes(record))
        hint = f"Four sections with {count} notes in them, under a card that shows how it stands."
        ways.append(Way(BOXES, "The map of its two sides", hint))
    for mapped in (one for one in KINDS.values() if one.axes and kind):
        around = [one for one in _around(context) if one.kind == mapped.tag and kind_of(one)]
        hint = "By how much rests on it and how sure we are; each card shows how it stands."
        if around:
            words = f"{len(around)} of what must be true" if len(around) > 1 else "The one that must be true"
            ways.append(Way(AROUND, words, hint, around))
        if mapped is kind:
            found = await store.of_space(tx, record.space, mapped.tag, stands=[Stands.STANDING])
            every = [one for one in found if see(one, context.seat.actor) and kind_of(one)]
            ways.append(Way(ALL, f"All {mapped.plural.lower()} that are open: {len(every)}", hint, every))
    return ways


def _around(context: RecordContext) -> list[Record]:
    """What the record rests on; or itself with what else must be true for the same things."""
    everything = {**context.others, context.record.id: context.record}
    on = [context.record] if context.record.tied("rests_on") else []
    on = on or [one for one in everything.values() if _rests(one, context.record.id)]
    ids = dict.fromkeys(tie.other for one in on for tie in one.tied("rests_on"))
    found = [everything[id] for id in ids if id in everything]
    return [one for one in found if one.stands is Stands.STANDING]


def _rests(one: Record, on: str) -> bool:
    return any(tie.other == on for tie in one.tied("rests_on"))


async def _lay_out(
    request: Request,
    db: Database,
    rooms: Rooms,
    door: Door,
    desk: Desk,
    way: Way,
    form: Mapping[str, str],
) -> LaidOut:
    """Put down, and each card stands for its record. Raises Refused."""
    laid = await _put_down(request, db, rooms, desk, way, form)
    await actions.let_stand(door, form["board"], laid.cards)
    await status_job.refresh_space(db, rooms, door.space_id)
    return laid


async def _put_down(
    request: Request, db: Database, rooms: Rooms, desk: Desk, way: Way, form: Mapping[str, str]
) -> LaidOut:
    """One step of the board, by the rights that the person has there. Raises Refused."""
    seat = await find_seat(request, form["board"])
    board = (await rooms.open(seat.board_id)).room.board
    resting: dict[str, dict[str, int]] = {}
    if way.records:
        async with db.read() as tx:
            resting = await register_store.resting(tx, [one.id for one in way.records])
    laid = _laid_out(desk.context.record, way, resting, board, _seed(form))
    if laid.first in board.items:
        return laid  # the form was sent twice
    seat = await take_turn(request, rooms, seat, laid.op)
    result = await boards.act_once(rooms, seat.board_id, seat.seat, boards.request(seat.actor, laid.op))
    if result.code:
        raise Refused(Code(result.code), result.say or "")
    return laid


def _laid_out(
    record: Record, way: Way, resting: Mapping[str, Mapping[str, int]], board: Board, seed: str
) -> LaidOut:
    if way.tag == BOXES:
        kind = kind_of(record)
        assert kind  # noqa: S101 - else there is no such way
        return laying_out.boxes(kind, record, board, seed)
    axes = KINDS[way.records[0].kind].axes
    assert axes  # noqa: S101
    counts = {id: sum(by_kind.values()) for id, by_kind in resting.items()}
    return laying_out.on_map(axes, way.records, counts, board, seed)


def _seed(form: Mapping[str, str]) -> str:
    """The number of the form, from which come the ids of all that it puts down."""
    try:
        return str(UUID(form.get("id", "")))
    except ValueError:
        raise Refused(Code.INVALID, "This form lacks its number. Load the page again.") from None


def _form(desk: Desk, values: Mapping[str, str], errors: Mapping[str, str]) -> Template:
    return desk.context.page(
        "records/lay_out.html",
        422 if errors else 200,
        values=values,
        errors=errors,
        ways=[(one.tag, one.words, one.hint) for one in desk.ways],
        choices=[("", "Choose…"), *desk.boards],
        id=values.get("id") or new_id(),
    )


routes = [show, lay_out]
