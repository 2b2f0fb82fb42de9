"""The board as a document: sections in order, their cards, and the links and comments on each. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from app.boards.core import live_status
from app.boards.core.board import OUTSIDE, SECTIONS, Board, Item, ends_of
from app.boards.core.delivery import LOOSE
from app.boards.core.kinds import CARD_KINDS, LINK_MEANINGS, STATUS_KIND
from app.boards.core.live_status import LiveStatus
from app.boards.core.order import turns
from app.boards.core.schema import defaults
from app.boards.core.sight import View, Viewer, is_private, see
from app.boards.core.stage.read import is_not_kept

LOOSE_TITLE = "Outside the sections"


class LinkEntry(Struct, frozen=True):
    """A link as read from one of its cards: `word` is 'Leads to' or, from the other card, 'Follows from'."""

    id: str
    means: str
    word: str
    away: bool  # this card is where the link starts
    other: str
    part: str  # where the other card is
    kind: str
    text: str


class CommentEntry(Struct, frozen=True):
    """A comment on a card."""

    id: str
    text: str
    by: str
    at: float
    seq: int
    own: bool
    imported: bool


class CardEntry(Struct, frozen=True):
    """A card in the outline, with its links and comments. `seq` is the last deed on the card itself."""

    id: str
    kind: str
    text: str
    by: str
    at: float
    seq: int
    draft: bool
    imported: bool
    face: LiveStatus | None
    links: tuple[LinkEntry, ...]
    comments: tuple[CommentEntry, ...]
    reworded: str | None = None  # who wrote the words that it shows, where that is not its author
    taken_out: dict[str, Any] | None = None  # who took out its words, why and when
    not_kept: bool = False  # it was written where nothing is kept when the workshop ends
    private: bool = False  # it, or something on it, is seen by the viewer alone

    @property
    def shown(self) -> str:
        """The words that people see: those of the record that it stands for, else its own."""
        return self.face.title or self.text if self.face else self.text


class SectionEntry(Struct, frozen=True):
    """A section with its cards, or the cards outside all sections (id `loose`).

    Of a large one `cards` may be the first, or none if it is not `opened`. It says how many there are all the
    same, and by `latest` whether they changed.
    """

    id: str
    fields: dict[str, Any]
    seq: int
    cards: tuple[CardEntry, ...]
    count: int
    latest: int  # the last deed on the section or on a card in it, as far as the viewer sees them
    opened: bool = True

    @property
    def more(self) -> int:
        """How many of its cards are not among `cards`."""
        return self.count - len(self.cards)

    @property
    def title(self) -> str:
        return str(self.fields["title"])

    @property
    def order(self) -> str:
        """Its turn among the sections; empty outside them all."""
        return str(self.fields.get("order", ""))

    @property
    def section(self) -> str | None:
        """Its id for an op; None is outside all sections."""
        return None if self.id == LOOSE else self.id


class Window(Struct, frozen=True):
    """How many of a part's cards are wanted: the first `count`, and all up to the card `last`."""

    count: int
    last: str = ""

    def of(self, views: list[View]) -> list[View]:
        """The wanted ones of all the cards of the part."""
        end = next((at for at, view in enumerate(views, 1) if view.id == self.last), 0)
        return views[: max(self.count, end)]


WHOLE = Window(1_000_000)


def parts(board: Board, viewer: Viewer, opened: Mapping[str, Window] | None = None) -> list[SectionEntry]:
    """The whole outline, as `viewer` may see it; with `opened` only those parts have cards."""
    ids = (*section_ids(board, viewer), LOOSE)
    entries = (part(board, viewer, id, WHOLE if opened is None else opened.get(id)) for id in ids)
    return [one for one in entries if one]


def section_ids(board: Board, viewer: Viewer) -> list[str]:
    """The sections that the viewer sees, in their order."""
    return [id for _, id in board.order.get(SECTIONS, ()) if _seen(board, id, viewer)]


def part(board: Board, viewer: Viewer, id: str, window: Window | None = WHOLE) -> SectionEntry | None:
    """One section, or the loose part; None where the viewer sees no such section. No window is no cards."""
    section = _seen(board, id, viewer)
    if id != LOOSE and (section is None or section.item != "section"):
        return None
    views = cards_of(board, viewer, id)
    cards = tuple(card_entry(board, viewer, view) for view in window.of(views)) if window else ()
    fields = section.fields if section else {**defaults("section"), "title": LOOSE_TITLE}
    seq = section.seq if section else 0
    latest = latest_of(section, views)
    return SectionEntry(id, fields, seq, cards, len(views), latest, window is not None or not views)


def latest_of(section: View | None, views: list[View]) -> int:
    """The last deed on a section or on one of its cards, as far as they are seen."""
    return max(section.seq if section else 0, *(view.seq for view in views), 0)


def card_counts(board: Board, viewer: Viewer) -> dict[str, int]:
    """How many cards each part has, in the order of the parts."""
    return {id: len(cards_of(board, viewer, id)) for id in (*section_ids(board, viewer), LOOSE)}


def cards_of(board: Board, viewer: Viewer, part_id: str) -> list[View]:
    """The cards of one part in their order, own drafts among them."""
    list_ = OUTSIDE if part_id == LOOSE else part_id
    return _all_seen(board, (id for _, id in turns(board, list_, viewer.person)), viewer)


def attached_to(board: Board, viewer: Viewer, card: str) -> list[View]:
    """The links and comments of a card, in the order they were made."""
    ids = sorted(board.attached.get(card, ()), key=lambda id: board.items[id].born)
    return _all_seen(board, ids, viewer)


def links_of(board: Board, viewer: Viewer, card: str) -> tuple[LinkEntry, ...]:
    """The links of a card, as read from it."""
    return tuple(
        _link_entry(board, card, link) for link in attached_to(board, viewer, card) if link.item == "link"
    )


def part_of(board: Board, viewer: Viewer, id: str) -> str:
    """The part that an item is in: its own for a section, its card's for a link or comment."""
    item = board.items.get(id)
    if item is None or see(board, item, viewer) is None:
        return LOOSE
    if item.item == "section":
        return id
    card = item if item.item == "card" else board.items[ends_of(item)[0]]
    return card.fields["section"] or LOOSE


def words_of(view: View) -> str:
    """The words that name an item: its text or title, or what a link means."""
    fields = view.fields
    if view.item == "link":
        return LINK_MEANINGS[fields["means"]].word
    return str(fields["title"] if view.item == "section" else fields["text"])


def card_entry(board: Board, viewer: Viewer, view: View) -> CardEntry:
    """A card that the viewer sees, with what hangs on it."""
    attached = attached_to(board, viewer, view.id)
    comments = (_comment_entry(comment, viewer) for comment in attached if comment.item == "comment")
    fields = view.fields
    return CardEntry(
        view.id,
        fields["kind"],
        fields["text"],
        fields["by"],
        fields["at"],
        view.seq,
        fields.get("draft", False),
        fields.get("imported", False),
        live_status.shown_in(fields, STATUS_KIND),
        tuple(_link_entry(board, view.id, link) for link in attached if link.item == "link"),
        tuple(comments),
        fields.get("reworded"),
        fields.get("taken_out"),
        is_not_kept(board, board.items[view.id]),
        any(is_private(board.items[one.id]) for one in (view, *attached)),
    )


def _link_entry(board: Board, card: str, link: View) -> LinkEntry:
    start, end = link.fields["start"], link.fields["end"]
    meaning = LINK_MEANINGS[link.fields["means"]]
    away = card == start
    other = end if away else start
    fields = board.items[other].fields  # seen: a link is seen only where both its cards are
    word = meaning.word if away else meaning.back
    kind = CARD_KINDS[fields["kind"]].word
    part = fields["section"] or LOOSE
    return LinkEntry(link.id, meaning.tag, word, away, other, part, kind, live_status.words_in(fields))


def _comment_entry(view: View, viewer: Viewer) -> CommentEntry:
    fields = view.fields
    own = fields["by"] == viewer.person
    return CommentEntry(
        view.id, fields["text"], fields["by"], fields["at"], view.seq, own, fields.get("imported", False)
    )


def _all_seen(board: Board, ids: Iterable[str], viewer: Viewer) -> list[View]:
    return [view for id in ids if (view := _seen(board, id, viewer))]


def _seen(board: Board, id: str, viewer: Viewer) -> View | None:
    item: Item | None = board.items.get(id)
    return see(board, item, viewer) if item else None
