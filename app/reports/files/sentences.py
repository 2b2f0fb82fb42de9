"""What files without drawings say of a goal and its measures, sentence by sentence. Pure."""

from collections.abc import Iterator

from app.outcomes.goals.ownership import proposed_to
from app.outcomes.measures.periods import long_date
from app.outcomes.view.content import GoalContent, MeasureContent

NO_VALUES = "There are no values yet."
ONLY_GROUPS = "There are values of groups, but none of the whole."


def of_goal(goal: GoalContent) -> Iterator[str]:
    """The aim, what it means for a person, from where to where, for whom and by when, and whose it is."""
    if goal.aim:
        yield goal.aim
    if goal.person:
        yield f"What this means for a person: {goal.person}"
    way = [f"from {goal.start}" if goal.start else "", f"to {goal.to}" if goal.to else ""]
    way += [
        f"by {long_date(goal.by_when)}" if goal.by_when else "",
        f"for: {goal.for_whom}" if goal.for_whom else "",
    ]
    if any(way):
        yield f"The goal: {', '.join(part for part in way if part)}."
    if goal.theory:
        yield f"Why we believe it can be done: {goal.theory}"
    if goal.drivers:
        yield f"What we believe moves it: {'; '.join(one.words for one in goal.drivers)}."
    names = [one.name for one in goal.organisations]
    owners = ", ".join([*names, *proposed_to([one.name for one in goal.proposed])])
    yield f"Owned by {owners}; looked after by {goal.tender}."


def of_measure(one: MeasureContent) -> str:
    """The sentence of its chart, with the name where it does not speak for all together."""
    row = one.main
    if row is None:
        return ONLY_GROUPS if one.rows else NO_VALUES
    return row.found.say if row.together else f"{row.whose}: {row.found.say}"
