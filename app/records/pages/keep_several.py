"""Keeping several cards of a board in one press: what will stand is seen, and changed, on the form itself."""

from collections.abc import Mapping, Sequence

from litestar import Request, Response, get, post
from litestar.response import Template
from msgspec import Struct

from app.access import Code, Refused
from app.boards.core.board import Board
from app.boards.core.order import turns
from app.boards.live.rooms import LiveRooms, Rooms
from app.db import now
from app.phrases import day_now
from app.records import actions, card_store, quotes, status_job
from app.records.core.kinds import KINDS
from app.records.core.ops import Quote
from app.records.pages import several_form
from app.records.pages.several_form import MOST
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.rules import Errors
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.spaces.space_people import SpacePeople, load_space_people
from app.web import Db, go, typed

PATH = "/records/keep/several"
CHANGED = "Cards were reworded or removed meanwhile. Below is what they say now; the titles you wrote stayed."


class Pile(Struct, frozen=True):
    """The cards as the person sees them; `kept` are those that stand for something, with its address."""

    seat: Seat
    people: SpacePeople
    board: Board
    quotes: list[Quote]
    kept: dict[str, str]
    more: bool

    @property
    def said(self) -> str:
        return quotes.digest(self.quotes)


@get(PATH, opt={"action": "record.keep"})
async def show(request: Request, rooms: LiveRooms) -> Template:
    """The cards that `cards` names, or all of the `section`, each with the title that it will have."""
    asked = dict(request.query_params)
    pile = await _pile(rooms, seat_of(request), asked)
    return _page(pile, asked, {})


@post(PATH, opt={"action": "record.keep"})
async def keep(request: Request, db: Db, rooms: LiveRooms, door: AtDoor) -> Response | Template:
    """Make a record of each ticked card, or none. What is wrong is said beside its field."""
    form = await typed(request)
    pile = await _pile(rooms, seat_of(request), form)
    kind = KINDS.get(form.get("kind", ""))
    if kind is None:
        return _page(pile, form, {"kind": "Choose what they are to be."})
    if form.get("said") != pile.said:
        return _page(pile, form, {"": CHANGED})
    free = [one for one in pile.quotes if one.card not in pile.kept]
    keepings, errors = several_form.read(form, kind, free, pile.seat.actor, now(), day_now())
    if errors:
        return _page(pile, form, errors)
    try:
        await actions.keep_all(door, keepings)
    except Refused as refused:
        if refused.code in (Code.NOT_ALLOWED, Code.LOCKED):
            raise
        return _page(pile, form, {"": refused.say})
    await status_job.refresh_space(db, rooms, door.space_id)
    return go(request, f"/spaces/{door.space_id}/records?kind={kind.tag}&sort=changed")


async def _pile(rooms: Rooms, seat: Seat, asked: Mapping[str, str]) -> Pile:
    """Raises Refused for a foreign board."""
    board = await quotes.board_of(rooms, seat, asked.get("board", ""))
    ids = _ids(board, asked)
    async with rooms.db.read() as tx:
        people = await load_space_people(tx, seat)
        cards = await card_store.beside(tx, [], [board.id])
    kept = {one.card: f"/spaces/{seat.space.id}/records/{one.record}" for one in cards}
    found, _ = await quotes.quotes_of(rooms, seat, people.people, [(board.id, id) for id in ids[:MOST]])
    for one in found:
        goal = (board.items[one.card].fields.get("face") or {}).get("goal")
        if goal:
            kept[one.card] = f"/spaces/{seat.space.id}/outcomes/goals/{goal}"
    return Pile(seat, people, board, found, kept, len(ids) > MOST)


def _ids(board: Board, asked: Mapping[str, str]) -> Sequence[str]:
    """Which cards: those named, once each, else those of the section in their order."""
    if asked.get("cards"):
        return list(dict.fromkeys(id for id in asked["cards"].split(",") if id))
    section = board.items.get(asked.get("section", ""))
    return [id for _, id in turns(board, section.id, None)] if section else []


def _page(pile: Pile, values: Mapping[str, str], errors: Errors) -> Template:
    left = ",".join(one.card for one in pile.quotes)
    first = several_form.first_values(pile.quotes, pile.kept, day_now())
    values = {**first, **_own(values), "said": pile.said, "cards": left}
    return page_of(
        pile.seat,
        "records/keeping/several.html",
        422 if errors else 200,
        here="records",
        pile=pile,
        people=pile.people,
        values=values,
        errors=errors,
        kinds=[("", "Choose…"), *((one.tag, one.plural) for one in KINDS.values())],
    )


def _own(values: Mapping[str, str]) -> dict[str, str]:
    """What somebody sent, with the ticks that they took away."""
    sent = [name.removeprefix(several_form.TITLE) for name in values if name.startswith(several_form.TITLE)]
    return {**{f"{several_form.TICK}{id}": "" for id in sent}, **values}


routes = [show, keep]
