"""When a report goes to whom by mail: the form, ending it, and stopping it by the link in each mail."""

from collections.abc import Mapping
from typing import get_args

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import NOT_FOUND, Code, Refused
from app.db import Tx
from app.outcomes.goals import permissions
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import Goal
from app.outcomes.goals.people import load_people
from app.phrases import day_now
from app.reports.issued import actions as issuing
from app.reports.mailing import send
from app.reports.mailing import store as mailing_store
from app.reports.mailing.schedule import DAYS, Every, MailingDraft, next_turn
from app.reports.page_context import UNLISTED
from app.reports.subscriptions import actions as subscriptions
from app.spaces.form_reader import FormReader
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
    values = await typed(request)
    draft, errors = read_draft(values)
    if errors:
        return await _form(request, db, door.config, values, errors)
    goal_id = _goal_id(request)
    await subscriptions.set_up(door, goal_id, draft)
    return go(request, _report_path(door.space_id, goal_id))


@post([f"{OF_ALL}/end", f"{OF_GOAL}/end"], opt={"action": "report.plan"})
async def end(request: Request, door: AtDoor) -> Response:
    goal_id = _goal_id(request)
    await subscriptions.end(door, goal_id)
    return go(request, _report_path(door.space_id, goal_id))


# Opening the link changes nothing: programs that check mails follow links before people do.
@get("/stop/{mailing_id:str}/{person_id:str}/{signature:str}", opt={"action": "report.stop"})
async def stop_page(
    db: Db,
    settings: Settings,
    mailing_id: FromPath[str],
    person_id: FromPath[str],
    signature: FromPath[str],
) -> Template:
    stopped = await subscriptions.is_stopped(db, settings, mailing_id, person_id, signature)
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


def read_draft(form: Mapping[str, str]) -> tuple[MailingDraft, Errors]:
    """What was chosen, and what is wrong with it by field. Each reader is a field `to-<id>`."""
    typed_form = FormReader(form)
    every: Every = typed_form.choice("every", get_args(Every), "Choose how often.")  # type: ignore[assignment]
    day = typed_form.choice("day", [str(one) for one in DAYS], "Choose a day from 1 to 28.")
    readers = tuple(name.removeprefix("to-") for name in form if name.startswith("to-"))
    typed_form.wrong("to", None if readers else subscriptions.NOBODY)
    return MailingDraft(every, int(day), readers), typed_form.errors


async def _form(
    request: Request,
    db: Db,
    config: Settings,
    values: Mapping[str, str] | None = None,
    errors: Errors | None = None,
) -> Template:
    seat, goal_id = seat_of(request), _goal_id(request)
    async with db.read() as tx:
        goal = await _permitted_goal(tx, seat, goal_id)
        space_people = await load_people(tx, seat)
        addresses = await send.mail_addresses(tx, config, seat.space.id)
        mailing = await mailing_store.find(tx, seat.space.id, goal_id)
        readers = await mailing_store.readers(tx, mailing.id) if mailing else []
    stopped = {one.person for one in readers if one.stopped}
    stored = {"every": mailing.every if mailing else "month", "day": str(mailing.day if mailing else 5)}
    stored |= {f"to-{one.person}": "yes" for one in readers if not one.stopped}
    people = sorted(
        (one for one in space_people.people.values() if not one.former), key=lambda one: one.name.casefold()
    )
    return page_of(
        seat,
        "reports/mailing_form.html",
        422 if errors else 200,
        here="reports",
        goal=goal,
        path=_report_path(seat.space.id, goal_id),
        mailing=mailing,
        next_turn=next_turn(mailing.every, mailing.day, day_now()) if mailing else None,
        choices=[
            (one.id, space_people.full_name(one.id)) for one in people if one.id in addresses.keys() - stopped
        ],
        stopped=[space_people.full_name(one.id) for one in people if one.id in stopped],
        unproved=[space_people.full_name(one.id) for one in people if one.id not in addresses],
        days=[(str(day), str(day)) for day in DAYS],
        values=values or stored,
        errors=errors or {},
    )


async def _permitted_goal(tx: Tx, seat: Seat, goal_id: str | None) -> Goal | None:
    """The goal of the address, None for all goals. Raises Refused unless this person may issue its report."""
    if goal_id is None:
        await issuing.require_tender(tx, seat.space.id, seat.actor)
        return None
    goal = await goal_store.find(tx, seat.space.id, goal_id)
    if goal is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    refused = permissions.refusal(seat, "report.plan", goal)
    if refused:
        raise refused
    return goal


def _goal_id(request: Request) -> str | None:
    return request.path_params.get("goal_id")


def _report_path(space_id: str, goal_id: str | None) -> str:
    return f"/spaces/{space_id}/outcomes{f'/{goal_id}' if goal_id else ''}/report"


routes = [form, set_up, end]
open_routes = [stop_page, stop]
