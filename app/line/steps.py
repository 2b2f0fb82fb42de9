"""The line from notes to outcomes: of a goal for its report, and through a record for its page."""

from collections.abc import Sequence

from app.boards.core.sight import viewer_in
from app.db import Tx
from app.line.collect import Collector
from app.line.graph import Step, line_through, line_to
from app.outcomes.goals import store as goal_store
from app.outcomes.view.assemble import NO_COLOUR, SpaceContext
from app.outcomes.view.content import CardStep
from app.phrases import plural
from app.records.core.record import Record
from app.records.hooks import LineStep
from app.spaces import seats
from app.spaces.space import Seat

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


async def of_record(tx: Tx, seat: Seat, record: Record) -> list[LineStep]:
    """The line through a record, as the person with this seat may see it."""
    people = {one.id: one for one in await seats.people_of(tx, seat.space.id)}

    def organisation_of(person: str) -> tuple[str, int]:
        found = people.get(person)
        return (found.organisation_name, found.colour) if found else ("", NO_COLOUR)

    collector = Collector(tx, seat.space.id, viewer_in(seat.actor.role, seat.actor.person), organisation_of)
    here = f"record:{record.id}"
    steps = line_through(await collector.around(record), here)
    return [_line_step(one, here=one.node.id == here) for one in steps]


def _card_step(step: Step) -> CardStep:
    node = step.node
    if len(step.nodes) == 1:
        whose, colour = node.whose
        also = step.also
        return CardStep(
            node.kind, node.word, node.text, node.board, node.when, whose, colour, step.link, also
        )
    names = _organisations(step)
    whose = plural(len(names), "organisation") if len(names) > 1 else "".join(name for name, _ in names)
    colour = NO_COLOUR if len(names) != 1 else names[0][1]
    also = (*_quoted(step), *step.also)
    return CardStep(node.kind, "Notes", _count(step), node.board, node.when, whose, colour, step.link, also)


def _line_step(step: Step, *, here: bool) -> LineStep:
    node, several = step.node, len(step.nodes) > 1
    return LineStep(
        node.kind,
        "Written" if several else node.word,
        _count(step) if several else node.text,
        node.when,
        tuple(_organisations(step)),
        "" if several else node.path,
        step.link,
        step.also,
        here,
    )


def _count(step: Step) -> str:
    return plural(len(step.nodes), "note")


def _organisations(step: Step) -> list[tuple[str, int]]:
    return sorted({node.whose for node in step.nodes if node.whose[0]})


def _quoted(step: Step) -> list[str]:
    """A few of the notes, so that they are heard."""
    texts = [" ".join(node.text.split()) for node in step.nodes[:3]]
    return [
        f"“{text if len(text) <= MOST_WORDS else text[:MOST_WORDS].rsplit(' ', 1)[0] + '…'}”"
        for text in texts
    ]
