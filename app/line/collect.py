"""Builds the graph of a story from the cards, records and goals of a space, as one viewer may see them.

Only what may be part of the story is read: ties and links first, then the cards that they lead to.
"""

from collections.abc import Iterable, Mapping, Sequence

from app.access import Actor
from app.boards.core.board import Board
from app.boards.core.sight import View, Viewer, see
from app.boards.storage import link_store
from app.boards.storage import store as boards
from app.boards.storage.link_store import LinkedBoard
from app.db import Tx
from app.line.graph import Edge, Graph, Node, reachable
from app.line.nodes import (
    OrganisationOf,
    card_id,
    card_node,
    goal_node,
    link_edge,
    record_node,
    source_node,
    tie_edges,
)
from app.outcomes.cards import store as goal_cards
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import Goal, GoalName
from app.phrases import day_of
from app.records import card_store, connected_store
from app.records.core.record import SOURCES, Record
from app.records.core.resting import refuted_below
from app.records.core.sight import see as see_record

MOST_ROUNDS, MOST_BOARDS = 12, 40
Places = dict[tuple[str, str], str]  # what cards stand for, by board and card


class Collector:
    """Follows the story from records and goals, board by board, until nothing new led to it or from it."""

    def __init__(self, tx: Tx, space: str, viewer: Viewer, organisation_of: OrganisationOf) -> None:
        self.tx, self.space, self.viewer = tx, space, viewer
        self.actor = Actor(viewer.audience.role, viewer.person)
        self.organisation_of = organisation_of
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []
        self.records: dict[str, Record] = {}
        self.known: dict[str, Record] = {}  # also what the viewer may not see
        self.goals: Mapping[str, Goal | GoalName] = {}
        self.boards: dict[str, LinkedBoard] = {}
        self.seen: dict[str, Board] = {}  # with the cards and links that the story needs
        self.stands: Places = {}
        self._looked: set[str] = set()

    async def from_goals(self, goals: Iterable[Goal]) -> Graph:
        """All that led to the goals."""
        self.goals = {goal.id: goal for goal in goals}
        links = await self._load_goal_cards()
        self._add(await connected_store.connected(self.tx, self.space, [], list(self.goals), both=False))
        return await self._follow([f"goal:{id}" for id in self.goals], links, both=False)

    async def around(self, record: Record, known: Mapping[str, Record]) -> Graph:
        """All that led to the record, and all that followed; `known` is what is connected with it."""
        self.goals = {goal.id: goal for goal in await goal_store.names(self.tx, self.space)}
        await self._load_goal_cards()
        self._add({**known, record.id: record})
        return await self._follow([f"record:{record.id}"], set(), both=True)

    async def _load_goal_cards(self) -> set[str]:
        """Note which cards stand for the goals; gives their boards."""
        links = await goal_cards.cards_of(self.tx, list(self.goals)) if self.goals else []
        self.stands |= {(link.board, link.card): f"goal:{link.goal}" for link in links}
        return {link.board for link in links}

    async def _follow(self, starts: Sequence[str], wanted: set[str], *, both: bool) -> Graph:
        fresh, told = set(self.known), set(starts)
        for _ in range(MOST_ROUNDS):
            self._looked |= fresh
            await self._load_links(fresh, wanted)
            told = _told(self._candidates(), starts, both=both)
            records = {id.removeprefix("record:") for id in told if id.startswith("record:")}
            unknown = records - self._looked
            if not unknown:
                break
            before = set(self.known)
            self._add(await connected_store.connected(self.tx, self.space, unknown, both=both))
            fresh, wanted = (set(self.known) - before) | unknown, set()
        return await self._graph(starts, told, both=both)

    def _add(self, found: Mapping[str, Record]) -> None:
        fresh = {id: one for id, one in found.items() if id not in self.known}
        self.known |= fresh
        self.records |= {id: one for id, one in fresh.items() if see_record(one, self.actor)}

    async def _load_links(self, records: set[str], wanted: set[str]) -> None:
        """Read which cards stand for what on the boards of these records, and the links there."""
        cards = await card_store.beside(self.tx, records, wanted)
        self.stands |= {(one.board, one.card): f"record:{one.record}" for one in cards}
        fresh = sorted({one.board for one in cards} | wanted - set(self.boards))
        fresh = [id for id in fresh if id not in self.boards][: MOST_BOARDS - len(self.boards)]
        if fresh:
            self.boards |= await link_store.links_of(self.tx, fresh)

    def _id(self, board: str, card: str) -> str:
        """What a card is in the story: the record or goal that it stands for, else itself."""
        stands = self.stands.get((board, card), "")
        kind, _, id = stands.partition(":")
        hidden = kind == "record" and id in self._looked and id not in self.records
        return stands if stands and not hidden else card_id(board, card)

    def _candidates(self) -> list[Edge]:
        """All that may lead from one thing to another; whether the viewer sees it is looked at later."""
        ties = [edge for one in self.records.values() for edge in tie_edges(one)]
        links = [
            link_edge(link.fields, lambda card, board=board: self._id(board, card))  # type: ignore[misc]
            for board, known in self.boards.items()
            for link in known.links
        ]
        return ties + links

    async def _graph(self, starts: Sequence[str], told: set[str], *, both: bool) -> Graph:
        await self._load_cards(told)
        for one in self.records.values():
            below = bool(refuted_below(one, self.known))
            self.nodes[f"record:{one.id}"] = record_node(one, day_of, refuted=below)
            self.edges += tie_edges(one)
            self._add_sources(one)
        for board in self.seen.values():
            self._add_board(board, self.boards[board.id].title)
        for goal in self.goals.values():
            self.nodes.setdefault(f"goal:{goal.id}", goal_node(goal, day_of))
        told = _told(self.edges, starts, both=both)
        nodes = {id: node for id, node in self.nodes.items() if id in told}
        edges = (edge for edge in self.edges if edge.before in nodes and edge.after in nodes)
        return Graph(nodes, tuple(edges))

    async def _load_cards(self, told: set[str]) -> None:
        """Read the cards of the story, with the links between them."""
        wanted: dict[str, set[str]] = {}
        for board, known in self.boards.items():
            cards = {card for (where, card), id in self.stands.items() if where == board and id in told}
            for link in known.links:
                ends = {link.fields["start"], link.fields["end"]}
                if all(self._id(board, end) in told for end in ends):
                    cards |= {link.id, *ends}
            wanted[board] = cards
        self.seen = {one.id: one for one in await boards.some(self.tx, wanted)} if wanted else {}

    def _add_sources(self, record: Record) -> None:
        """The notes that it came from; not those that stand for it."""
        here = f"record:{record.id}"
        for row in record.of(SOURCES):
            if row.card and self.stands.get((row.board or "", row.card)) == here:
                continue
            node = source_node(row, self.organisation_of, day_of)
            self.nodes.setdefault(node.id, node)
            self.edges.append(Edge(node.id, here, "became", "Came from"))

    def _add_board(self, board: Board, title: str) -> None:
        """Its cards and links. A card that stands for a record or goal is that."""
        for view in self._seen(board, "card"):
            id = self._id(board.id, view.id)
            if not id.startswith("record:"):
                plain = not id.startswith("goal:")
                node = card_node(id, view, title, board.id, self.organisation_of, day_of, plain=plain)
                if plain or id not in self.nodes:
                    self.nodes[id] = node
        for view in self._seen(board, "link"):
            self.edges.append(link_edge(view.fields, lambda card: self._id(board.id, card)))

    def sees(self, board: str, card: str) -> bool:
        """Whether the viewer sees a card of the story."""
        known = self.seen.get(board)
        item = known.items.get(card) if known else None
        return bool(known and item and see(known, item, self.viewer))

    def _seen(self, board: Board, item: str) -> list[View]:
        """Its cards or links that the viewer may see, in order of time."""
        views = (see(board, one, self.viewer) for one in board.items.values() if one.item == item)
        return sorted((view for view in views if view), key=lambda view: (view.fields["at"], view.id))


def _told(edges: Iterable[Edge], starts: Sequence[str], *, both: bool) -> set[str]:
    edges = list(edges)
    told = reachable(edges, starts, upstream=True)
    return told | reachable(edges, starts, upstream=False) if both else told
