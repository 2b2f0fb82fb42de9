"""Minutes over HTTP: the page, its files, and what people add to it."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from app.access import NOT_FOUND, Code, Refused
from app.boards.live.rooms import LiveRooms
from app.config import zone
from app.limits.fair_places import Customer
from app.phrases import file_name
from app.refusals import STATUS
from app.reports.files.cache import ReportFiles
from app.reports.files.formats import HEAVY, MEDIA_TYPES
from app.reports.files.pdf import as_pdf
from app.reports.minutes import actions, lines
from app.reports.minutes.collect import Collected, collect
from app.reports.minutes.files import FORMS, minutes_file
from app.reports.minutes.lines import Told
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.seats import seat_of
from app.web import Db, drawn_for, go, typed

PATH = "/workshops/{workshop_id:str}/minutes"
SENT_AGAIN = frozenset({"block", "note", "correction", "seen", "change"})
KEPT_WORDS = (Code.INVALID, Code.TOO_LONG, Code.CONFLICT)


@get(PATH, opt={"action": "workshop.show"})
async def show(request: Request, db: Db, rooms: LiveRooms, workshop_id: FromPath[str]) -> Response[str]:
    """The minutes as they are now."""
    found = await collect(db, rooms, seat_of(request), workshop_id)
    return await _page(request, found)


@get(f"{PATH}/as/{{form:str}}", opt={"action": "workshop.show", "heavy": True})
async def as_file(
    request: Request,
    db: Db,
    rooms: LiveRooms,
    files: ReportFiles,
    workshop_id: FromPath[str],
    form: FromPath[str],
) -> Response[bytes]:
    """The minutes as pdf, docx, md, csv or json. Raises Refused for anything else."""
    if form not in FORMS:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    found = await collect(db, rooms, seat_of(request), workshop_id)
    told = Told(found.names, zone())
    make = partial(minutes_file, form, found.minutes, told, found.at)
    if form in HEAVY:
        async with files.places.place(Customer(found.seat.space.id, found.seat.actor.person or "")):
            paper = partial(_paper, request, found, told)
            body = await (as_pdf(paper) if form == "pdf" else asyncio.to_thread(make))
    else:
        body = await asyncio.to_thread(make)
    name = f"{file_name(found.minutes.title)}-minutes.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type=MEDIA_TYPES[form], headers=headers)


@post(f"{PATH}/words", opt={"action": "workshop.prepare", "sent_again": SENT_AGAIN})
async def write(
    request: Request, db: Db, rooms: LiveRooms, door: AtDoor, workshop_id: FromPath[str]
) -> Response[Any]:
    """A paragraph to a block, a note left out or taken in, an answer, a change put back: `do` says which."""
    form, found = await typed(request), await collect(db, rooms, seat_of(request), workshop_id)
    try:
        match form.get("do"):
            case "paragraph":
                block, words = form.get("block", ""), form.get("words", "")
                await actions.write_paragraph(door, found, block, words, form.get("seen", ""))
            case "answer":
                await actions.answer(door, found, form.get("correction", ""), form.get("words", ""))
            case "leave_out" | "take_in" as do:
                await actions.leave_out(door, found, form.get("note", ""), out=do == "leave_out")
                return go(request, f"{_path(found)}?done=workshop-saved#{_place_of(found, form)}")
            case "put_back":
                await actions.put_back(door, found, form.get("change", ""), form.get("seen", ""))
            case _:
                raise Refused(Code.INVALID, "That form could not be read. Load the page again and try again.")
    except Refused as refused:
        if refused.code not in KEPT_WORDS:
            raise
        if refused.code is Code.CONFLICT:
            found = await collect(db, rooms, seat_of(request), workshop_id)
        return await _page(request, found, form, refused)
    return go(request, f"{_path(found)}?done=workshop-saved#block-{form.get('block', '')}")


@post(f"{PATH}/corrections", opt={"action": "workshop.correct", "sent_again": SENT_AGAIN})
async def correct(
    request: Request, db: Db, rooms: LiveRooms, door: AtDoor, workshop_id: FromPath[str]
) -> Response[Any]:
    """Ask for a correction, as somebody who took part."""
    form, found = await typed(request), await collect(db, rooms, seat_of(request), workshop_id)
    try:
        await actions.ask_correction(door, found, form.get("block", ""), form.get("words", ""))
    except Refused as refused:
        if refused.code not in KEPT_WORDS:
            raise
        return await _page(request, found, form, refused)
    return go(request, f"{_path(found)}?done=correction-asked#block-{form.get('block', '')}")


async def _page(
    request: Request,
    found: Collected,
    form: Mapping[str, str] = {},
    refused: Refused | None = None,
) -> Response[str]:
    told = Told(found.names, zone())
    template = page_of(
        found.seat,
        "reports/minutes/minutes.html",
        STATUS[refused.code] if refused else 200,
        here="workshops",
        forms=FORMS,
        form=form,
        wrong=refused.say if refused else "",
        **_context(found, told),
    )
    return await drawn_for(request, template)


def _place_of(found: Collected, form: Mapping[str, str]) -> str:
    """Where on the page somebody was who left a note out: at its block; or at those that were left out."""
    blocks = (block.id for block, _, _, note in found.minutes.notes() if note.id == form.get("note"))
    block = next(blocks, "")
    return f"block-{block}" if block else "left-out"


def _context(found: Collected, told: Told) -> dict[str, Any]:
    return {
        "at": found,
        "minutes": found.minutes,
        "told": told,
        "say": lines,
        "standing": lines.standing(found.minutes, told, found.at),
    }


def _paper(request: Request, found: Collected, told: Told) -> str:
    engine = request.app.template_engine
    assert engine is not None, "the product has templates"  # noqa: S101 - main gives them
    words: str = engine.get_template("reports/minutes/paper.html").render(_context(found, told))
    return words


def _path(found: Collected) -> str:
    return f"/spaces/{found.seat.space.id}/workshops/{found.workshop.id}/minutes"


routes = [show, as_file, write, correct]
