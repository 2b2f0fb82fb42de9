"""Addresses in people's texts, shown as links; the page finds the same in lib/addresses.js. Pure."""

from urllib.parse import unquote

import regex
from msgspec import Struct

# http, https and mailto alone, each spelled out: a text that only looks like an address stays text. What
# directs the reading of a text ends an address, so that none shows another way than it leads.
ADDRESS = regex.compile(
    r"(?<![A-Za-z0-9])(?:https?://(?=[\p{L}\p{N}\[])|mailto:(?=[^\s@]+@[\p{L}\p{N}]))"
    '[^\\s\\p{Cc}\\p{Cf}<>"`{}|\\\\^«»“”„‘’。，、；：！？（）「」『』【】《》]+',
    regex.IGNORECASE,
)
NAMED = regex.compile(r"https?://[^/?#]*@([^/?#@]+)", regex.IGNORECASE)
AFTER = frozenset(".,:;!?'*_~")
BRACKETS = {")": "(", "]": "["}


class Piece(Struct, frozen=True):
    """A piece of a text; one that is an address is a link to itself."""

    text: str
    address: bool

    @property
    def host(self) -> str:
        """Where an address leads that begins like another: it has a name before an @ sign. Else empty."""
        named = NAMED.match(self.text) if self.address else None
        return unquote(named[1]) if named else ""


def pieces(text: str) -> list[Piece]:
    """The text in pieces, its addresses apart. Joined, they are the text."""
    found, done = [], 0
    for match in ADDRESS.finditer(text):
        address = _ended(match.group())
        found += [Piece(text[done : match.start()], False), Piece(address, True)]
        done = match.start() + len(address)
    return [piece for piece in (*found, Piece(text[done:], False)) if piece.text]


def _ended(address: str) -> str:
    """Without what ends the sentence around it: full stops and the like, and brackets opened before it."""
    end = len(address)
    unopened = {sign: address.count(sign) - address.count(opening) for sign, opening in BRACKETS.items()}
    while address[end - 1] in AFTER or unopened.get(address[end - 1], 0) > 0:
        end -= 1
        if address[end] in unopened:
            unopened[address[end]] -= 1
    return address[:end]
