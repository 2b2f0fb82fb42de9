"""The one door for changing records: check with the record as it is, store, commit, then wake."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NoReturn

from msgspec import UNSET, Struct

from app.access import NOT_FOUND, Code, Refused
from app.db import new_id
from app.phrases import day_of
from app.records import card_store, store
from app.records.core import concluding, ops
from app.records.core.concluding import Conclusion
from app.records.core.history import changed, replay
from app.records.core.meanwhile import Conflict, join
from app.records.core.ops import Deed, NewTie, Op, Quote
from app.records.core.record import SOURCES, Record, Stands
from app.records.core.rules import apply, may
from app.records.core.sight import see
from app.records.core.ties import REPLACES, check_replacing, closes_circle
from app.records.quotes import Place
from app.spaces.actions import Door, SpaceChange, change
from app.spaces.space_people import SpacePeople, load_space_people

CIRCLE = "That would lead back to where it began: the other leads to this already."
ITSELF = "This is the same record. Choose another."
NOBODY = "Choose somebody who takes part here now, as a member or steward."


class Meanwhile(Refused):
    """Somebody else changed the same texts since the form was opened; both are kept."""

    def __init__(self, conflicts: tuple[Conflict, ...], now: Record) -> None:
        super().__init__(
            Code.CONFLICT, "Somebody else changed this while you wrote. Choose what is to stand."
        )
        self.conflicts, self.now = conflicts, now


class Keeping(Struct, frozen=True):
    """A record to be made: from which cards, and which of them is to stand for it.

    `tied` are ties of other records to the new one: the record, and what the tie means.
    """

    op: ops.Keep
    quotes: tuple[Quote, ...] = ()
    card: Place | None = None
    tied: tuple[tuple[str, str], ...] = ()
    goals: Collection[str] = ()  # that a tie may lead to


async def keep(door: Door, keeping: Keeping) -> Record:
    """Make a record. Raises Refused, and Wrong with a sentence for each field."""
    return (await keep_all(door, [keeping]))[0]


async def keep_all(door: Door, keepings: Sequence[Keeping]) -> list[Record]:
    """Make several records, or none. Raises as `keep` does."""
    async with change(door, "record.keep") as under_way:
        people = await load_space_people(under_way.tx, under_way.seat)
        return [await _keep(under_way, people, one) for one in keepings]


async def _keep(under_way: SpaceChange, people: SpacePeople, keeping: Keeping) -> Record:
    _check_person(people, keeping.op.offer)
    deed = Deed(keeping.op, under_way.seat.actor, under_way.at, keeping.quotes, today=day_of(under_way.at))
    made = apply(None, deed, new_id(), under_way.space_id)
    for tie in keeping.op.ties:
        await _check_end(under_way, made, tie, keeping.goals)
    if keeping.card:
        await _check_free(under_way, keeping.card)
    await store.add(under_way.tx, made, deed)
    if keeping.card and made.stands is not Stands.DRAFT:
        await card_store.link(under_way.tx, *keeping.card, made.id)
    for other, means in keeping.tied:
        await _change(under_way, other, _always(ops.AddTie(NewTie(new_id(), "record", made.id, means))))
    return made


async def act(door: Door, record_id: str, op: Op, goals: Collection[str] = ()) -> Record:
    """Do `op` to the record. Raises Refused. `goals` are the goals of the space that a tie may lead to."""
    async with change(door, "record.show") as under_way:
        before = await _find(under_way, record_id)
        check_replacing(before, op)
        after = await _change(under_way, record_id, _always(op), goals)
        if isinstance(op, ops.Close) and op.by:
            replaces = ops.AddTie(NewTie(new_id(), "record", record_id, REPLACES))
            await _change(under_way, op.by, _always(replaces))
        if isinstance(op, ops.Open) and before.replaced_by:
            await _no_longer_replaces(under_way, before.replaced_by, record_id)
        if isinstance(op, ops.Stand):
            await _link_source(under_way, after)
        return after


async def write(
    door: Door, record_id: str, typed: Mapping[str, str], seen: int, choices: Mapping[str, str]
) -> Record:
    """Change its words by a form that showed revision `seen`. Raises Meanwhile, Wrong and Refused."""
    async with change(door, "record.keep") as under_way:
        past = replay(await store.history(under_way.tx, record_id), record_id, door.space_id)

        def op(now: Record) -> Op:
            base = past[seen - 1] if 1 <= seen <= len(past) else now
            joined = join(typed, base, now, choices)
            if joined.conflicts:
                raise Meanwhile(joined.conflicts, now)
            return ops.Write(UNSET if joined.title is None else joined.title, joined.fields)

        return await _change(under_way, record_id, op)


async def conclude(door: Door, record_id: str, said: Conclusion) -> bool:
    """End a test. Gives whether what it tested has the state that was said: its tender decides that."""
    async with change(door, "record.keep") as under_way:
        test = await _find(under_way, record_id)
        for op in concluding.of_test(test, said):
            test = await _change(under_way, record_id, _always(op))
        for tie in test.tied("tests"):
            assumption = await _find(under_way, tie.other)
            for op in concluding.of_assumption(test, assumption, said, new_id()):
                if isinstance(op, ops.SetState) and not await _may(under_way, assumption, op):
                    return False
                await _change(under_way, assumption.id, _always(op))
    return True


async def place(door: Door, record_id: str, card: Place | None, old: Place | None = None) -> None:
    """Let a card stand for the record, or with `old` no longer."""
    async with change(door, "record.keep") as under_way:
        record = await _find(under_way, record_id)
        if card:
            await _check_free(under_way, card)
            await card_store.link(under_way.tx, *card, record.id)
        if old and await card_store.record_of(under_way.tx, *old) == record.id:
            await card_store.link(under_way.tx, *old, None)


async def let_stand(door: Door, board_id: str, cards: Mapping[str, str]) -> None:
    """Let cards that were just put on a board stand for records, by card. Raises Refused."""
    async with change(door, "record.keep") as under_way:
        for card, record_id in cards.items():
            record = await _find(under_way, record_id)
            if record.stands is not Stands.DRAFT:
                await card_store.link(under_way.tx, board_id, card, record.id)


async def _change(
    under_way: SpaceChange, record_id: str, op_for: Callable[[Record], Op], goals: Collection[str] = ()
) -> Record:
    tx, seat = under_way.tx, under_way.seat
    before = await _find(under_way, record_id)
    op = op_for(before)
    people = await load_space_people(tx, seat)
    left = before.tender is not None and people.has_left(before.tender)
    refused = may(before, seat.actor, op, seat.space.state, tender_left=left)
    if refused:
        raise refused
    if isinstance(op, ops.Offer):
        _check_person(people, op.person)
    if isinstance(op, ops.AddTie):
        await _check_end(under_way, before, op.tie, goals)
    if isinstance(op, ops.Close) and op.by:
        await _find(under_way, op.by)
    deed = Deed(op, seat.actor, under_way.at, tender_left=left, today=day_of(under_way.at))
    history = await store.history(tx, record_id) if isinstance(op, ops.PutBack) else []
    after = changed(before, deed, seat.space.state, history=history, tender_left=left)
    if not await store.change(tx, before, after, deed):
        raise Refused(Code.CONFLICT, "Somebody else changed this at the same moment. Try again.")
    return after


async def _no_longer_replaces(under_way: SpaceChange, record_id: str, other: str) -> None:
    """Take back what was said when `other` was closed for the record, which may be closed too by now."""
    before = await store.find(under_way.tx, under_way.space_id, record_id)
    for tie in before.tied(REPLACES) if before else ():
        if before and tie.other == other:
            deed = Deed(ops.RemoveTie(tie.id), under_way.seat.actor, under_way.at)
            await store.change(under_way.tx, before, apply(before, deed, before.id, before.space), deed)


def _always(op: Op) -> Callable[[Record], Op]:
    """The same op whatever the record is by now."""
    return lambda _now: op


async def _may(under_way: SpaceChange, record: Record, op: Op) -> bool:
    people = await load_space_people(under_way.tx, under_way.seat)
    left = record.tender is not None and people.has_left(record.tender)
    return may(record, under_way.seat.actor, op, under_way.seat.space.state, tender_left=left) is None


async def _find(under_way: SpaceChange, record_id: str) -> Record:
    record = await store.find(under_way.tx, under_way.space_id, record_id)
    seen = see(record, under_way.seat.actor) if record else None
    if seen is None:
        _refuse(NOT_FOUND, Code.NOT_FOUND)
    return seen


async def _check_end(under_way: SpaceChange, record: Record, tie: NewTie, goals: Collection[str]) -> None:
    """Raise Refused where the other end is not there, or it would close a circle."""
    if tie.kind == "goal":
        if tie.other not in goals:
            _refuse("That goal is no longer here.", Code.NOT_FOUND)
        return
    if tie.other == record.id:
        _refuse(ITSELF)
    await _find(under_way, tie.other)
    pairs = [
        (a, b) for a, b, means in await store.pairs(under_way.tx, under_way.space_id) if means == tie.means
    ]
    if closes_circle(pairs, record.id, tie.other):
        _refuse(CIRCLE)


async def _check_free(under_way: SpaceChange, card: Place) -> None:
    """Raise Refused where the card stands for a record already."""
    known = await card_store.record_of(under_way.tx, *card)
    record = await store.find(under_way.tx, under_way.space_id, known) if known else None
    if record:
        _refuse(f"This card stands for “{record.title}” already.", Code.DUPLICATE)


async def _link_source(under_way: SpaceChange, record: Record) -> None:
    """Once a draft stands, the card it came from shows it, unless that stands for something else by now."""
    first = (await store.history(under_way.tx, record.id))[0].deed.op
    if isinstance(first, ops.Keep) and first.gathered:
        return
    for row in record.of(SOURCES):
        if row.board and row.card:
            if await card_store.record_of(under_way.tx, row.board, row.card) is None:
                await card_store.link(under_way.tx, row.board, row.card, record.id)
            return


def _check_person(people: SpacePeople, person: str | None) -> None:
    if person is not None and person not in {one.id for one in people.writers()}:
        _refuse(NOBODY)


def _refuse(sentence: str, code: Code = Code.INVALID) -> NoReturn:
    raise Refused(code, sentence)
