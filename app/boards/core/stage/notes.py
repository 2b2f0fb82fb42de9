"""A card that answers a phase: under which promise it is written, and what the phase asks of it. Pure."""

from app.access import Code, Hat, Refused
from app.boards.core.board import Board, Item
from app.boards.core.changeset import Changeset
from app.boards.core.ops import AddCard
from app.boards.core.stage.read import Phase, hat_of, is_not_kept, is_private_now, phase_of, running_stage

NOTHING_OF_IT = "What is written here is not kept: it goes when the workshop ends. So nothing is made of it."
QUESTION_MARKS = ("?", "\uff1f", "\u061f", "\u037e")  # Latin, full width, Arabic, Greek


def check_kept(board: Board, card_id: str) -> None:
    """Raise Refused for a note that was written under the promise that it is not kept."""
    item = board.items.get(card_id)
    if item is not None and is_not_kept(board, item):
        raise Refused(Code.LOCKED, NOTHING_OF_IT)


def phase_for(work: Changeset, op: AddCard) -> Phase | None:
    """The phase that a new card answers, None for an ordinary card. Raises Refused."""
    if op.paper and (op.phase is None or hat_of(work.board, work.me) is not Hat.FACILITATOR):
        raise Refused(Code.NOT_ALLOWED, "Only facilitators can add what was written on paper.")
    if op.phase is None:
        return None
    phase = phase_of(work.board, op.phase)
    if phase is None:
        raise Refused(Code.NOT_FOUND, "That question is no longer here.")
    if not phase.kept and running_stage(work.board) is None:  # or it would stay, against what was said
        raise Refused(Code.LOCKED, "The workshop is over, and what was written here is not kept.")
    if phase.write == "off":
        raise Refused(Code.LOCKED, "Nothing is written in this part of the workshop.")
    if op.draft:
        raise Refused(Code.INVALID, "An answer to a question is no draft of its own.")
    if op.kind not in phase.kinds:
        raise Refused(Code.INVALID, "This question asks for another kind of card.")
    if phase.sections and op.section not in (*phase.sections, *_instead(work, phase)):
        raise Refused(Code.INVALID, "This question is answered in another section.")
    check_question(phase, op.text)
    return phase


def _instead(work: Changeset, phase: Phase) -> tuple[None, ...]:
    """Outside all sections, where those that the phase asks for are all gone: people can still answer."""
    items = [work.board.items.get(id) for id in phase.sections]
    return () if any(item is not None and item.removed is None for item in items) else (None,)


def is_shown_at_once(phase: Phase) -> bool:
    return not is_private_now(phase)


def check_answer(work: Changeset, item: Item, text: str) -> None:
    """Raise invalid where the phase of a note asks for a question and this is none."""
    phase = phase_of(work.board, item.fields.get("phase"))
    if phase is not None:
        check_question(phase, text)


def check_question(phase: Phase, text: str) -> None:
    if phase.question and not text.rstrip().rstrip("\"'”’»)").endswith(QUESTION_MARKS):
        raise Refused(Code.INVALID, "This asks for a question: let it end with a question mark.")
