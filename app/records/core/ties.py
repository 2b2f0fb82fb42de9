"""What ties between records, and from records to goals, mean; and circles of them. Pure."""

from collections.abc import Iterable

from msgspec import Struct


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
        Meaning("replaces", "Replaces", "Replaced by", forwards=False),
    )
}


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
