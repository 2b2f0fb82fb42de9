"""The line from notes to outcomes: of a goal for its report, and through a record for its page."""

from collections.abc import Mapping, Sequence

from app.boards.core.sight import viewer_in
from app.db import Tx
from app.line.collect import Collector
from app.line.graph import Node, Step, Whose, line_through, line_to
from app.outcomes.goals import store as goal_store
from app.outcomes.view.assemble import NO_COLOUR, SpaceContext
from app.outcomes.view.content import CardStep
from app.phrases import plural, shorten
from app.records.core.record import Record
from app.records.hooks import BoardCard, Line, LineStep
from app.spaces.rules import counts_as
from app.spaces.space_people import SpacePeople

MOST_NAMED = 2  # organisations, on the page of a record
MOST_WORDS = 60  # characters of a note of several that are quoted


async def of_goals(tx: Tx, context: SpaceContext, goal_ids: Sequence[str]) -> dict[str, tuple[CardStep, ...]]:
    """The line to each goal, as the context's viewer may see it; empty where nothing led to it."""
    goals = [goal for id in goal_ids if (goal := await goal_store.find(tx, context.space.id, id))]
    collector = Collector(tx, context.space.id, context.viewer, context.organisation_of)
    graph = await collector.from_goals(goals)
    lines = {goal.id: _told(line_to(graph, f"goal:{goal.id}")) for goal in goals}
    return {id: tuple(_card_step(one) for one in lines.get(id, ())) for id in goal_ids}


def _told(steps: list[Step]) -> list[Step]:
    """Nothing where there is only the goal itself, on no board."""
    return steps if len(steps) > 1 or any(step.node.board for step in steps) else []


async def of_record(tx: Tx, people: SpacePeople, record: Record, known: Mapping[str, Record]) -> Line:
    """The line through a record, and the boards it stands on, as the person with this seat may see them.

    `known` are the records connected with it.
    """
    seat = people.seat

    def organisation_of(person: str, signed: str | None) -> Whose:
        found, then = people.people.get(person), people.organisation(signed)
        if then:
            return then.name, then.colour, then.name
        return (found.label, found.colour, counts_as(found)) if found else ("", NO_COLOUR, "")

    viewer = viewer_in(seat.actor.role, seat.actor.person)
    collector = Collector(tx, seat.space.id, viewer, organisation_of)
    here = f"record:{record.id}"
    steps = line_through(await collector.around(record, known), here)
    return Line([_line_step(one, here=one.node.id == here) for one in steps], _boards(collector, here))


def _boards(collector: Collector, here: str) -> list[BoardCard]:
    """The cards that stand for a record and that the viewer sees, by title of their board."""
    found = [
        BoardCard(board, collector.boards[board].title, card)
        for (board, card), id in collector.stands.items()
        if id == here and collector.sees(board, card)
    ]
    return sorted(found, key=lambda one: (one.title.casefold(), one.card))


def _card_step(step: Step) -> CardStep:
    node, several = step.node, len(step.nodes) > 1
    colours = {one.whose[1] for one in step.nodes}
    return CardStep(
        node.kind,
        "Notes" if several else node.word,
        _count(step) if several else node.text,
        node.board,
        node.when,
        _whose(step, 1),
        NO_COLOUR if len(colours) != 1 else node.whose[1],
        step.link,
        (*_quoted(step), *step.also) if several else step.also,
    )


def _line_step(step: Step, *, here: bool) -> LineStep:
    node, several = step.node, len(step.nodes) > 1
    return LineStep(
        node.kind,
        "Written" if several else node.word,
        _count(step) if several else node.text,
        node.when,
        _whose(step, MOST_NAMED),
        "" if several else node.path,
        step.link,
        step.also,
        here,
    )


def _count(step: Step) -> str:
    return plural(len(step.nodes), "note")


def _whose(step: Step, most: int) -> str:
    """Whose words they are: at most so many named, else how many. What guests say counts as nobody's.

    Of several notes those of a guest who was confirmed are of the organisation that did.
    """
    if len(step.nodes) == 1:
        return _reworded(step.node, step.node.whose[0])
    whose = {(counts or words, bool(counts)) for words, _, counts in (node.whose for node in step.nodes)}
    named = sorted(one for one in whose if one[0])
    if len(named) <= most:
        return ", ".join(name for name, _ in named)
    organisations = sum(is_sure for _, is_sure in named)
    guests = "guests" if organisations < len(named) else ""
    return " and ".join(
        filter(None, [plural(organisations, "organisation") if organisations else "", guests])
    )


def _reworded(node: Node, said: str) -> str:
    return f"{said}, reworded by {node.reworded}" if node.reworded else said


def _quoted(step: Step) -> list[str]:
    """A few of the notes, so that they are heard."""
    return [_reworded(node, f"“{shorten(node.text, MOST_WORDS)}”") for node in step.nodes[:3]]
