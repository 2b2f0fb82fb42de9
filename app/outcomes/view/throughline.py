"""The throughline: links on boards, followed back from the card of an outcome to the beginning. Pure."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from app.boards.core.board import Board
from app.boards.core.kinds import CARD_KINDS, LINK_MEANINGS
from app.boards.core.sight import View, Viewer, see
from app.outcomes.view.content import CardStep

BACKWARDS = frozenset({"builds_on"})  # what is built on was there before, though the link starts at the new
MOST_STEPS = 12
MOST_BRANCHES = 3
OrganisationOf = Callable[[str], tuple[str, int]]  # name and colour of a person's organisation, by their id


class DirectedLink(Struct, frozen=True):
    """A link, in the direction of the story."""

    before: str
    after: str
    means: str


def longest(lines: Iterable[Sequence[CardStep]]) -> tuple[CardStep, ...]:
    """Of the throughlines of several boards the one with most steps, the earliest of equals."""
    known = [tuple(line) for line in lines if line]
    return max(known, key=lambda line: (len(line), -line[0].when.toordinal()), default=())


def throughline(
    board: Board, title: str, viewer: Viewer, card: str, organisation_of: OrganisationOf
) -> tuple[CardStep, ...]:
    """From the card furthest back to `card`, as `viewer` may see them; empty where they cannot see `card`.

    Along the shortest way from the furthest card, the earliest of equals. What else led to a step is named in
    its `also`.
    """
    cards = _visible(board, viewer, "card")
    if card not in cards:
        return ()
    links_to: dict[str, list[DirectedLink]] = {}
    for link in _links(board, viewer):
        links_to.setdefault(link.after, []).append(link)
    start, next_link = _walk_back(card, links_to, cards)
    chain = [start]
    while chain[-1] in next_link:
        chain.append(next_link[chain[-1]].after)
    steps = []
    for id in chain[-MOST_STEPS:]:
        branches = [_branch(one, cards) for one in links_to.get(id, ()) if one.before not in chain]
        steps.append(_step(cards[id], title, organisation_of, next_link.get(id), branches[:MOST_BRANCHES]))
    return tuple(steps)


def _walk_back(
    card: str, links_to: dict[str, list[DirectedLink]], cards: dict[str, View]
) -> tuple[str, dict[str, DirectedLink]]:
    """The card furthest back, and from each card the link that leads on towards `card`."""
    next_link: dict[str, DirectedLink] = {}
    depth = {card: 0}
    waiting = deque([card])
    while waiting:
        here = waiting.popleft()
        for link in links_to.get(here, ()):
            if link.before not in depth:
                depth[link.before] = depth[here] + 1
                next_link[link.before] = link
                waiting.append(link.before)
    furthest = min(depth, key=lambda id: (-depth[id], cards[id].fields["at"], id))
    return furthest, next_link


def _visible(board: Board, viewer: Viewer, item: str) -> dict[str, View]:
    views = (see(board, one, viewer) for one in board.items.values() if one.item == item)
    return {view.id: view for view in views if view}


def _links(board: Board, viewer: Viewer) -> list[DirectedLink]:
    """All links that the viewer may see, in order of time."""
    links = []
    for view in _visible(board, viewer, "link").values():
        start, end, means = view.fields["start"], view.fields["end"], view.fields["means"]
        before, after = (end, start) if means in BACKWARDS else (start, end)
        links.append((view.fields["at"], view.id, DirectedLink(before, after, means)))
    return [link for _, _, link in sorted(links, key=lambda one: one[:2])]


def _step(
    card: View,
    title: str,
    organisation_of: OrganisationOf,
    link: DirectedLink | None,
    branches: Sequence[str],
) -> CardStep:
    kind = CARD_KINDS[card.fields["kind"]]
    whose, colour = organisation_of(card.fields["by"])
    if "reworded" in card.fields:  # a report says whose the words are, and these are not the author's alone
        whose = f"{whose}, reworded by {organisation_of(card.fields['reworded'])[0] or 'somebody'}"
    return CardStep(
        kind.tag,
        kind.word,
        card.fields["text"],
        title,
        datetime.fromtimestamp(card.fields["at"], UTC).date(),
        whose,
        colour,
        _leads(link) if link else "",
        tuple(branches),
    )


def _leads(link: DirectedLink) -> str:
    """How one step leads to the next, told in the order of time."""
    meaning = LINK_MEANINGS[link.means]
    return (meaning.back if link.means in BACKWARDS else meaning.word).lower()


def _branch(link: DirectedLink, cards: dict[str, View]) -> str:
    """What else led to a step, with the words of the link."""
    meaning = LINK_MEANINGS[link.means]
    word = meaning.word if link.means in BACKWARDS else meaning.back
    return f"{word}: {' '.join(cards[link.before].fields['text'].split())}"
