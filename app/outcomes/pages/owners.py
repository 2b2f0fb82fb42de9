"""Whose a goal is, over HTTP: asking another organisation, its answer, and giving up owning it."""

from collections.abc import Mapping

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import NOT_FOUND, Code, Refused
from app.outcomes.goals import owner_actions, ownership
from app.outcomes.pages.context import GoalContext, goal_for, goal_path
from app.spaces.page_frame import AtDoor
from app.web import Db, go, typed

DONE = {"yes": "owner-yes", "no": "owner-no", "give-up": "owner-gave-up"}
OF_WORDS = (Code.INVALID, Code.TOO_LONG)  # refusals that the form says beside what was typed


@post("/outcomes/goals/{goal_id:str}/owners", opt={"action": "goal.propose"})
async def propose(request: Request, door: AtDoor, goal_id: FromPath[str]) -> Response:
    """Ask another organisation of the space to own the goal too."""
    await owner_actions.propose(door, goal_id, (await typed(request)).get("organisation", ""))
    return _back(request, door, goal_id, "owner-asked")


@post("/outcomes/goals/{goal_id:str}/owners/{organisation_id:str}/withdraw", opt={"action": "goal.propose"})
async def withdraw(
    request: Request, door: AtDoor, goal_id: FromPath[str], organisation_id: FromPath[str]
) -> Response:
    await owner_actions.withdraw(door, goal_id, organisation_id)
    return _back(request, door, goal_id, "owner-withdrawn")


@get("/outcomes/goals/{goal_id:str}/own", opt={"action": "goal.own"})
async def own_form(request: Request, db: Db, goal_id: FromPath[str]) -> Template:
    """What owning the goal means, for an organisation that is asked to, or that owns it."""
    return _page(await goal_for(request, db, "goal.own", goal_id), {})


@post("/outcomes/goals/{goal_id:str}/own", opt={"action": "goal.own"})
async def own(request: Request, db: Db, door: AtDoor, goal_id: FromPath[str]) -> Response | Template:
    """Say yes or no for one's organisation, or that it does not own the goal any more."""
    form = await typed(request)
    answer = form.get("answer", "")
    try:
        match answer:
            case "yes":
                await owner_actions.accept(door, goal_id)
            case "no":
                await owner_actions.decline(door, goal_id, form.get("why", ""))
            case "give-up":
                await owner_actions.give_up(door, goal_id)
            case _:
                raise Refused(Code.INVALID, "Choose yes or no.")
    except Refused as refused:
        if refused.code not in OF_WORDS:
            raise
        context = await goal_for(request, db, "goal.own", goal_id)
        return _page(context, form, {"why" if answer == "no" else "": refused.say})
    return _back(request, door, goal_id, DONE[answer])


def _page(
    context: GoalContext, values: Mapping[str, str], errors: Mapping[str, str] | None = None
) -> Template:
    """Raises Refused for people of an organisation that neither owns the goal nor is asked to."""
    goal, people = context.goal, context.people
    asked, own = ownership.find(goal, context.seat.actor.organisation), context.seat.actor.organisation or ""
    owns = own in goal.organisations
    if asked is None and not owns:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    candidates = people.candidates()
    tender = candidates.people.get(goal.tender)
    obstacle = ownership.why_not_give_up(goal, own, candidates.organisations, tender) if owns else None
    by = people.organisation(asked.by_organisation) if asked else None
    more = {"asked": asked, "by": by, "obstacle": obstacle, "most": ownership.MAX_WHY}
    status = 422 if errors else 200
    return context.page("outcomes/own.html", status, values=values, errors=errors or {}, **more)


def _back(request: Request, door: AtDoor, goal_id: str, done: str) -> Response:
    return go(request, f"{goal_path(door.space_id, goal_id)}?done={done}")


routes = [propose, withdraw, own_form, own]
