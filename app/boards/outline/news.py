"""What has changed of the outline for somebody: the cards to draw anew, and where they stand. Pure."""

from collections.abc import Collection, Iterable

from msgspec import Struct

from app.boards.core import delivery
from app.boards.core.board import Board, ends_of
from app.boards.core.delivery import LOOSE, Delta
from app.boards.core.sight import View, Viewer, see
from app.boards.outline import document
from app.boards.outline.document import CardEntry

MOST = 40  # cards; of more at once the parts are asked for, since pages show large ones in pieces


class PlacedCard(Struct, frozen=True):
    """A card of a part, and the card that it comes after: "" where it is the first."""

    entry: CardEntry
    part: str
    after: str


class PartCount(Struct, frozen=True):
    """How many cards a part has now, and the last deed on it."""

    id: str
    count: int
    latest: int


class OutlineNews(Struct, frozen=True):
    """`ask` are the parts that a page has to ask for, None all of them. `cards` are in their order."""

    ask: list[str] | None
    counts: list[PartCount]
    gone: list[str]
    cards: list[PlacedCard]


EVERYTHING = OutlineNews(None, [], [], [])


def news_for(before: Board, board: Board, changed: Collection[str], viewer: Viewer) -> OutlineNews | None:
    """What `viewer`, who has followed up to `before`, must be told. None: nothing of it is for them (D12)."""
    delta = delivery.since(board, viewer, before.seq, changed)
    touched = delivery.parts(before, board, changed, viewer)
    if not touched:
        return None
    if any(id not in board.items for id in delta.dels):
        return EVERYTHING
    shown = _seen(board, _to_draw(board, delta), viewer)
    sections = {view.id for view in delta.puts if view.item == "section"}
    sections |= {id for id in delta.dels if board.items[id].item == "section"}
    gone = [id for id in delta.dels if board.items[id].item == "card"]
    parts = touched | {_part_of(view) for view in shown}
    many = len(shown) > MOST
    ask = sections | {_part_of(view) for view in shown} if many else sections
    counts, cards = _placed(board, viewer, parts - ask, {} if many else {view.id: view for view in shown})
    return OutlineNews(sorted(ask), counts, gone, cards)


def owners_apart(before: Board, board: Board, changed: Iterable[str], news: OutlineNews | None) -> set[str]:
    """The people for whom that may not be all, or whose own cards stand between those of everyone.

    They are owners of what is private, among what has changed or in a part that has.
    """
    owners = {
        item.owner
        for one in (before, board)
        for id in changed
        if (item := one.items.get(id)) is not None and item.shown is None
    }
    parts = {one.id for one in news.counts} if news else set()
    return owners | {
        person
        for person, drafts in board.drafts.items()
        if any((board.items[id].fields.get("section") or LOOSE) in parts for id in drafts)
    }


def _to_draw(board: Board, delta: Delta) -> set[str]:
    """The cards that look otherwise now: changed ones, those that these hang on or are linked to."""
    ids = {view.id: view.item for view in delta.puts} | {id: board.items[id].item for id in delta.dels}
    found: set[str] = set()
    for id, kind in ids.items():
        if kind == "card":
            ends = (ends_of(board.items[one]) for one in board.attached.get(id, ()) if one in board.items)
            found |= {id, *(card for cards in ends for card in cards)}
        else:
            found |= set(ends_of(board.items[id]))
    return found


def _seen(board: Board, ids: Iterable[str], viewer: Viewer) -> list[View]:
    items = (board.items.get(id) for id in ids)
    views = (see(board, item, viewer) for item in items if item is not None and item.item == "card")
    return [view for view in views if view]


def _placed(
    board: Board, viewer: Viewer, parts: Iterable[str], wanted: dict[str, View]
) -> tuple[list[PartCount], list[PlacedCard]]:
    """The counts of these parts, and the `wanted` ones of their cards."""
    counts, cards = [], []
    for part in sorted(parts):
        section = board.items.get(part)
        view = see(board, section, viewer) if section else None
        if part != LOOSE and view is None:
            continue
        views = document.cards_of(board, viewer, part)
        counts.append(PartCount(part, len(views), document.latest_of(view, views)))
        for before, card in zip((None, *views), views, strict=False):
            if card.id in wanted:
                entry = document.card_entry(board, viewer, card)
                cards.append(PlacedCard(entry, part, before.id if before else ""))
    return counts, cards


def _part_of(card: View) -> str:
    return str(card.fields["section"] or LOOSE)
