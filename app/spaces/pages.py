"""A space's own pages: making it, looking at it, describing it, archiving and leaving it."""

from collections import Counter
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Template
from msgspec import Struct, structs

from app.access import Role, State
from app.db import Tx
from app.spaces import actions, keeping, rules, seats, store
from app.spaces.hooks import NeedsYou, SpaceHooks
from app.spaces.joining.join import active_code
from app.spaces.members import actions as members
from app.spaces.page_frame import AtDoor, offers, page_of
from app.spaces.seats import seat_of
from app.spaces.space import Organisation, Participant, Seat, SpaceDraft, Standing
from app.spaces.together import actions as together
from app.spaces.together.organisations import is_alone
from app.spaces.together.view import after, ended_owners
from app.web import Db, Settings, go, page, signed_in, typed

MOST_FACES = 3  # of those who are on a board now; the others are counted


class LiveBoard(Struct, frozen=True):
    """A board on which `others` than the person who asks are now, some of them as faces, or a workshop is."""

    board: Any
    others: int
    faces: list[Participant]


@get("/spaces/new", opt={"action": "space.create"})
async def new(request: Request, db: Db, settings: Settings) -> Template:
    """The form for a new space, with a suggested scope and agreement."""
    async with db.read() as tx:
        may = await actions.may_make_spaces(tx, settings, signed_in(request))
        own = await store.organisations_of(tx, signed_in(request).id)
    draft = SpaceDraft("", "")
    organisation = next(iter(own), "")
    values = {"scope": draft.scope, "agreement": draft.agreement, "organisation": organisation}
    return page("spaces/new.html", values=values, errors={}, may_make=may, guest=signed_in(request).guest)


@post("/spaces", opt={"action": "space.create"})
async def create(request: Request, db: Db, settings: Settings) -> Response | Template:
    form = await typed(request)
    draft, errors = rules.read_draft(form)
    organisation = rules.tidy_line(form.get("organisation", ""))
    missing = rules.check_required(organisation, rules.MAX_NAME, "Say which organisation you speak for.")
    if missing:
        errors["organisation"] = missing
    if errors:
        return page("spaces/new.html", 422, values=form, errors=errors, may_make=True, guest=False)
    space_id = await actions.start_space(db, settings, signed_in(request), draft, organisation)
    return go(request, f"/spaces/{space_id}")


@get("/", opt={"action": "space.show"})
async def show(
    request: Request, db: Db, space_hooks: NamedDependency[SpaceHooks], joined: FromQuery[str] = ""
) -> Response | Template:
    """The home of the space: what is live, what needs this person, goals, boards, owners and join code.

    Who has just `joined` by a code that names no board goes on to the one that is meant, where there is one.
    """
    seat = seat_of(request)
    found = await db.run_long_read(lambda tx: _home(tx, seat, space_hooks))
    meant = [one.board for one in found["live"]] or found["boards"]
    if joined and len(meant) == 1:
        return go(request, f"/boards/{meant[0].id}?joined=yes")
    return page_of(seat, "spaces/home/home.html", here="space", joined=bool(joined), **found)


async def _home(tx: Tx, seat: Seat, space_hooks: SpaceHooks) -> dict[str, Any]:
    """What the home shows, as this person may see it. It awaits the database alone."""
    owners, proposed = await _organisations(tx, seat)
    code = await active_code(tx, seat.space.id) if offers(seat)("space.code") else None
    boards = await space_hooks.board_cards(tx, seat)
    return {
        "owners": owners,
        "proposed": proposed,
        "ended": await ended_owners(tx, seat.space.id),
        "code": code,
        "boards": boards,
        "live": await _live(tx, seat, boards),
        "needs": await _needs(tx, seat, space_hooks),
        "goals": await space_hooks.goal_lines(tx, seat),
        "workshops": await space_hooks.workshops(tx, seat),
    }


@get("/live", opt={"action": "space.show"})
async def live(request: Request, db: Db, space_hooks: NamedDependency[SpaceHooks]) -> Template:
    """The boards that are live now, as the home shows them: it asks for them from time to time."""
    seat = seat_of(request)
    found = await db.run_long_read(lambda tx: _live_now(tx, seat, space_hooks))
    return page_of(seat, "spaces/home/_live_boards.html", live=found)


@get("/edit", opt={"action": "space.describe"})
async def edit_form(request: Request, db: Db) -> Template:
    space = seat_of(request).space
    values = {
        "name": space.name,
        "purpose": space.purpose,
        "scope": space.scope,
        "agreement": space.agreement,
    }
    return await _edit_page(request, db, values, {})


@post("/edit", opt={"action": "space.describe"})
async def edit(request: Request, door: AtDoor) -> Response | Template:
    form = await typed(request)
    draft, errors = rules.read_draft(form)
    if errors:
        return await _edit_page(request, door.db, form, errors, 422)
    result = await together.describe(door, draft)
    return go(request, f"/spaces/{door.space_id}{after(result)}")


async def _edit_page(
    request: Request, db: Db, values: dict[str, str], errors: rules.Errors, status: int = 200
) -> Template:
    seat = seat_of(request)
    async with db.read() as tx:
        alone = await is_alone(tx, seat.space.id)
    return page_of(seat, "spaces/edit.html", status, here="space", values=values, errors=errors, alone=alone)


@post("/archive", opt={"action": "space.archive"})
async def archive(request: Request, door: AtDoor) -> Response:
    result = await together.archive(door)
    return go(request, f"/spaces/{door.space_id}{after(result, '?done=space-archived')}")


@post("/restore", opt={"action": "space.restore"})
async def restore(request: Request, door: AtDoor) -> Response:
    await keeping.restore(door)
    return go(request, f"/spaces/{door.space_id}?done=space-restored")


@get("/leave", opt={"action": "space.leave"})
async def leave_form(request: Request, db: Db) -> Template:
    """What leaving means, and why a person cannot leave now."""
    seat = seat_of(request)
    async with db.read() as tx:
        obstacle = await members.why_not_leave(tx, seat.space.id, seat.actor.person or "")
    return page_of(seat, "spaces/leave.html", here="people", obstacle=obstacle)


@post("/leave", opt={"action": "space.leave"})
async def leave(request: Request, door: AtDoor) -> Response:
    await members.leave(door)
    return go(request, "/?done=space-left")


async def _live_now(tx: Tx, seat: Seat, space_hooks: SpaceHooks) -> list[LiveBoard]:
    return await _live(tx, seat, await space_hooks.live_boards(tx, seat))


async def _live(tx: Tx, seat: Seat, boards: list[Any]) -> list[LiveBoard]:
    """The boards where a workshop runs or others are now, workshops first, then the fullest."""
    others = {one.id: [id for id in one.here if id != seat.actor.person] for one in boards}
    if not any(others.values()) and not any(one.workshop for one in boards):
        return []
    people = {one.id: one for one in await seats.people_of(tx, seat.space.id)}
    live = [
        LiveBoard(one, len(there), [people[id] for id in there if id in people][:MOST_FACES])
        for one in boards
        if (there := others[one.id]) or one.workshop
    ]
    return sorted(live, key=lambda one: (not one.board.workshop, -one.others))


async def _needs(tx: Tx, seat: Seat, space_hooks: SpaceHooks) -> list[NeedsYou]:
    """What waits for the person; nothing while the space is archived, when nothing can be done."""
    if seat.space.state is State.ARCHIVED:
        return []
    return [need for provider in space_hooks.needs for need in await provider(tx, seat)]


async def _organisations(tx: Tx, seat: Seat) -> tuple[list[Organisation], list[Organisation]]:
    """Those who own the space, and those proposed, with their people but no guests counted."""
    known = (await seats.people_by_id(tx, seat.space.id)).values()
    here = [one for one in known if not one.former and one.role is not Role.GUEST]
    people = Counter(one.organisation for one in here)
    stewards = Counter(one.organisation for one in here if one.role is Role.STEWARD)
    found = [
        structs.replace(one, stewards=stewards[one.id], people=people[one.id])
        for one in await store.organisations(tx, seat.space.id)
    ]
    joined = [one for one in found if one.standing is Standing.JOINED]
    return joined, [one for one in found if one.standing is Standing.PROPOSED]


open_routes = [new, create]
routes = [show, live, edit_form, edit, archive, restore, leave_form, leave]
