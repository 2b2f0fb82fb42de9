"""Goals over HTTP: the list of a space, one goal, its forms, and how it stands with it."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import NOT_FOUND, Code, Refused
from app.boards.core.sight import viewer_of
from app.db import Tx
from app.outcomes.cards import of_goal as goal_cards
from app.outcomes.goals import actions as goal_actions
from app.outcomes.goals import permissions
from app.outcomes.goals import rules as goal_rules
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.drivers import diagram
from app.outcomes.goals.goal import Goal, GoalState
from app.outcomes.goals.people import SpacePeople, around
from app.outcomes.measures import advice
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.labels import at_a_glance
from app.outcomes.pages.goal_list import lines
from app.outcomes.pages.latest import latest
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.web import Db, go, typed

STATES = {"reached": GoalState.REACHED, "let-go": GoalState.LET_GO, "open": GoalState.OPEN}


@get("/outcomes", opt={"action": "goal.show"})
async def index(request: Request, db: Db) -> Template:
    """All goals of the space."""
    seat = seat_of(request)
    async with db.read() as tx:
        current, away = await lines(tx, seat), await lines(tx, seat, archived=True)
    return page_of(seat, "outcomes/index.html", here="outcomes", goals=current, archived=away)


@get("/outcomes/goals/new", opt={"action": "goal.create"})
async def new(request: Request, db: Db) -> Template:
    async with db.read() as tx:
        near = await around(tx, seat_of(request))
    own = near.circle().own
    return _form(near, None, {f"org-{own}": "yes", "tender": near.circle().me})


@post("/outcomes/goals", opt={"action": "goal.create"})
async def create(request: Request, db: Db, door: AtDoor) -> Response | Template:
    form = await typed(request)
    async with db.read() as tx:
        near = await around(tx, seat_of(request))
    draft, errors = goal_rules.read_goal(form, near.circle())
    tender, wrong = goal_rules.read_tender(form.get("tender", ""), draft.organisations, near.circle())
    if errors or wrong:
        return _form(near, None, form, {**errors, **(wrong if draft.organisations else {})})
    made = await goal_actions.create(door, draft, tender)
    return go(request, goal_path(door.space_id, made))


@get("/outcomes/goals/{goal_id:str}", opt={"action": "goal.show"})
async def show(request: Request, db: Db, goal_id: FromPath[str]) -> Template:
    """The aim, who it belongs to, its drivers in short, and what its measures say."""
    seat = seat_of(request)
    async with db.read() as tx:
        goal = await found(tx, seat, goal_id)
        near = await around(tx, seat)
        measures = await measure_store.of_goal(tx, goal_id)
        away = await measure_store.of_goal(tx, goal_id, archived=True)
        drivers = await goal_store.drivers(tx, goal_id)
        told = await latest(tx, measures, near)
        cards = await goal_cards.of_goal(tx, goal_id, viewer_of(seat.actor))
    return of_goal(
        near,
        goal,
        "outcomes/goal.html",
        measures=[(one, at_a_glance(one.definition), told[one.id]) for one in measures],
        archived=away,
        drivers=drivers,
        cards=cards,
        diagram=diagram(drivers),
        notes=[*advice.of_aim(goal), *advice.of_measures(measures)],
        may_restore=permissions.may_restore(seat, goal),
    )


@get("/outcomes/goals/{goal_id:str}/edit", opt={"action": "goal.change"})
async def edit_form(request: Request, db: Db, goal_id: FromPath[str]) -> Template:
    goal, near = await asked(request, db, "goal.change", goal_id)
    return _form(near, goal, _values(goal))


@post("/outcomes/goals/{goal_id:str}/edit", opt={"action": "goal.change"})
async def edit(request: Request, db: Db, door: AtDoor, goal_id: FromPath[str]) -> Response | Template:
    form = await typed(request)
    goal, near = await asked(request, db, "goal.change", goal_id)
    draft, errors = goal_rules.read_goal(form, near.circle(), goal)
    if errors:
        return _form(near, goal, form, errors)
    try:
        await goal_actions.rewrite(door, goal_id, draft, form.get("seen", ""))
    except goal_actions.Meanwhile as meanwhile:
        now_there = {"seen": goal_actions.mark_of(goal)}
        return _form(near, goal, {**form, **now_there}, {"": meanwhile.say})
    return go(request, goal_path(door.space_id, goal_id))


@get("/outcomes/goals/{goal_id:str}/hand-on", opt={"action": "goal.hand_on"})
async def hand_on_form(request: Request, db: Db, goal_id: FromPath[str]) -> Template:
    goal, near = await asked(request, db, "goal.hand_on", goal_id)
    return _hand_on(near, goal, {"tender": goal.tender})


@post("/outcomes/goals/{goal_id:str}/hand-on", opt={"action": "goal.hand_on"})
async def hand_on(request: Request, db: Db, door: AtDoor, goal_id: FromPath[str]) -> Response | Template:
    form = await typed(request)
    goal, near = await asked(request, db, "goal.hand_on", goal_id)
    tender, errors = goal_rules.read_tender(form.get("tender", ""), goal.organisations, near.circle())
    if errors:
        return _hand_on(near, goal, form, errors)
    await goal_actions.hand_on(door, goal_id, tender)
    return go(request, goal_path(door.space_id, goal_id))


@post("/outcomes/goals/{goal_id:str}/state", opt={"action": "goal.tend"})
async def set_state(request: Request, door: AtDoor, goal_id: FromPath[str]) -> Response:
    """Reached, let go, or open again."""
    state = STATES.get((await typed(request)).get("state", ""))
    if state is None:
        raise Refused(Code.INVALID, "Choose reached, stopped or open.")
    await goal_actions.set_state(door, goal_id, state)
    return go(request, goal_path(door.space_id, goal_id))


@post("/outcomes/goals/{goal_id:str}/archive", opt={"action": "goal.tend"})
async def archive(request: Request, door: AtDoor, goal_id: FromPath[str]) -> Response:
    await goal_actions.archive(door, goal_id)
    return go(request, goal_path(door.space_id, goal_id))


@post("/outcomes/goals/{goal_id:str}/restore", opt={"action": "goal.tend"})
async def restore(request: Request, door: AtDoor, goal_id: FromPath[str]) -> Response:
    await goal_actions.restore(door, goal_id)
    return go(request, goal_path(door.space_id, goal_id))


# -- what pages of goals share -----------------------------------------------------------------------


def goal_path(space_id: str, goal_id: str) -> str:
    return f"/spaces/{space_id}/outcomes/goals/{goal_id}"


async def found(tx: Tx, seat: Seat, goal_id: str) -> Goal:
    goal = await goal_store.find(tx, seat.space.id, goal_id)
    if goal is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return goal


async def asked(request: Request, db: Db, action: str, goal_id: str) -> tuple[Goal, SpacePeople]:
    """The goal of a form, when whoever asks may do what it is for."""
    seat = seat_of(request)
    async with db.read() as tx:
        goal, near = await found(tx, seat, goal_id), await around(tx, seat)
    refused = permissions.refusal(seat, action, goal)
    if refused:
        raise refused
    return goal, near


def of_goal(near: SpacePeople, goal: Goal, name: str, status: int = 200, **context: Any) -> Template:
    """A page about a goal; `can("goal.change")` tells it what to offer on this goal."""
    can = permissions.offers(near.seat, goal)
    context = {"here": "outcomes", "goal": goal, "near": near, "can": can, **context}
    return page_of(near.seat, name, status, **context)


def _form(
    near: SpacePeople, goal: Goal | None, values: Mapping[str, str], errors: Mapping[str, str] | None = None
) -> Template:
    people = near.candidates([one.id for one in near.organisations])
    context = {"values": values, "errors": errors or {}, "candidates": people, "here": "outcomes"}
    status = 422 if errors else 200
    return page_of(near.seat, "outcomes/goal_form.html", status, goal=goal, near=near, **context)


def _hand_on(
    near: SpacePeople, goal: Goal, values: Mapping[str, str], errors: Mapping[str, str] | None = None
) -> Template:
    people = near.candidates(goal.organisations)
    context = {"values": values, "errors": errors or {}, "candidates": people}
    return of_goal(near, goal, "outcomes/hand_on.html", 422 if errors else 200, **context)


def _values(goal: Goal) -> dict[str, str]:
    """A goal as its form shows it."""
    return {
        "title": goal.title,
        "aim": goal.aim,
        "from": goal.start,
        "to": goal.to,
        "for_whom": goal.for_whom,
        "by_when": goal.by_when.isoformat() if goal.by_when else "",
        "person": goal.person,
        "theory": goal.theory,
        "seen": goal_actions.mark_of(goal),
        **{f"org-{one}": "yes" for one in goal.organisations},
    }


routes = [
    index,
    new,
    create,
    show,
    edit_form,
    edit,
    hand_on_form,
    hand_on,
    set_state,
    archive,
    restore,
]
