"""A run-sheet as it is after what facilitators did to it. Pure."""

from collections.abc import Callable, Collection
from typing import NoReturn, TypeVar

from msgspec import structs

from app.access import Code, Refused
from app.workshops.runsheet.ops import (
    AddBlock,
    AddStep,
    Cut,
    Edit,
    LeaveOut,
    Lengthen,
    Move,
    Remove,
    SetBlock,
    SetStep,
)
from app.workshops.runsheet.sheet import (
    LEAST_MINUTES,
    MOST_BLOCKS,
    MOST_MINUTES,
    MOST_STEPS,
    Block,
    Sheet,
    Step,
    wrong_with,
    wrong_with_block,
)

T = TypeVar("T", Block, Step)
GONE = "This part of the run-sheet is no longer here. Somebody has removed it."
RAN = "This part has run already. What ran is never changed."


class Wrong(Exception):  # an answer, not an error
    """Fields of a form that cannot be, each with its sentence."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


class Meanwhile(Refused):
    """Somebody else changed the same part since the form was opened: `now` is what it says by now."""

    def __init__(self, now: Step | Block) -> None:
        super().__init__(
            Code.CONFLICT,
            "Somebody else changed this while you wrote. Below is what it says now; your words stayed in the "
            "form. Save again to put yours in its place.",
        )
        self.now = now


def apply(sheet: Sheet, edit: Edit, ran: Collection[str], revision: int) -> Sheet:
    """The run-sheet after it. `ran` are the steps that have run. Raises Refused, Meanwhile and Wrong."""
    match edit:
        case AddBlock():
            return _add_block(sheet, edit, revision)
        case SetBlock():
            return _set_block(sheet, edit, revision)
        case AddStep():
            return _add_step(sheet, edit, revision)
        case SetStep():
            return _set_step(sheet, edit, ran, revision)
        case Remove():
            return _remove(sheet, edit.id, ran)
        case Move():
            return _move(sheet, edit, ran)
        case LeaveOut():
            return _with_step(
                sheet, edit.id, ran, lambda one: structs.replace(one, left_out=edit.out, rev=revision)
            )
        case Lengthen():
            return _with_step(sheet, edit.id, ran, lambda one: _longer(one, edit.by, revision))
        case Cut():
            return _with_step(sheet, edit.id, ran, lambda one: _shorter(one, revision))


def _add_block(sheet: Sheet, edit: AddBlock, revision: int) -> Sheet:
    if len(sheet.blocks) >= MOST_BLOCKS:
        _refuse(f"A run-sheet holds {MOST_BLOCKS} blocks, and cannot hold more.", Code.FULL)
    if sheet.block(edit.block.id):
        return sheet  # the same press sent twice
    errors = wrong_with_block(edit.block)
    for step in edit.block.steps:
        errors |= {f"step-{name}" if name == "title" else name: say for name, say in wrong_with(step).items()}
    if errors:
        raise Wrong(errors)
    steps = tuple(structs.replace(step, rev=revision) for step in edit.block.steps)
    made = structs.replace(edit.block, steps=steps, rev=revision)
    at = next((i + 1 for i, one in enumerate(sheet.blocks) if one.id == edit.after), len(sheet.blocks))
    return Sheet(blocks=(*sheet.blocks[:at], made, *sheet.blocks[at:]))


def _set_block(sheet: Sheet, edit: SetBlock, revision: int) -> Sheet:
    block = sheet.block(edit.id)
    if block is None:
        _refuse(GONE, Code.NOT_FOUND)
    after = structs.replace(block, title=edit.title, aim=edit.aim)
    if after == block:
        return sheet
    if block.rev > edit.seen:
        raise Meanwhile(block)
    if errors := wrong_with_block(after):
        raise Wrong(errors)
    return _put(sheet, structs.replace(after, rev=revision))


def _add_step(sheet: Sheet, edit: AddStep, revision: int) -> Sheet:
    block = sheet.block(edit.block)
    if block is None:
        _refuse(GONE, Code.NOT_FOUND)
    if sheet.step(edit.step.id):
        return sheet
    if len(block.steps) >= MOST_STEPS:
        _refuse(f"A block holds {MOST_STEPS} steps, and cannot hold more.", Code.FULL)
    if errors := wrong_with(edit.step):
        raise Wrong(errors)
    return _put(sheet, structs.replace(block, steps=(*block.steps, structs.replace(edit.step, rev=revision))))


def _set_step(sheet: Sheet, edit: SetStep, ran: Collection[str], revision: int) -> Sheet:
    def changed(now: Step) -> Step:
        after = structs.replace(edit.step, left_out=now.left_out, rev=now.rev)
        if after == now:
            return now
        if now.rev > edit.seen:
            raise Meanwhile(now)
        if errors := wrong_with(after):
            raise Wrong(errors)
        return structs.replace(after, rev=revision)

    return _with_step(sheet, edit.step.id, ran, changed)


def _remove(sheet: Sheet, id: str, ran: Collection[str]) -> Sheet:
    block = sheet.block(id)
    if block is None:
        block = sheet.block_of(id)
        if block is None:
            return sheet  # gone already, which is what was wanted
        _check_not_run([id], ran)
        left = tuple(step for step in block.steps if step.id != id)
        if left:
            return _put(sheet, structs.replace(block, steps=left))
    _check_not_run([step.id for step in block.steps], ran)
    return Sheet(blocks=tuple(one for one in sheet.blocks if one.id != block.id))


def _move(sheet: Sheet, edit: Move, ran: Collection[str]) -> Sheet:
    block = sheet.block(edit.id)
    if block is not None:
        _check_not_run([step.id for step in block.steps], ran)
        fixed = {one.id for one in sheet.blocks if any(step.id in ran for step in one.steps)}
        return Sheet(blocks=_swapped(sheet.blocks, edit, fixed))
    block = sheet.block_of(edit.id)
    if block is None:
        _refuse(GONE, Code.NOT_FOUND)
    _check_not_run([edit.id], ran)
    return _put(sheet, structs.replace(block, steps=_swapped(block.steps, edit, ran)))


def _swapped(rows: tuple[T, ...], edit: Move, fixed: Collection[str]) -> tuple[T, ...]:
    """The rows with one moved by a place; at the end of the way, or next to what has run, it stays."""
    at = next(i for i, one in enumerate(rows) if one.id == edit.id)
    to = at - 1 if edit.up else at + 1
    if not 0 <= to < len(rows) or rows[to].id in fixed:
        return rows
    after = list(rows)
    after[at], after[to] = after[to], after[at]
    return tuple(after)


def _longer(step: Step, by: float, revision: int) -> Step:
    minutes = step.minutes + by
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        _refuse("A step takes between half a minute and 240 minutes.")
    return structs.replace(step, minutes=minutes, rev=revision)


def _shorter(step: Step, revision: int) -> Step:
    if not step.cut:
        _refuse("This step has nothing that can be cut.")
    if step.cut >= step.minutes:
        return structs.replace(step, left_out=True, rev=revision)
    return structs.replace(step, minutes=step.minutes - step.cut, cut=0, rev=revision)


def _with_step(sheet: Sheet, id: str, ran: Collection[str], changed: Callable[[Step], Step]) -> Sheet:
    block = sheet.block_of(id)
    if block is None:
        _refuse(GONE, Code.NOT_FOUND)
    _check_not_run([id], ran)
    steps = tuple(changed(step) if step.id == id else step for step in block.steps)
    return _put(sheet, structs.replace(block, steps=steps))


def _put(sheet: Sheet, block: Block) -> Sheet:
    return Sheet(blocks=tuple(block if one.id == block.id else one for one in sheet.blocks))


def _check_not_run(ids: list[str], ran: Collection[str]) -> None:
    if any(id in ran for id in ids):
        _refuse(RAN, Code.LOCKED)


def _refuse(sentence: str, code: Code = Code.INVALID) -> NoReturn:
    raise Refused(code, sentence)
