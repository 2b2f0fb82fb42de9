"""How a workshop stands: its run-sheet beside the stage that its doors opened. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import structs

from app.boards.core.board import Board
from app.boards.core.stage.read import phases_of, stage_of
from app.workshops.runsheet import timing
from app.workshops.runsheet.timing import Course, Ran, TimedBlock, TimedStep
from app.workshops.runsheet.workshop import Workshop


def really_ran(runs: Sequence[Ran], board: Board | None) -> list[Ran]:
    """Those whose phase is on the board, in the order and at the times in which those were opened."""
    if board is None:
        return []
    opened = {phase.id: phase.opened for phase in phases_of(board)}
    found = [
        structs.replace(one, at=datetime.fromtimestamp(opened[one.phase], UTC))
        for one in runs
        if one.phase in opened
    ]
    return sorted(found, key=lambda one: one.at)


def ended_at(workshop: Workshop, board: Board | None) -> datetime | None:
    """When it ended; None while it runs, and before."""
    item = board.items.get(workshop.stage) if board and workshop.stage else None
    if item is None or not item.fields.get("ended"):
        return None
    return datetime.fromtimestamp(item.fields.get("ended_at") or item.at, UTC)


def is_running(workshop: Workshop, board: Board | None) -> bool:
    """Whether its doors are open: its stage is there and has not ended."""
    has_begun = board is not None and bool(workshop.stage) and workshop.stage in board.items
    return has_begun and ended_at(workshop, board) is None


def course_of(workshop: Workshop, runs: Sequence[Ran], board: Board | None, at: datetime) -> Course:
    """Its course at this moment: as planned, as it runs, or as it ran."""
    sheet, ran = workshop.sheet, really_ran(runs, board)
    over = ended_at(workshop, board)
    if board is None or (not is_running(workshop, board) and over is None):
        return timing.planned(sheet, workshop.starts_at, workshop.booked)
    stage = stage_of(board)
    present = stage.now if stage and stage.id == workshop.stage else None
    left = None
    if over is None and stage and any(one.phase == present for one in ran):
        left = stage.left if stage.left is not None else stage.ends_at and stage.ends_at - at.timestamp()
    course = timing.running(
        sheet,
        ran,
        over or at,
        present=present,
        left=left,
        starts=workshop.starts_at,
        booked=workshop.booked,
        baseline=workshop.baseline,
        is_over=over is not None,
    )
    return _as_over(course, over) if over else course


def _as_over(course: Course, ended: datetime) -> Course:
    """Nothing is now or next any more; what did not come was passed over, and has no time."""
    blocks = []
    for block in course.blocks:
        steps = tuple(_step_as_over(step) for step in block.steps)
        blocks.append(TimedBlock(block.block, timing.first_start(steps), steps))
    return Course(tuple(blocks), ended)


def _step_as_over(step: TimedStep) -> TimedStep:
    if step.state in ("now", "done"):
        return structs.replace(step, state="done")
    return structs.replace(step, state="out" if step.state == "out" else "skipped", start=None)
