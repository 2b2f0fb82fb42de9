"""Looking again at a record over HTTP: three questions, and the dots where the kind has places for them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import Code, Refused
from app.boards.live.rooms import LiveRooms, Rooms
from app.db import Database, new_id
from app.phrases import day_now
from app.records import actions, card_store, gathered, status_job
from app.records.core import reviewing
from app.records.core.form_ops import PREFIX, read_op
from app.records.core.history import Newer
from app.records.core.kind import Kind
from app.records.core.kinds import kind_of
from app.records.core.record import Record
from app.records.core.writing import Wrong
from app.records.gathered import Vote
from app.records.hooks import Hooks, RecordHooks
from app.records.keep_form import read_places
from app.records.pages.context import RecordContext, record_context
from app.spaces.page_frame import AtDoor
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.web import Db, go, typed

PATH = "/records/{record_id:str}/review"
NOW = "This is a draft or closed by now. Only what stands can be looked at again."


@get(PATH, opt={"action": "record.keep"})
async def show(
    request: Request, db: Db, rooms: LiveRooms, record_hooks: Hooks, record_id: FromPath[str]
) -> Template:
    """The form. `result` names a vote whose numbers are to stand in it, as board/phase."""
    seat = seat_of(request)
    context, kind, votes = await _load(db, rooms, record_hooks, seat, record_id)
    values = _first_values(kind, context.record, votes, request.query_params.get("result", ""))
    return _form(context, kind, votes, values, {})


@post(PATH, opt={"action": "record.keep"})
async def review(
    request: Request,
    db: Db,
    rooms: LiveRooms,
    door: AtDoor,
    record_hooks: Hooks,
    record_id: FromPath[str],
) -> Response | Template:
    """Keep the answers. What is wrong is said beside its field, and what was typed stays."""
    form = await typed(request)
    try:
        await actions.act(door, record_id, read_op({**form, "do": "review"}))
    except Refused as refused:
        if refused.code in (Code.NOT_FOUND, Code.NOT_ALLOWED, Code.LOCKED):
            raise
        context, kind, votes = await _load(db, rooms, record_hooks, seat_of(request), record_id)
        return _form(context, kind, votes, form, _errors(refused))
    await status_job.refresh_space(db, rooms, door.space_id)
    return go(request, f"/spaces/{door.space_id}/records/{record_id}#looked-again")


async def _load(
    db: Database, rooms: Rooms, hooks: RecordHooks, seat: Seat, record_id: str
) -> tuple[RecordContext, Kind, list[Vote]]:
    """Raises Refused for whoever may not look again at it, and where nobody can."""
    async with db.read() as tx:
        context = await record_context(tx, seat, record_id, hooks)
        cards = await card_store.cards_of(tx, [record_id])
    refused = context.refusal("review")
    if refused:
        raise refused
    kind = kind_of(context.record)
    if kind is None:
        raise Newer
    if context.record.stands != "standing":
        raise Refused(Code.LOCKED, NOW)
    places = len(kind.spread(context.record))
    boards = list(dict.fromkeys(one.board for one in cards)) if places else []
    return context, kind, await gathered.votes_on(rooms, seat, boards, places)


def _first_values(kind: Kind, record: Record, votes: list[Vote], result: str) -> dict[str, str]:
    """The usual day of the next time, and the numbers of a vote that was chosen."""
    values = {"on": (day_now() + timedelta(days=kind.days)).isoformat()}
    chosen = next((vote for vote in votes if vote.place in read_places(result)), None)
    if chosen:
        names = (f"{PREFIX}{name}" for name, _ in kind.spread(record))
        values |= {name: str(dots) for name, dots in zip(names, chosen.dots, strict=True)}
    return values


def _errors(refused: Refused) -> dict[str, str]:
    """By field of the form; "" for what belongs to none."""
    if not isinstance(refused, Wrong):
        return {"on" if "day" in refused.say else "": refused.say}
    return {name if name == "on" else f"{PREFIX}{name}": say for name, say in refused.errors.items()}


def _form(
    context: RecordContext,
    kind: Kind,
    votes: list[Vote],
    values: Mapping[str, str],
    errors: Mapping[str, str],
) -> Template:
    record = context.record
    more: dict[str, Any] = {
        "values": values,
        "errors": errors,
        "votes": votes,
        "places": kind.spread(record),
        "spreads": reviewing.spreads(kind, record)[-1:],
        "still": reviewing.STILL,
        "id": values.get("id") or new_id(),
    }
    return context.page("records/review/review.html", 422 if errors else 200, **more)


routes = [show, review]
