"""When each block begins, and once it runs: now, next, ahead or behind, the rest timed anew. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from app.workshops.runsheet.sheet import Block, Sheet, Step

State = Literal["done", "now", "next", "later", "skipped", "out"]

ANOTHER_TIME = timedelta(hours=2)


class Ran(Struct, frozen=True):
    """A step that was opened as a phase of the stage, as it was then. `title` is that of its block."""

    step: Step
    block: str
    title: str
    phase: str
    at: datetime


class TimedStep(Struct, frozen=True):
    """A step with where it stands in time. `took` is how many minutes it ran, once it is over."""

    step: Step
    start: datetime | None
    state: State
    took: float | None = None
    phase: str = ""


class TimedBlock(Struct, frozen=True):
    """A block with its steps; it begins with the first of them that is not left out."""

    block: Block
    start: datetime | None
    steps: tuple[TimedStep, ...]

    @property
    def is_now(self) -> bool:
        return any(step.state == "now" for step in self.steps)

    @property
    def is_over(self) -> bool:
        return all(step.state in ("done", "out", "skipped") for step in self.steps)

    @property
    def took(self) -> float | None:
        """The minutes that it ran, once it is over and some of it ran."""
        ran = [step.took for step in self.steps if step.took is not None]
        return sum(ran) if ran and self.is_over else None


class Course(Struct, frozen=True):
    """How a run-sheet stands at a moment. `late` are seconds behind the plan, below 0 ahead of it.

    `over` are the seconds by which it ends after the booking; `cuts` what could save time in what is to come.
    """

    blocks: tuple[TimedBlock, ...]
    ends: datetime | None
    now: TimedStep | None = None
    next: TimedStep | None = None
    late: float = 0
    over: float = 0
    cuts: tuple[Step, ...] = ()

    @property
    def clock(self) -> str:
        """'3 minutes behind', '2 minutes ahead', 'on time'."""
        minutes = round(abs(self.late) / 60)
        if minutes < 1:
            return "on time"
        return f"{minutes} {'minute' if minutes == 1 else 'minutes'} {'behind' if self.late > 0 else 'ahead'}"


def planned(sheet: Sheet, starts: datetime | None, booked: float | None) -> Course:
    """Before it runs: each step begins when those before it are over."""
    at, blocks = starts, []
    for block in sheet.blocks:
        steps = []
        for step in block.steps:
            steps.append(TimedStep(step, at, "out" if step.left_out else "later"))
            at = _after(at, step)
        blocks.append(TimedBlock(block, steps[0].start if steps else at, tuple(steps)))
    return Course(tuple(blocks), at, over=_over(at, starts, booked))


def running(
    sheet: Sheet,
    ran: Sequence[Ran],
    at: datetime,
    *,
    present: str | None = None,
    left: float | None = None,
    starts: datetime | None = None,
    booked: float | None = None,
    baseline: float | None = None,
    is_over: bool = False,
) -> Course:
    """While it runs, or at its end. `ran` are the openings in their order, `present` the phase of the stage.

    `left` are the seconds that its clock still has; `baseline` the minutes that all was to take at first.
    """
    began = _begins(starts, ran[0].at if ran else at)
    if not ran:
        return _begun_late(planned(sheet, began, booked), at, began, booked)
    current = next((one for one in reversed(ran) if one.phase == present), ran[-1])
    took, order = _took(ran, None if is_over else current, at), [step.id for step in sheet.steps()]
    here = order.index(current.step.id) if current.step.id in order else _place(ran, current, order)
    opened = {one.step.id: one for one in ran}
    if left is None:  # what is left of its minutes
        left = current.step.minutes * 60 - (at - current.at).total_seconds()
    then = at + timedelta(seconds=max(left, 0.0))
    states = _states(sheet, opened, current.step.id, order[here + 1 :])
    blocks, then = _timed(sheet, opened, states, took, then)
    steps = [step for block in blocks for step in block.steps]
    return Course(
        tuple(blocks),
        then,
        next((step for step in steps if step.state == "now"), None),
        next((step for step in steps if step.state == "next"), None),
        (then - began).total_seconds() - (sheet.minutes if baseline is None else baseline) * 60,
        _over(then, began, booked),
        tuple(one for one in sheet.steps() if one.cut and states[one.id] in ("next", "later")),
    )


def first_start(steps: Sequence[TimedStep]) -> datetime | None:
    """When a block of these begins: with the first of them that is not left out or passed over."""
    known = [step.start for step in steps if step.start and step.state not in ("out", "skipped")]
    return known[0] if known else next((step.start for step in steps if step.start), None)


def _begins(starts: datetime | None, began: datetime) -> datetime:
    """When it was to begin; hours from then it is not late but held at another time, so when it did."""
    return began if starts is None or abs(began - starts) > ANOTHER_TIME else starts


def _begun_late(course: Course, at: datetime, starts: datetime | None, booked: float | None) -> Course:
    """The doors are open and nothing has run: what has passed since the beginning is lost to all of it."""
    late = max((at - starts).total_seconds(), 0.0) if starts else 0.0
    by = timedelta(seconds=late)
    found, blocks = None, []
    for block in course.blocks:
        steps = []
        for one in block.steps:
            state: State = one.state
            if found is None and state == "later":
                state = "next"
            start = one.start + by if one.start else None
            timed = TimedStep(one.step, start, state)
            found = timed if state == "next" else found
            steps.append(timed)
        blocks.append(TimedBlock(block.block, first_start(steps), tuple(steps)))
    ends = course.ends + by if course.ends else None
    cuts = tuple(s.step for b in blocks for s in b.steps if s.step.cut and s.state in ("next", "later"))
    return Course(tuple(blocks), ends, None, found, late, _over(ends, starts, booked), cuts)


def _states(sheet: Sheet, opened: dict[str, Ran], current: str, after: Sequence[str]) -> dict[str, State]:
    """Where each step stands: what was passed over is skipped, what comes is next or later."""
    states: dict[str, State] = {}
    has_next = False
    for step in sheet.steps():
        if step.id == current:
            states[step.id] = "now"
        elif step.id in opened:
            states[step.id] = "done"
        elif step.left_out:
            states[step.id] = "out"
        elif step.id not in after:
            states[step.id] = "skipped"
        else:
            states[step.id] = "later" if has_next else "next"
            has_next = True
    return states


def _place(ran: Sequence[Ran], current: Ran, order: list[str]) -> int:
    """Where the present step would be, if it is no longer on the run-sheet: at the last one that is."""
    known = [order.index(one.step.id) for one in ran if one.step.id in order and one.at <= current.at]
    return max(known, default=-1)


def _took(ran: Sequence[Ran], current: Ran | None, at: datetime) -> dict[str, float]:
    """The minutes of each step that is over: until the next one was opened."""
    ends = [one.at for one in ran[1:]] + [at]
    found: dict[str, float] = {}
    for one, end in zip(ran, ends, strict=True):
        if one is not current:
            found[one.step.id] = found.get(one.step.id, 0) + (end - one.at).total_seconds() / 60
    return found


def _timed(
    sheet: Sheet,
    opened: dict[str, Ran],
    states: dict[str, State],
    took: dict[str, float],
    then: datetime,
) -> tuple[list[TimedBlock], datetime]:
    """The blocks with their times, what comes being timed from `then` on; and when the last of it ends."""
    blocks = []
    for block in sheet.blocks:
        steps = []
        for step in block.steps:
            one, state = opened.get(step.id), states[step.id]
            coming = state in ("next", "later")
            start = one.at if one else then if coming else None
            shown = one.step if one else step
            steps.append(TimedStep(shown, start, state, took.get(step.id), one.phase if one else ""))
            then += timedelta(minutes=step.minutes if coming else 0)
        blocks.append(TimedBlock(block, first_start(steps), tuple(steps)))
    return blocks, then


def _after(at: datetime | None, step: Step) -> datetime | None:
    return at if at is None or step.left_out else at + timedelta(minutes=step.minutes)


def _over(ends: datetime | None, starts: datetime | None, booked: float | None) -> float:
    if ends is None or starts is None or booked is None:
        return 0.0
    return max((ends - starts).total_seconds() - booked * 60, 0.0)
