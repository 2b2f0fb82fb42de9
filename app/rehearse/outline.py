"""Phones on the outline: what comes drawn to them, and when each op was on each of them. Pure."""

import re
import zlib
from base64 import b64decode
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from app.rehearse.tally import Put, RehearsedOp

# As the outline writes cards and comments: their id, and the deed that last changed them.
DRAWN = re.compile(r'id="(?:card|remark)-([^"]+)"[^>]*? data-rev="(\d+)"')


class DrawnCard(Struct, frozen=True):
    """As much of a card in a frame of news as counts here."""

    html: str


_cards = msgspec.json.Decoder(list[DrawnCard])


def seen_in(html: str) -> list[Put]:
    """The cards and comments that a piece of the outline shows."""
    return [Put(id, int(rev)) for id, rev in DRAWN.findall(html)]


def unpacked(packed: str) -> list[Put]:
    """The same of the cards in a frame of news."""
    if not packed:
        return []
    cards = _cards.decode(zlib.decompress(b64decode(packed), -zlib.MAX_WBITS))
    return [put for card in cards for put in seen_in(card.html)]


class OutlineTally:
    """When what was first on which of so many `phones`; times are monotonic nanoseconds."""

    def __init__(self, phones: int) -> None:
        self.phones = phones
        self._seen: dict[str, dict[int, list[tuple[int, int]]]] = {}  # item -> phone -> (rev, when)

    def received(self, phone: int, puts: Iterable[Put], now: int) -> None:
        for put in puts:
            revs = self._seen.setdefault(put.id, {}).setdefault(phone, [])
            if not revs or revs[-1][0] < put.seq:
                revs.append((put.seq, now))

    def took(self, ops: Iterable[RehearsedOp]) -> list[int]:
        """From sending an op until it, or a later one on its item, was on a phone: of each on each."""
        return [when - one.sent for one in ops for when in self._reached(one)]

    def missing(self, ops: Iterable[RehearsedOp]) -> int:
        """How many acknowledged ops are not on all phones."""
        return sum(one.acked is not None and len(self._reached(one)) < self.phones for one in ops)

    def _reached(self, one: RehearsedOp) -> list[int]:
        phones = self._seen.get(one.item, {}).values()
        first = (next((when for rev, when in revs if rev >= (one.seq or 0)), None) for revs in phones)
        return [when for when in first if when is not None and one.seq is not None]
