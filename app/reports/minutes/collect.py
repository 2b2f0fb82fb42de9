"""Everything that minutes are written from, loaded once: the workshop, its board, its people and records."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct, structs

from app.access import READERS, Actor, Role
from app.boards.core.board import Board
from app.boards.core.sight import see, viewer_in
from app.boards.live.rooms import Rooms
from app.boards.storage import door_store
from app.boards.storage.store import Missing
from app.db import Database, Tx, now
from app.records import store as record_store
from app.records.core.kinds import kind_of
from app.records.core.record import Record, Stands
from app.records.core.sight import see as see_record
from app.records.core.taken_out import Titles
from app.records.taken_out_store import titles
from app.reports.minutes import store
from app.reports.minutes.content import Change, KeptRecord, Minutes, RecordTitle
from app.reports.minutes.taken_out import without_taken_out
from app.reports.minutes.write import Added, minutes_of, participants
from app.spaces.space import Participant, Seat
from app.spaces.space_people import SpacePeople, load_space_people
from app.workshops.runsheet import store as workshops
from app.workshops.runsheet.follow import really_ran
from app.workshops.runsheet.timing import Ran
from app.workshops.runsheet.workshop import Workshop, may_prepare, not_here


class Collected(Struct, frozen=True):
    """The minutes of a workshop with what a page needs beside them."""

    workshop: Workshop
    seat: Seat
    people: SpacePeople
    minutes: Minutes
    at: datetime
    took_part: frozenset[str] = frozenset()
    left_out: Mapping[str, str] = {}  # the words of what was left out, by the id of the note
    changes: Sequence[Change] = ()  # of the draft, the latest first: for those who lead

    @property
    def names(self) -> dict[str, str]:
        return {id: one.full_name for id, one in self.people.people.items()}

    @property
    def is_draft(self) -> bool:
        return self.minutes.is_draft(self.at)

    @property
    def may_write(self) -> bool:
        """Whether the person may write paragraphs, leave things out and answer corrections."""
        allowed = may_prepare(self.workshop, self.seat.actor, self.seat.space.state) is None
        return allowed and self.is_draft

    @property
    def may_correct(self) -> bool:
        """Whether the person may ask for a correction: who took part, once it has ended, for five days."""
        there = self.seat.actor.person in self.took_part
        return there and self.minutes.end is not None and self.is_draft


class Stored(Struct, frozen=True):
    """What minutes are made of beside the board; so many `changes` were made to the draft."""

    added: Added
    runs: Sequence[Ran]
    records: Sequence[Record]
    changes: int


class Written(Struct, frozen=True):
    """Minutes as they are now, with the notes left out of them and who took part."""

    minutes: Minutes
    left_out: frozenset[str]
    took_part: frozenset[str]


async def collect(db: Database, rooms: Rooms, seat: Seat, workshop_id: str) -> Collected:
    """Raises Refused (not_found), also where its doors were never opened."""
    async with db.read() as tx:
        workshop = await workshops.find(tx, seat.space.id, workshop_id)
        if workshop is None or workshop.stage is None:
            raise not_here()
        people = await load_space_people(tx, seat)
        fixed = await store.fixed(tx, workshop.id)
        titles = await titles_in(tx, fixed)
        stored = await load(tx, workshop)
        leads = seat.actor.person in workshop.team and seat.actor.role in READERS
        changes = await store.changes(tx, workshop.id) if leads else []
    board = await board_of(rooms, workshop)
    if workshop.stage not in board.items:
        raise not_here()
    now_is = written(workshop, board, seat.space.name, people.people, stored)
    minutes = without_taken_out(fixed, board, titles) if fixed else now_is.minutes
    viewer = viewer_in(seat.actor.role)
    views = [see(board, item, viewer) for id in now_is.left_out if (item := board.items.get(id))]
    out = {view.id: str(view.fields["text"]) for view in views if view}
    return Collected(workshop, seat, people, minutes, now(), now_is.took_part, out, changes)


async def load(tx: Tx, workshop: Workshop) -> Stored:
    """What stands in the database beside the board."""
    added = Added(
        await store.paragraphs(tx, workshop.id),
        await store.left_out(tx, workshop.id),
        await store.corrections(tx, workshop.id),
        await workshops.were_here(tx, workshop.id),
        await door_store.people(tx, workshop.board or "", workshop.stage or ""),
    )
    runs = (await workshops.runs_of(tx, [workshop.id]))[workshop.id]
    return Stored(added, runs, await _records(tx, workshop.space), await store.changes_made(tx, workshop.id))


def written(
    workshop: Workshop, board: Board, space: str, people: Mapping[str, Participant], stored: Stored
) -> Written:
    """The minutes from all there is now, as a plain reader of the space sees it."""
    began = datetime.fromtimestamp(board.items[workshop.stage or ""].at, UTC)
    added = _with_records(stored.added, workshop, began, stored.records)
    minutes = minutes_of(workshop, board, really_ran(stored.runs, board), space, people, added)
    minutes = structs.replace(minutes, version=1 + stored.changes)
    there = frozenset(participants(board, workshop, added.present))
    return Written(minutes, frozenset(added.left_out), there)


async def titles_in(tx: Tx, minutes: Minutes | None) -> Mapping[str, Titles]:
    """What the records that minutes name are and were called."""
    return await titles(tx, [one.id for one in minutes.records()]) if minutes else {}


async def board_of(rooms: Rooms, workshop: Workshop) -> Board:
    """Raises Refused (not_found) where the board is gone."""
    try:
        return (await rooms.open(workshop.board or "")).room.board
    except Missing:
        raise not_here() from None


async def _records(tx: Tx, space_id: str) -> list[Record]:
    reader = Actor(Role.OBSERVER)
    found = await record_store.of_space(tx, space_id, stands=[Stands.STANDING, Stands.CLOSED])
    return [seen for one in found if (seen := see_record(one, reader))]


def _with_records(added: Added, workshop: Workshop, began: datetime, records: Sequence[Record]) -> Added:
    """What was kept of this board since it began; who is missing and what is parked stand apart."""
    here = [one for one in records if any(row.board == workshop.board for row in one.rows)]
    made = [one for one in here if one.made_at >= began]
    made.sort(key=lambda one: (one.made_at, one.id))
    kept = [
        KeptRecord(one.id, one.title, word=kind.word, tender=one.tender or "", look_again=one.look_again)
        for one in made
        if one.kind not in ("missing", "parked") and (kind := kind_of(one))
    ]
    return structs.replace(
        added,
        kept=kept,
        parked=[RecordTitle(one.id, one.title) for one in made if one.kind == "parked"],
        missing=[RecordTitle(one.id, one.title) for one in made if one.kind == "missing"],
    )
