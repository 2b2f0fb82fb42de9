"""Who may do what to a record, and what it then is: `may` and `apply`. Pure."""

from collections.abc import Callable
from typing import Any, assert_never

from msgspec import UNSET, structs

from app.access import NOT_FOUND, Actor, Code, Refused, State, Thing, decide
from app.records.core import ops, reviewing, rows
from app.records.core.kinds import kind_of
from app.records.core.making import keep
from app.records.core.ops import Deed, Op
from app.records.core.past import Past
from app.records.core.put_back import put_back
from app.records.core.record import REVIEWS, Record, Stands
from app.records.core.writing import Wrong, write

NEWER = "A newer version of Throughline wrote this. Here it can only be read."
CLOSED = "This is closed. Open it again to change it."
NO_REASON = "Say why, in a few words: whoever reads it later will ask."


def may(record: Record, actor: Actor, op: Op, state: State, *, tender_left: bool = False) -> Refused | None:
    """Why the actor may not do `op` to the record in a space in that state; None where they may.

    `tender_left`: whoever kept it true takes part no more, so that nobody holds it.
    """
    if record.stands is Stands.DRAFT and actor.person != record.made_by:
        return Refused(Code.NOT_FOUND, NOT_FOUND)
    action, owner = _action(record, actor, op, tender_left)
    refused = decide(actor, action, Thing(state, owner, actor.organisation))
    if refused is None and record.stands is Stands.CLOSED and not isinstance(op, ops.Open):
        return Refused(Code.LOCKED, CLOSED)
    return refused


def _action(record: Record, actor: Actor, op: Op, tender_left: bool) -> tuple[str, str | None]:
    """The action of the table that `op` is, and whose the thing is that it is done to."""
    match op:
        case ops.EditRow() | ops.RemoveRow() | ops.RestoreRow() if rows.is_signed(record, op.id):
            row = record.row(op.id)
            return "record.sign", row.by if row else None
        case ops.LeaveRow():
            row = record.row(op.id)
            return "record.sign", row.taken if row else None
        case (
            ops.SetState()
            | ops.LookAgain()
            | ops.Review()
            | ops.Close()
            | ops.Open()
            | ops.Offer()
            | ops.HandBack()
        ):
            held = record.tender is not None and not tender_left
            return "record.tend", record.tender if held else actor.person
        case ops.Answer():
            return "record.answer", record.offered
        case _:
            return "record.keep", actor.person


def apply(record: Record | None, deed: Deed, id: str, space: str, past: Past | None = None) -> Record:
    """The record after the deed; None before it is made. `past` has all that it was, for putting back.

    Raises Refused with a sentence. Rights are `may`'s, and whoever does a deed now asks `history.changed`.
    """
    if isinstance(deed.op, ops.Keep):
        if record is not None:
            raise Refused(Code.DUPLICATE, "This is kept already.")
        return keep(deed, deed.op, id, space)
    if record is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    if kind_of(record) is None:
        raise Refused(Code.UNAVAILABLE, NEWER)
    try:
        changed = _do(record, deed, past or Past())
    except Refused:
        if not deed.taken_out:
            raise
        changed = record  # without these words, deeds before it did less than they did
    if changed == record and not deed.taken_out:
        raise Refused(Code.INVALID, "Nothing was changed: it is so already.")
    by = deed.actor.person or ""
    return structs.replace(changed, revision=record.revision + 1, changed_by=by, changed_at=deed.at)


def _do(record: Record, deed: Deed, past: Past) -> Record:
    op = deed.op
    match op:
        case ops.Keep():
            raise AssertionError(op)
        case ops.Write():
            return write(record, {} if op.title is UNSET else {"title": op.title}, op.fields)
        case (
            ops.AddRow() | ops.EditRow() | ops.RemoveRow() | ops.RestoreRow() | ops.TakeRow() | ops.LeaveRow()
        ):
            return rows.change(record, deed, op)
        case ops.AddTie() | ops.RemoveTie():
            return _tie(record, deed, op)
        case ops.PutBack():
            return put_back(record, deed, op.revision, past)
        case (
            ops.Stand()
            | ops.SetState()
            | ops.LookAgain()
            | ops.Review()
            | ops.Offer()
            | ops.Answer()
            | ops.TakeOn()
            | ops.HandBack()
            | ops.Close()
            | ops.Open()
        ):
            return _HEAD[type(op)](record, deed)
        case _:
            assert_never(op)


def _tie(record: Record, deed: Deed, op: ops.AddTie | ops.RemoveTie) -> Record:
    if isinstance(op, ops.AddTie):
        return rows.tied(record, deed, op.tie)
    if not any(tie.id == op.id and not tie.removed for tie in record.ties):
        raise Refused(Code.NOT_FOUND, "That is no longer connected.")
    ties = tuple(structs.replace(tie, removed=True) if tie.id == op.id else tie for tie in record.ties)
    return structs.replace(record, ties=ties)


def _stand(record: Record, deed: Deed) -> Record:
    if record.stands is not Stands.DRAFT:
        raise Refused(Code.INVALID, "It stands already.")
    return structs.replace(record, stands=Stands.STANDING)


def _set_state(record: Record, deed: Deed) -> Record:
    op, kind = deed.op, kind_of(record)
    assert isinstance(op, ops.SetState)  # noqa: S101
    assert kind  # noqa: S101 - apply has looked
    if op.state not in kind.states[record.state].next:
        raise Refused(Code.INVALID, f"From “{kind.face(record)}” it cannot become that.")
    missing = kind.states[op.state].missing(record)
    if missing:
        raise Refused(Code.INVALID, missing)
    return structs.replace(record, state=op.state)


def _look_again(record: Record, deed: Deed) -> Record:
    op = deed.op
    assert isinstance(op, ops.LookAgain)  # noqa: S101
    if deed.is_over(op.on):
        raise Refused(Code.INVALID, "Choose a day that is still to come.")
    return structs.replace(record, look_again=op.on)


def _review(record: Record, deed: Deed) -> Record:
    op, kind = deed.op, kind_of(record)
    assert isinstance(op, ops.Review)  # noqa: S101
    assert kind  # noqa: S101 - apply has looked
    if record.stands is not Stands.STANDING:
        raise Refused(Code.INVALID, "Only what stands can be looked at again.")
    errors = reviewing.wrong(kind, record, op.row.fields, op.on, is_over=deed.is_over(op.on))
    try:
        seen = rows.added(record, deed, structs.replace(op.row, list=REVIEWS))
    except Wrong as wrong:
        raise Wrong({**errors, **wrong.errors}) from None
    if errors:
        raise Wrong(errors)
    goes_on = kind.reviewed in kind.states[record.state].next
    return structs.replace(seen, look_again=op.on, state=kind.reviewed if goes_on else record.state)


def _offer(record: Record, deed: Deed) -> Record:
    op = deed.op
    assert isinstance(op, ops.Offer)  # noqa: S101
    if op.person == deed.actor.person:
        return structs.replace(record, tender=op.person, offered=None)
    return structs.replace(record, offered=op.person)


def _answer(record: Record, deed: Deed) -> Record:
    op = deed.op
    assert isinstance(op, ops.Answer)  # noqa: S101
    tender = deed.actor.person if op.yes else record.tender
    return structs.replace(record, tender=tender, offered=None)


def _take_on(record: Record, deed: Deed) -> Record:
    if record.tender is not None and not deed.tender_left:
        raise Refused(Code.CONFLICT, "Somebody else keeps this true by now.")
    return structs.replace(record, tender=deed.actor.person, offered=None)


def _hand_back(record: Record, deed: Deed) -> Record:
    return structs.replace(record, tender=None)


def _close(record: Record, deed: Deed) -> Record:
    op = deed.op
    assert isinstance(op, ops.Close)  # noqa: S101
    if not op.reason.strip():
        raise Refused(Code.INVALID, NO_REASON)
    if (op.by is not None) != (op.ending == "replaced"):
        raise Refused(Code.INVALID, "Choose what replaces it.")
    return structs.replace(
        record, stands=Stands.CLOSED, ending=op.ending, reason=op.reason.strip(), replaced_by=op.by
    )


def _open(record: Record, deed: Deed) -> Record:
    op = deed.op
    assert isinstance(op, ops.Open)  # noqa: S101
    if record.stands is not Stands.CLOSED:
        raise Refused(Code.INVALID, "It is open already.")
    if not op.reason.strip():
        raise Refused(Code.INVALID, NO_REASON)
    return structs.replace(
        record, stands=Stands.STANDING, ending=None, reason=op.reason.strip(), replaced_by=None
    )


_HEAD: dict[type[Any], Callable[[Record, Deed], Record]] = {
    ops.Stand: _stand,
    ops.SetState: _set_state,
    ops.LookAgain: _look_again,
    ops.Review: _review,
    ops.Offer: _offer,
    ops.Answer: _answer,
    ops.TakeOn: _take_on,
    ops.HandBack: _hand_back,
    ops.Close: _close,
    ops.Open: _open,
}
