"""How a workshop stands: its run-sheet beside the stage that its doors opened. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import structs

from app.boards.core.board import Board
from app.boards.core.stage.read import phases_of, stage_of
from app.workshops.runsheet import timing
from app.workshops.runsheet.timing import Course, Ran, TimedBlock
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
    )
    return _as_over(course) if over else course


def _as_over(course: Course) -> Course:
    """Nothing is now or next any more, and what did not come was left out."""
    blocks = []
    for block in course.blocks:
        steps = [
            structs.replace(step, state="done" if step.state == "now" else "skipped")
            if step.state in ("now", "next", "later")
            else step
            for step in block.steps
        ]
        blocks.append(TimedBlock(block.block, block.start, tuple(steps)))
    return Course(tuple(blocks), course.ends)
