"""The run-sheet of the workshop that runs, for the console: how it stands, and following it step by step."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from app.access import Code, Refused
from app.boards.core.board import Board
from app.boards.core.stage.read import stage_of
from app.boards.live.stage.progress import SEEN_WITHIN
from app.boards.storage import look_store
from app.db import Database, now
from app.phrases import hour
from app.workshops.console.next_phase import Kind, Preview
from app.workshops.console.step_values import (
    first_revealed,
    missing_sections,
    values_for,
    with_step,
)
from app.workshops.runsheet import actions, store
from app.workshops.runsheet.follow import course_of, really_ran
from app.workshops.runsheet.sheet import Block, Step
from app.workshops.runsheet.timing import Course, Ran
from app.workshops.runsheet.workshop import Workshop


class Plan(Struct, frozen=True):
    """A workshop with its run-sheet, as it stands at this moment."""

    workshop: Workshop
    course: Course
    ran: tuple[Ran, ...]

    @property
    def ran_ids(self) -> set[str]:
        return {one.step.id for one in self.ran}

    @property
    def next(self) -> Step | None:
        return self.course.next.step if self.course.next else None

    @property
    def backstage(self) -> list[Step]:
        """The present step and the next one, where something is kept backstage for them."""
        found = [one.step for one in (self.course.now, self.course.next) if one]
        return [step for step in found if step.backstage]

    def step(self, id: str) -> tuple[Step, Block | None] | None:
        """A step that has not run, with its block."""
        sheet = self.workshop.sheet
        step = sheet.step(id)
        return (step, sheet.block_of(id)) if step and id not in self.ran_ids else None

    def time(self, at: datetime | None) -> str:
        return hour(at) if at else ""


async def load_plan(db: Database, board: Board) -> Plan | None:
    """None where nothing stands among the workshops of the space for it; its run-sheet may be empty."""
    stage = stage_of(board)
    if stage is None:
        return None
    async with db.read() as tx:
        workshop = await store.of_stage(tx, board.id, stage.id)
        runs = (await store.runs_of(tx, [workshop.id]))[workshop.id] if workshop else []
    if workshop is None:
        return None
    return Plan(workshop, course_of(workshop, runs, board, now()), tuple(really_ran(runs, board)))


def begun(plan: Plan | None, board: Board, step_id: str = "") -> tuple[Kind, dict[str, str]] | None:
    """The form for a step, for the next one where none is named; None where there is none."""
    wanted = step_id or (plan.next.id if plan and plan.next else "")
    found = plan.step(wanted) if plan else None
    if plan is None or found is None:
        return None
    return values_for(board, *found, plan.ran)


def seen(plan: Plan | None, board: Board, preview: Preview, step_id: str) -> Preview:
    """The preview, with what the step adds to it."""
    found = plan.step(step_id) if plan and step_id else None
    if plan is None or found is None:
        return preview
    step, block = found
    return with_step(board, preview, step, block, plan.ran, missing_sections(board, step))


async def note_here(db: Database, plan: Plan | None, board: Board) -> None:
    """Write down who is there as a step begins, or all of it ends: the minutes count them."""
    if plan is None:
        return
    async with db.write() as tx:
        at = now()
        there = await tx.run_sync(look_store.seen_since, board.id, at, at - SEEN_WITHIN)
        await store.note_here(tx, plan.workshop.id, there)


async def before_opening(db: Database, plan: Plan | None, board: Board, form: Mapping[str, str]) -> list[str]:
    """Say that a step is to be opened as this phase; gives the phases to be revealed first."""
    found = plan.step(form.get("step", "")) if plan else None
    stage = stage_of(board)
    if plan is None or found is None or stage is None:
        return []
    if (form.get("from") or None) != stage.now:
        raise Refused(Code.INVALID, "Somebody has moved on already.")
    step, block = found
    ran = Ran(step, block.id if block else "", block.title if block else "", form.get("id", ""), now())
    async with db.write() as tx:
        workshop = await store.find(tx, plan.workshop.space, plan.workshop.id)
        if workshop:
            await actions.will_run(tx, workshop, ran)
    return [phase.id for phase in first_revealed(board, step, block, plan.ran)]
