"""The demo has goals, one with real numbers, their source and licence; doing it again adds nothing."""

from app import config as settings
from app.db import Database
from app.demo.fill import SPACE, fill
from app.outcomes.goals import store as goal_store
from app.outcomes.measures import series_store
from app.outcomes.measures import store as measure_store
from app.outcomes.readings import compute as readings


async def test_the_demo_has_a_goal_with_published_numbers_and_their_licence(db: Database) -> None:
    config = settings.read({"DATABASE_URL": db.url})
    await fill(db, config)
    await fill(db, config)
    async with db.read() as tx:
        goals = {one.title: one.id for one in await goal_store.of_space(tx, SPACE)}
        real = goals["Nobody waits longer than 4 hours in A&E"]
        drivers = await goal_store.drivers(tx, real)
        measures = await measure_store.of_goal(tx, real)
        ids = [one.id for one in measures]
        lines, found = await series_store.of_measures(tx, ids), await readings.of_measures(tx, ids)
    first = found[ids[0]]

    assert len(goals) == 2
    assert {one.level for one in drivers} == {"primary", "secondary", "change"}
    assert len(measures) == 3
    assert all("Open Government Licence v3.0" in one.definition.licence for one in measures)
    assert {len(one) for one in lines.values()} == {5}
    assert {len(one.points) for readings_ in found.values() for one in readings_.values()} == {36}
    assert {one.assurance for one in first.values()} <= {"fail", "inconsistent"}
    assert not any(one.overdue_since for one in first.values())
