"""The way for jobs to dress cards: faces are put on by deeds of nobody, through the one door."""

from collections.abc import Collection, Mapping

from app.access import Actor, Role
from app.boards.core import live_status
from app.boards.core.board import Board
from app.boards.core.live_status import Face
from app.boards.core.ops import SetFace
from app.boards.live.actions import act, wish
from app.boards.live.room import MOST
from app.boards.live.rooms import Rooms
from app.boards.storage import store

NOBODY = Actor(Role.JOB)


async def put(rooms: Rooms, board_id: str, faces: Mapping[str, Face | None]) -> int:
    """Give cards of a board these faces; gives how many had another. A board that is gone has none."""
    try:
        board = (await rooms.open_at(board_id, MOST)).room.board
        wishes = [wish(NOBODY, SetFace(card, one)) for card, one in faces.items() if _lacks(board, card, one)]
        answers = await act(rooms, board_id, "", wishes)
    except store.Missing:
        return 0
    return sum(answer.outcome is not None and answer.outcome.seq is not None for answer in answers)


async def cleared(rooms: Rooms, board_id: str, cards: Collection[str]) -> set[str]:
    """Which of these cards were cleared away for good; what is only removed can come back."""
    try:
        board = (await rooms.open_at(board_id, MOST)).room.board
    except store.Missing:
        return set()
    return {card for card in cards if card not in board.items}


def _lacks(board: Board, card: str, wanted: Face | None) -> bool:
    """Whether the card is there, removed or not, and shows something else."""
    item = board.items.get(card)
    return item is not None and item.shown is not None and live_status.read(item.fields) != wanted
