"""What a process knows of a board while deeds are stored."""

from app.access import State
from app.boards.core.board import Board, SetUp
from app.boards.live.current import Current


def test_O5_what_a_batch_becomes_never_says_who_may_write() -> None:
    current = Current(Board("b", "s"))
    after = Board("b", "s", seq=1)  # decided while the board was open
    current.set_state(State.ARCHIVED, State.OPEN, SetUp(locked=True))
    current.advance(after, [])

    assert current.board.seq == 1
    assert current.board.state is State.ARCHIVED
    assert current.board.set_up.locked


def test_O5_a_board_is_archived_with_its_space() -> None:
    current = Current(Board("b", "s"))
    current.set_state(State.OPEN, State.ARCHIVED, SetUp())

    states = [current.board.state]
    current.set_state(State.OPEN, State.OPEN, SetUp())
    states.append(current.board.state)

    assert states == [State.ARCHIVED, State.OPEN]
