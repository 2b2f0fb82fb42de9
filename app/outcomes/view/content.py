"""The content of a report as one value: every page and file of a report is made from it alone. Pure.

An issued report is this value, stored as JSON. So fields may be added with a default, but the name, type and
default of a field that is there never change.
"""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from app.outcomes.charts.flags import FlagEvent, FlagKind
from app.outcomes.goals.goal import GoalState, Level
from app.outcomes.measures.measure import Definition, Target
from app.outcomes.readings.reading import Reading
from app.outcomes.spc.profiles import abouts, titles

MOST_AREAS = 8  # on pages and in documents, next to series of the space's own


class OrganisationName(Struct, frozen=True):
    """An organisation of the space as reports name it. `colour` is 1 to 12."""

    id: str
    name: str
    colour: int


class SeriesContent(Struct, frozen=True):
    """One series: of all together (`whose` then names the space), of an organisation, or of an area."""

    series: str
    whose: str
    organisation: str | None
    colour: int
    breakdown: tuple[tuple[str, str], ...]
    found: Reading
    together: bool = False


class MeasureEvent(Struct, frozen=True):
    """An annotation, or new limits with their reason."""

    when: date
    words: str
    kind: FlagKind
    until: date | None = None
    by: str = ""

    @property
    def flag(self) -> FlagEvent:
        """What a chart shows of it."""
        return FlagEvent(self.when, self.words, self.kind)


class ApprovedCommentary(Struct, frozen=True):
    """A commentary that the goal's tender has approved."""

    until: date
    story: str
    action: str
    owner: str
    due: date | None
    approved_by: str


class MeasureContent(Struct, frozen=True):
    """A measure with its series and what is known about them."""

    id: str
    code: str
    version: int
    definition: Definition
    targets: tuple[Target, ...]
    happened: tuple[MeasureEvent, ...]
    stories: tuple[ApprovedCommentary, ...]
    rows: tuple[SeriesContent, ...]

    @property
    def headlines(self) -> tuple[SeriesContent, ...]:
        """Without breakdowns: all together first, then organisations by name, then areas."""
        return tuple(row for row in self.rows if not row.breakdown)

    @property
    def text_rows(self) -> tuple[SeriesContent, ...]:
        """The headlines that pages and documents speak of.

        Published data have hundreds of areas: where the space has series of its own besides, theirs are in
        the table files alone.
        """
        own = tuple(row for row in self.headlines if row.together or row.organisation)
        return own if own and self.areas > MOST_AREAS else self.headlines

    @property
    def areas(self) -> int:
        """How many headlines are of no organisation of the space."""
        return sum(not row.together and not row.organisation for row in self.headlines)

    @property
    def main(self) -> SeriesContent | None:
        """The series that the chart of a report shows: the first that has values, else the first."""
        with_values = (row for row in self.headlines if row.found.latest)
        return next(with_values, next(iter(self.headlines), None))


class DriverContent(Struct, frozen=True):
    """A box of the driver diagram."""

    id: str
    level: Level
    words: str
    uppers: tuple[str, ...]


class CardStep(Struct, frozen=True):
    """A card of the throughline. `link` says how it leads to the next, `also` what else led to it."""

    kind: str
    word: str
    text: str
    board: str
    when: date
    whose: str
    colour: int
    link: str = ""
    also: tuple[str, ...] = ()


class GoalContent(Struct, frozen=True):
    """A goal with its measures, drivers and the throughline that led to it."""

    id: str
    title: str
    aim: str
    start: str
    to: str
    for_whom: str
    by_when: date | None
    person: str
    theory: str
    state: GoalState
    tender: str
    organisations: tuple[OrganisationName, ...]
    drivers: tuple[DriverContent, ...]
    measures: tuple[MeasureContent, ...]
    line: tuple[CardStep, ...]
    proposed: tuple[OrganisationName, ...] = ()  # named as owners by others, without their yes so far

    @property
    def three_steps(self) -> tuple[CardStep, ...]:
        """The line in three steps: how it began, its middle, and the goal itself."""
        line = self.line
        return line if len(line) <= 3 else (line[0], line[len(line) // 2], line[-1])

    @property
    def main(self) -> MeasureContent | None:
        """The measure that the goal is judged by: its first outcome measure, else its first."""
        outcome = (one for one in self.measures if one.definition.kind == "outcome" and one.main)
        return next(outcome, next((one for one in self.measures if one.main), None))


class ReportContent(Struct, frozen=True):
    """A report. `until` is the end of the newest period in it; None without any data."""

    scope: Literal["goal", "space"]
    space_id: str
    space: str
    purpose: str
    made_at: datetime
    organisations: tuple[OrganisationName, ...]
    goals: tuple[GoalContent, ...]
    until: date | None
    profiles: tuple[str, ...]
    engine: str
    news: tuple[str, ...] = ()  # since the report before

    @property
    def title(self) -> str:
        return self.goals[0].title if self.scope == "goal" else f"Outcomes of {self.space}"

    @property
    def read_by(self) -> str:
        """The profiles and the engine that read the data, in words; empty without any reading."""
        return f"{titles(self.profiles)}, {self.engine}" if self.profiles else ""

    @property
    def about_profiles(self) -> tuple[str, ...]:
        """What sets the profiles apart from others."""
        return abouts(self.profiles)

    @property
    def measures(self) -> tuple[MeasureContent, ...]:
        return tuple(measure for goal in self.goals for measure in goal.measures)
