"""When a report goes to whom by mail: the form, ending it, and stopping it from the mail itself."""

from collections.abc import Mapping
from typing import get_args

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import NOT_FOUND, Code, Refused
from app.db import Tx, now
from app.outcomes.forms import FormReader
from app.outcomes.goals import permissions
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.people import load_people
from app.reports.issued import actions as issuing
from app.reports.issued.reader_pages import UNLISTED
from app.reports.mailing import send
from app.reports.mailing import store as mailing_store
from app.reports.mailing.schedule import DAYS, Every, MailingDraft, next_turn
from app.reports.subscriptions import actions as subscriptions
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.rules import Errors
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.web import Db, Settings, go, page, typed

OF_ALL, OF_GOAL = "/outcomes/report/mailing", "/outcomes/{goal_id:str}/report/mailing"


@get([OF_ALL, OF_GOAL], opt={"action": "report.plan"})
async def form(request: Request, db: Db, settings: Settings) -> Template:
    return await _form(request, db, settings)


@post([OF_ALL, OF_GOAL], opt={"action": "report.plan"})
async def set_up(request: Request, db: Db, door: AtDoor) -> Response | Template:
    sent = await typed(request)
    draft, errors = read(sent)
    if errors:
        return await _form(request, db, door.config, sent, errors)
    goal_id = _goal_id(request)
    await subscriptions.set_up(door, goal_id, draft)
    return go(request, _report(door.space_id, goal_id))


@post([f"{OF_ALL}/end", f"{OF_GOAL}/end"], opt={"action": "report.plan"})
async def end(request: Request, door: AtDoor) -> Response:
    goal_id = _goal_id(request)
    await subscriptions.end(door, goal_id)
    return go(request, _report(door.space_id, goal_id))


# A look at the link changes nothing: programs that check mails follow links before people do.
@get("/stop/{mailing_id:str}/{person_id:str}/{signature:str}", opt={"action": "report.stop"})
async def stop_page(
    db: Db,
    settings: Settings,
    mailing_id: FromPath[str],
    person_id: FromPath[str],
    signature: FromPath[str],
) -> Template:
    stopped = await subscriptions.opened(db, settings, mailing_id, person_id, signature)
    return page("reports/stop.html", headers=UNLISTED, stopped=stopped)


@post("/stop/{mailing_id:str}/{person_id:str}/{signature:str}", opt={"action": "report.stop"})
async def stop(
    request: Request,
    db: Db,
    settings: Settings,
    mailing_id: FromPath[str],
    person_id: FromPath[str],
    signature: FromPath[str],
) -> Response:
    again = bool((await typed(request)).get("again"))
    await subscriptions.stop(db, settings, mailing_id, person_id, signature, again=again)
    return go(request, f"/stop/{mailing_id}/{person_id}/{signature}")


def read(form: Mapping[str, str]) -> tuple[MailingDraft, Errors]:
    """What was chosen, or what is wrong with it. Each reader is a field `to-<id>`."""
    asked = FormReader(form)
    every: Every = asked.choice("every", get_args(Every), "Choose how often.")  # type: ignore[assignment]
    day = asked.choice("day", [str(one) for one in DAYS], "Choose a day from 1 to 28.")
    readers = tuple(name.removeprefix("to-") for name in form if name.startswith("to-"))
    asked.wrong("to", None if readers else subscriptions.NOBODY)
    return MailingDraft(every, int(day), readers), asked.errors


async def _form(
    request: Request,
    db: Db,
    config: Settings,
    sent: Mapping[str, str] | None = None,
    errors: Errors | None = None,
) -> Template:
    seat, goal_id = seat_of(request), _goal_id(request)
    async with db.read() as tx:
        await _permit(tx, seat, goal_id)
        near = await load_people(tx, seat)
        able = await send.able(tx, config, seat.space.id)
        there = await mailing_store.find(tx, seat.space.id, goal_id)
        readers = await mailing_store.readers(tx, there.id) if there else []
        goal = await goal_store.find(tx, seat.space.id, goal_id) if goal_id else None
    stopped = {one.person for one in readers if one.stopped}
    kept = {"every": there.every if there else "month", "day": str(there.day if there else 5)}
    kept |= {f"to-{one.person}": "yes" for one in readers if not one.stopped}
    people = sorted(
        (one for one in near.people.values() if not one.former), key=lambda one: one.name.casefold()
    )
    return page_of(
        seat,
        "reports/mailing_form.html",
        422 if errors else 200,
        here="outcomes",
        goal=goal,
        path=_report(seat.space.id, goal_id),
        there=there,
        following=next_turn(there.every, there.day, now().date()) if there else None,
        able=[(one.id, near.full_name(one.id)) for one in people if one.id in able and one.id not in stopped],
        stopped=[near.full_name(one.id) for one in people if one.id in stopped],
        unproved=[near.full_name(one.id) for one in people if one.id not in able],
        days=[(str(day), str(day)) for day in DAYS],
        values=sent or kept,
        errors=errors or {},
    )


async def _permit(tx: Tx, seat: Seat, goal_id: str | None) -> None:
    """Refuse whoever may not issue this report."""
    if goal_id is None:
        await issuing.permit(tx, seat.space.id, seat.actor)
        return
    goal = await goal_store.find(tx, seat.space.id, goal_id)
    if goal is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    refused = permissions.refusal(seat, "report.plan", goal)
    if refused:
        raise refused


def _goal_id(request: Request) -> str | None:
    return request.path_params.get("goal_id")


def _report(space_id: str, goal_id: str | None) -> str:
    return f"/spaces/{space_id}/outcomes{f'/{goal_id}' if goal_id else ''}/report"


routes = [form, set_up, end]
open_routes = [stop_page, stop]
