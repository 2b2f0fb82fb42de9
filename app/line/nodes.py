"""What of a card, record or goal the story shows, and how a link or tie leads on. Pure."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from app.boards.core.kinds import CARD_KINDS, LINK_MEANINGS
from app.boards.core.sight import View
from app.line.graph import Edge, Node, Whose
from app.outcomes.goals.goal import Goal, GoalName
from app.records.core.kinds import kind_of
from app.records.core.record import SOURCES, Record, Row
from app.records.core.status import word_of
from app.records.core.ties import MEANINGS

BACKWARDS = frozenset({"builds_on"})  # what is built on was there before, though the link starts at the new
# of a person by their id; with the organisation for which they signed, that one wherever they went since
OrganisationOf = Callable[[str, str | None], Whose]
DayOf = Callable[[datetime | float], date]  # the day that it is for people at a moment, or unix seconds


def card_node(
    id: str, view: View, title: str, board: str, whose: OrganisationOf, day_of: DayOf, *, plain: bool
) -> Node:
    """A card as the viewer sees it, on the board of that title."""
    kind, when = CARD_KINDS[view.fields["kind"]], day_of(view.fields["at"])
    path = f"/boards/{board}/outline?card={view.id}#card-{view.id}"
    by, reworded = whose(view.fields["by"], None), view.fields.get("reworded")
    other = whose(reworded, None)[0] or "somebody" if reworded else ""
    return Node(id, kind.tag, kind.word, view.fields["text"], when, by, other, title, path, plain)


def source_node(row: Row, whose: OrganisationOf, day_of: DayOf) -> Node:
    """A note that a record came from, as it was when it was kept."""
    id = card_id(row.board or "", row.card) if row.card else f"row:{row.id}"
    word = CARD_KINDS["note"].word
    return Node(
        id, "note", word, row.fields["text"], day_of(row.at), whose(row.by, row.organisation), plain=True
    )


def record_node(record: Record, day_of: DayOf, *, refuted: bool) -> Node:
    kind = kind_of(record)
    word = f"{kind.word if kind else 'Record'}, {word_of(record, refuted=refuted).lower()}"
    sources = record.of(SOURCES)
    return Node(
        f"record:{record.id}",
        record.kind,
        word,
        record.title,
        day_of(record.made_at),
        path=f"/spaces/{record.space}/records/{record.id}",
        first=sources[0].fields["text"] if len(sources) == 1 else "",
    )


def goal_node(goal: Goal | GoalName, day_of: DayOf) -> Node:
    path = f"/spaces/{goal.space}/outcomes/goals/{goal.id}"
    return Node(f"goal:{goal.id}", "outcome", "Outcome", goal.title, day_of(goal.changed_at), path=path)


def tie_edges(record: Record) -> Iterable[Edge]:
    """The ties of a record."""
    for tie in (one for one in record.ties if not one.removed):
        meaning = MEANINGS[tie.means]
        here, there = f"record:{record.id}", f"{tie.kind}:{tie.other}"
        if meaning.forwards:
            yield Edge(here, there, meaning.word.lower(), meaning.back)
        else:
            yield Edge(there, here, meaning.back.lower(), meaning.word)


def link_edge(fields: Mapping[str, Any], ids: Callable[[str], str]) -> Edge:
    """A link in the direction of the story; `ids` gives what each card stands for."""
    start, end, means = ids(fields["start"]), ids(fields["end"]), LINK_MEANINGS[fields["means"]]
    of_records = start.startswith("record:") and end.startswith("record:")
    if means.tag in BACKWARDS or (means.tag == "tests" and of_records):  # as the tie of that name
        return Edge(end, start, means.back.lower(), means.word)
    return Edge(start, end, means.word.lower(), means.back)


def card_id(board: str, card: str) -> str:
    return f"card:{board}/{card}"
