"""Linking an outcome card to a goal. The card itself is changed only by its board."""

from app.access import NOT_FOUND, Code, Refused, State, Thing, decide
from app.boards.core.kinds import STATUS_KIND
from app.boards.core.sight import View, see, viewer_of
from app.boards.core.stage.notes import check_kept
from app.boards.library import store as library_store
from app.boards.live.rooms import Rooms
from app.boards.storage import store
from app.outcomes.cards import store as card_store
from app.outcomes.goals import make_actions, permissions
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.actions import me
from app.outcomes.goals.rules import GoalDraft
from app.spaces.actions import Door, SpaceChange, change
from app.spaces.space import Seat


async def card_of(rooms: Rooms, seat: Seat, board_id: str, card_id: str) -> View:
    """The outcome card as this person sees it. Raises Refused, also for a draft: nobody else sees drafts."""
    async with rooms.db.read() as tx:
        known = await library_store.find(tx, board_id)
    if known is None or known.space != seat.space.id:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    _permit(seat, State.ARCHIVED if known.archived else State.OPEN)
    try:
        board = (await rooms.open(board_id)).room.board
    except store.Missing:
        raise Refused(Code.NOT_FOUND, NOT_FOUND) from None
    item = board.items.get(card_id)
    view = see(board, item, viewer_of(seat.actor, board)) if item and item.item == "card" else None
    if view is None or "draft" in view.fields or view.fields["kind"] != STATUS_KIND:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    if "face" not in view.fields:
        check_kept(board, card_id)
    return view


async def make_goal(door: Door, rooms: Rooms, board_id: str, card_id: str, draft: GoalDraft) -> str:
    """Add a goal that the card stands for; the person who makes it looks after it. Returns its id."""
    async with change(door, "goal.create") as under_way:
        await _check(under_way, rooms, board_id, card_id)
        goal_id = await make_actions.add(under_way, draft, me(under_way))
        await card_store.link(under_way.tx, board_id, card_id, goal_id)
    return goal_id


async def set_goal(door: Door, rooms: Rooms, board_id: str, card_id: str, goal_id: str | None) -> None:
    """Let the card stand for this goal of the space, or for none. Raises Refused."""
    async with change(door, "goal.card") as under_way:
        await _check(under_way, rooms, board_id, card_id)
        goal = await goal_store.find(under_way.tx, door.space_id, goal_id) if goal_id else None
        if goal_id and (goal is None or permissions.refusal(under_way.seat, "goal.show", goal)):
            raise Refused(Code.NOT_FOUND, NOT_FOUND)
        await card_store.link(under_way.tx, board_id, card_id, goal_id)


async def _check(under_way: SpaceChange, rooms: Rooms, board_id: str, card_id: str) -> None:
    await card_of(rooms, under_way.seat, board_id, card_id)
    _permit(under_way.seat, (await store.head_of(under_way.tx, board_id)).state)


def _permit(seat: Seat, state: State) -> None:
    """Raise Refused unless this person may link cards of a board in that state."""
    actor = seat.actor
    refused = decide(actor, "goal.card", Thing(state, actor.person, actor.organisation))
    if refused:
        raise refused
