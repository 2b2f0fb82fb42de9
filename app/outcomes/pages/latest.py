"""The latest reading of measures in a few words, for lists and pages that show no chart."""

from collections.abc import Sequence

from msgspec import Struct

from app.db import Tx
from app.outcomes.charts.sparkline import Sparkline, sparkline
from app.outcomes.goals.people import SpacePeople
from app.outcomes.measures import series_store
from app.outcomes.measures.measure import Definition, Measure, Series
from app.outcomes.readings import service as readings
from app.outcomes.readings import verdict
from app.outcomes.readings.reading import Reading
from app.outcomes.view.content import MOST_AREAS

GROUPS = "There are numbers by {by}, but none for the whole. Enter or import those, or add the rows up."


class Latest(Struct, frozen=True):
    """What one line of a measure says now. `who` is empty for the whole; `word` is its verdict."""

    who: str
    say: str
    word: str
    spark: Sparkline | None
    overdue: bool


async def latest(tx: Tx, measures: Sequence[Measure], around: SpacePeople) -> dict[str, list[Latest]]:
    """By measure: the whole where there is one, else each organisation or area by name. Breakdowns apart."""
    ids = [one.id for one in measures]
    found, lines = await readings.of_measures(tx, ids), await series_store.of_measures(tx, ids)
    return {
        one.id: _of_measure(one.definition, lines.get(one.id, []), found.get(one.id, {}), around)
        for one in measures
    }


def _of_measure(
    definition: Definition, lines: Sequence[Series], found: dict[str, Reading], around: SpacePeople
) -> list[Latest]:
    told = [(one, found[one.id]) for one in lines if one.id in found and not one.breakdown]
    told = [(one, what) for one, what in told if what.latest is not None]
    if not told:
        return _of_groups(lines)
    whole = [(one, what) for one, what in told if not one.organisation and not one.area]
    own = [(one, what) for one, what in told if one.organisation]
    theirs = sorted((pair for pair in told if not pair[0].organisation), key=lambda pair: pair[0].area)
    rest = [*own, *theirs] if len(theirs) <= MOST_AREAS else own or theirs[:MOST_AREAS]
    shown = [_as_latest(one, what, definition, around) for one, what in whole or rest]
    return sorted(shown, key=lambda one: one.who.casefold())


def _of_groups(lines: Sequence[Series]) -> list[Latest]:
    """What is known only by group is not lost, though it makes no line of the whole."""
    names = sorted({name for one in lines for name, _ in one.breakdown}, key=str.casefold)
    if not names:
        return []
    return [Latest("", GROUPS.format(by=" and ".join(names)), "", None, False)]


def _as_latest(line: Series, found: Reading, definition: Definition, around: SpacePeople) -> Latest:
    names = {one.id: one.name for one in around.organisations}
    who = names.get(line.organisation or "", line.area_name or line.area)
    word = verdict.variation(found, definition).words
    return Latest(who, found.say, word, sparkline(found), found.overdue_since is not None)
