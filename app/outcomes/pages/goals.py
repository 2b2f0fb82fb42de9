"""Goals over HTTP: the list of a space, one goal, its forms, and its state."""

from collections.abc import Collection, Mapping

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.access import Code, Refused
from app.boards.core.sight import viewer_in
from app.boards.core.text import choices
from app.boards.core.text.choices import Choices
from app.db import Tx
from app.outcomes.cards import of_goal as goal_cards
from app.outcomes.goals import actions as goal_actions
from app.outcomes.goals import make_actions, permissions
from app.outcomes.goals import rules as goal_rules
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.drivers import driver_tree
from app.outcomes.goals.goal import Goal, GoalState
from app.outcomes.goals.people import SpacePeople, load_people
from app.outcomes.measures import advice
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.labels import at_a_glance
from app.outcomes.pages.context import GoalContext, goal_context, goal_for, goal_path
from app.outcomes.pages.goal_list import GoalLine, goal_lines
from app.outcomes.pages.latest import latest
from app.outcomes.view.look import Look, read_look
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.seats import seat_of
from app.spaces.space import Seat
from app.web import Db, go, typed

STATES = {"reached": GoalState.REACHED, "let-go": GoalState.LET_GO, "open": GoalState.OPEN}


@get("/outcomes", opt={"action": "goal.show"})
async def index(request: Request, db: Db) -> Template:
    """All goals of the space."""
    seat = seat_of(request)

    async def read(tx: Tx) -> tuple[list[GoalLine], list[GoalLine]]:
        return await goal_lines(tx, seat), await goal_lines(tx, seat, archived=True)

    current, archived = await db.run_long_read(read)
    return page_of(seat, "outcomes/index.html", here="outcomes", goals=current, archived=archived)


@get("/outcomes/goals/new", opt={"action": "goal.create"})
async def new(request: Request, db: Db) -> Template:
    async with db.read() as tx:
        people = await load_people(tx, seat_of(request))
    return _form(people, None, {})


@post("/outcomes/goals", opt={"action": "goal.create"})
async def create(request: Request, db: Db, door: AtDoor) -> Response | Template:
    form = await typed(request)
    async with db.read() as tx:
        people = await load_people(tx, seat_of(request))
    if choices.are_looked_for(form):
        return _form(people, None, form)
    candidates = people.candidates()
    draft, errors = goal_rules.read_goal(form)
    tender, wrong = goal_rules.read_tender(form.get("tender") or candidates.me, (candidates.own,), candidates)
    if errors or wrong:
        return _form(people, None, form, {**errors, **wrong})
    made = await make_actions.create(door, draft, tender, goal_rules.read_others(form, candidates))
    return go(request, goal_path(door.space_id, made))


@get("/outcomes/goals/{goal_id:str}", opt={"action": "goal.show"})
async def show(request: Request, db: Db, goal_id: FromPath[str]) -> Template:
    """The aim, who it belongs to, its drivers in short, and what its measures say."""
    seat = seat_of(request)
    look = read_look(request.query_params)
    return await db.run_long_read(lambda tx: _page(tx, seat, goal_id, look))


async def _page(tx: Tx, seat: Seat, goal_id: str, look: Look) -> Template:
    """What the page of a goal shows. It awaits the database alone."""
    context = await goal_context(tx, seat, goal_id)
    measures = await measure_store.of_goal(tx, goal_id)
    drivers = await goal_store.drivers(tx, goal_id)
    readings = await latest(tx, measures, context.people, look)
    return context.page(
        "outcomes/goal.html",
        look=look,
        measures=[(one, at_a_glance(one.definition), readings[one.id]) for one in measures],
        archived=await measure_store.of_goal(tx, goal_id, archived=True),
        drivers=drivers,
        cards=await goal_cards.of_goal(tx, goal_id, viewer_in(seat.actor.role, seat.actor.person)),
        diagram=driver_tree(drivers),
        notes=[*advice.of_aim(context.goal), *advice.of_measures(measures)],
        may_restore=permissions.may_restore(seat, context.goal),
    )


@get("/outcomes/goals/{goal_id:str}/edit", opt={"action": "goal.change"})
async def edit_form(request: Request, db: Db, goal_id: FromPath[str]) -> Template:
    context = await goal_for(request, db, "goal.change", goal_id)
    return _form(context.people, context.goal, _values(context.goal))


@post("/outcomes/goals/{goal_id:str}/edit", opt={"action": "goal.change"})
async def edit(request: Request, db: Db, door: AtDoor, goal_id: FromPath[str]) -> Response | Template:
    form = await typed(request)
    context = await goal_for(request, db, "goal.change", goal_id)
    people, goal = context.people, context.goal
    draft, errors = goal_rules.read_goal(form)
    if errors:
        return _form(people, goal, form, errors)
    try:
        await goal_actions.rewrite(door, goal_id, draft, form.get("seen", ""))
    except goal_actions.ChangedMeanwhile as refused:
        return _form(people, goal, {**form, "seen": goal_actions.mark_of(goal)}, {"": refused.say})
    return go(request, goal_path(door.space_id, goal_id))


@get("/outcomes/goals/{goal_id:str}/hand-on", opt={"action": "goal.hand_on"})
async def hand_on_form(request: Request, db: Db, goal_id: FromPath[str]) -> Template:
    context = await goal_for(request, db, "goal.hand_on", goal_id)
    return _hand_on(context, {})


@post("/outcomes/goals/{goal_id:str}/hand-on", opt={"action": "goal.hand_on"})
async def hand_on(request: Request, db: Db, door: AtDoor, goal_id: FromPath[str]) -> Response | Template:
    form = await typed(request)
    context = await goal_for(request, db, "goal.hand_on", goal_id)
    if choices.are_looked_for(form):
        return _hand_on(context, form)
    owners, candidates = context.goal.organisations, context.people.candidates()
    tender, errors = goal_rules.read_tender(form.get("tender", ""), owners, candidates)
    if errors:
        return _hand_on(context, form, errors)
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


def _form(
    people: SpacePeople, goal: Goal | None, values: Mapping[str, str], errors: Mapping[str, str] | None = None
) -> Template:
    actor = people.seat.actor
    candidates = _able(people, [actor.organisation or ""], actor.person, values)  # others have yet to say yes
    context = {"values": values, "errors": errors or {}, "candidates": candidates, "here": "outcomes"}
    status = 422 if errors else 200
    return page_of(people.seat, "outcomes/goal_form.html", status, goal=goal, people=people, **context)


def _hand_on(
    context: GoalContext, values: Mapping[str, str], errors: Mapping[str, str] | None = None
) -> Template:
    candidates = _able(context.people, context.goal.organisations, context.goal.tender, values)
    status = 422 if errors else 200
    return context.page(
        "outcomes/hand_over.html", status, values=values, errors=errors or {}, candidates=candidates
    )


def _able(
    people: SpacePeople, organisations: Collection[str], but: str | None, values: Mapping[str, str]
) -> Choices:
    """Who can look after a goal of these, `but` for who does where nobody is chosen."""
    able = [id for id in people.able_to_tend(organisations) if id != but]
    return choices.of_form(able, people.full_name, values, "tender")


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
