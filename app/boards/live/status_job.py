"""How jobs put live statuses on cards: by ops in nobody's name, through the same room as all others."""

import logging
from collections.abc import Collection, Mapping

from app.access import Actor, Role
from app.boards.core import live_status
from app.boards.core.board import Board
from app.boards.core.live_status import LiveStatus
from app.boards.core.ops import SetFace
from app.boards.live.actions import act, request
from app.boards.live.room import MAX_SEQ
from app.boards.live.rooms import Rooms
from app.boards.storage import errors, store

log = logging.getLogger(__name__)

NOBODY = Actor(Role.JOB)


async def set_statuses(rooms: Rooms, board_id: str, statuses: Mapping[str, LiveStatus | None]) -> int:
    """Give cards, by id, these statuses; returns how many had another. 0 where the board is gone.

    And where it fails over a fault of ours: those of other boards are put on all the same.
    """
    try:
        board = (await rooms.open_at(board_id, MAX_SEQ)).room.board
        outdated = {card: status for card, status in statuses.items() if _is_outdated(board, card, status)}
        requests = [request(NOBODY, SetFace(card, status)) for card, status in outdated.items()]
        answers = await act(rooms, board_id, None, requests)
    except store.Missing:
        return 0
    except errors.UNAVAILABLE:
        raise
    except Exception:
        log.exception("Board %s: what its cards show could not be brought up to date", board_id)
        return 0
    return sum(answer.result is not None and answer.result.seq is not None for answer in answers)


async def cleared_cards(rooms: Rooms, board_id: str, cards: Collection[str]) -> set[str]:
    """Which of these cards were cleared away for good; those that are only removed can come back."""
    try:
        board = (await rooms.open_at(board_id, MAX_SEQ)).room.board
    except store.Missing:
        return set()
    except errors.UNAVAILABLE:
        raise
    except Exception:
        log.exception("Board %s: it is not known which of its cards are cleared away", board_id)
        return set()
    return {card for card in cards if card not in board.items}


def _is_outdated(board: Board, card: str, wanted: LiveStatus | None) -> bool:
    """Whether the card is there, removed or not, and shows something else."""
    item = board.items.get(card)
    return item is not None and item.shown is not None and live_status.status_in(item.fields) != wanted
