"""Gentle questions about a goal and its drivers. They are notes to think about and hinder nobody. Pure.

Source: the Institute for Healthcare Improvement's Model for Improvement (aim, family of measures, drivers).
"""

import re
from collections.abc import Sequence

from app.outcomes.goals.drivers import ABOVE
from app.outcomes.goals.goal import Driver, Goal, Level
from app.outcomes.measures.measure import Measure

FEWEST, MOST = 2, 5  # primary drivers


def of_aim(goal: Goal) -> list[str]:
    """What the aim leaves open: how much, for whom, by when, and what it is for."""
    found = []
    if not re.search(r"\d", f"{goal.title} {goal.aim} {goal.start} {goal.to}"):
        found.append("The aim has no number yet: how much is enough?")
    if not goal.for_whom:
        found.append("It does not say for whom.")
    if goal.by_when is None:
        found.append("It does not say by when.")
    if not goal.person:
        found.append("It does not say yet what this means for a person.")
    return found


def of_measures(measures: Sequence[Measure]) -> list[str]:
    """What the family of measures lacks."""
    kinds = {one.definition.kind for one in measures}
    if not measures:
        return ["Nothing is measured yet: how would you know that anything changed?"]
    found = []
    if "outcome" not in kinds:
        found.append("No measure says yet whether the aim itself is reached: an outcome measure does.")
    if "balancing" not in kinds:
        found.append("A balancing measure would show whether something else gets worse at the same time.")
    for one in measures:
        definition = one.definition
        counts = definition.value_kind in ("proportion", "rate")
        if counts and not (definition.numerator and definition.denominator):
            found.append(f"“{definition.name}” does not say yet what is counted, out of what.")
    return found


def of_drivers(drivers: Sequence[Driver]) -> list[str]:
    """What a driver diagram seems to lack."""
    by_level = {level: [one for one in drivers if one.level is level] for level in Level}
    primary = len(by_level[Level.PRIMARY])
    found = []
    if 0 < primary < FEWEST:
        found.append("There is one primary driver. Is there really only one thing that moves the aim?")
    if primary > MOST:
        found.append(
            f"There are {primary} primary drivers. With more than {MOST} it is hard to see what matters most."
        )
    found += [_loose(level, by_level[level]) for level in ABOVE if _untied(by_level[level])]
    if primary and not by_level[Level.CHANGE]:
        found.append("There are no change ideas yet: what could somebody try next week?")
    return found


def _untied(drivers: Sequence[Driver]) -> list[Driver]:
    return [one for one in drivers if not one.uppers]


def _loose(level: Level, drivers: Sequence[Driver]) -> str:
    names = [f"“{one.words}”" for one in _untied(drivers)]
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    what = "primary driver" if level is Level.SECONDARY else "secondary driver"
    return f"Not connected to a {what} yet: {', '.join(names[:2])}{more}."
