"""Draws the cards of the outline: each once for everyone whom it looks the same to."""

from collections import OrderedDict
from collections.abc import Mapping
from functools import cached_property
from threading import Lock
from time import monotonic
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from app.boards.outline.document import CardEntry
from app.boards.outline.hand import Hand, is_apart
from app.db import new_id
from app.spaces.space import Participant

KEPT = 4_000  # cards that are kept as drawn, about 3 KB each
AGEING = 60.0  # seconds after which a card is drawn anew that says how long ago something was

People = Mapping[str, Participant]
Key = tuple[str, Hand, str]


class Place(Struct, frozen=True):
    """Where cards are drawn: a board of a space."""

    space: str
    board: str


class DrawnCard(Struct, frozen=True):
    """The HTML, and all it was made of. `copy` is the id in it that a copy of the card would have."""

    entry: CardEntry
    names: tuple[Participant | None, ...]
    at: float
    copy: str
    html: str

    def is_of(self, entry: CardEntry, names: tuple[Participant | None, ...]) -> bool:
        """Whether it would be drawn the same now."""
        if self.entry != entry or self.names != names:
            return False
        return not (entry.comments or entry.taken_out) or monotonic() - self.at < AGEING


class Cards:
    """Draws cards, in any thread, and keeps what everyone may be shown.

    What only one person sees, or is offered, is drawn for them and never kept.
    """

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._kept: OrderedDict[Key, DrawnCard] = OrderedDict()
        self._lock = Lock()

    @cached_property
    def _template(self) -> Any:
        return self._engine.get_template("boards/_card.html")

    def html(self, place: Place, entry: CardEntry, hand: Hand, person: str | None, people: People) -> str:
        """The card as `person` is shown it; of None as everyone who has this hand is."""
        names = _names(entry, people)
        if is_apart(entry, hand, person):
            return self._draw(place, entry, hand, person, people, names).html
        key = (place.board, hand, entry.id)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
        if kept is None or not kept.is_of(entry, names):
            kept = self._draw(place, entry, hand, None, people, names)
            with self._lock:
                self._kept[key] = kept
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        # Two who copy a card, or one who does so twice, each make another one.
        return kept.html.replace(kept.copy, new_id())

    def _draw(
        self,
        place: Place,
        entry: CardEntry,
        hand: Hand,
        person: str | None,
        people: People,
        names: tuple[Participant | None, ...],
    ) -> DrawnCard:
        copy = new_id()
        html = self._template.render(
            card=entry,
            people=people,
            me=person,
            may=hand.may,
            takes_out=hand.takes_out,
            may_stand=hand.may_stand,
            space_id=place.space,
            board_id=place.board,
            open=None,
            new_id=lambda: copy,
        )
        return DrawnCard(entry, names, monotonic(), copy, html)


def drawn(html: str) -> Markup:
    """For a template: what a template made already."""
    return Markup(html)  # noqa: S704 - made by a template that escapes


def _names(entry: CardEntry, people: People) -> tuple[Participant | None, ...]:
    """All people whom the card names."""
    taker = str((entry.taken_out or {}).get("by"))
    ids = (entry.by, entry.reworded or "", taker, *(comment.by for comment in entry.comments))
    return tuple(people.get(id) for id in ids)
