"""A step of a run-sheet as the form for what comes next, and what moving there changes. Pure."""

from collections.abc import Sequence

from msgspec import structs

from app.boards.core.board import Board
from app.boards.core.stage.read import Phase, notes_of, phases_of, present_phase
from app.workshops.console.next_phase import Kind, Preview
from app.workshops.runsheet.sheet import Block, Step
from app.workshops.runsheet.timing import Ran

GONE = "The section “{}” is not on the board. Its notes go into no section."


def values_for(
    board: Board, step: Step, block: Block | None, ran: Sequence[Ran]
) -> tuple[Kind, dict[str, str]]:
    """The kind of the form and its fields."""
    kind: Kind = "read" if step.kind == "tell" else step.kind
    values = {
        "step": step.id,
        "prompt": step.prompt or step.title,
        "minutes": f"{step.minutes:g}",
        "sections": " ".join(_sections(board, step)),
        "kinds": step.card if step.kind == "ask" else "",
        "write": step.write,
        "question": "yes" if step.question else "",
        "kept": "yes" if step.kept else "",
        "move": step.move,
        "how": step.how,
        "dots": str(step.dots),
        "most": str(step.most),
        "options": "\n".join(step.options),
    }
    if step.kind == "tell":
        values["about"] = ""
    elif asked := _asked(board, block, ran):
        values["about"] = " ".join(phase.id for phase in asked)
    return kind, values


def first_revealed(board: Board, step: Step, block: Block | None, ran: Sequence[Ran]) -> list[Phase]:
    """The phases of this block that are revealed on moving to the step: where notes are private still."""
    if not step.reveals:
        return []
    present = present_phase(board)
    asked = _asked(board, block, ran) or ([present] if present else [])
    return [phase for phase in asked if phase.kept and _private(board, phase)]


def with_step(
    board: Board, seen: Preview, step: Step, block: Block | None, ran: Sequence[Ran], missing: Sequence[str]
) -> Preview:
    """What was seen, with what the step adds: its kind of card, what is revealed, what is missing."""
    fields = {**seen.fields, "step": step.id}
    if step.kind == "ask":
        fields["kinds"] = step.card
    changes, unfinished = list(seen.changes), list(seen.unfinished)
    first = first_revealed(board, step, block, ran)
    if first:
        count = sum(_private(board, phase) for phase in first)
        notes = "1 private note is" if count == 1 else f"{count} private notes are"
        changes.insert(0, f"{notes} shown to everybody first.")
        unfinished = [say for say in unfinished if "not revealed" not in say]
    unfinished += [
        f"The section “{title}” is not on the board. Its notes go into no section." for title in missing
    ]
    return structs.replace(seen, fields=fields, changes=tuple(changes), unfinished=tuple(unfinished))


def missing_sections(board: Board, step: Step) -> list[str]:
    """The sections that the step names and the board no longer has."""
    there = {title for title, _ in _titles(board)}
    return [title for title in step.sections if title not in there] if step.kind == "ask" else []


def _sections(board: Board, step: Step) -> list[str]:
    if step.kind != "ask":
        return []
    ids: dict[str, str] = {}
    for title, id in _titles(board):
        ids.setdefault(title, id)
    return [ids[title] for title in step.sections if title in ids]


def _titles(board: Board) -> list[tuple[str, str]]:
    found = [one for one in board.items.values() if one.item == "section" and one.removed is None]
    return [
        (str(one.fields["title"]), one.id)
        for one in sorted(found, key=lambda one: (one.fields["order"], one.id))
    ]


def _asked(board: Board, block: Block | None, ran: Sequence[Ran]) -> list[Phase]:
    """The phases of this block in which notes were written."""
    ids = {one.phase for one in ran if block is not None and one.block == block.id}
    return [phase for phase in phases_of(board) if phase.id in ids and phase.write != "off"]


def _private(board: Board, phase: Phase) -> int:
    return sum(1 for note in notes_of(board, (phase.id,)) if note.shown is None)
