"""The rows and ties of a record: who signs a row, and what becomes of it. Pure."""

from collections.abc import Mapping
from typing import assert_never

from msgspec import structs

from app.access import Code, Refused
from app.characters import storable
from app.records.core import ops, reviewing
from app.records.core.kind import Field, RowList
from app.records.core.kinds import kind_of
from app.records.core.ops import Deed, NewRow, NewTie, Quote
from app.records.core.record import REVIEWS, SOURCES, Record, Row, Tie
from app.records.core.ties import MEANINGS
from app.records.core.writing import Wrong, check

MOST_ROWS, MOST_TIES = 300, 100
STAYS = "What was said when somebody looked again stays. Undo it, and look again."
GONE, NO_LIST = "That line is no longer here.", "There is no such list here."
SOURCE = Field("text", "The note", most=4000, must=True)

RowOp = ops.AddRow | ops.EditRow | ops.RemoveRow | ops.RestoreRow | ops.TakeRow | ops.LeaveRow


def is_signed(record: Record, id: str) -> bool:
    """Whether a row is its writer's alone: in lists that are signed, and in those of every kind."""
    row, kind = record.row(id), kind_of(record)
    list_ = kind.row_list(row.list) if kind and row else None
    return row is not None and (row.list in (SOURCES, REVIEWS) or bool(list_ and list_.signed))


def change(record: Record, deed: Deed, op: RowOp) -> Record:
    """The record after an op on one of its rows. Raises Refused."""
    if isinstance(op, ops.AddRow):
        return added(record, deed, op.row)
    row = record.row(op.id)
    if row is None or row.removed is not isinstance(op, ops.RestoreRow):
        raise Refused(Code.NOT_FOUND, GONE)
    if row.list == REVIEWS:
        raise Refused(Code.INVALID, STAYS)
    match op:
        case ops.EditRow():
            values = _values(_fields_of(record, row.list), {**row.fields, **op.fields})
            # whose words they are now: where a list is not signed, others may mend a line
            by, organisation = deed.actor.person or "", deed.actor.organisation
            edited = structs.replace(row, fields=values, by=by, organisation=organisation, at=deed.at)
            return _with(record, edited if values != row.fields else row)
        case ops.RemoveRow():
            return _with(record, structs.replace(row, removed=True))
        case ops.RestoreRow():
            return _with(record, structs.replace(row, removed=False))
        case ops.TakeRow():
            return _with(record, _taken(record, row, deed))
        case ops.LeaveRow():
            return _with(record, structs.replace(row, taken=None))
        case _:
            assert_never(op)


def added(record: Record, deed: Deed, new: NewRow) -> Record:
    """The record with one row more, signed by whoever adds it, or by the writer of the card it quotes."""
    if record.row(new.id) is not None:
        raise Refused(Code.DUPLICATE, "That line is here already.")
    if len(record.rows) >= MOST_ROWS:
        raise Refused(Code.FULL, f"A record holds {MOST_ROWS} lines, and cannot hold more.")
    if new.list == REVIEWS and not isinstance(deed.op, ops.Review):
        raise Refused(Code.INVALID, NO_LIST)  # whoever keeps it true looks again, and is asked all of it
    fields = _fields_of(record, new.list)
    values = _values(fields, new.fields)
    quote = _quote(deed, new, fields[0].name)
    by, organisation, at = deed.actor.person or "", deed.actor.organisation, deed.at
    if quote:
        by, organisation, at = quote.by, quote.organisation, quote.at
    row = Row(new.id, new.list, values, by, organisation, at, new.board, new.card)
    return structs.replace(record, rows=(*record.rows, row))


def tied(record: Record, deed: Deed, new: NewTie) -> Record:
    """The record with one tie more. Raises Refused, but for circles: those need more than one record."""
    if new.means not in MEANINGS or (new.kind == "goal") != (new.means == "serves"):
        raise Refused(Code.INVALID, "Say how the two belong together.")
    if new.other == record.id:
        raise Refused(Code.INVALID, "A record cannot be connected to itself.")
    ends = {(tie.kind, tie.other, tie.means) for tie in record.ties if not tie.removed}
    if (new.kind, new.other, new.means) in ends:
        raise Refused(Code.DUPLICATE, "The two are connected in this way already.")
    if len(record.ties) >= MOST_TIES:
        raise Refused(Code.FULL, f"A record holds {MOST_TIES} connections, and cannot hold more.")
    tie = Tie(new.id, new.kind, new.other, new.means, deed.actor.person or "", deed.at)
    return structs.replace(record, ties=tuple(sorted((*record.ties, tie), key=lambda one: (one.at, one.id))))


def _taken(record: Record, row: Row, deed: Deed) -> Row:
    kind = kind_of(record)
    list_ = kind.row_list(row.list) if kind else None
    if not list_ or not list_.taken:
        raise Refused(Code.INVALID, "Only a step can be taken on.")
    if row.taken is not None:
        raise Refused(Code.CONFLICT, "Somebody has taken this on by now.")
    return structs.replace(row, taken=deed.actor.person)


def _with(record: Record, row: Row) -> Record:
    return structs.replace(record, rows=tuple(row if one.id == row.id else one for one in record.rows))


def _fields_of(record: Record, tag: str) -> tuple[Field, ...]:
    if tag == SOURCES:
        return (SOURCE,)
    kind = kind_of(record)
    if kind and tag == REVIEWS:
        return reviewing.fields(kind, record)
    list_: RowList | None = kind.row_list(tag) if kind else None
    if list_ is None:
        raise Refused(Code.INVALID, NO_LIST)
    return list_.fields


def _values(fields: tuple[Field, ...], given: Mapping[str, str]) -> dict[str, str]:
    """The words of a row. Raises Wrong."""
    known = {field.name: field for field in fields}
    values = {name: storable(given.get(name, "")).strip() for name in known}
    wanted = {name: value for name, value in values.items() if value or known[name].must}
    errors = {name: "There is no such field." for name in given if name not in known}
    errors.update(check(known, wanted))
    if errors:
        raise Wrong(errors)
    return {name: value for name, value in values.items() if value}


def _quote(deed: Deed, new: NewRow, first: str) -> Quote | None:
    """The card that a row repeats word for word. Words that were changed are those of whoever keeps them."""
    same = (
        quote
        for quote in deed.quotes
        if (quote.board, quote.card) == (new.board, new.card)
        and storable(quote.text).strip() == storable(new.fields.get(first, "")).strip()
    )
    return next(same, None)
