"""The words that a record has had: what stood there before a change, and who reworded whose. Pure."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from app.access import Actor, Refused
from app.records.core.kinds import kind_of
from app.records.core.ops import Deed, PutBack
from app.records.core.past import TITLE, Past, field
from app.records.core.put_back import lines_taken, put_back, texts_taken
from app.records.core.record import Record, Row


class Before(Struct, frozen=True):
    """Words that a change replaced or took away, and where they stood."""

    where: str
    text: str


def words_before(past: Past, revision: int) -> list[Before]:
    """The words that the change took away from somebody else. What people mend of their own is theirs."""
    after = past.step(revision)[1]
    texts, kind = dict(texts_taken(past, revision)), kind_of(after)
    fields = [one for one in kind.fields if field(one.name) in texts] if kind else []
    return [
        *([Before("Title", texts[TITLE])] if TITLE in texts else []),
        *(Before(one.label, one.words(texts[field(one.name)])) for one in fields),
        *(Before("A line", _words(after, row)) for row in lines_taken(past, revision)),
    ]


def can_go_back(past: Past, revision: int, actor: Actor) -> bool:
    """Whether something would come back if the actor put the change `revision` back now."""
    record = past.records[-1]
    try:
        put_back(record, Deed(PutBack(revision), actor, record.changed_at), revision, past)
    except Refused:
        return False
    return True


def reworded_by(past: Sequence[Record]) -> list[str]:
    """Who wrote words that stand in its title and fields now, in place of what somebody else wrote there.

    Words are of whoever wrote them first: put back, they are their writer's again.
    """
    found: dict[str, None] = {}
    for name in ("", *past[-1].fields):
        had = [(text, one.changed_by) for one in past if (text := _text(one, name))]
        present = _text(past[-1], name)
        writer = next((by for text, by in had if text == present), None)
        if writer is not None and writer != had[0][1]:
            found[writer] = None
    return list(found)


def reworded_lines(past: Sequence[Record]) -> Mapping[str, Row]:
    """The lines that somebody else reworded, by id, as they were written first."""
    first: dict[str, Row] = {}
    for one in past:
        first |= {row.id: row for row in one.rows[len(first) :]}
    rows = past[-1].rows if past else ()
    return {row.id: first[row.id] for row in rows if first[row.id].by != row.by}


def _text(record: Record, name: str) -> str:
    return str(record.fields.get(name) or "") if name else record.title


def _words(record: Record, row: Row) -> str:
    kind = kind_of(record)
    list_ = kind.row_list(row.list) if kind else None
    if list_ is None:
        return "; ".join(row.fields.values())
    return "; ".join(one.words(row.fields[one.name]) for one in list_.fields if row.fields.get(one.name))
