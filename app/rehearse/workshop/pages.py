"""Trying a workshop with pretend people over HTTP: the button that begins it, and the one that ends it."""

from typing import Any

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Template

from app.access import NOT_ALLOWED, Code, Refused
from app.boards.live.rooms import LiveRooms
from app.refusals import STATUS
from app.rehearse.workshop.try_out import TryOuts
from app.spaces import rehearsed_store
from app.spaces.actions import Door
from app.spaces.page_frame import AtDoor, provide_door
from app.spaces.seats import in_space, seat_of
from app.web import Db, go
from app.workshops.runsheet import store
from app.workshops.runsheet.context import load
from app.workshops.runsheet.open_doors import open_doors
from app.workshops.runsheet.sheet_page import sheet_page
from app.workshops.runsheet.workshop import may_prepare, not_here

Asking = Request[Any, Any, Any]
NOBODY_TRIES = "Nobody is trying out a workshop here any more."
THEIRS = "Only the people who lead this workshop can try it out."


@post("/workshops/{workshop_id:str}/try", opt={"action": "workshop.prepare"})
async def begin(
    request: Asking,
    db: Db,
    rooms: LiveRooms,
    door: AtDoor,
    try_outs: NamedDependency[TryOuts],
    workshop_id: FromPath[str],
) -> Response[Any] | Template:
    """Make the copy, open its doors, and go to its console. Why it cannot be stands on the run-sheet."""
    seat = seat_of(request)
    async with db.read() as tx:
        original = await store.find(tx, door.space_id, workshop_id)
    if original is None:
        raise not_here()
    if may_prepare(original, seat.actor, seat.space.state):
        raise Refused(Code.NOT_ALLOWED, THEIRS)
    try:
        copied = await try_outs.make(door.space_id, workshop_id, seat.actor.person or "")
    except Refused as refused:
        at = await load(db, rooms, seat, workshop_id)
        return sheet_page(at, errors={"": refused.say}, status=STATUS[refused.code])
    async with db.read() as tx:
        workshop = await store.find(tx, copied.space, copied.workshop)
    if workshop is None:
        raise not_here()
    at_copy = Door(db, door.ring, door.config, door.login, copied.space)
    try:
        board = await open_doors(request, at_copy, rooms, workshop)
    except Refused:
        await try_outs.end(copied.space)
        raise
    return go(request, f"/boards/{board}/console")


@post("/try-out/end", opt={"action": "workshop.prepare"})
async def end(request: Asking, db: Db, door: AtDoor, try_outs: NamedDependency[TryOuts]) -> Response[Any]:
    """End it, from the copy itself or from the space that it is a copy of: by who leads the workshop."""
    seat = seat_of(request)
    async with db.read() as tx:
        real = seat.space.rehearses or door.space_id
        copy = await rehearsed_store.copy_of(tx, real)
        tried = await store.tried_in(tx, copy) if copy else None
        original = await store.find(tx, real, tried.rehearses or "") if tried else None
    if copy is None or tried is None or original is None:
        raise Refused(Code.NOT_FOUND, NOBODY_TRIES)
    if seat.actor.person not in (*tried.team, *original.team):
        raise Refused(Code.NOT_ALLOWED, NOT_ALLOWED)
    await try_outs.end(copy)
    return go(request, f"/spaces/{real}/workshops/{original.id}?done=try-ended")


routes = [
    Router(
        "/spaces/{space_id:str}",
        guards=[in_space],
        dependencies={"door": Provide(provide_door)},
        route_handlers=[begin, end],
    )
]
