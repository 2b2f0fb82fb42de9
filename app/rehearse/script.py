"""What simulated people do: add, edit and move cards of their own, and write comments."""

import random
from typing import Any
from uuid import uuid4

from app.boards.core.kinds import CARD_KINDS
from app.boards.core.sizes import CARD_H, CARD_W

WORDS = (
    "The tablets come up at five, and the last bus went at four.",
    "Nobody had told her daughter which day it would be.",
    "We ask the same questions three times, in three buildings.",
    "A key safe takes a week; a neighbour takes an afternoon.",
    "Could one person ring the evening after, just to listen?",
    "The letter arrives after the visit it was meant to prepare.",
    "He wanted to know who to call, not which leaflet to read.",
    "On Fridays everything that can wait until Monday does.",
)
WISHES = ("add_card", "edit_card", "move_card", "add_comment")
OFTEN = (35, 30, 25, 10)  # of a hundred
COMMENTS_A_CARD = 2


class Script:
    """The ops of one person. All are about their own items, so each must arrive exactly as it was sent."""

    def __init__(self, number: int, sections: list[tuple[str, float, float]], most_cards: int) -> None:
        self._random = random.Random(number)
        self._sections = sections
        self._most = max(1, most_cards)
        self._cards: dict[str, str | None] = {}  # id -> section
        self._comments = 0

    def next(self, busy: set[str]) -> dict[str, Any]:
        """The next op, about no item of `busy`: those still wait for an answer."""
        mine = [id for id in self._cards if id not in busy]
        wish = self._random.choices(WISHES, OFTEN)[0] if mine else "add_card"
        if wish == "add_card" and len(self._cards) >= self._most and mine:
            wish = "edit_card"
        if wish == "add_comment" and self._comments >= self._most * COMMENTS_A_CARD:
            wish = "move_card"
        if wish == "add_card":
            return self._add()
        id = self._random.choice(mine)
        if wish == "edit_card":
            return {"do": wish, "id": id, "text": self._text()}
        if wish == "move_card":
            return {"do": wish, "id": id, **self._place(self._cards[id])}
        self._comments += 1
        return {"do": wish, "id": str(uuid4()), "card": id, "text": self._text()}

    def _add(self) -> dict[str, Any]:
        id, section = str(uuid4()), self._random.choice(self._sections)[0] if self._sections else None
        self._cards[id] = section
        kind = self._random.choice(list(CARD_KINDS))
        return {
            "do": "add_card",
            "id": id,
            "kind": kind,
            "text": self._text(),
            "section": section,
            **self._place(section),
        }

    def _text(self) -> str:
        return f"{self._random.choice(WORDS)} ({self._random.randint(1, 9999)})"

    def _place(self, section: str | None) -> dict[str, int]:
        """Somewhere in the section, else below all there is."""
        room = {id: (width, height) for id, width, height in self._sections}
        width, height = room.get(section or "", (1600, 900))
        x = self._random.randint(20, max(20, int(width) - int(CARD_W) - 20))
        y = self._random.randint(90, max(90, int(height) - int(CARD_H)))
        return {"x": x, "y": y if section else y + 1200}
