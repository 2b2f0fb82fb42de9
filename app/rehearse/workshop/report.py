"""What a rehearsal of a workshop came to: its figures, and what they mean."""

from collections import Counter

from msgspec import Struct

from app.boards.core.board import Board
from app.boards.core.stage.read import notes_of, phases_of
from app.rehearse.report import Milliseconds, percentiles
from app.rehearse.workshop.tally import WorkshopTally
from app.reports.minutes.content import Minutes

AT_ONCE = 300  # milliseconds at p95 until a phase is on the phones


class MinutesCount(Struct, frozen=True):
    """The numbers in the minutes."""

    people: int
    blocks: int
    steps: int
    notes: int
    unrevealed: int  # that nobody was shown
    votes: int
    dots: int


class Held(Struct, frozen=True):
    """The workshop as it was held: by so many, `speed` times as fast, in so many seconds.

    `board` is as it was before the end, which destroys what is not kept.
    """

    people: int
    speed: float
    seconds: float
    steps: int
    board: Board
    minutes: Minutes
    server_s: float | None
    server_grew: float | None


class WorkshopReport(Struct, frozen=True):
    """One rehearsal of a workshop. Times in milliseconds, memory in bytes; None: unknown.

    `phase_ms` is from the press of the button until a phase is on a phone. `lost` are notes and dots that
    were acknowledged and are not there, `double` those that are there twice.
    """

    people: int
    joined: int
    speed: float
    seconds: float
    phases: int
    notes: int
    dots: int
    refused: int
    lost: int
    double: int
    errors: int
    trouble: dict[str, int]
    note_ms: Milliseconds
    dot_ms: Milliseconds
    phase_ms: Milliseconds
    minutes: MinutesCount
    server_cpu_share: float | None
    server_grew: float | None
    written: Minutes | None = None  # with all words, for who holds two of them beside each other

    @property
    def sound(self) -> bool:
        return not self.lost and not self.double


def report(held: Held, tally: WorkshopTally) -> WorkshopReport:
    notes_lost, notes_double = _notes(held.board, tally)
    dots_lost, dots_double = _dots(held.board, tally)
    share = held.server_s / held.seconds if held.server_s is not None else None
    return WorkshopReport(
        people=held.people,
        joined=held.people,
        speed=held.speed,
        seconds=round(held.seconds, 1),
        phases=held.steps,
        notes=len(tally.notes),
        dots=sum(len(cast) for cast in tally.dots.values()),
        refused=tally.refused,
        lost=notes_lost + dots_lost,
        double=notes_double + dots_double,
        errors=sum(tally.trouble.values()),
        trouble=dict(tally.trouble),
        note_ms=percentiles(tally.note_ns),
        dot_ms=percentiles(tally.dot_ns),
        phase_ms=percentiles(tally.phase_ns),
        minutes=counted(held.minutes),
        server_cpu_share=None if share is None else round(share, 3),
        server_grew=held.server_grew,
        written=held.minutes,
    )


def counted(minutes: Minutes) -> MinutesCount:
    parts = [part for block in minutes.blocks for part in block.parts]
    results = [part.result for part in parts if part.result]
    return MinutesCount(
        people=minutes.people,
        blocks=len(minutes.blocks),
        steps=len(parts),
        notes=sum(len(group.notes) for part in parts for group in part.groups),
        unrevealed=sum(part.unrevealed for part in parts),
        votes=len(results),
        dots=sum(row.dots for result in results for row in result.rows),
    )


def _notes(board: Board, tally: WorkshopTally) -> tuple[int, int]:
    """How many are lost, and how many are there twice: nobody writes the same twice in one phase."""
    there = notes_of(board, tuple(phase.id for phase in phases_of(board)))
    words = Counter((one.owner, one.fields["phase"], one.fields["text"]) for one in there)
    return len(tally.notes - {one.id for one in there}), sum(count - 1 for count in words.values())


def _dots(board: Board, tally: WorkshopTally) -> tuple[int, int]:
    """The same of dots: what was counted in each vote against what was acknowledged."""
    lost = double = 0
    for phase in phases_of(board):
        if phase.totals is None or phase.totals.too_few:
            continue
        counted_ones = Counter({total.id: total.dots for total in phase.totals.of})
        cast = Counter(tally.dots.get(phase.id, {}).values())
        lost += (cast - counted_ones).total()
        double += (counted_ones - cast).total()
    return lost, double


def as_text(found: WorkshopReport) -> str:
    """The report in words."""
    lines = [
        f"{found.joined} pretend people joined and went through {found.phases} steps in "
        f"{found.seconds:.0f} seconds, {found.speed:g} times as fast as people are.",
        f"They wrote {found.notes} notes and placed {found.dots} dots.",
        *_times(found),
        _whole(found),
        *(f"Trouble: {what}, {count} times." for what, count in sorted(found.trouble.items())),
        _minutes(found.minutes),
    ]
    if found.server_cpu_share is None:
        lines.append("What the server used of the machine could not be seen from here.")
    else:
        lines.append(f"The server used {found.server_cpu_share:.0%} of one processor.")
    lines.append("The copy and the pretend people are gone again. Your workshop was not touched.")
    return "\n".join(lines)


def _times(found: WorkshopReport) -> list[str]:
    named = {
        "A new question was on the phones": found.phase_ms,
        "A note was saved": found.note_ms,
        "A dot was saved": found.dot_ms,
    }
    return [
        f"{what} within {took['p50']:.0f} thousandths of a second for half, {took['p95']:.0f} for 95 of 100."
        for what, took in named.items()
        if took["p95"] is not None
    ]


def _whole(found: WorkshopReport) -> str:
    if found.sound:
        return "Nothing that was saved was lost, and nothing came twice."
    return f"Of what was saved {found.lost} is not there, and {found.double} is there twice."


def _minutes(of: MinutesCount) -> str:
    return (
        f"The minutes have {of.blocks} blocks with {of.steps} steps, {of.notes} notes and {of.dots} dots "
        f"in {of.votes} votes; {of.unrevealed} notes were never revealed and are not in them."
    )
