"""The page of a card: which record it stands for, or the record that is made of it."""

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import NOT_FOUND, Code, Refused, Thing, decide
from app.boards.core.stage.notes import check_kept
from app.boards.live.rooms import LiveRooms
from app.boards.storage import store as boards
from app.db import Tx
from app.records import actions, card_store, status_job, store, title_store
from app.records.core.record import Record
from app.records.core.sight import see
from app.records.quotes import board_of, quote_of
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.spaces.space_people import load_space_people
from app.web import Db, go, typed

PATH = "/records/cards/{board_id:str}/{card_id:str}"


@get(PATH, opt={"action": "record.keep"})
async def show(
    request: Request, db: Db, rooms: LiveRooms, board_id: FromPath[str], card_id: FromPath[str]
) -> Template:
    """What the card stands for; else the way to keep it, or to let it stand for a record there is."""
    seat, look = seat_of(request), request.query_params.get("look", "")
    board = await board_of(rooms, seat, board_id)
    async with db.read() as tx:
        people = await load_space_people(tx, seat)
        known = await card_store.record_of(tx, board_id, card_id)
        records = await title_store.titles(tx, seat.space.id, look)
        stands_for = await _stands_for(tx, seat, known)
        await _permit(tx, seat, board_id)
    quote = quote_of(board, card_id, seat, people.people)
    if quote is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    if stands_for is None:
        check_kept(board, card_id)
    view = request.query_params.get("view", "")
    return page_of(
        seat,
        "records/card.html",
        here="records",
        quote=quote,
        stands_for=stands_for,
        choices=[(one.id, f"{one.kind.capitalize()}: {one.title}") for one in records],
        look=look,
        view=view,
        board_path=_board(board_id, card_id, view),
    )


@post(PATH, opt={"action": "record.keep"})
async def change(
    request: Request,
    db: Db,
    rooms: LiveRooms,
    door: AtDoor,
    board_id: FromPath[str],
    card_id: FromPath[str],
) -> Response:
    """Let the card stand for the record in the form; with `do` leave for the one it stands for no longer."""
    form = await typed(request)
    seat = seat_of(request)
    board = await board_of(rooms, seat, board_id)
    async with db.read() as tx:
        await _permit(tx, seat, board_id)
    item = board.items.get(card_id)
    if item is None or item.shown is None or item.removed is not None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    card = (board_id, card_id)
    if form.get("do") == "leave":
        await actions.place(door, form.get("record", ""), None, card)
        await status_job.clear_card(rooms, *card)
    else:
        check_kept(board, card_id)
        if (item.fields.get("face") or {}).get("goal"):
            raise Refused(Code.INVALID, "This card stands for a goal. Disconnect it from there first.")
        await actions.place(door, form.get("record", ""), card)
        await status_job.refresh_space(db, rooms, door.space_id)
    return go(request, _board(board_id, card_id, form.get("view", "")))


async def _permit(tx: Tx, seat: Seat, board_id: str) -> None:
    """Raise Refused unless cards of the board may be tied to records: not where it is archived."""
    state = (await boards.head_of(tx, board_id)).state
    refused = decide(seat.actor, "record.keep", Thing(state, seat.actor.person))
    if refused:
        raise refused


async def _stands_for(tx: Tx, seat: Seat, record_id: str | None) -> Record | None:
    record = await store.find(tx, seat.space.id, record_id) if record_id else None
    return see(record, seat.actor) if record else None


def _board(board_id: str, card_id: str, view: str) -> str:
    """The address of the card on its board, in the view that the person came from."""
    place = "?view=canvas" if view == "canvas" else "/outline"
    return f"/boards/{board_id}{place}#card-{card_id}"


routes = [show, change]
