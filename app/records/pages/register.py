"""What a register shows: the rows of a page with what there is to choose from, loaded once."""

from collections.abc import Mapping

from msgspec import Struct

from app.boards.core.text import choices
from app.boards.library import store as library_store
from app.db import Tx
from app.phrases import day_now, plural
from app.records import find_store, register_store
from app.records.core.kind import Column, Kind
from app.records.core.kinds import KINDS, kind_of
from app.records.core.record import Record, Stands
from app.records.core.register import ALL, CLOSED, COUNTED, ME, NOBODY, PAGE, SORTS, Asked
from app.records.core.resting import is_refuted
from app.records.core.sight import see
from app.records.core.status import word_of
from app.records.hooks import RecordHooks
from app.records.register_store import Reader
from app.records.store import Parts
from app.spaces.space import Seat
from app.spaces.space_people import SpacePeople, load_space_people

Choices = list[tuple[str, str]]


class RegisterRow(Struct, frozen=True):
    """A record as its row shows it. `mark` is how its state is drawn; `rests` what rests on it."""

    record: Record
    word: str
    mark: str
    held: bool
    rests: str
    overdue: bool

    @property
    def nobody_holds(self) -> bool:
        return self.record.stands is Stands.STANDING and not self.held


class Register(Struct, frozen=True):
    """The rows of one page, `count` on all pages or more than COUNTED, and the counts of the tabs."""

    asked: Asked
    people: SpacePeople
    rows: list[RegisterRow]
    count: int
    counts: dict[str, int]
    filters: dict[str, Choices]
    looked: bool  # whether what was looked for holds a word
    is_last: bool
    many_tenders: bool  # more than the filter offers

    @property
    def kind(self) -> Kind | None:
        return KINDS.get(self.asked.kind)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Those that its kind has beside what all have."""
        return self.kind.columns if self.kind else ()

    @property
    def is_counted(self) -> bool:
        return not self.asked.q or self.count <= COUNTED

    @property
    def range(self) -> str:
        """'51 to 100 of 214'."""
        first = (self.asked.page - 1) * PAGE
        of = str(self.count) if self.is_counted else f"more than {COUNTED:,}"
        return f"{first + 1} to {first + len(self.rows)} of {of}"


def reader_of(people: SpacePeople, q: str = "") -> Reader:
    """Who reads a register of these people, for which words they look."""
    organisations: dict[str, list[str]] = {}
    for one in people.people.values():
        organisations.setdefault(one.organisation or "", []).append(one.id)
    left = [one.id for one in people.people.values() if one.former]
    me = people.seat.actor.person or ""
    names = {one.id: (one.name, one.organisation_name) for one in people.people.values()} if q else {}
    return Reader(me, day_now(), organisations, left, find_store.terms(q, names))


def title_of(asked: Asked) -> str:
    """The heading of a register, by its kind."""
    kind = KINDS.get(asked.kind)
    return kind.plural if kind else "Nobody holds" if asked.kind == NOBODY else "Records"


async def count_of(tx: Tx, seat: Seat, asked: Asked) -> int:
    """How many records the person with this seat sees of what is asked for."""
    people = await load_space_people(tx, seat)
    return await register_store.count(tx, seat.space.id, asked, reader_of(people, asked.q))


async def load_register(tx: Tx, seat: Seat, asked: Asked, hooks: RecordHooks) -> Register:
    """The page that is asked for, as the person with this seat sees it."""
    people = await load_space_people(tx, seat)
    reader = reader_of(people, asked.q)
    space, kind = seat.space.id, KINDS.get(asked.kind)
    counts = await register_store.counts(tx, space, reader)
    count = counts.get(asked.kind, 0)
    if asked.is_narrow:
        count = await register_store.count(tx, space, asked, reader, COUNTED + 1)
    listed = bool(kind and kind.columns)  # only these say something of what stands in lists
    parts = Parts(listed, ties=False)
    tenders = await _tenders(tx, people, asked, reader)
    found = await register_store.page(tx, space, asked, reader, count, parts=parts, beyond=1)
    return Register(
        asked,
        people,
        await rows_of(tx, people, found[:PAGE]),
        count,
        counts,
        await _filters(tx, people, asked, tenders, hooks),
        looked=bool(reader.terms),
        many_tenders=tenders.many,
        is_last=len(found) <= PAGE,  # not by the count, which ends above COUNTED
    )


async def rows_of(tx: Tx, people: SpacePeople, found: list[Record]) -> list[RegisterRow]:
    """The rows of these records, as far as the person sees them."""
    seat, today = people.seat, day_now()
    records = [one for one in found if see(one, seat.actor)]
    ids = [one.id for one in records]
    refuted = await register_store.on_refuted(tx, ids)
    resting = await register_store.resting(tx, ids)
    return [
        RegisterRow(
            one,
            word_of(one, refuted=one.id in refuted),
            _mark(one),
            one.tender is not None and not people.has_left(one.tender),
            _rests(one, resting.get(one.id, {})),
            one.stands is Stands.STANDING and one.look_again is not None and one.look_again < today,
        )
        for one in records
    ]


def _mark(record: Record) -> str:
    kind = kind_of(record)
    return kind.mark(record.state) if kind and record.stands is Stands.STANDING else "none"


def _rests(record: Record, counts: Mapping[str, int]) -> str:
    """'2 dilemmas, 1 test'; it says so where they rest on something that turned out wrong."""
    parts = [plural(counts[tag], kind.word.lower()) for tag, kind in KINDS.items() if tag in counts]
    rest = "rests" if sum(counts.values()) == 1 else "rest"
    return f"{', '.join(parts)}{f' still {rest} on it' if parts and is_refuted(record) else ''}"


async def _tenders(tx: Tx, people: SpacePeople, asked: Asked, reader: Reader) -> choices.Choices:
    """Who keeps records true beside who asks. Of many the first: the search finds what others keep too."""
    keeping = {asked.tender, *await register_store.tenders(tx, people.seat.space.id, reader)}
    writers = [one.id for one in people.writers() if one.id in keeping - {people.seat.actor.person}]
    return choices.of_many(writers, people.full_name, chosen={asked.tender})


async def _filters(
    tx: Tx, people: SpacePeople, asked: Asked, tenders: choices.Choices, hooks: RecordHooks
) -> dict[str, Choices]:
    """What there is to choose from, by name of the filter."""
    seat = people.seat
    kind = KINDS.get(asked.kind)
    states = [(tag, state.word) for tag, state in kind.states.items()] if kind else []
    with_records = await register_store.boards_with_records(tx, seat.space.id)
    boards = [one for one in await library_store.of_space(tx, seat.space.id) if one.id in with_records]
    return {
        "state": [("", "Open ones"), *states, (CLOSED, "Closed ones"), (ALL, "Open and closed")],
        "organisation": [("", "All organisations"), *((one.id, one.name) for one in people.organisations)],
        "outcome": [("", "Any outcome"), *await hooks.goals(tx, seat)],
        "tender": [("", "Kept true by anybody"), (ME, "By me"), (NOBODY, "By nobody"), *tenders.offered],
        "board": [("", "On any board"), *((one.id, one.title) for one in boards)],
        "overdue": [("", "Due or not"), ("yes", "Overdue")],
        "sort": list(SORTS),
    }
