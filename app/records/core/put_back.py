"""Taking a change of a record back, field by field where nobody has changed it since. Pure."""

from msgspec import structs

from app.access import Code, Refused
from app.records.core.kinds import kind_of
from app.records.core.ops import Deed
from app.records.core.record import Record, Row, Stands, Tie
from app.records.core.rows import is_signed
from app.records.core.ties import REPLACES

HEAD = ("title", "state", "look_again")
NO_CHANGE = "There is no such change to put back."


def put_back(record: Record, deed: Deed, revision: int, past: list[Record]) -> Record:
    """The record without what the change `revision` did, as far as nobody has changed it since.

    Of a change by somebody else the words come back, and neither state nor day. `past` has the record at each
    revision so far, the first one first. Raises Refused.
    """
    if not 2 <= revision <= len(past):
        raise Refused(Code.NOT_FOUND, NO_CHANGE)
    before, after = past[revision - 2], past[revision - 1]
    own = after.changed_by == deed.actor.person
    if not own and before.stands is Stands.DRAFT:  # what its author alone saw
        raise Refused(Code.NOT_FOUND, NO_CHANGE)
    head = {
        name: getattr(before, name)
        for name in (HEAD if own else HEAD[:1])
        if getattr(before, name) != getattr(after, name) == getattr(record, name)
    }
    back = structs.replace(
        record,
        **head,
        fields=_fields(record, before, after),
        rows=tuple(_row(record, row, before, after, deed) for row in record.rows),
        ties=tuple(_tie(tie, before, after) for tie in record.ties),
    )
    if back == record and not deed.taken_out:
        raise Refused(Code.CONFLICT, "This was changed again since, so it stays as it is.")
    return back


def _fields(record: Record, before: Record, after: Record) -> dict[str, str]:
    kind = kind_of(record)
    locked = kind.locked(record) if kind else {}
    fields = dict(record.fields)
    for name in {*before.fields, *after.fields} - set(locked):
        was, then = before.fields.get(name, ""), after.fields.get(name, "")
        if was != then == fields.get(name, ""):
            fields[name] = was
    return fields


def _row(record: Record, row: Row, before: Record, after: Record, deed: Deed) -> Row:
    was, then = before.row(row.id), after.row(row.id)
    if then is None or was == then or row != then:
        return row
    if is_signed(record, row.id) and row.by != deed.actor.person:
        return row
    if was is None:
        return structs.replace(row, removed=True)
    # whoever took a step on says so themselves, each time, and only they give it back
    if after.changed_by != deed.actor.person:
        return structs.replace(was, taken=row.taken)
    return structs.replace(was, taken=was.taken if was.taken in (None, deed.actor.person) else None)


def _tie(tie: Tie, before: Record, after: Record) -> Tie:
    if tie.means == REPLACES:  # stands as long as the other record is closed for this one
        return tie
    was = next((one for one in before.ties if one.id == tie.id), None)
    then = next((one for one in after.ties if one.id == tie.id), None)
    if then is None or was == then or tie != then:
        return tie
    return structs.replace(tie, removed=True) if was is None else was
