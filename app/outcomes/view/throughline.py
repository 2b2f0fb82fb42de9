"""The line that led to an outcome: links on boards, followed back from its card to the beginning. Pure."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime

from msgspec import Struct

from app.boards.core.board import Board
from app.boards.core.kinds import CARD_KINDS, LINK_MEANINGS
from app.boards.core.sight import View, Viewer, see
from app.outcomes.view.content import CardStep

BACKWARDS = frozenset({"builds_on"})  # what is built on was there before, though the link starts at the new
MOST_STEPS = 12  # steps
MOST_BRANCHES = 3
AuthorOf = Callable[[str], tuple[str, int]]  # organisation and colour of whoever wrote


class DirectedLink(Struct, frozen=True):
    """A link, in the direction of the story."""

    before: str
    after: str
    means: str


def longest(lines: Iterable[Sequence[CardStep]]) -> tuple[CardStep, ...]:
    """Of the lines of several boards the one that tells most, the earliest of equals."""
    told = [tuple(line) for line in lines if line]
    return max(told, key=lambda line: (len(line), -line[0].when.toordinal()), default=())


def throughline(board: Board, title: str, viewer: Viewer, card: str, names: AuthorOf) -> tuple[CardStep, ...]:
    """From the card furthest back to `card`, as `viewer` may see them; empty where they cannot see `card`.

    Along the shortest way from the furthest card, the earliest of equals. What else led to a step stands
    beside it.
    """
    cards = _seen(board, viewer, "card")
    if card not in cards:
        return ()
    ties = _ties(board, viewer)
    into: dict[str, list[DirectedLink]] = {}
    for tie in ties:
        into.setdefault(tie.after, []).append(tie)
    far, towards = _walk(card, into, cards)
    chain = [far]
    while chain[-1] in towards:
        chain.append(towards[chain[-1]].after)
    return tuple(_step(id, towards.get(id), chain, into, cards, title, names) for id in chain[-MOST_STEPS:])


def _walk(
    card: str, into: dict[str, list[DirectedLink]], cards: dict[str, View]
) -> tuple[str, dict[str, DirectedLink]]:
    """The card furthest back, and from each card the tie that leads on towards `card`."""
    towards: dict[str, DirectedLink] = {}
    depth = {card: 0}
    waiting = deque([card])
    while waiting:
        here = waiting.popleft()
        for tie in into.get(here, ()):
            if tie.before not in depth:
                depth[tie.before] = depth[here] + 1
                towards[tie.before] = tie
                waiting.append(tie.before)
    far = min(depth, key=lambda id: (-depth[id], cards[id].fields["at"], id))
    return far, towards


def _seen(board: Board, viewer: Viewer, item: str) -> dict[str, View]:
    views = (see(board, one, viewer) for one in board.items.values() if one.item == item)
    return {view.id: view for view in views if view}


def _ties(board: Board, viewer: Viewer) -> list[DirectedLink]:
    found = []
    for view in _seen(board, viewer, "link").values():
        start, end, means = view.fields["start"], view.fields["end"], view.fields["means"]
        before, after = (end, start) if means in BACKWARDS else (start, end)
        found.append((view.fields["at"], view.id, DirectedLink(before, after, means)))
    return [tie for _, _, tie in sorted(found, key=lambda one: one[:2])]


def _step(
    id: str,
    tie: DirectedLink | None,
    chain: Sequence[str],
    into: dict[str, list[DirectedLink]],
    cards: dict[str, View],
    title: str,
    names: AuthorOf,
) -> CardStep:
    fields = cards[id].fields
    kind = CARD_KINDS[fields["kind"]]
    beside = [_beside(one, cards) for one in into.get(id, ()) if one.before not in chain]
    whose, colour = names(fields["by"])
    return CardStep(
        kind.tag,
        kind.word,
        fields["text"],
        title,
        _day(fields["at"]),
        whose,
        colour,
        _leads(tie) if tie else "",
        tuple(beside[:MOST_BRANCHES]),
    )


def _leads(tie: DirectedLink) -> str:
    """How one step leads to the next, told in the order of time."""
    meaning = LINK_MEANINGS[tie.means]
    return (meaning.back if tie.means in BACKWARDS else meaning.word).lower()


def _beside(tie: DirectedLink, cards: dict[str, View]) -> str:
    meaning = LINK_MEANINGS[tie.means]
    word = meaning.word if tie.means in BACKWARDS else meaning.back
    return f"{word}: {' '.join(cards[tie.before].fields['text'].split())}"


def _day(seconds: float) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()
