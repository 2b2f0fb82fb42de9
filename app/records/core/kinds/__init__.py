"""The kinds of records: one file each. All files of this folder are found by themselves."""

from importlib import import_module
from pkgutil import iter_modules

from app.records.core.kind import Kind
from app.records.core.record import Record

KINDS: dict[str, Kind] = {
    kind.tag: kind
    for kind in sorted(
        (import_module(f"{__name__}.{module.name}").KIND for module in iter_modules(__path__)),
        key=lambda kind: kind.order,
    )
}


def kind_of(record: Record) -> Kind | None:
    """The kind of a record; None where a later version wrote it, so that it is shown plain."""
    kind = KINDS.get(record.kind)
    return kind if kind and record.version <= kind.version and record.state in kind.states else None
