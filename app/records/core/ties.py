"""What ties between records, and from records to goals, mean; and circles of them. Pure."""

from collections.abc import Iterable

from msgspec import Struct

from app.access import Code, Refused
from app.records.core import ops
from app.records.core.ops import Op
from app.records.core.record import Record

REPLACES = "replaces"
ON_BOTH = (
    "That one replaces the other is said on both: close the other to say so, open it again to take it back."
)


class Meaning(Struct, frozen=True):
    """What a tie says, read from the record that has it (`word`) and from the other end (`back`).

    `forwards`: in the story the record that has it comes before the other end.
    """

    tag: str
    word: str
    back: str
    forwards: bool = True


MEANINGS: dict[str, Meaning] = {
    one.tag: one
    for one in (
        Meaning("rests_on", "Rests on", "Must be true for"),
        Meaning("tests", "Tests", "Tested by", forwards=False),
        Meaning("serves", "Serves", "Served by"),
        Meaning("led_to", "Led to", "Came from"),
        Meaning(REPLACES, "Replaces", "Replaced by", forwards=False),
    )
}


def check_replacing(record: Record, op: Op) -> None:
    """Raise Refused for what would say on one record alone that it replaces another, or take that back."""
    match op:
        case ops.AddTie(tie):
            refused = tie.means == REPLACES
        case ops.RemoveTie(id):
            refused = any(one.id == id and one.means == REPLACES for one in record.ties)
        case _:
            refused = False
    if refused:
        raise Refused(Code.INVALID, ON_BOTH)


def closes_circle(pairs: Iterable[tuple[str, str]], start: str, end: str) -> bool:
    """Whether a tie from `start` to `end` would lead back to where it began, by the ties there are."""
    follows: dict[str, list[str]] = {}
    for a, b in pairs:
        follows.setdefault(a, []).append(b)
    waiting, known = [end], {end}
    while waiting:
        here = waiting.pop()
        if here == start:
            return True
        fresh = [other for other in follows.get(here, ()) if other not in known]
        known.update(fresh)
        waiting += fresh
    return False
