"""The rules of a board: who may do an op, and what the board is after it. Every change comes through here."""

from msgspec import structs

from app.access import Code, Refused, Thing, decide
from app.boards.core import cards, links, sections, taking_back, undo
from app.boards.core import ops as o
from app.boards.core.board import Board, BoardChange, Deed
from app.boards.core.changeset import Changeset
from app.boards.core.locks import thing_of
from app.boards.core.stage import checks
from app.boards.core.stage import do as stage
from app.boards.core.stage.ops import DestroyWords, StageOp, TakenOutOp, ThemeOp


def may(board: Board, deed: Deed) -> None:
    """Raise Refused unless the person may do this to this item of this board now (rules O1, O4, O5)."""
    op, item = deed.op, None
    action = str(op.__struct_config__.tag)
    if isinstance(op, o.Undo | o.Batch | o.TakeBack):
        thing = Thing(board.state, deed.actor.person)
    else:
        item = board.items.get(op.id)
        # for what they may not see, the answer must be the same as for what is not there
        owner = item.owner if item and item.shown is not None else deed.actor.person
        thing = thing_of(board, item, owner)
    refusal = decide(deed.actor, action, checks.on_stage_for(board, thing, deed, item))
    if refusal:
        raise refusal
    checks.check(board, deed, item)


def apply(board: Board, deed: Deed) -> BoardChange:
    """What the deed does to the board. Raises Refused. Pure: time and ids come in with the deed."""
    may(board, deed)
    if isinstance(deed.op, o.Batch):
        return _apply_parts(board, structs.replace(deed, base=None, read=None), deed.op.parts)
    work = Changeset(board, deed)
    _do(work, deed.op)
    return work.finish()


def _apply_parts(board: Board, deed: Deed, parts: tuple[o.SingleOp, ...]) -> BoardChange:
    """Each part in turn, decided as if it came alone; what is past is left out. Raises Refused for all."""
    if not parts or len(parts) > o.MAX_PARTS:
        raise Refused(Code.TOO_LONG, f"Between 1 and {o.MAX_PARTS} changes can be made at once.")
    work = Changeset(board, deed)
    gone: list[Refused] = []
    for part in parts:
        try:
            may(work.board, structs.replace(deed, op=part))
            _do(work, part)
        except Refused as refused:
            if not _is_past(part, refused):
                raise
            gone.append(refused)
            work.leave_out(part.id)
    if len(gone) == len(parts):
        raise gone[0]
    return work.finish()


AnyOp = o.SingleOp | ThemeOp | StageOp | TakenOutOp | DestroyWords | o.SetFace | o.Undo | o.TakeBack


def _is_past(part: o.SingleOp, refused: Refused) -> bool:
    """Whether others took the part's item away meanwhile, or made again the link that it would restore."""
    again = isinstance(part, o.RestoreLink) and isinstance(refused, links.AlreadyLinked)
    return again or refused.code is Code.NOT_FOUND


def _do(work: Changeset, op: AnyOp) -> None:  # noqa: C901, PLR0915 - one line an op
    match op:
        case o.AddCard():
            cards.add(work, op)
        case o.EditCard():
            cards.edit(work, op)
        case o.MoveCard():
            cards.move(work, op)
        case o.ResizeCard():
            cards.resize(work, op)
        case o.PublishCard():
            cards.publish(work, op)
        case o.RemoveCard():
            cards.remove(work, op)
        case o.RestoreCard():
            cards.restore(work, op)
        case o.DuplicateCard():
            cards.duplicate(work, op)
        case o.SetFace():
            cards.set_face(work, op)
        case o.AddSection():
            sections.add(work, op)
        case o.EditSection():
            sections.edit(work, op)
        case o.MoveSection():
            sections.move(work, op)
        case o.RemoveSection():
            sections.remove(work, op)
        case o.RestoreSection():
            sections.restore(work, op)
        case o.LockSection():
            sections.lock(work, op)
        case o.AddLink():
            links.add_link(work, op)
        case o.EditLink():
            links.edit_link(work, op)
        case o.AddComment():
            links.add_comment(work, op)
        case o.EditComment():
            links.edit_comment(work, op)
        case o.RemoveLink() | o.RemoveComment():
            links.remove(work, op)
        case o.RestoreLink() | o.RestoreComment():
            links.restore(work, op)
        case o.Undo():
            undo.undo(work, op.of)
        case o.TakeBack():
            taking_back.take_back(work, op)
        case _:
            stage.do(work, op)
