"""The words by which a record is found: its own, and those of its lists. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.boards.core.text.folding import words
from app.records.core.kind import Field
from app.records.core.kinds import kind_of
from app.records.core.record import Record

BETWEEN = " | "  # parts texts, so that no term is found across two of them; it is no word


def texts_of(record: Record) -> list[str]:
    """All that its page shows of it in words, the title first; what was removed is not found."""
    kind = kind_of(record)
    lists = {one.tag: one.fields for one in kind.lists} if kind else {}
    texts = [record.title, *_said(record.fields, kind.fields if kind else ())]
    for row in record.rows:
        if not row.removed:
            texts += _said(row.fields, lists.get(row.list, ()))
    return [text for text in texts if text]


def folded(record: Record) -> str:
    """Its words as find compares them, in order; of a text without any, such as a dash, nothing is left."""
    texts = (" ".join(word.word for word in words(text)) for text in texts_of(record))
    return BETWEEN.join(text for text in texts if text)


def _said(values: Mapping[str, Any], fields: tuple[Field, ...]) -> Iterator[str]:
    """What fields say, choices by their words; those of a newer version as they are."""
    known = {field.name: field for field in fields}
    for name, value in values.items():
        if isinstance(value, str):
            yield known[name].words(value) if value and name in known else value
