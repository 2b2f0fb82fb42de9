"""What one person can take back or do again on a board, read off the log of their deeds. Pure."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct


class _Op(Struct, frozen=True):
    """As much of a stored op as matters here: an undo says which deed it took back."""

    of: int | None = None


class Trail(Struct, frozen=True):
    """The deeds that Undo and Redo are about; None where there is nothing."""

    undo: int | None = None
    redo: int | None = None


def trail(deeds: Iterable[tuple[int, str, bool]]) -> Trail:
    """From (seq, op as JSON, whether there is a way back), newest first.

    An undo taken back counts as the deed done again. There is no way back from showing a draft, from what
    changed nothing, nor from what was done to items that have been cleared away since.
    """
    back: list[int] = []
    again: list[int] = []
    for seq, text, way_back in reversed(list(deeds)):
        op = msgspec.json.decode(text, type=_Op)
        if op.of is None:
            again.clear()
            onward = back
        elif op.of in again:
            again.remove(op.of)
            onward = back
        else:
            if op.of in back:
                back.remove(op.of)
            onward = again
        if way_back:
            onward.append(seq)
    return Trail(back[-1] if back else None, again[-1] if again else None)
