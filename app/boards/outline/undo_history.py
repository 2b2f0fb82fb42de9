"""What one person can undo or redo on a board, from the log of their deeds. Pure."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from app.boards.core.ops import TakeBack

TAKE_BACK = str(TakeBack.__struct_config__.tag)


class _Op(Struct, frozen=True):
    """As much of a stored op as matters here: an undo says which deed it took undoing."""

    do: str = ""
    of: int | None = None


class UndoHistory(Struct, frozen=True):
    """The deeds that Undo and Redo are about; None where there is nothing."""

    undo: int | None = None
    redo: int | None = None


def undo_history(deeds: Iterable[tuple[int, str, bool]]) -> UndoHistory:
    """From (seq, op as JSON, whether it can be undone), newest first.

    An undo that is undone counts as the deed done again. These cannot be undone: showing a draft, a deed
    that changed nothing, and a deed on items that have been cleared away since.
    """
    undoing: list[int] = []
    redoing: list[int] = []
    for seq, text, undoable in reversed(list(deeds)):
        op = msgspec.json.decode(text, type=_Op)
        if op.do == TAKE_BACK:
            continue  # what was put back of somebody else is undone whole, where it is listed
        if op.of is None:
            redoing.clear()
            onward = undoing
        elif op.of in redoing:
            redoing.remove(op.of)
            onward = undoing
        else:
            if op.of in undoing:
                undoing.remove(op.of)
            onward = redoing
        if undoable:
            onward.append(seq)
    return UndoHistory(undoing[-1] if undoing else None, redoing[-1] if redoing else None)
