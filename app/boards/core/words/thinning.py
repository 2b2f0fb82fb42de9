"""Which texts the log of a board keeps the words of once they are no longer new: its versions. Pure.

What somebody writes in one stretch becomes one version, as it was at the end of it. The first words of a text
stay, and of each writer the last versions. Undo of the version that is left takes the whole stretch back.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

import msgspec
from msgspec import Struct, structs

from app.boards.core.board import Inverse
from app.boards.core.group_commit import OpResult
from app.boards.core.ops import TakeBack, Undo
from app.boards.core.words.item_texts import TEXTS
from app.boards.core.words.log_words import LogEntry

STRETCH = 600.0  # seconds without a change by the same writer, after which a new stretch begins
MOST = 20  # versions of one text by one writer
UNDO = {str(op.__struct_config__.tag) for op in (Undo, TakeBack)}
_inverse = msgspec.json.Decoder(tuple[Inverse, ...])
_result = msgspec.json.Decoder(OpResult)
Text = tuple[str, str]  # an item and a field of it


class Version(Struct, frozen=True):
    """A text as the deed `seq` set it: of which item and field, by whom, when (unix seconds)."""

    item: str
    field: str
    seq: int
    by: str
    at: float

    @property
    def text(self) -> Text:
        return (self.item, self.field)


class Thinned(Struct, frozen=True):
    """What becomes of versions: those that are kept, and those whose words go.

    `stretches` has by a kept version those of its stretch that it takes the place of, the oldest first.
    `after` are versions before which one was left out that was no part of their stretch.
    """

    kept: tuple[Version, ...] = ()
    dropped: tuple[Version, ...] = ()
    stretches: dict[Version, tuple[Version, ...]] = {}
    after: tuple[Version, ...] = ()

    @property
    def changed(self) -> set[int]:
        """The deeds whose entries in the log are needed to write them anew."""
        return {one.seq for one in (*self.dropped, *self.stretches, *self.after)}

    def __add__(self, other: "Thinned") -> "Thinned":
        kept, dropped = self.kept + other.kept, self.dropped + other.dropped
        return Thinned(kept, dropped, self.stretches | other.stretches, self.after + other.after)


def texts_of(entry: LogEntry) -> set[Text]:
    """The texts that a deed set."""
    op = msgspec.json.decode(entry.op)
    set_by_parts = {
        (part["id"], name) for part in op.get("parts", [op]) for name in TEXTS if _is_text(part, name)
    }
    inverse = _inverse.decode(entry.inverse)
    return set_by_parts | {(one.id, one.field) for one in inverse if one.field in TEXTS}


def thinned(versions: Iterable[Version]) -> Thinned:
    """What becomes of these versions, of any texts; of each text all that the log has must be among them."""
    total = Thinned()
    in_order = sorted(versions, key=lambda one: (one.text, one.seq))
    for _, group in groupby(in_order, key=lambda one: one.text):
        total += _thinned(list(group))
    return total


def _thinned(versions: Sequence[Version]) -> Thinned:
    """The same of one text, in the order of its deeds."""
    first, *later = versions
    ends, stretches = [first], dict[Version, tuple[Version, ...]]()
    for version in later:
        last = ends[-1]
        if last is first or last.by != version.by or version.at - last.at > STRETCH:
            ends.append(version)
            continue
        stretches[version] = (*stretches.pop(last, ()), last)
        ends[-1] = version
    kept = _not_too_many(ends)
    left = set(kept)
    after = tuple(two for one, two in pairwise(ends) if one not in left and two in left)
    dropped = tuple(one for one in versions if one not in left)
    return Thinned(tuple(kept), dropped, {end: of for end, of in stretches.items() if end in left}, after)


def _not_too_many(ends: Sequence[Version]) -> list[Version]:
    """The first words, and of each writer the latest."""
    left: dict[str, int] = {}
    kept = []
    for version in reversed(ends[1:]):
        left[version.by] = left.get(version.by, MOST) - 1
        if left[version.by] >= 0:
            kept.append(version)
    return [ends[0], *reversed(kept)]


def rewritten(entries: Mapping[int, LogEntry], what: Thinned) -> list[LogEntry]:
    """Those of the entries, by seq, that change. All of `what.changed` that are in the log must be there."""
    gone: dict[int, set[Text]] = {}
    back: dict[int, dict[Text, Inverse | None]] = {}
    for one in what.dropped:
        gone.setdefault(one.seq, set()).add(one.text)
    for end, stretch in what.stretches.items():
        whole = [entries[one.seq] for one in (*stretch, end) if one.seq in entries]
        back.setdefault(end.seq, {})[end.text] = _way_back(whole, end)
    for one in what.after:
        back.setdefault(one.seq, {})[one.text] = None  # what was before it is gone
    begins = {stretch[0].seq for stretch in what.stretches.values()}
    return [
        new
        for seq, entry in sorted(entries.items())
        if (new := _rewritten(entry, gone.get(seq, set()), back.get(seq, {}), begins)) is not None
    ]


def _way_back(entries: Sequence[LogEntry], end: Version) -> Inverse | None:
    """How to take a whole stretch back: as its first deed that changed anything is taken back.

    None where it ends by an undo: taking that back would mean to do again what it undid.
    """
    if not entries or msgspec.json.decode(entries[-1].op).get("do") in UNDO:
        return None
    of_text = (one for entry in entries for one in _inverse.decode(entry.inverse))
    return next((one for one in of_text if (one.id, one.field) == end.text), None)


def _rewritten(
    entry: LogEntry, gone: set[Text], back: Mapping[Text, Inverse | None], begins: set[int]
) -> LogEntry | None:
    """None where nothing changes. A stretch that began with a clash still answers so (rule C2)."""
    if not gone and not back:
        return None
    op = msgspec.json.decode(entry.op)
    for part in op.get("parts", [op]):
        for name in [name for name in TEXTS if (part.get("id"), name) in gone]:
            part.pop(name, None)
    inverse = tuple(
        new
        for one in _inverse.decode(entry.inverse)
        if (one.id, one.field) not in gone and (new := back.get((one.id, one.field), one)) is not None
    )
    result = _result.decode(entry.result)
    clash = result.conflict
    if clash and entry.seq not in begins and (clash["id"], clash["field"]) in gone:
        result = structs.replace(result, conflict=None)
    changed = LogEntry(entry.seq, _text(op), _text(inverse), _text(result))
    return changed if changed != entry else None


def _is_text(part: Mapping[str, Any], name: str) -> bool:
    return isinstance(part.get(name), str) and isinstance(part.get("id"), str)


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
