"""Puts the content of a report together from what the stores have of it. Pure."""

from collections.abc import Set

from msgspec import Struct

from app.boards.core.sight import Viewer
from app.outcomes.goals.goal import Goal
from app.outcomes.measures.labels import NEW_LIMITS
from app.outcomes.measures.measure import Annotation, Chart, Commentary, Measure, Rebase, Series, Target
from app.outcomes.readings.reading import Reading
from app.outcomes.view.content import (
    ApprovedCommentary,
    CardStep,
    DriverContent,
    GoalContent,
    MeasureContent,
    MeasureEvent,
    OrganisationName,
    SeriesContent,
)
from app.outcomes.view.place_names import shared, told_apart
from app.outcomes.view.pseudonyms import FORMER_PERSON, pseudonym
from app.spaces.rules import counts_as
from app.spaces.space import Participant, Space, label

NO_COLOUR = 12  # of what belongs to no organisation of the space


class SpaceContext(Struct, frozen=True):
    """The space with its organisations and people, by id. `viewer` is who asks.

    `gone` are the organisations that owned it before: what is theirs stays, with their marked names.
    `pseudonymous`: people are marked by their id instead of named, for a report that is stored.
    """

    space: Space
    owners: dict[str, OrganisationName]
    people: dict[str, Participant]
    viewer: Viewer
    pseudonymous: bool = False
    gone: dict[str, OrganisationName] = {}

    def name(self, person: str | None) -> str:
        """The name of a person by id, or what stands in its place."""
        if self.pseudonymous and person:
            return pseudonym(person)
        participant = self.people.get(person or "")
        return participant.name if participant else FORMER_PERSON

    def organisation_of(self, person: str, signed: str | None = None) -> tuple[str, int, str]:
        """Of a person their organisation and its colour; of a guest what they say; and what that counts as.

        Of what they `signed` for one of the space's organisations that one, wherever they went since.
        """
        then = self.owners.get(signed or "") or self.gone.get(signed or "")
        if then:
            return then.name, then.colour, then.name
        participant = self.people.get(person)
        if participant is None:
            return "", NO_COLOUR, ""
        shown = label(participant.role, participant.organisation_name, self._confirmer(participant))
        return shown, participant.colour, counts_as(participant)

    def _confirmer(self, participant: Participant) -> str:
        """Who confirmed a guest, without their name in a report that names nobody."""
        named = not self.pseudonymous or not participant.confirmed_by
        return participant.confirmed_by if named else "its people"


class MeasureData(Struct, frozen=True):
    """What is stored about measures, by id of measure; readings by id of series within."""

    targets: dict[str, list[Target]]
    rebases: dict[str, list[Rebase]]
    annotations: dict[str, list[Annotation]]
    commentaries: dict[str, list[Commentary]]
    series: dict[str, list[Series]]
    readings: dict[str, dict[str, Reading]]


def goal_content(
    goal: Goal,
    context: SpaceContext,
    measures: tuple[MeasureContent, ...],
    drivers: tuple[DriverContent, ...],
    steps: tuple[CardStep, ...],
) -> GoalContent:
    """A goal with its parts; `steps` are its throughline."""
    known = context.owners | context.gone
    owners = tuple(one for id, one in known.items() if id in goal.organisations)
    asked = {one.organisation for one in goal.proposed}
    proposed = tuple(one for id, one in context.owners.items() if id in asked)
    return GoalContent(
        goal.id,
        goal.title,
        goal.aim,
        goal.start,
        goal.to,
        goal.for_whom,
        goal.by_when,
        goal.person,
        goal.theory,
        goal.state,
        context.name(goal.tender),
        owners,
        drivers,
        measures,
        steps,
        proposed,
    )


def measure_content(
    measure: Measure, context: SpaceContext, data: MeasureData, alike: Set[str]
) -> MeasureContent:
    """A measure with its series that have been read, and with those commentaries that are approved.

    `alike` are the `names_alike` of all that is read with it.
    """
    id = measure.id
    readings = data.readings[id]
    rows = [_series(one, context, readings[one.id], alike) for one in data.series[id] if one.id in readings]
    events = [
        *(_rebase_event(one, measure.definition.chart, context) for one in data.rebases[id]),
        *(_annotation_event(one, context) for one in data.annotations[id]),
    ]
    stories = [_commentary(one, context) for one in data.commentaries[id] if one.approved_by]
    return MeasureContent(
        id,
        measure.code,
        measure.version,
        measure.definition,
        tuple(data.targets[id]),
        tuple(sorted(events, key=lambda event: (event.when, event.words))),
        tuple(stories),
        tuple(sorted(rows, key=_sort_key)),
    )


def _sort_key(row: SeriesContent) -> tuple[bool, bool, str]:
    """All together, then the organisations of the space, then areas; each by name."""
    return not row.together, row.organisation is None, row.whose.casefold()


def names_alike(context: SpaceContext, data: MeasureData) -> Set[str]:
    """The names that several organisations or areas have of those with series."""
    series = (one for of_measure in data.series.values() for one in of_measure)
    return shared(((one.organisation, one.area), _name(one, context)) for one in series)


def _name(series: Series, context: SpaceContext) -> str:
    """What its own measure calls it: one code may be another area in another one. The whole is the space."""
    if not series.organisation and not series.area:
        return context.space.name
    owner = (context.owners | context.gone).get(series.organisation or "")
    return (owner.name if owner else series.area_name or series.area) or FORMER_PERSON


def _series(series: Series, context: SpaceContext, reading: Reading, alike: Set[str]) -> SeriesContent:
    owner = (context.owners | context.gone).get(series.organisation or "")
    return SeriesContent(
        series.id,
        told_apart((series.organisation, series.area), _name(series, context), alike),
        series.organisation,
        owner.colour if owner else NO_COLOUR,
        series.breakdown,
        reading,
        not series.organisation and not series.area,
    )


def _rebase_event(one: Rebase, chart: Chart, context: SpaceContext) -> MeasureEvent:
    return MeasureEvent(
        one.begins, f"{NEW_LIMITS[chart]}: {one.reason}", "rebase", None, context.name(one.by)
    )


def _annotation_event(one: Annotation, context: SpaceContext) -> MeasureEvent:
    return MeasureEvent(one.starts, one.words, one.kind, one.ends, context.name(one.by))


def _commentary(one: Commentary, context: SpaceContext) -> ApprovedCommentary:
    return ApprovedCommentary(
        one.until, one.story, one.action, one.owner, one.due, context.name(one.approved_by)
    )
