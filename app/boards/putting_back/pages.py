"""Putting back over HTTP: what was put back on a board, what would be, and the buttons that do it."""

from time import time
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery
from msgspec import Struct

from app.access import WRITERS, Code, Refused
from app.boards.core.sight import see, see_removed
from app.boards.core.taking_back import Kept
from app.boards.core.text import choices
from app.boards.core.text.choices import Choices
from app.boards.live.rooms import LiveRooms, Rooms
from app.boards.outline.document import words_of
from app.boards.outline.view import OutlineView, load_outline
from app.boards.putting_back import actions, store
from app.boards.putting_back.counts import is_seen
from app.boards.putting_back.look import MOST, Look, look
from app.boards.seats import on_board, seat_of
from app.boards.storage import earlier_deeds
from app.db import Database, new_id
from app.spaces.actions import Door
from app.spaces.space import Participant
from app.web import Db, Ring, Settings, go, typed

Asking = Request[Any, Any, Any]
AtBoardDoor = NamedDependency[Door]
HOUR, DAY = 3600.0, 24 * 3600.0
TIMES = {"minutes": (600.0, "10 minutes"), "hour": (HOUR, "hour"), "day": (DAY, "day")}
SHOWN = 100  # of what stays as it is
NOBODY = Choices([], [], 0)
WHY = {
    Kept.SINCE: "Somebody else has changed it since.",
    Kept.LOCKED: "It is locked for you.",
    Kept.FULL: "The board has no room for it.",
    Kept.GONE: "The section that it lay in is no longer here.",
    Kept.WORKSHOP: "It is an answer of a workshop.",
    Kept.THEIRS: "They have written in it since as a member.",
}
AGAIN = frozenset({Code.LOCKED, Code.NOT_ALLOWED, Code.UNAVAILABLE, Code.INVALID, Code.FULL})


class Stays(Struct, frozen=True):
    """Something that stays as it is: its words, why, and where to look at it."""

    item: str
    words: str
    why: str
    link: str


async def provide_door(request: Asking, db: Db, ring: Ring, settings: Settings) -> Door:
    """The door of the space that the board is in."""
    seat = seat_of(request).seat
    return Door(db, ring, settings, seat.login, seat.space.id)


@get("", opt={"action": "board.show"})
async def acts(
    request: Asking,
    db: Db,
    rooms: LiveRooms,
    act: FromQuery[str] = "",
    named: FromQuery[str] = "",
) -> Response[str]:
    """What was put back here, by whom; and for members whose doings can be, guests with theirs of a day."""
    return await _acts(request, db, rooms, act, named=named)


@get("/{person_id:str}", opt={"action": "take_back"})
async def one_person(
    request: Asking,
    db: Db,
    rooms: LiveRooms,
    board_id: FromPath[str],
    person_id: FromPath[str],
    back: FromQuery[str] = "hour",
) -> Response[str]:
    """What would be put back of somebody, before it is."""
    return await _page(request, db, rooms, person_id, back)


@post("/{person_id:str}", opt={"action": "take_back"})
async def press(
    request: Asking,
    rooms: LiveRooms,
    board_door: AtBoardDoor,
    board_id: FromPath[str],
    person_id: FromPath[str],
) -> Response[Any]:
    """Put back what the page showed: since the time, and up to the deed, that it named."""
    seat, form = seat_of(request), await typed(request)
    try:
        since = max(float(_number(form, "since")), time() - DAY - HOUR)
        last = _number(form, "last")
        last = min(last, (await rooms.open_at(board_id, last)).room.board.seq)
        act = await actions.put_back(board_door, rooms, seat, form.get("act", ""), person_id, since, last)
    except Refused as refused:
        if refused.code not in AGAIN:
            raise
        if await actions.is_begun(board_door, board_id, form.get("act", "")):
            return await _acts(request, board_door.db, rooms, error=refused.say)
        return await _page(request, board_door.db, rooms, person_id, form.get("back", ""), refused.say)
    return go(request, f"/boards/{board_id}/put-back?act={act.id}")


@post("/{act_id:str}/undo", opt={"action": "take_back"})
async def undo(
    request: Asking, rooms: LiveRooms, board_door: AtBoardDoor, board_id: FromPath[str], act_id: FromPath[str]
) -> Response[Any]:
    fresh = (await typed(request)).get("act", "")
    try:
        act = await actions.undo(board_door, rooms, seat_of(request), act_id, fresh)
    except Refused as refused:
        if refused.code not in AGAIN:
            raise
        return await _acts(request, board_door.db, rooms, error=refused.say)
    return go(request, f"/boards/{board_id}/put-back?act={act.id}")


def _number(form: dict[str, str], name: str) -> int:
    text = form.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise Refused(Code.INVALID, actions.NO_ACT)
    return int(text)


async def _acts(
    request: Asking,
    db: Database,
    rooms: Rooms,
    act: str = "",
    error: str = "",
    named: str = "",
) -> Response[str]:
    outline = await load_outline(request, db, rooms, seat_of(request))
    async with db.read() as tx:
        done = await store.of_board(tx, outline.board.id)
    return await outline.fragment(
        "boards/put_back.html",
        422 if error else 200,
        **{**outline.page_context(), "view": ""},
        acts=[(one, actions.time_of(one.since, one.until, one.at)) for one in done],
        guests=await _guests(db, outline) if "take_back" in outline.may() else [],
        members=_members(outline, named) if "take_back" in outline.may() else NOBODY,
        undone={one.undoes for one in done if one.undoes and one.counts},
        just=next((one for one in done if one.id == act and one.counts), None),
        fresh=new_id,
        error=error,
    )


async def _guests(db: Database, outline: OutlineView) -> list[tuple[Participant, list[float]]]:
    """Who did something as a guest within a day that all may know of, with its times, the newest first."""
    board, people = outline.board, outline.people
    async with db.read() as tx:
        did = await store.did(tx, board.id, time() - DAY, board.seq)
        of_guests = {
            id: {seq: at for seq, at in own.items() if people[id].was_guest(at)}
            for id, own in did.items()
            if id in people
        }
        seqs = sorted((seq for own in of_guests.values() for seq in own), reverse=True)[:MOST]
        known = await tx.run_sync(earlier_deeds.inverses, board.id, seqs)
    seen = {seq for seq, (_, ways) in known.items() if is_seen(board, seq, ways)}
    times = [(people[id], [at for seq, at in own.items() if seq in seen]) for id, own in of_guests.items()]
    return sorted((each for each in times if each[1]), key=lambda each: -each[1][0])


def _members(outline: OutlineView, named: str) -> Choices:
    """All who write here for an organisation or did, by name: who did something would tell of drafts too."""
    those = [one for one in outline.people.values() if one.role in WRITERS and one.was_member]
    those.sort(key=lambda one: one.former)  # they come by name already
    return choices.of_many([one.id for one in those], lambda id: outline.people[id].full_name, named)


async def _page(
    request: Asking,
    db: Database,
    rooms: Rooms,
    person_id: str,
    back: str,
    error: str = "",
) -> Response[str]:
    outline = await load_outline(request, db, rooms, seat_of(request))
    person = actions.check_person(outline.people.get(person_id))
    back = back if back in TIMES else "hour"
    since = int(time() - TIMES[back][0])
    async with db.read() as tx:
        deeds = (await store.did(tx, outline.board.id, since, outline.board.seq)).get(person_id, {})
    as_member = actions.as_member(person, deeds)
    found = await look(db, rooms, outline.seat, "", person_id, list(deeds), as_member)
    return await outline.fragment(
        "boards/put_back_person.html",
        422 if error else 200,
        **{**outline.page_context(), "view": ""},
        person=person,
        taken=_taken(person, since, time()),
        back=back,
        times=TIMES,
        since=since,
        found=found,
        stays=_stays(outline, found),
        more=len(deeds) > MOST,
        error=error,
        act=new_id(),
    )


def _taken(person: Participant, since: float, until: float) -> str:
    """Whether in that time all they did is taken, what they did to what others made, or some of both."""
    begins, ends = person.guest_time
    if begins <= since and until <= ends:
        return "all"
    return "both" if max(begins, since) < min(ends, until) else "of_others"


def _stays(outline: OutlineView, found: Look) -> list[Stays]:
    shown = []
    for id, why in list(found.kept.items())[:SHOWN]:
        item = outline.board.items[id]
        view = see(outline.board, item, outline.viewer) or see_removed(outline.board, item, outline.viewer)
        if view is None:
            continue
        at = {"card": f"card={id}#card-{id}", "section": f"section={id}#part-{id}"}.get(view.item, "")
        link = f"/boards/{outline.board.id}/outline?{at}" if at and item.removed is None else ""
        words = view.fields["title"] if view.item == "theme" else words_of(view)
        shown.append(Stays(view.item, words, WHY[why], link))
    return shown


routes = [
    Router(
        "/boards/{board_id:str}/put-back",
        route_handlers=[acts, one_person, press, undo],
        guards=[on_board],
        dependencies={"board_door": Provide(provide_door)},
    )
]
