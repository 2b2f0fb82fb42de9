"""Builds the graph of a story from the boards, records and goals of a space, as one viewer may see them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from app.access import Actor
from app.boards.core.board import Board
from app.boards.core.kinds import CARD_KINDS, LINK_MEANINGS
from app.boards.core.sight import View, Viewer, see
from app.boards.storage import store as boards
from app.db import Tx
from app.line.graph import Edge, Graph, Node, Whose, reachable
from app.outcomes.cards import store as goal_cards
from app.outcomes.cards.store import GoalCard
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import Goal
from app.records import card_store, store
from app.records.card_store import RecordCard
from app.records.core.kinds import kind_of
from app.records.core.record import SOURCES, Record
from app.records.core.resting import refuted_below
from app.records.core.sight import see as see_record
from app.records.core.status import word_of
from app.records.core.ties import MEANINGS

BACKWARDS = frozenset({"builds_on"})  # what is built on was there before, though the link starts at the new
MOST_ROUNDS, MOST_BOARDS = 20, 40
OrganisationOf = Callable[[str], Whose]  # name and colour of a person's organisation, by their id


class Collector:
    """Follows the story from records and goals, board by board, until nothing new led to it or from it."""

    def __init__(self, tx: Tx, space: str, viewer: Viewer, organisation_of: OrganisationOf) -> None:
        self.tx, self.space, self.viewer = tx, space, viewer
        self.actor = Actor(viewer.audience.role, viewer.person)
        self.organisation_of = organisation_of
        self.nodes: dict[str, Node] = {}
        self.edges: list[Edge] = []
        self.records: dict[str, Record] = {}
        self.goals: dict[str, Goal] = {}
        self.boards: set[str] = set()
        self._looked: set[str] = set()
        self._cards: list[RecordCard] = []
        self._goal_cards: list[GoalCard] = []

    async def from_goals(self, goals: Iterable[Goal]) -> Graph:
        """All that led to the goals."""
        self.goals = {goal.id: goal for goal in goals}
        self._goal_cards = await goal_cards.cards_of(self.tx, list(self.goals))
        await self._add_records(await store.tied_to(self.tx, self.space, list(self.goals)))
        await self._load_boards({link.board for link in self._goal_cards})
        return await self._follow([f"goal:{id}" for id in self.goals], both=False)

    async def around(self, record: Record) -> Graph:
        """All that led to the record, and all that followed from it."""
        self.goals = {goal.id: goal for goal in await goal_store.of_space(self.tx, self.space)}
        self._goal_cards = await goal_cards.cards_of(self.tx, list(self.goals))
        await self._add_records({record.id: record})
        return await self._follow([f"record:{record.id}"], both=True)

    async def _follow(self, starts: Sequence[str], *, both: bool) -> Graph:
        for _ in range(MOST_ROUNDS):
            told = reachable(self.edges, starts, upstream=True)
            if both:
                told |= reachable(self.edges, starts, upstream=False)
            fresh = {one.removeprefix("record:") for one in told if one.startswith("record:")} - self._looked
            if not fresh:
                break
            await self._look(fresh)
        for goal in self.goals.values():
            self.nodes.setdefault(f"goal:{goal.id}", self._goal_node(goal))
        told = reachable(self.edges, starts, upstream=True)
        if both:
            told |= reachable(self.edges, starts, upstream=False)
        nodes = {id: node for id, node in self.nodes.items() if id in told}
        return Graph(
            nodes, tuple(edge for edge in self.edges if edge.before in nodes and edge.after in nodes)
        )

    async def _look(self, ids: set[str]) -> None:
        """Read these records, what is tied to them, and the boards that hold a card of them."""
        self._looked |= ids
        missing = ids - set(self.records)
        if missing:
            await self._add_records(await store.find_many(self.tx, self.space, missing))
        await self._add_records(await store.tied_to(self.tx, self.space, ids))
        await self._load_boards({card.board for card in self._cards if card.record in ids})

    async def _add_records(self, found: dict[str, Record]) -> None:
        fresh = {
            id: one for id, one in found.items() if id not in self.records and see_record(one, self.actor)
        }
        self.records |= fresh
        if not fresh:
            return
        below = {tie.other for one in fresh.values() for tie in one.tied("rests_on")} - set(found)
        others = found | (await store.find_many(self.tx, self.space, below) if below else {})
        self._cards += await card_store.cards_of(self.tx, list(fresh))
        for one in fresh.values():
            self.nodes[f"record:{one.id}"] = self._record_node(one, bool(refuted_below(one, others)))
            self._add_ties(one)
            self._add_sources(one, {card.card for card in self._cards if card.record == one.id})

    def _add_ties(self, record: Record) -> None:
        for tie in (one for one in record.ties if not one.removed):
            meaning = MEANINGS[tie.means]
            here, there = f"record:{record.id}", f"{tie.kind}:{tie.other}"
            if meaning.forwards:
                self.edges.append(Edge(here, there, meaning.word.lower(), meaning.back))
            else:
                self.edges.append(Edge(there, here, meaning.back.lower(), meaning.word))

    def _add_sources(self, record: Record, own: set[str]) -> None:
        """The notes that it came from, as they were when it was kept; not those that stand for it."""
        for row in record.of(SOURCES):
            if row.card in own:
                continue
            id = f"card:{row.board}/{row.card}" if row.card else f"row:{row.id}"
            whose, text = self.organisation_of(row.by), row.fields["text"]
            node = Node(id, "note", CARD_KINDS["note"].word, text, row.at.date(), whose, plain=True)
            self.nodes.setdefault(id, node)
            self.edges.append(Edge(id, f"record:{record.id}", "became", "Came from"))

    async def _load_boards(self, ids: set[str]) -> None:
        for id in sorted(ids - self.boards)[: MOST_BOARDS - len(self.boards)]:
            self.boards.add(id)
            try:
                board = await boards.load(self.tx, id)
                _, title = await boards.space_of(self.tx, id)
            except boards.Missing:
                continue
            await self._add_board(board, title)

    async def _add_board(self, board: Board, title: str) -> None:
        """Its cards and links. A card that stands for a record or goal is that."""
        stands = {card: f"record:{id}" for card, id in (await card_store.on_board(self.tx, board.id)).items()}
        stands |= {link.card: f"goal:{link.goal}" for link in self._goal_cards if link.board == board.id}
        hidden = await self._hidden({id for id in stands.values() if id.startswith("record:")})
        cards = {view.id: view for view in self._seen(board, "card")}
        ids: dict[str, str] = {}
        for view in cards.values():
            stand = stands.get(view.id)
            known = stand if stand and stand not in hidden else None
            ids[view.id] = known or f"card:{board.id}/{view.id}"
            if known is None or known.startswith("goal:"):
                node = self._card_node(ids[view.id], view, title, board.id, plain=known is None)
                self.nodes.setdefault(ids[view.id], node)
        for view in self._seen(board, "link"):
            self.edges.append(_edge(view, ids))

    async def _hidden(self, nodes: set[str]) -> set[str]:
        """Those of these records that the viewer may not see."""
        ids = {one.removeprefix("record:") for one in nodes} - set(self.records)
        found = await store.find_many(self.tx, self.space, ids) if ids else {}
        seen = {id for id, one in found.items() if see_record(one, self.actor)}
        return {f"record:{id}" for id in ids - seen}

    def _seen(self, board: Board, item: str) -> list[View]:
        """All cards or links that the viewer may see, in order of time."""
        views = (see(board, one, self.viewer) for one in board.items.values() if one.item == item)
        return sorted((view for view in views if view), key=lambda view: (view.fields["at"], view.id))

    def _card_node(self, id: str, view: View, title: str, board: str, *, plain: bool) -> Node:
        kind = CARD_KINDS[view.fields["kind"]]
        when = datetime.fromtimestamp(view.fields["at"], UTC).date()
        whose = self.organisation_of(view.fields["by"])
        path = f"/boards/{board}/outline?card={view.id}#card-{view.id}"
        return Node(id, kind.tag, kind.word, view.fields["text"], when, whose, title, path, plain)

    def _record_node(self, record: Record, refuted: bool) -> Node:
        kind = kind_of(record)
        word = f"{kind.word if kind else 'Record'}, {word_of(record, refuted=refuted).lower()}"
        sources = record.of(SOURCES)
        return Node(
            f"record:{record.id}",
            record.kind,
            word,
            record.title,
            record.made_at.date(),
            self.organisation_of(record.made_by),
            path=f"/spaces/{record.space}/records/{record.id}",
            first=sources[0].fields["text"] if len(sources) == 1 else "",
        )

    def _goal_node(self, goal: Goal) -> Node:
        path = f"/spaces/{goal.space}/outcomes/goals/{goal.id}"
        return Node(f"goal:{goal.id}", "outcome", "Outcome", goal.title, goal.changed_at.date(), path=path)


def _edge(link: View, ids: dict[str, str]) -> Edge:
    """A link in the direction of the story."""
    start, end, means = link.fields["start"], link.fields["end"], LINK_MEANINGS[link.fields["means"]]
    of_records = ids[start].startswith("record:") and ids[end].startswith("record:")
    if means.tag in BACKWARDS or (means.tag == "tests" and of_records):  # as the tie of that name
        return Edge(ids[end], ids[start], means.back.lower(), means.word)
    return Edge(ids[start], ids[end], means.word.lower(), means.back)
