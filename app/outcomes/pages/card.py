"""The page of an outcome card: which goal it stands for, or the goal that it becomes."""

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Template

from app.boards.core.sight import View
from app.boards.live.rooms import LiveRooms
from app.outcomes.cards import actions as card_actions
from app.outcomes.cards import status_job
from app.outcomes.cards import store as card_store
from app.outcomes.goals import rules as goal_rules
from app.outcomes.goals import store as goal_store
from app.outcomes.pages.context import goal_path
from app.spaces.page_frame import AtDoor, page_of
from app.spaces.seats import seat_of
from app.web import Db, go, typed

PATH = "/outcomes/cards/{board_id:str}/{card_id:str}"
TITLE, AIM = 160, 2000  # characters
CHOOSE = "Choose the goal that this card stands for."


@get(PATH, opt={"action": "goal.card"})
async def show(
    request: Request, db: Db, rooms: LiveRooms, board_id: FromPath[str], card_id: FromPath[str]
) -> Template:
    """What the card stands for, and the form of a new goal filled with the words of the card."""
    view = await card_actions.card_of(rooms, seat_of(request), board_id, card_id)
    words = str(view.fields["text"])
    filled = {"title": " ".join(words.split())[:TITLE], "aim": words[:AIM]}
    return await _page(request, db, board_id, view, {**filled, "view": request.query_params.get("view", "")})


@post(f"{PATH}/goal", opt={"action": "goal.card"})
async def make_goal(
    request: Request, db: Db, rooms: LiveRooms, door: AtDoor, board_id: FromPath[str], card_id: FromPath[str]
) -> Response | Template:
    """Make a goal of the card, owned by the own organisation of the person until others join."""
    form = await typed(request)
    view = await card_actions.card_of(rooms, seat_of(request), board_id, card_id)
    draft, errors = goal_rules.read_goal(form)
    if errors:
        return await _page(request, db, board_id, view, form, errors)
    goal_id = await card_actions.make_goal(door, rooms, board_id, card_id, draft)
    await status_job.refresh_space(db, rooms, door.space_id)
    return go(request, goal_path(door.space_id, goal_id))


@post(f"{PATH}/stand", opt={"action": "goal.card"})
async def link(
    request: Request, db: Db, rooms: LiveRooms, door: AtDoor, board_id: FromPath[str], card_id: FromPath[str]
) -> Response | Template:
    """Let the card stand for an existing goal."""
    form = await typed(request)
    view = await card_actions.card_of(rooms, seat_of(request), board_id, card_id)
    if not form.get("goal"):
        return await _page(request, db, board_id, view, form, {"goal": CHOOSE})
    await card_actions.set_goal(door, rooms, board_id, card_id, form["goal"])
    await status_job.refresh_space(db, rooms, door.space_id)
    return go(request, _board(board_id, card_id, form))


@post(f"{PATH}/leave", opt={"action": "goal.card"})
async def unlink(
    request: Request, rooms: LiveRooms, door: AtDoor, board_id: FromPath[str], card_id: FromPath[str]
) -> Response:
    """The card stands for no goal any more; the goal stays as it is."""
    form = await typed(request)
    await card_actions.set_goal(door, rooms, board_id, card_id, None)
    await status_job.clear_card(rooms, board_id, card_id)
    return go(request, _board(board_id, card_id, form))


async def _page(
    request: Request,
    db: Db,
    board_id: str,
    view: View,
    values: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Template:
    seat = seat_of(request)
    async with db.read() as tx:
        goals = await goal_store.of_space(tx, seat.space.id)
        stands_for = await card_store.goal_of(tx, board_id, view.id)
    context: dict[str, Any] = {
        "board_path": _board(board_id, view.id, values),
        "board_id": board_id,
        "card": view,
        "goals": [(one.id, one.title) for one in goals],
        "stands_for": next((one for one in goals if one.id == stands_for), None),
        "values": values,
        "errors": errors or {},
    }
    status = 422 if errors else 200
    return page_of(seat, "outcomes/card.html", status, here="outcomes", **context)


def _board(board_id: str, card_id: str, asked: Mapping[str, str]) -> str:
    """The address of the card on its board, in the view that the person came from."""
    place = "?view=canvas" if asked.get("view") == "canvas" else "/outline"
    return f"/boards/{board_id}{place}#card-{card_id}"


routes = [show, make_goal, link, unlink]
