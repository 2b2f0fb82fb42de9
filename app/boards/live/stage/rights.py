"""Tells those who follow a board what they may do there, whenever a workshop on it changes that (rule D5)."""

from collections.abc import Callable, Mapping

from app.access import Actor, Hat, Role
from app.boards.core.board import Board
from app.boards.core.offered_ops import offered
from app.boards.core.stage.read import hat_of
from app.boards.live import codec, messages
from app.boards.live.session import Session
from app.realtime.fanout import Frame


def tell_rights(
    before: Board, after: Board, sessions: Mapping[int, Session], write: Callable[[Session, Frame], None]
) -> None:
    """One short frame for all of a role and a hat, paused or not; none where nothing is different for them.

    Who wears another hat than before has been told all anew.
    """
    if _stage_items(before) == _stage_items(after):
        return
    frames: dict[tuple[Role, Hat, bool], Frame | None] = {}
    for session in list(sessions.values()):
        key = (session.actor.role, hat_of(after, session.actor.person), session.actor.paused)
        if key[1] is not hat_of(before, session.actor.person):
            continue
        if key not in frames:
            frames[key] = _frame(before, after, session.actor)
        frame = frames[key]
        if frame is None:
            continue
        if session.full:
            session.stale = True  # it gets a welcome once it can take one
        else:
            write(session, frame)


def _stage_items(board: Board) -> tuple[int, int]:
    """When the stage, and its present phase, last changed: all that rights on it depend on."""
    stage = board.items.get(board.stage)
    phase = board.items.get(stage.fields.get("now") or "") if stage else None
    return (stage.seq if stage else 0, phase.seq if phase else 0)


def _frame(before: Board, after: Board, actor: Actor) -> Frame | None:
    may = offered(actor, after, after.state)
    return None if may == offered(actor, before, after.state) else codec.frame(messages.Rights(may))
