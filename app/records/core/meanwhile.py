"""A form that was open while somebody else changed the record: what both wrote is kept. Pure."""

from collections.abc import Mapping

from msgspec import Struct

from app.records.core.record import Record

MINE, THEIRS, BOTH = "mine", "theirs", "both"


class Conflict(Struct, frozen=True):
    """One text that two people changed: what this one wrote, and what stands now."""

    field: str
    mine: str
    theirs: str


class Joined(Struct, frozen=True):
    """What a form changes of the record as it is now, and where somebody has to choose."""

    title: str | None
    fields: dict[str, str]
    conflicts: tuple[Conflict, ...]


def join(typed: Mapping[str, str], seen: Record, now: Record, choices: Mapping[str, str]) -> Joined:
    """The words of a form, by field and `title`, that was made from `seen`, against what is `now`.

    Where only one of two changed a text, theirs holds. `choices` are the answers, by field, of somebody who
    was asked: MINE, THEIRS or BOTH.
    """
    was, stands = _texts(seen), _texts(now)
    changed: dict[str, str] = {}
    conflicts: list[Conflict] = []
    for name, mine in typed.items():
        theirs = stands.get(name, "")
        if mine in (theirs, was.get(name, "")):
            continue
        choice = choices.get(name, "")
        if theirs == was.get(name, "") or choice == MINE:
            changed[name] = mine
        elif choice == BOTH:
            changed[name] = f"{theirs}\n{mine}" if name != "title" else f"{theirs} / {mine}"
        elif choice != THEIRS:
            conflicts.append(Conflict(name, mine, theirs))
    title = changed.pop("title", None)
    return Joined(title, changed, tuple(conflicts))


def _texts(record: Record) -> dict[str, str]:
    return {"title": record.title, **record.fields}
