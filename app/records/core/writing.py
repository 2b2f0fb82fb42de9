"""The words of a record: which fits, which cannot change any more. Pure."""

from collections.abc import Mapping
from typing import Any

from msgspec import structs

from app.access import Code, Refused
from app.characters import storable
from app.records.core.kind import Field, Kind
from app.records.core.kinds import kind_of
from app.records.core.record import Record


class Wrong(Refused):
    """What is wrong with words, by field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(Code.INVALID, next(iter(errors.values())))
        self.errors = errors


def write(record: Record, head: Mapping[str, str], fields: Mapping[str, str]) -> Record:
    """The record with these words instead. Raises Wrong, with a sentence for each field."""
    kind = kind_of(record)
    assert kind  # noqa: S101 - `apply` has looked
    known = {field.name: field for field in kind.fields}
    errors = _foreign(fields, known)
    values = {name: storable(value).strip() for name, value in fields.items()}
    changed = {name: value for name, value in values.items() if value != record.fields.get(name, "")}
    for name, sentence in kind.locked(record).items():
        if name in changed:
            errors[name] = sentence
    errors.update(check(known, changed))
    title = storable(head.get("title", record.title)).strip()
    errors.update(check({"title": kind.title}, {"title": title}))
    if errors:
        raise Wrong(errors)
    return structs.replace(record, title=title, fields={**record.fields, **changed})


def check(fields: Mapping[str, Field], values: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with the values, by field."""
    errors = {}
    for name, value in values.items():
        field = fields.get(name)
        if field is None:
            continue
        if field.must and not value:
            errors[name] = "Write a few words here."
        elif len(value) > field.most:
            errors[name] = f"This can be at most {field.most} characters long; it has {len(value)}."
        elif field.choices and value not in dict(field.choices):
            errors[name] = "Choose one of these."
    return errors


def fresh(kind: Kind, fields: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a new record. Raises Wrong."""
    known = {field.name: field for field in kind.fields}
    errors = _foreign(fields, known)
    values = {name: storable(fields.get(name, "")).strip() for name in known}
    errors.update(check(known, {name: value for name, value in values.items() if value}))
    if errors:
        raise Wrong(errors)
    return {name: value for name, value in values.items() if value}


def _foreign(fields: Mapping[str, str], known: Mapping[str, Field]) -> dict[str, str]:
    return {name: "There is no such field." for name in fields if name not in known}
