"""Addresses in people's texts, shown as links; the page finds the same in lib/addresses.js. Pure."""

import regex
from msgspec import Struct

# http, https and mailto alone, each spelled out: a text that only looks like an address stays text. What
# directs the reading of a text ends an address, so that none shows another way than it leads.
ADDRESS = regex.compile(
    r"(?<![A-Za-z0-9])(?:https?://(?=[\p{L}\p{N}\[])|mailto:(?=[^\s@]+@[\p{L}\p{N}]))"
    '[^\\s\\p{Cc}\\p{Cf}<>"`{}|\\\\^«»“”„‘’。，、；：！？（）「」『』【】《》]+',
    regex.IGNORECASE,
)
AFTER = regex.compile(r"[.,:;!?'*_~]+$")
BRACKETS = {")": "(", "]": "["}


class Part(Struct, frozen=True):
    """A part of a text; one that is an address is a link to itself."""

    text: str
    address: bool


def parts(text: str) -> list[Part]:
    """The text in parts, its addresses apart. Joined, they are the text."""
    found, done = [], 0
    for match in ADDRESS.finditer(text):
        address = _ended(match.group())
        found += [Part(text[done : match.start()], False), Part(address, True)]
        done = match.start() + len(address)
    return [part for part in (*found, Part(text[done:], False)) if part.text]


def _ended(address: str) -> str:
    """Without what ends the sentence around it: full stops and the like, and brackets opened before it."""
    while True:
        bare = AFTER.sub("", address)
        opening = BRACKETS.get(bare[-1:])
        if opening and bare.count(bare[-1]) > bare.count(opening):
            bare = bare[:-1]
        if bare == address:
            return address
        address = bare
