"""Taking a change of a record back, field by field where nobody has changed it since. Pure."""

from collections.abc import Iterator

from msgspec import structs

from app.access import Code, Refused
from app.records.core.kinds import kind_of
from app.records.core.ops import Deed
from app.records.core.past import TITLE, Past, Place, changed_lines, changed_texts, field
from app.records.core.record import Record, Row, Stands, Tie
from app.records.core.rows import is_signed
from app.records.core.ties import REPLACES

HEAD = ("title", "state", "look_again")
NO_CHANGE = "There is no such change to put back."


def put_back(record: Record, deed: Deed, revision: int, past: Past) -> Record:
    """The record without what the change `revision` did, as far as nobody has changed it since.

    Of a change by somebody else only the words come back that it took from others. Raises Refused.
    """
    if not 2 <= revision <= len(past.records):
        raise Refused(Code.NOT_FOUND, NO_CHANGE)
    before, after = past.step(revision)
    if after.changed_by == deed.actor.person:
        back = _own(record, before, after, deed)
    elif before.stands is Stands.DRAFT:  # what its author alone saw
        raise Refused(Code.NOT_FOUND, NO_CHANGE)
    else:
        back = _words_of_others(record, revision, past)
    if back == record and not deed.taken_out:
        raise Refused(Code.CONFLICT, "This was changed again since, so it stays as it is.")
    return back


def texts_taken(past: Past, revision: int) -> Iterator[tuple[Place, str]]:
    """The words of title and fields that the change took away from somebody else, and where they stood."""
    before, after = past.step(revision)
    for place, was, _ in changed_texts(before, after):
        if was and past.writer(place, was) != after.changed_by:
            yield place, was


def lines_taken(past: Past, revision: int) -> Iterator[Row]:
    """The lines of somebody else that the change reworded or took away, as they were."""
    before, after = past.step(revision)
    for was, _ in changed_lines(before, after):
        if was is not None and not was.removed and was.by != after.changed_by:
            yield was


def _words_of_others(record: Record, revision: int, past: Past) -> Record:
    kind = kind_of(record)
    locked = kind.locked(record) if kind else {}
    texts = {place: was for place, was in texts_taken(past, revision) if past.is_alone(place, revision)}
    fields = {name: texts[place] for name in past.step(revision)[0].fields if (place := field(name)) in texts}
    lines = {
        was.id: was
        for was in lines_taken(past, revision)
        if past.is_alone(("line", was.id), revision) and not is_signed(record, was.id)
    }
    return structs.replace(
        record,
        title=texts.get(TITLE, record.title),
        fields={**record.fields, **{name: was for name, was in fields.items() if name not in locked}},
        # whoever took a step on says so themselves, each time, and only they give it back
        rows=tuple(
            structs.replace(lines[row.id], taken=row.taken) if row.id in lines else row for row in record.rows
        ),
    )


def _own(record: Record, before: Record, after: Record, deed: Deed) -> Record:
    head = {
        name: getattr(before, name)
        for name in HEAD
        if getattr(before, name) != getattr(after, name) == getattr(record, name)
    }
    rows, rows_then = ({row.id: row for row in one.rows} for one in (before, after))
    ties, ties_then = ({tie.id: tie for tie in one.ties} for one in (before, after))
    return structs.replace(
        record,
        **head,
        fields=_fields(record, before, after),
        rows=tuple(_row(record, row, rows.get(row.id), rows_then.get(row.id), deed) for row in record.rows),
        ties=tuple(_tie(tie, ties.get(tie.id), ties_then.get(tie.id)) for tie in record.ties),
    )


def _fields(record: Record, before: Record, after: Record) -> dict[str, str]:
    kind = kind_of(record)
    locked = kind.locked(record) if kind else {}
    fields = dict(record.fields)
    for name in {*before.fields, *after.fields} - set(locked):
        was, then = before.fields.get(name, ""), after.fields.get(name, "")
        if was != then == fields.get(name, ""):
            fields[name] = was
    return fields


def _row(record: Record, row: Row, was: Row | None, then: Row | None, deed: Deed) -> Row:
    if then is None or was == then or structs.replace(row, taken=then.taken) != then:
        return row
    if is_signed(record, row.id) and row.by != deed.actor.person:
        return row
    if was is None:
        return structs.replace(row, removed=True) if row == then else row
    if row.taken != then.taken:  # only the words come back of a step that was taken on or given back since
        return structs.replace(was, taken=row.taken)
    # whoever took a step on says so themselves, each time
    return structs.replace(was, taken=was.taken if was.taken in (None, deed.actor.person) else None)


def _tie(tie: Tie, was: Tie | None, then: Tie | None) -> Tie:
    if tie.means == REPLACES:  # stands as long as the other record is closed for this one
        return tie
    if then is None or was == then or tie != then:
        return tie
    return structs.replace(tie, removed=True) if was is None else was
