"""Fonts for letters that the product's own lack, from Arabic to Thai, and emoji.

Set-up brings them as some two hundred small files, each with the characters that it has. Paper and pictures
take those few that their words need: to unpack all takes seconds.
"""

import json
import re
from functools import cache
from pathlib import Path

from msgspec import Struct

from app.assets import STATIC

# Letters that the fonts of plain Latin lack. Not the joiners of others, which many fonts have.
RARE_LETTERS = re.compile(
    "[^\\0-\xff\u0131\u0152\u0153\u200b-\u200f\u2013-\u201e\u2022\u2026\u2032-\u203a\u20ac\u2122\u2190-\u2193\u2212\ufe0f]"
)
JOINING = ((0x590, 0x109F), (0x1780, 0x17FF))  # Hebrew to Burmese, Khmer
SKIN = 0x1F3FB  # a shade of skin, which only emoji have
FOLDER = STATIC / "vendor" / "paper"


class RareFont(Struct, frozen=True):
    """A font file, and from where to where it has characters."""

    file: str
    ranges: tuple[tuple[int, int], ...]

    @property
    def path(self) -> Path:
        return FOLDER / self.file

    @property
    def joins(self) -> bool:
        """Whether its letters join, stack or run to the left, or are emoji, which may be made of several."""
        return self.emoji or any(
            begin <= last and end >= first for begin, end in self.ranges for first, last in JOINING
        )

    @property
    def emoji(self) -> bool:
        return self.has(SKIN)

    def has(self, sign: int) -> bool:
        return any(begin <= sign <= end for begin, end in self.ranges)


@cache
def known_fonts() -> tuple[RareFont, ...]:
    """All that set-up has fetched, letters before emoji."""
    listed = FOLDER / "fonts.json"
    found = json.loads(listed.read_text()) if listed.exists() else []
    return tuple(RareFont(one["file"], tuple((a, b) for a, b in one["ranges"])) for one in found)


def fonts_for(words: str) -> tuple[RareFont, ...]:
    """The fonts that these words need, each once. A character is set in the first that has it."""
    firsts = (_first_with(ord(sign)) for sign in set(RARE_LETTERS.findall(words)))
    needed = {one for one in firsts if one}
    return tuple(one for one in known_fonts() if one in needed)


@cache
def _first_with(sign: int) -> RareFont | None:
    return next((one for one in known_fonts() if one.has(sign)), None)
