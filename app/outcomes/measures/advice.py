"""Questions about a goal, its measures and its drivers. They are advice and stop nobody. Pure.

Source: the Institute for Healthcare Improvement's Model for Improvement (aim, family of measures, drivers).
"""

import re
from collections.abc import Sequence

from app.outcomes.goals.drivers import ABOVE
from app.outcomes.goals.goal import Driver, Goal, Level
from app.outcomes.measures.measure import Measure

FEWEST, MOST = 2, 5  # primary drivers; beyond these there is a question


def of_aim(goal: Goal) -> list[str]:
    """Sentences on what the aim leaves open: how much, for whom, by when, and what it means for a person."""
    notes = []
    if not re.search(r"\d", f"{goal.title} {goal.aim} {goal.start} {goal.to}"):
        notes.append("The aim has no number yet: how much is enough?")
    if not goal.for_whom:
        notes.append("It does not say for whom.")
    if goal.by_when is None:
        notes.append("It does not say by when.")
    if not goal.person:
        notes.append("It does not say yet what this means for a person.")
    return notes


def of_measures(measures: Sequence[Measure]) -> list[str]:
    """Sentences on what is missing among the measures of a goal: outcome, balancing, definitions."""
    kinds = {one.definition.kind for one in measures}
    if not measures:
        return ["Nothing is measured yet: how would you know that anything changed?"]
    notes = []
    if "outcome" not in kinds:
        notes.append("No measure says yet whether the aim itself is reached: an outcome measure does.")
    if "balancing" not in kinds:
        notes.append("A balancing measure would show whether something else gets worse at the same time.")
    for one in measures:
        definition = one.definition
        counts = definition.value_kind in ("proportion", "rate")
        if counts and not (definition.numerator and definition.denominator):
            notes.append(f"“{definition.name}” does not say yet what is counted, out of what.")
    return notes


def of_drivers(drivers: Sequence[Driver]) -> list[str]:
    """Sentences on what is missing in a driver diagram."""
    by_level = {level: [one for one in drivers if one.level is level] for level in Level}
    primary = len(by_level[Level.PRIMARY])
    notes = []
    if 0 < primary < FEWEST:
        notes.append("There is one primary driver. Is there really only one thing that moves the aim?")
    if primary > MOST:
        notes.append(
            f"There are {primary} primary drivers. With more than {MOST} it is hard to see what matters most."
        )
    notes += [_unlinked_sentence(level, by_level[level]) for level in ABOVE if _unlinked(by_level[level])]
    if primary and not by_level[Level.CHANGE]:
        notes.append("There are no change ideas yet: what could somebody try next week?")
    return notes


def _unlinked(drivers: Sequence[Driver]) -> list[Driver]:
    return [one for one in drivers if not one.uppers]


def _unlinked_sentence(level: Level, drivers: Sequence[Driver]) -> str:
    names = [f"“{one.words}”" for one in _unlinked(drivers)]
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    what = "primary driver" if level is Level.SECONDARY else "secondary driver"
    return f"Not connected to a {what} yet: {', '.join(names[:2])}{more}."
