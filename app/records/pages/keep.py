"""Keeping over HTTP: what it is to be, the form filled from cards, the preview that is read back."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Template
from msgspec import Struct

from app.access import Code, Refused
from app.boards.core.board import Board
from app.boards.core.stage.notes import check_kept
from app.boards.core.text import choices
from app.boards.live.rooms import LiveRooms, Rooms
from app.db import new_id, now
from app.phrases import day_now
from app.records import actions, gathered, keep_form, quotes, status_job, store
from app.records.core.kind import Kind
from app.records.core.kinds import KINDS
from app.records.core.ops import Deed, Quote
from app.records.core.record import Record
from app.records.core.rules import apply
from app.records.core.sight import see
from app.records.core.writing import Wrong
from app.records.gathered import Gathered
from app.records.hooks import Hooks, RecordHooks
from app.records.keep_form import KeepForm
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.rules import Errors
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.spaces.space_people import SpacePeople, load_space_people
from app.web import Db, go, typed

REWORDED = "Somebody reworded the card while you wrote. Below is what it says now; your own words stayed."
GONE = (
    "A card that this came from was removed meanwhile. Your words stayed: keep it again to keep it without."
)


class Desk(Struct, frozen=True):
    """What the form is filled from: cards with their words, their board's sections, people, goals.

    `gathered`: the theme or result that the cards are of.
    """

    seat: Seat
    people: SpacePeople
    goals: list[tuple[str, str]]
    quotes: list[Quote]
    gone: bool
    board: Board | None
    source: Record | None
    gathered: Gathered | None = None

    @property
    def said(self) -> str:
        return quotes.digest(self.quotes)


@get("/records/keep", opt={"action": "record.keep"})
async def show(request: Request, rooms: LiveRooms, record_hooks: Hooks) -> Template:
    """Which kind it is to be; with `kind` the form, filled from the cards."""
    asked = dict(request.query_params)
    kind = KINDS.get(asked.get("kind", ""))
    desk = await _desk(rooms, record_hooks, seat_of(request), asked)
    if kind is None:
        return _page(desk, "records/keeping/kind.html", asked, {}, choosing=_choosing(desk))
    filled = keep_form.first_values(kind, desk.quotes, day_now())
    if desk.gathered:
        filled |= keep_form.gathered_values(kind, desk.gathered.title, desk.gathered.counts)
    if desk.board:
        filled |= keep_form.carried(kind, quotes.sections_of(desk.board, desk.seat))
    return _form(desk, kind, {**filled, **asked, "said": desk.said})


@post("/records/keep", opt={"action": "record.keep"})
async def keep(
    request: Request, db: Db, rooms: LiveRooms, door: AtDoor, record_hooks: Hooks
) -> Response | Template:
    """The preview, or with `step` stand or draft the record. What is wrong is said beside its field."""
    form = await typed(request)
    kind = KINDS.get(form.get("kind", ""))
    desk = await _desk(rooms, record_hooks, seat_of(request), form)
    if kind is None:
        errors = {"": "Choose what it is to be."}
        return _page(desk, "records/keeping/kind.html", form, errors, choosing=_choosing(desk))
    if choices.are_looked_for(form):
        return _form(desk, kind, form, _changed(desk, form))
    read, errors = keep_form.read(form, kind)
    errors |= _changed(desk, form)
    if errors:
        return _form(desk, kind, form, errors)
    people = desk.people.people
    rows = keep_form.new_rows(read, desk.quotes, desk.board, desk.seat, people)
    everything = keep_form.rows_of(read, desk.quotes, desk.board, desk.seat, people)
    draft = form.get("step") == "draft"
    keeping = keep_form.keeping(
        read, desk.quotes, rows, everything, {id for id, _ in desk.goals}, draft=draft
    )
    try:
        if form.get("step") == "edit":
            return _form(desk, kind, form, beside=kind.beside(_record(desk, keeping)))
        if form.get("step") not in ("stand", "draft"):
            return _preview(desk, read, form, keeping)
        made = await actions.keep(door, keeping)
    except Wrong as wrong:
        return _form(desk, kind, form, keep_form.field_errors(wrong.errors))
    except Refused as refused:
        if refused.code in (Code.NOT_ALLOWED, Code.LOCKED):
            raise
        return _form(desk, kind, form, {"": refused.say})
    await status_job.refresh_space(db, rooms, door.space_id)
    return go(request, f"/spaces/{door.space_id}/records/{made.id}")


async def _desk(rooms: Rooms, hooks: RecordHooks, seat: Seat, asked: Mapping[str, str]) -> Desk:
    """Raises Refused for cards of a foreign board, and for those that are not kept."""
    gathers = await gathered.load_gathered(rooms, seat, asked)
    places = keep_form.read_places(asked.get("cards", "")) or (gathers.places if gathers else ())
    async with rooms.db.read() as tx:
        people = await load_space_people(tx, seat)
        goals = await hooks.goals(tx, seat)
        source = await store.find(tx, seat.space.id, asked.get("from", ""))
    found, gone = await quotes.quotes_of(rooms, seat, people.people, places)
    for at, card in gone if asked.get("cards") else ():
        check_kept(await quotes.board_of(rooms, seat, at), card)
    board = await quotes.board_of(rooms, seat, found[0].board) if found else None
    seen = see(source, seat.actor) if source else None
    # of a theme somebody may not see all: only what a form showed and is not there any more is gone
    return Desk(seat, people, goals, found, bool(gone and asked.get("cards")), board, seen, gathers)


def _choosing(desk: Desk) -> list[Kind]:
    """The kinds to choose from, that of the first card before all others."""
    cards = [desk.board.items[one.card] for one in desk.quotes[:1]] if desk.board else []
    of_card = {card.fields["kind"] for card in cards}
    return sorted(KINDS.values(), key=lambda kind: kind.tag not in of_card)


def _changed(desk: Desk, form: Mapping[str, str]) -> Errors:
    """A sentence where a card is not what the form showed any more."""
    if desk.gone:
        return {"": GONE}
    if form.get("said", desk.said) != desk.said:
        return {"": REWORDED}
    return {}


def _form(
    desk: Desk,
    kind: Kind,
    values: Mapping[str, str],
    errors: Errors | None = None,
    beside: Mapping[str, str] = {},
) -> Template:
    """`beside` is what is worth a thought, by field."""
    others = [one.id for one in desk.people.writers() if one.id != desk.seat.actor.person]
    sections = quotes.sections_of(desk.board, desk.seat) if desk.board else []
    left = tuple((one.board, one.card) for one in desk.quotes)
    values = {**values, "said": desk.said, "cards": keep_form.written_places(left)}
    return _page(
        desk,
        "records/keeping/form.html",
        values,
        errors or {},
        kind=kind,
        beside=beside,
        askable=choices.of_form(others, desk.people.full_name, values, "person"),
        sections=[("", "Nothing from the board"), *sections],
        carried=any(values.get(f"{keep_form.SECTION}{one.tag}") for one in kind.lists),
    )


def _preview(desk: Desk, form: KeepForm, values: Mapping[str, str], keeping: actions.Keeping) -> Template:
    """What will stand, and under whose name. Raises Wrong where words do not fit."""
    record = _record(desk, keeping)
    return _page(desk, "records/keeping/preview.html", values, {}, kind=form.kind, record=record)


def _record(desk: Desk, keeping: actions.Keeping) -> Record:
    """The record to be, as it would stand."""
    deed = Deed(keeping.op, desk.seat.actor, now(), keeping.quotes, today=day_now())
    return apply(None, deed, new_id(), desk.seat.space.id)


def _page(desk: Desk, name: str, values: Mapping[str, str], errors: Errors, **more: Any) -> Template:
    context = {
        "here": "records",
        "values": values,
        "errors": errors,
        "quotes": desk.quotes,
        "people": desk.people,
        "goals": [("", "None yet"), *desk.goals],
        "source": desk.source,
        **more,
    }
    return page_of(desk.seat, name, 422 if errors else 200, **context)


routes = [show, keep]
