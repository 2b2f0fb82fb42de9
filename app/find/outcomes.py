"""Finds goals and measures. A space has few, so they are read as they are and need no index."""

from app.access import Thing, allowed
from app.boards.core.text.folding import Query, matches, pieces
from app.db import Tx
from app.find.result import FoundGoal, FoundMeasure
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import Goal
from app.outcomes.goals.people import load_people
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Measure
from app.spaces.space import Seat


async def find_outcomes(tx: Tx, seat: Seat, asked: Query) -> tuple[list[FoundGoal], list[FoundMeasure]]:
    """The goals and measures that have these words, archived goals too."""
    if not allowed(seat.actor, "goal.show", Thing(seat.space.state)):
        return [], []
    people = await load_people(tx, seat)
    space = seat.space.id
    goals = [*await goal_store.of_space(tx, space), *await goal_store.of_space(tx, space, archived=True)]
    owners = {goal.id: [one.name for one in people.owners(goal)] for goal in goals}
    found = [
        FoundGoal(goal, pieces(asked, goal.title), people.owned_by(goal))
        for goal in goals
        if matches(asked, [*_words_of_goal(goal), *owners[goal.id]])
    ]
    titles = {goal.id: goal.title for goal in goals}
    measures = [
        FoundMeasure(one, pieces(asked, one.definition.name), titles[one.goal])
        for one in await measure_store.of_space(tx, space)
        if one.goal in titles and matches(asked, [*_words_of_measure(one), titles[one.goal]])
    ]
    return found, measures


def _words_of_goal(goal: Goal) -> list[str]:
    return [goal.title, goal.aim, goal.for_whom, goal.person, goal.theory]


def _words_of_measure(measure: Measure) -> list[str]:
    definition = measure.definition
    return [
        definition.name,
        measure.code,
        definition.description,
        definition.numerator,
        definition.denominator,
    ]
