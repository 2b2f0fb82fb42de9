"""What the pages of a workshop are about, loaded once for a page and its errors."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from litestar.response import Template
from msgspec import Struct

from app.access import READERS
from app.boards.core.board import Board
from app.boards.core.kinds import CARD_KINDS
from app.boards.library import store as library_store
from app.boards.library.store import BoardSummary
from app.boards.live.rooms import Rooms
from app.boards.storage.store import Missing
from app.db import Database, Tx, new_id, now
from app.phrases import hour
from app.spaces import rehearsed_store
from app.spaces.page_frame import page_of
from app.spaces.space import Seat
from app.spaces.space_people import SpacePeople, load_space_people
from app.workshops.runsheet import store, told
from app.workshops.runsheet.follow import course_of, ended_at, is_running, really_ran
from app.workshops.runsheet.sheet import KINDS, PLACES, Step
from app.workshops.runsheet.timing import Course, Ran, TimedBlock
from app.workshops.runsheet.workshop import Workshop, may_prepare, not_here


class At(Struct, frozen=True):
    """A workshop as one person sees it: backstage is for those who lead it."""

    workshop: Workshop
    seat: Seat
    people: SpacePeople
    course: Course
    ran: tuple[Ran, ...] = ()
    summary: BoardSummary | None = None
    board: Board | None = None
    tried: Workshop | None = None  # the copy that somebody tries now, of this or another workshop here

    @property
    def leads(self) -> bool:
        """Whether the person may change it."""
        return may_prepare(self.workshop, self.seat.actor, self.seat.space.state) is None

    @property
    def arranges(self) -> bool:
        """Whether the person moves and adds what comes: there is such a thing until it has ended."""
        return self.leads and not self.has_ended

    def may_move(self, steps: Sequence[Step]) -> bool:
        """Whether none of these steps has run: what ran stays where it is."""
        return self.arranges and not any(step.id in self.ran_ids for step in steps)

    @property
    def is_team(self) -> bool:
        """Whether the person may read what is for those who lead it, in an archived space too."""
        return self.seat.actor.person in self.workshop.team and self.seat.actor.role in READERS

    @property
    def names_team(self) -> list[str]:
        return [self.people.name(one) for one in self.workshop.team]

    @property
    def has_ended(self) -> bool:
        return ended_at(self.workshop, self.board) is not None

    @property
    def ran_ids(self) -> set[str]:
        """The steps that have run."""
        return {one.step.id for one in self.ran}

    @property
    def end_of_booking(self) -> datetime | None:
        one = self.workshop
        return one.starts_at + timedelta(minutes=one.booked) if one.starts_at and one.booked else None

    def begins(self, row: TimedBlock) -> str:
        """When a block begins, else how long after the beginning; of one that never came, nothing."""
        if row.start is None:
            return "" if self.has_ended else f"+{self._offset(row.block.id):g}"
        return self.time(row.start)

    def _offset(self, block_id: str) -> float:
        blocks = self.workshop.sheet.blocks
        at = next(i for i, one in enumerate(blocks) if one.id == block_id)
        return sum(one.minutes for one in blocks[:at])

    @property
    def runs(self) -> bool:
        return is_running(self.workshop, self.board)

    @property
    def sections(self) -> list[str]:
        """The titles of the sections of its board, in their order, and those that steps name besides."""
        there = self.there
        named = [title for step in self.workshop.sheet.steps() for title in step.sections]
        return list(dict.fromkeys([*there, *named]))

    @property
    def there(self) -> list[str]:
        items = [] if self.board is None else list(self.board.items.values())
        found = [one for one in items if one.item == "section" and one.removed is None]
        return [
            str(one.fields["title"]) for one in sorted(found, key=lambda one: (one.fields["order"], one.id))
        ]

    @property
    def gone(self) -> list[str]:
        """What the run-sheet names and is no longer there, in sentences."""
        found = []
        if self.workshop.board and (self.summary is None or self.summary.archived):
            found.append("The board of this workshop is archived. Restore it, or choose another one.")
        there, named = set(self.there), [one for one in self.sections if self.board]
        missing = [one for one in named if one not in there]
        if missing and self.summary and not self.summary.archived:
            names = ", ".join(f"“{one}”" for one in missing[:5])
            found.append(f"Not on the board: {names}. Notes for it go into no section.")
        left = {step.lead for step in self.workshop.sheet.steps() if step.lead}
        away = [self.people.name(one) for one in sorted(left) if self.people.has_left(one)]
        if away:
            found.append(f"No longer here, but named to lead a step: {', '.join(away)}.")
        return found

    def time(self, at: datetime | None) -> str:
        """A moment on the clock of the room."""
        return hour(at) if at else ""

    def page(self, name: str, status: int = 200, **more: Any) -> Template:
        """A page about it."""
        shown: Mapping[str, Any] = {
            "at": self,
            "workshop": self.workshop,
            "course": self.course,
            "people": self.people,
            "here": "workshops",
            "told": told,
            "places": PLACES,
            "kinds_of_step": KINDS,
            "new_id": new_id,
            "card_choices": [(name, kind.word) for name, kind in CARD_KINDS.items()],
            "leads": [
                ("", "Whoever leads then"),
                *((one, self.people.name(one)) for one in self.workshop.team),
            ],
            **more,
        }
        return page_of(self.seat, name, status, **shown)


Stored = tuple[Workshop, SpacePeople, list[Ran], BoardSummary | None, Workshop | None]


async def _stored(tx: Tx, seat: Seat, workshop_id: str) -> Stored:
    """The workshop, its people, how it ran, its board, and what is tried here. Raises Refused (not_found)."""
    workshop = await store.find(tx, seat.space.id, workshop_id)
    if workshop is None:
        raise not_here()
    people = await load_space_people(tx, seat)
    runs = (await store.runs_of(tx, [workshop.id]))[workshop.id]
    summary = await library_store.find(tx, workshop.board) if workshop.board else None
    copy = await rehearsed_store.copy_of(tx, seat.space.id)
    tried = await store.tried_in(tx, copy) if copy else None
    return workshop, people, runs, summary, tried


async def load(db: Database, rooms: Rooms, seat: Seat, workshop_id: str) -> At:
    """Raises Refused (not_found)."""
    workshop, people, runs, summary, tried = await db.run_long_read(lambda tx: _stored(tx, seat, workshop_id))
    board = await _board(rooms, workshop.board)
    course = course_of(workshop, runs, board, now())
    ran = tuple(really_ran(runs, board))
    return At(workshop, seat, people, course, ran, summary, board, tried)


async def steps_that_ran(db: Database, rooms: Rooms, space_id: str, workshop_id: str) -> set[str]:
    """Which of its steps have run; read without all else that a page shows."""
    async with db.read() as tx:
        workshop = await store.find(tx, space_id, workshop_id)
        runs = (await store.runs_of(tx, [workshop_id]))[workshop_id] if workshop and workshop.stage else []
    board = await _board(rooms, workshop.board) if workshop and runs else None
    return {one.step.id for one in really_ran(runs, board)}


async def _board(rooms: Rooms, board_id: str | None) -> Board | None:
    if board_id is None:
        return None
    try:
        return (await rooms.open(board_id)).room.board
    except Missing:
        return None
