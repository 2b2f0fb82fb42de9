"""Which numbers of a person's own organisation are overdue, for the front page and for reminders."""

from datetime import date

from msgspec import Struct

from app.access import Role, State
from app.db import Tx
from app.outcomes.goals import store as goal_store
from app.outcomes.goals.goal import GoalState
from app.outcomes.measures import periods, series_store
from app.outcomes.measures import store as measure_store
from app.outcomes.measures.measure import Measure
from app.outcomes.readings import compute as readings
from app.outcomes.readings.continuity import period_of
from app.outcomes.readings.reading import Reading
from app.phrases import day_now
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
    period: str  # the one that comes after the last with a value

    @property
    def path(self) -> str:
        """The page to enter it."""
        return f"/spaces/{self.space}/outcomes/measures/{self.measure}/entry"


async def of_person(tx: Tx, person_id: str) -> list[Overdue]:
    """The numbers that this person could enter now, the longest overdue first."""
    overdue = [one for mine in await spaces.my_spaces(tx, person_id) for one in await of_space(tx, mine)]
    return sorted(overdue, key=lambda one: (one.since, one.name.casefold()))


async def of_space(tx: Tx, mine: MySpace) -> list[Overdue]:
    """The same of one space, in no order."""
    if mine.role not in MAY_ENTER or mine.state is not State.OPEN or mine.waiting:
        return []
    own = (await spaces.organisations_of_space(tx, mine.id)).get(mine.organisation)
    goals = await goal_store.of_space(tx, mine.id)
    open_ = {one.id for one in goals if one.state is GoalState.OPEN and own in one.organisations}
    measures = {one.id: one for one in await measure_store.of_space(tx, mine.id) if one.goal in open_}
    if not own or not measures:
        return []
    late = await _late(tx, measures, own)
    return [_overdue(measures[id], mine, reading) for id, reading in late.items()]


def _overdue(measure: Measure, mine: MySpace, reading: Reading) -> Overdue:
    """Only for a reading that is overdue."""
    since, name = reading.overdue_since or date.min, measure.definition.name
    latest = reading.latest
    period = periods.after(period_of(latest), measure.definition.frequency).label if latest else ""
    return Overdue(measure.id, name, mine.id, mine.name, mine.organisation, since, period)


async def _late(tx: Tx, measures: dict[str, Measure], own: str) -> dict[str, Reading]:
    """By measure, the organisation's own reading if it is overdue. One without any number is not."""
    series = await series_store.of_measures(tx, measures)
    by_measure = await readings.of_measures(tx, measures, day_now())
    late: dict[str, Reading] = {}
    for id in measures:
        own_series = [one.id for one in series[id] if one.organisation == own and not one.breakdown]
        found = [reading for one in own_series if (reading := by_measure[id].get(one))]
        if found and found[0].overdue_since:
            late[id] = found[0]
    return late
