"""Cards, records and outcomes with what led to what; the longest way through them. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

MOST_STEPS = 12
MOST_BRANCHES = 3
Whose = tuple[str, int, str]  # in words, the colour, and what it counts as: "" where a guest only says so


class Node(Struct, frozen=True):
    """Something in the story: a card, a record however many cards it has, or an outcome.

    `plain`: a card that stands for nothing more. `reworded`: whose words it has, where not those of `whose`.
    A record is the space's, and of no organisation.
    """

    id: str
    kind: str
    word: str
    text: str
    when: date
    whose: Whose = ("", 12, "")
    reworded: str = ""
    board: str = ""  # its title
    path: str = ""
    plain: bool = False
    first: str = ""  # what it was first said as


class Edge(Struct, frozen=True):
    """One thing led to another: `word` says how, in the order of time, `back` from the later one."""

    before: str
    after: str
    word: str
    back: str


class Step(Struct, frozen=True):
    """A node of a line, or several notes that led to the next in the same way."""

    nodes: tuple[Node, ...]
    link: str = ""
    also: tuple[str, ...] = ()

    @property
    def node(self) -> Node:
        return self.nodes[0]


class Graph(Struct, frozen=True):
    """All nodes by id, and the edges between them."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]


def reachable(edges: Iterable[Edge], starts: Iterable[str], *, upstream: bool) -> set[str]:
    """All that led to one of `starts`, or all that followed from it; they themselves are among them."""
    follows: dict[str, list[str]] = {}
    for edge in edges:
        a, b = (edge.after, edge.before) if upstream else (edge.before, edge.after)
        follows.setdefault(a, []).append(b)
    known = set(starts)
    waiting = list(known)
    while waiting:
        fresh = [one for one in follows.get(waiting.pop(), ()) if one not in known]
        known.update(fresh)
        waiting += fresh
    return known


def line_to(graph: Graph, end: str) -> list[Step]:
    """The longest way to `end`, the earliest of equals, its last MOST_STEPS; empty where it is not there."""
    return _steps(graph, _longest(graph, end, upstream=True)[-MOST_STEPS:])


def line_through(graph: Graph, here: str) -> list[Step]:
    """The longest way to `here` and on from there."""
    back = _longest(graph, here, upstream=True)
    on = _longest(graph, here, upstream=False)
    before = back[-(MOST_STEPS - min(len(on) - 1, MOST_STEPS // 2)) :]
    return _steps(graph, [*before, *on[-2::-1]][:MOST_STEPS] if len(on) > 1 else before)


def _longest(graph: Graph, end: str, *, upstream: bool) -> list[str]:
    """The ids from the furthest node to `end`; downstream from the furthest back to `end` too."""
    if end not in graph.nodes:
        return []
    nexts: dict[str, list[str]] = {}
    for edge in graph.edges:
        a, b = (edge.after, edge.before) if upstream else (edge.before, edge.after)
        if a in graph.nodes and b in graph.nodes and a != b:
            nexts.setdefault(a, []).append(b)

    def early(id: str) -> tuple[date, str]:
        return graph.nodes[id].when, id

    for ids in nexts.values():
        ids.sort(key=early)
    best = _depths(nexts, end, early)
    chain = [end]
    while best[chain[-1]][1] is not None:
        chain.append(str(best[chain[-1]][1]))
    return chain[::-1]


def _depths(
    nexts: Mapping[str, Sequence[str]], start: str, early: Callable[[str], tuple[date, str]]
) -> dict[str, tuple[int, str | None]]:
    """From each node how long the longest way is and where it begins; a way back into itself is not taken."""
    best: dict[str, tuple[int, str | None]] = {}
    on_way: set[str] = set()
    stack: list[tuple[str, int]] = [(start, 0)]
    while stack:
        here, at = stack.pop()
        on_way.add(here)
        ways = nexts.get(here, ())
        while at < len(ways) and (ways[at] in best or ways[at] in on_way):
            at += 1
        if at < len(ways):
            stack += [(here, at + 1), (ways[at], 0)]
            continue
        on_way.discard(here)
        known = [one for one in ways if one in best]
        furthest = min(known, key=lambda one: (-best[one][0], early(one)), default=None)
        best[here] = (best[furthest][0] + 1 if furthest else 0, furthest)
    return best


def _steps(graph: Graph, ids: Sequence[str]) -> list[Step]:
    steps: list[Step] = []
    into: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        into.setdefault(edge.after, []).append(edge)
    told = set(ids)
    for at, id in enumerate(ids):
        after = ids[at + 1] if at + 1 < len(ids) else ""
        link = next((edge.word for edge in into.get(after, ()) if edge.before == id), "")
        nodes = [graph.nodes[id]]
        if at == 0 and nodes[0].plain and after:
            nodes += _beside(graph, into, id, after, link)
            told |= {one.id for one in nodes}
        steps.append(Step(tuple(nodes), link, tuple(_also(graph, into, id, told))))
    return steps


def _beside(graph: Graph, into: Mapping[str, list[Edge]], first: str, after: str, link: str) -> list[Node]:
    """The other notes at the beginning that led to the same thing in the same way."""
    ids = {edge.before for edge in into.get(after, ()) if edge.word == link and edge.before != first}
    nodes = [graph.nodes[id] for id in ids if id in graph.nodes and not into.get(id)]
    return sorted((one for one in nodes if one.plain), key=lambda one: (one.when, one.id))


def _also(graph: Graph, into: Mapping[str, list[Edge]], id: str, told: set[str]) -> list[str]:
    """What else led to a step, with the words of the link; and what it was first said as."""
    node = graph.nodes[id]
    said = " ".join(node.first.split())
    first = [f"First said as: {said}"] if said.rstrip(".") not in ("", node.text.rstrip(".")) else []
    others = [edge for edge in into.get(id, ()) if edge.before in graph.nodes and edge.before not in told]
    by_word: dict[str, list[Node]] = {}
    for edge in others:
        by_word.setdefault(edge.back, []).append(graph.nodes[edge.before])
    branches = [words for back, nodes in by_word.items() for words in _branches(back, nodes)]
    return [*first, *list(dict.fromkeys(branches))[:MOST_BRANCHES]]


def _branches(back: str, nodes: list[Node]) -> list[str]:
    """One each, or how many notes of how many organisations."""
    if len(nodes) <= MOST_BRANCHES or not all(node.plain for node in nodes):
        return [f"{back}: {' '.join(node.text.split())}" for node in nodes]
    organisations = len({counts for _, _, counts in (node.whose for node in nodes) if counts})
    of = f" of {organisations} organisations" if organisations > 1 else ""
    return [f"{back}: {len(nodes)} notes{of}"]
