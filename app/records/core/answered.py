"""What logs share that are open until something came of them, or they are dropped. Pure."""

from msgspec import Meta

from app.records.core.kind import State, asks
from app.records.core.record import Record


def what_became(what: str) -> Meta:
    """The field that says what came of it: nobody knows it before."""
    return asks("What came of it", what, most=2000, lines=3, must=True, later=True)


def life(begins: str, answered: str, missing: str = ", or why it is dropped") -> dict[str, State]:
    """Open, then answered or dropped, and back. Both ends need what came of it."""

    def needs(record: Record) -> str | None:
        return None if record.fields.get("became") else f"Write first what came of it{missing}."

    return {
        "open": State(begins, ("answered", "dropped")),
        "answered": State(answered, ("open",), needs),
        "dropped": State("Dropped", ("open",), needs),
    }
