"""What one person can take back or do again on a board, read off the log of their deeds. Pure."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

NO_WAY_BACK = frozenset({"publish_card"})


class _Op(Struct, frozen=True):
    """As much of a stored op as matters here: an undo says which deed it took back."""

    do: str = ""
    of: int | None = None


class Trail(Struct, frozen=True):
    """The deeds that Undo and Redo are about; None where there is nothing."""

    undo: int | None = None
    redo: int | None = None


def trail(deeds: Iterable[tuple[int, str]]) -> Trail:
    """From (seq, op as JSON), newest first: an undo taken back counts as the deed done again."""
    back: list[int] = []
    again: list[int] = []
    for seq, text in reversed(list(deeds)):
        op = msgspec.json.decode(text, type=_Op)
        if op.of is None:
            again.clear()
            if op.do not in NO_WAY_BACK:
                back.append(seq)
        elif op.of in again:
            again.remove(op.of)
            back.append(seq)
        else:
            if op.of in back:
                back.remove(op.of)
            again.append(seq)
    return Trail(back[-1] if back else None, again[-1] if again else None)
