"""Which numbers of a person's own organisation are overdue, for the front page and for reminders."""

from datetime import date

from msgspec import Struct

from app.access import Role, State
from app.db import Tx, now
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import GoalState
from app.outcomes.measures import series_store
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Measure
from app.outcomes.readings import compute as readings
from app.spaces import actions as spaces
from app.spaces.space import MySpace

MAY_ENTER = (Role.MEMBER, Role.STEWARD)


class Overdue(Struct, frozen=True):
    """A measure whose next number was expected by `since`. Ids, and names for people."""

    measure: str
    name: str
    space: str
    space_name: str
    organisation: str
    since: date

    @property
    def path(self) -> str:
        """The page to enter it."""
        return f"/spaces/{self.space}/outcomes/measures/{self.measure}/entry"


async def of_person(tx: Tx, person_id: str) -> list[Overdue]:
    """The numbers that this person could enter now, the longest overdue first."""
    overdue = [
        one
        for mine in await spaces.my_spaces(tx, person_id)
        if mine.role in MAY_ENTER and mine.state is State.OPEN and not mine.waiting
        for one in await _of_space(tx, mine)
    ]
    return sorted(overdue, key=lambda one: (one.since, one.name.casefold()))


async def _of_space(tx: Tx, mine: MySpace) -> list[Overdue]:
    own = (await spaces.organisations_of_space(tx, mine.id)).get(mine.organisation)
    goals = await goal_store.of_space(tx, mine.id)
    open_ = {one.id for one in goals if one.state is GoalState.OPEN and own in one.organisations}
    measures = {one.id: one for one in await measure_store.of_space(tx, mine.id) if one.goal in open_}
    if not own or not measures:
        return []
    since = await _since(tx, measures, own)
    return [
        Overdue(id, measures[id].definition.name, mine.id, mine.name, mine.organisation, day)
        for id, day in since.items()
    ]


async def _since(tx: Tx, measures: dict[str, Measure], own: str) -> dict[str, date]:
    """By measure, since when the organisation's own series is overdue. One without any number is not."""
    series = await series_store.of_measures(tx, measures)
    by_measure = await readings.of_measures(tx, measures, now().date())
    since: dict[str, date] = {}
    for id in measures:
        own_series = [one.id for one in series[id] if one.organisation == own and not one.breakdown]
        days = [reading.overdue_since for one in own_series if (reading := by_measure[id].get(one))]
        if days and days[0]:
            since[id] = days[0]
    return since
