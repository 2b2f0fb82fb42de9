"""Where joining leads: to the space or a board, to the waiting room, to the form behind a code. Pure."""

import re
from urllib.parse import urlencode

BOARD = re.compile(r"[0-9a-f-]{36}")
BOARD_PAGE = re.compile(rf"/boards/({BOARD.pattern})(?:[/?#]|$)")


def board_or_none(board: str) -> str | None:
    """The id of the board that a link was for, if it can be one."""
    return board if BOARD.fullmatch(board) else None


def board_of(path: str) -> str:
    """The id of the board that a path leads to; empty where it leads elsewhere."""
    found = BOARD_PAGE.match(path)
    return found[1] if found else ""


def path_to_space(space_id: str, board: str) -> str:
    """The path of the space, or of the board that the link was for."""
    asked = board_or_none(board)
    return f"/boards/{asked}" if asked else f"/spaces/{space_id}"


def path_to_arrival(space_id: str, board: str) -> str:
    """Where somebody goes who has just joined: to the space or the board, which says that they are in."""
    return f"{path_to_space(space_id, board)}?joined=yes"


def path_to_wait(space_id: str, board: str) -> str:
    """The path of the waiting room."""
    return f"/join/waiting/{space_id}{_query(board)}"


def path_to_join(code: str, board: str) -> str:
    """The path of the form behind a code; without a code, of the field to type one into."""
    return f"/join/{code}{_query(board)}" if code else f"/join{_query(board)}"


def path_to_question(space_id: str, code: str, board: str) -> str:
    """The path of the question whether somebody with this code is a guest who comes back."""
    asked = {"next": path_to_space(space_id, board), "code": code, "board": board_or_none(board) or ""}
    return f"/join/again/{space_id}?{urlencode({name: value for name, value in asked.items() if value})}"


def _query(board: str) -> str:
    asked = board_or_none(board)
    return f"?board={asked}" if asked else ""
