"""Letting organisations in, turning one out, pausing what one writes, and leaving with one's own."""

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.people.rules import check_email, tidy_email
from app.spaces import rules
from app.spaces.joining.organisations import AlreadyHere
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.seats import seat_of
from app.spaces.store import organisation_names
from app.spaces.together import actions, organisations, view
from app.spaces.together.core import Kind, Outcome
from app.web import Db, go, typed


@get("/organisations/propose", opt={"action": "space.propose_organisation"})
async def propose_form(request: Request) -> Template:
    return page_of(seat_of(request), "spaces/propose.html", here="people", values={}, errors={})


@post("/organisations/propose", opt={"action": "space.propose_organisation"})
async def propose(request: Request, door: AtDoor) -> Response | Template:
    """Where mail is sent the link goes to whom it invites alone; else it is shown once, to be passed on."""
    form, seat = await typed(request), seat_of(request)
    name, email = rules.tidy_line(form.get("name", "")), tidy_email(form.get("email", ""))
    missing = "Enter the name of the organisation."
    wrong = {"name": rules.check_required(name, rules.MAX_NAME, missing), "email": check_email(email)}
    errors = rules.only_wrong(wrong)
    result = None
    if not errors:
        try:
            result = await organisations.let_in(door, name, email)
        except AlreadyHere as here:
            errors["name"] = here.say
    if result is None:
        return page_of(seat, "spaces/propose.html", 422, here="people", values=form, errors=errors)
    if result.outcome is not Outcome.DONE:
        return go(request, f"/spaces/{door.space_id}{view.after(result)}")
    link = "" if door.config.smtp_url else door.config.base_url + result.link
    return page_of(seat, "spaces/together/let_in.html", here="people", link=link)


@post("/organisations/{organisation_id:str}/withdraw", opt={"action": "space.propose_organisation"})
async def withdraw_proposal(request: Request, door: AtDoor, organisation_id: FromPath[str]) -> Response:
    await organisations.withdraw_proposal(door, organisation_id)
    return go(request, f"/spaces/{door.space_id}")


@get("/organisations/{organisation_id:str}", opt={"action": "space.turn_out"})
async def against_form(request: Request, db: Db, organisation_id: FromPath[str]) -> Template:
    """What can be done about another organisation, and what it means."""
    seat = seat_of(request)
    async with db.read() as tx:
        owner, others = await organisations.owner(tx, seat.space.id, organisation_id)
    return page_of(seat, "spaces/together/organisation.html", here="people", owner=owner, few=others < 2)


@post("/organisations/{organisation_id:str}/turn-out", opt={"action": "space.turn_out"})
async def turn_out(request: Request, door: AtDoor, organisation_id: FromPath[str]) -> Response:
    result = await actions.against(door, Kind.TURN_OUT, organisation_id)
    return go(request, f"/spaces/{door.space_id}{view.after(result)}")


@post("/organisations/{organisation_id:str}/pause", opt={"action": "space.turn_out"})
async def pause(request: Request, door: AtDoor, organisation_id: FromPath[str]) -> Response:
    result = await actions.against(door, Kind.PAUSE, organisation_id)
    return go(request, f"/spaces/{door.space_id}{view.after(result)}")


@get("/organisations/leave", opt={"action": "space.end_organisation"})
async def leave_form(request: Request, db: Db) -> Template:
    seat = seat_of(request)
    async with db.read() as tx:
        names = await organisation_names(tx, seat.space.id)
        alone = await organisations.is_alone(tx, seat.space.id)
    own = names.get(seat.actor.organisation or "", "")
    return page_of(seat, "spaces/together/leave.html", here="people", own=own, alone=alone)


@post("/organisations/leave", opt={"action": "space.end_organisation"})
async def leave(request: Request, door: AtDoor) -> Response:
    await organisations.leave(door)
    return go(request, "/?done=organisation-left")


routes = [propose_form, propose, withdraw_proposal, leave_form, leave, against_form, turn_out, pause]
