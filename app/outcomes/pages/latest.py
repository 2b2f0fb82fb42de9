"""The latest reading of measures in a few words, for lists and pages that show no chart."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from msgspec import Struct, structs

from app.db import Tx
from app.outcomes.charts.sparkline import Sparkline, sparkline
from app.outcomes.goals.people import SpacePeople
from app.outcomes.measures import series_store
from app.outcomes.measures.measure import Definition, Measure, Series
from app.outcomes.measures.number_format import exact_quantity
from app.outcomes.readings import compute as readings
from app.outcomes.readings import verdict
from app.outcomes.readings.narrative import in_words
from app.outcomes.readings.reading import Reading
from app.outcomes.view.content import MOST_AREAS
from app.outcomes.view.look import ALL, Look, within
from app.outcomes.view.place_names import shared, told_apart
from app.outcomes.view.series_view import HIDDEN

T = TypeVar("T")
WINDOW = 112  # points of a window that are drawn: one for each pixel
GROUPS = "There are numbers by {by}, but none for the whole. Enter or import those, or add the rows up."


class Latest(Struct, frozen=True):
    """What one series of a measure says now. `who` is empty for the whole; `word` is its verdict.

    `icon` is the verdict's kind, empty while nothing is decided. `aim` is its target, empty without one, and
    `behind` how far the latest value is from it, in its unit: below zero once it is met.
    """

    who: str
    say: str
    word: str
    spark: Sparkline | None
    overdue: bool
    icon: str = ""
    value: str = ""
    aim: str = ""
    behind: float | None = None


async def latest(
    tx: Tx, measures: Sequence[Measure], people: SpacePeople, look: Look = ALL
) -> dict[str, list[Latest]]:
    """By measure: the whole where there is one, else each organisation or area by name; no breakdowns.

    Only what is drawn keeps to the window of `look`.
    """
    ids = [one.id for one in measures]
    found, series = await readings.of_measures(tx, ids), await series_store.of_measures(tx, ids)
    return {
        one.id: latest_of(one, series.get(one.id, []), found.get(one.id, {}), people, look)
        for one in measures
    }


def latest_of(
    measure: Measure,
    series: Sequence[Series],
    by_series: dict[str, Reading],
    people: SpacePeople,
    look: Look = ALL,
) -> list[Latest]:
    """The same of one measure, of which all is read already."""
    pairs = [(one, by_series[one.id]) for one in series if one.id in by_series and not one.breakdown]
    pairs = [(one, reading) for one, reading in pairs if reading.latest is not None]
    if not pairs:
        return _of_groups(series)
    whole = [pair for pair in pairs if not pair[0].organisation and not pair[0].area]
    own = [pair for pair in pairs if pair[0].organisation]
    alike = shared(((one.organisation, one.area), _who(one, people)) for one in series)
    names = {one.id: told_apart((one.organisation, one.area), _who(one, people), alike) for one in series}
    areas = [pair for pair in pairs if not pair[0].organisation]
    areas.sort(key=lambda pair: names[pair[0].id].casefold())
    rest = [*own, *areas] if len(areas) <= MOST_AREAS else own or areas[:MOST_AREAS]
    shown = [
        structs.replace(
            _within(_told(_Same(reading), _Same(measure.definition)), reading, look),
            who=names[one.id],
        )
        for one, reading in whole or rest
    ]
    return sorted(shown, key=lambda one: one.who.casefold())


def _within(told: Latest, reading: Reading, look: Look) -> Latest:
    """The same with the course in the window alone; without one where no value lies in it."""
    if not look.has_window:
        return told
    shown = any(look.holds(dot) for dot in reading.points)
    return structs.replace(told, spark=sparkline(within(reading, look), WINDOW) if shown else None)


def _who(series: Series, people: SpacePeople) -> str:
    owner = people.organisation(series.organisation)
    return owner.name if owner else series.area_name or series.area


def _of_groups(series: Sequence[Series]) -> list[Latest]:
    """A sentence where there are numbers of groups only: they are there, but make no series of the whole."""
    names = sorted({name for one in series for name, _ in one.breakdown}, key=str.casefold)
    if not names:
        return []
    return [Latest("", GROUPS.format(by=" and ".join(names)), "", None, False)]


class _Same(Generic[T]):
    """A value that equals itself alone: the stores give the same one for as long as nothing is another."""

    def __init__(self, value: T) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value


@lru_cache(512)  # to say and draw one takes longer than to read it
def _told(of: _Same[Reading], by: _Same[Definition]) -> Latest:
    """What a reading says, of nobody in particular."""
    reading, definition = of.value, by.value
    said = verdict.variation(reading, definition)
    value = reading.latest.value if reading.latest else None
    target = reading.target.value if reading.target else None
    return Latest(
        "",
        reading.say,
        said.words,
        sparkline(reading),
        reading.overdue_since is not None,
        said.icon,
        HIDDEN.capitalize() if value is None else in_words(definition, reading)(value),
        "" if target is None else exact_quantity(definition, target),
        _behind(reading, definition),
    )


def _behind(reading: Reading, definition: Definition) -> float | None:
    """By the target's own sign: “at most” is met below it, whichever way is better."""
    value, target = reading.latest.value if reading.latest else None, reading.target
    if value is None or target is None or definition.direction == "neutral":
        return None
    return float(target.value - value if target.comparator == ">=" else value - target.value)
