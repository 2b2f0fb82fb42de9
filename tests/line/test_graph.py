"""The longest way through what led to what."""

from datetime import date, timedelta
from itertools import pairwise

from app.line.graph import MOST_STEPS, Edge, Graph, Node, line_through, line_to

DAY = date(2026, 11, 21)


def graph(*edges: str, plain: str = "", words: dict[str, str] | None = None) -> Graph:
    """Edges as 'ab': a led to b. Each letter is a node, a day later than the one before it."""
    ids = sorted({id for edge in edges for id in edge})
    nodes = {
        id: Node(id, "note", "Note", id.upper(), DAY + timedelta(days=ord(id)), plain=id in plain)
        for id in ids
    }
    told = words or {}
    made = (Edge(edge[0], edge[1], told.get(edge, "leads to"), "Follows from") for edge in edges)
    return Graph(nodes, tuple(made))


def told(steps: object) -> list[str]:
    return ["+".join(node.text for node in step.nodes) for step in steps]  # type: ignore[attr-defined]


def test_of_two_ways_the_longer_is_told_though_the_shorter_is_there() -> None:
    line = line_to(graph("ab", "bc", "cd", "bd", "ad"), "d")

    assert told(line) == ["A", "B", "C", "D"]
    assert [step.link for step in line] == ["leads to", "leads to", "leads to", ""]


def test_a_circle_comes_to_an_end() -> None:
    assert told(line_to(graph("ab", "ba", "bc"), "c")) == ["A", "B", "C"]
    assert told(line_to(graph("ab", "bc", "ca"), "a")) == ["B", "C", "A"]


def test_no_more_than_twelve_steps_are_told_the_last_ones() -> None:
    letters = "abcdefghijklmnop"
    line = line_to(graph(*(a + b for a, b in pairwise(letters))), "p")

    assert len(line) == MOST_STEPS
    assert told(line)[-1] == "P"


def test_notes_that_led_to_the_same_are_one_step_at_the_beginning() -> None:
    line = line_to(graph("ax", "bx", "cx", "xz", plain="abc"), "z")

    assert told(line) == ["A+B+C", "X", "Z"]
    assert line[1].also == ()


def test_a_note_that_led_there_in_another_way_stands_beside_the_line() -> None:
    line = line_to(graph("ax", "bx", "xz", plain="ab", words={"bx": "challenges"}), "z")

    assert told(line) == ["A", "X", "Z"]
    assert line[1].also == ("Follows from: B",)


def test_the_line_through_something_goes_on_after_it() -> None:
    assert told(line_through(graph("ab", "bc", "cd", "ce", "ef"), "c")) == ["A", "B", "C", "E", "F"]
    assert told(line_through(graph("ab"), "a")) == ["A", "B"]
    assert told(line_through(graph("ab"), "b")) == ["A", "B"]


def test_what_is_not_there_has_no_line() -> None:
    assert line_to(graph("ab"), "z") == []


def test_thousands_in_a_row_are_followed_without_running_out_of_depth() -> None:
    ids = [f"{n:05}" for n in range(20_000)]
    nodes = {id: Node(id, "note", "Note", id, DAY) for id in ids}
    edges = tuple(Edge(a, b, "leads to", "") for a, b in pairwise(ids))

    assert [step.node.text for step in line_to(Graph(nodes, edges), ids[-1])] == ids[-MOST_STEPS:]
