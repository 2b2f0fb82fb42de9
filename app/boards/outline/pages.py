"""The outline over HTTP: the page, its parts one by one, and what was removed."""

import asyncio
from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromPath, FromQuery

from app.access import NOT_FOUND, Code, Refused
from app.boards.core.sight import see
from app.boards.core.text import folding
from app.boards.core.words import rewording
from app.boards.live.rooms import LiveRooms
from app.boards.outline import document
from app.boards.outline.feedback import DONE
from app.boards.outline.find import find as find_cards
from app.boards.outline.opened import OPENED, opened_by
from app.boards.outline.removed import removed_entries, removed_groups
from app.boards.outline.submit import composer_choice
from app.boards.outline.view import Context, OutlineView, load_outline
from app.boards.outline.whole_board import tiles
from app.boards.seats import on_board, seat_of
from app.boards.storage import store
from app.web import Db, wants_fragment

Asking = Request[Any, Any, Any]
LONGEST = 200  # characters of what is looked for; the rest is left out


@get("/outline", opt={"action": "board.show"})
async def show(
    request: Asking,
    db: Db,
    rooms: LiveRooms,
    board_id: FromPath[str],
    item: FromQuery[str] = "",
    show: FromQuery[str] = "",
    done: FromQuery[str] = "",
    find: FromQuery[str] = "",
    section: FromQuery[str] = "",
    card: FromQuery[str] = "",
    all: FromQuery[str] = "",
    joined: FromQuery[str] = "",
) -> Response[str]:
    """The board as a document. With `item` and `show` the form about that item is open.

    With `find` the cards that have these words are listed above it. `section` is what a small screen shows,
    one section at a time; of a large one the first cards, up to `card`, or `all`.
    """
    seat = seat_of(request)
    outline = await load_outline(request, db, rooms, seat)
    if wants_fragment(request):
        return await _fragment(outline, item, show)
    rooms.looks.glance(board_id, seat.actor.person, outline.board.seq)
    return await outline.page(
        asked=section,
        card=card,
        whole=bool(all),
        open=await asyncio.to_thread(_opened, outline, item, show),
        flash=DONE.get(done, ""),
        chosen=composer_choice(request.query_params),
        joined=bool(joined),
        **await asyncio.to_thread(_found, outline, find),
    )


@get("/parts", opt={"action": "board.show"})
async def parts(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[str]:
    """All parts as one fragment: for when sections came, went or changed their turn."""
    outline = await load_outline(request, db, rooms, seat_of(request), history=False)
    return await outline.fragment(
        "boards/_outline_sections.html",
        parts=document.parts(outline.board, outline.viewer, opened_by(request.headers.get(OPENED))),
    )


@get("/parts/{part_ids:str}", opt={"action": "board.show"})
async def part(
    request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str], part_ids: FromPath[str]
) -> Response[str]:
    """Sections, or `loose`, as they are now; several ids are parted by commas. Those gone are left out."""
    outline = await load_outline(request, db, rooms, seat_of(request), history=False)
    entries = [outline.part(id) for id in part_ids.split(",")[:50]]
    parts = [one for one in entries if one]
    if not parts:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return await outline.fragment("boards/_outline_sections.html", parts=parts)


@get("/map", opt={"action": "board.show"})
async def whole_board(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[str]:
    """The whole board to look at, which leads to its sections."""
    outline = await load_outline(request, db, rooms, seat_of(request))
    shown = tiles(outline.board, outline.viewer)
    return await outline.fragment("boards/map.html", **{**outline.page_context(), "view": "map"}, tiles=shown)


@get("/removed", opt={"action": "board.show"})
async def removed(request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str]) -> Response[str]:
    """What was removed and can be brought back, by who removed it and when."""
    outline = await load_outline(request, db, rooms, seat_of(request))
    entries = removed_entries(outline.board, outline.viewer)
    async with db.read() as tx:
        done = await store.done(tx, board_id, [one.deed for one in entries])
    groups = removed_groups(entries, done)
    return await outline.fragment("boards/removed.html", **outline.page_context(), groups=groups)


@get("/cards/{card_id:str}/words", opt={"action": "board.show"})
async def words(
    request: Asking, db: Db, rooms: LiveRooms, board_id: FromPath[str], card_id: FromPath[str]
) -> Response[str]:
    """The words that a card has had since others reworded it, with who wrote them and when."""
    outline = await load_outline(request, db, rooms, seat_of(request))
    item = outline.board.items.get(card_id)
    view = see(outline.board, item, outline.viewer) if item else None
    if item is None or view is None or view.item != "card":
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    async with db.read() as tx:
        done = await store.done(tx, board_id, [one.seq for one in rewording.texts(item)])
    had = [(one, done[one.seq][1] if one.seq in done else None) for one in rewording.texts(item)]
    return await outline.fragment("boards/words.html", **outline.page_context(), card=view, had=had)


async def _fragment(outline: OutlineView, item: str, show: str) -> Response[str]:
    """For htmx: what was found, or the form `show` about `item`. Raises Refused."""
    asked = outline.request.query_params
    if "find" in asked:
        found = await asyncio.to_thread(_found, outline, asked["find"])
        return await outline.fragment("boards/_found.html", **found)
    opened = await asyncio.to_thread(_opened, outline, item, show)
    if show in ("new_section", "no_section"):
        return await outline.fragment("boards/_new_section.html", open=opened)
    if opened is None:
        raise Refused(Code.NOT_FOUND, "That is no longer here.")
    return await outline.fragment("boards/_open.html", open=opened)


def _opened(outline: OutlineView, item: str, show: str) -> Context | None:
    """The form with what the address says of it. To look for cards in it may take long."""
    asked = outline.request.query_params.items()
    typed = {name: value for name, value in asked if name in ("section", "of", "look")}
    return outline.open_form(item, show, typed) if show else None


def _found(outline: OutlineView, words: str) -> Context:
    """What is looked for, and the cards that have it; None where nothing is. That may take long."""
    asked = folding.query(words[:LONGEST])
    found = find_cards(outline.board, outline.viewer, outline.people, asked) if asked.terms else None
    return {"find": words[:LONGEST], "found": found}


routes = [
    Router(
        "/boards/{board_id:str}",
        route_handlers=[show, parts, part, whole_board, removed, words],
        guards=[on_board],
    )
]
