from datetime import date
from decimal import Decimal

from app.db import now
from app.outcomes.measures import observation_store, series_store
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.observation_store import Revision, WriteContext
from app.outcomes.measures.periods import read
from app.outcomes.measures.values import PeriodValue
from app.outcomes.readings import compute as readings
from app.outcomes.readings import recompute_job
from app.outcomes.readings.uneven import UNEVEN
from tests.outcomes.given import HOME, a_goal, a_measure, numbers, revisions
from tests.spaces.conftest import Winter
from tests.spaces.house import House

STEADY = [(80 + place % 3, 100) for place in range(14)]


async def test_what_was_found_is_kept_and_comes_back_as_it_was(home: House, winter: Winter) -> None:
    goal = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield)
    measure = await a_measure(home.db, winter.id, goal, winter.ana.id)
    line = await numbers(home.db, measure, winter.ana.id, [*STEADY, (60, 100)], winter.northfield)
    async with home.db.read() as tx:
        found = (await readings.of_measures(tx, [measure], date(2025, 4, 1)))[measure][line]

    assert len(found.points) == 15
    assert found.points[-1].value == 60
    assert (found.variation, found.points[-1].cause) == ("concern_low", "below the lower limit")
    assert found.due == date(2025, 5, 31)
    assert found.overdue_since is None


async def test_data_are_overdue_from_the_day_after_they_were_due(home: House, winter: Winter) -> None:
    goal = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield)
    measure = await a_measure(home.db, winter.id, goal, winter.ana.id)
    line = await numbers(home.db, measure, winter.ana.id, [(1, 2)], winter.northfield)
    async with home.db.read() as tx:
        on, later = [
            (await readings.of_measures(tx, [measure], day))[measure][line].overdue_since
            for day in (date(2024, 3, 31), date(2024, 4, 1))
        ]

    assert (on, later) == (None, date(2024, 3, 31))


async def test_the_whole_is_a_line_of_its_own_that_nobody_typed(home: House, winter: Winter) -> None:
    goal = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield, winter.hospice)
    measure = await a_measure(home.db, winter.id, goal, winter.ana.id)
    await numbers(home.db, measure, winter.ana.id, [(1, 2)], winter.northfield)
    async with home.db.read() as tx:
        alone = (await series_store.of_measures(tx, [measure]))[measure]
    await numbers(home.db, measure, winter.cleo.id, [(90, 100)], winter.hospice)
    async with home.db.read() as tx:
        lines = (await series_store.of_measures(tx, [measure]))[measure]
        found = (await readings.of_measures(tx, [measure]))[measure]
        typed = await observation_store.observed(tx, [lines[0].id])

    assert [one.organisation for one in alone] == [winter.northfield]
    assert lines[0].organisation is None
    assert found[lines[0].id].points[0].value == Decimal("89.215686274510")
    assert found[lines[0].id].derived
    assert typed == {lines[0].id: []}


async def test_an_area_that_is_no_organisation_of_the_space_is_no_part_of_the_whole(
    home: House, winter: Winter
) -> None:
    goal = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield)
    measure = await a_measure(home.db, winter.id, goal, winter.ana.id)
    await numbers(home.db, measure, winter.ana.id, [(1, 2)], area="R1H")
    await numbers(home.db, measure, winter.ana.id, [(1, 2)], area="RF4")
    async with home.db.read() as tx:
        lines = (await series_store.of_measures(tx, [measure]))[measure]

    assert [one.area for one in lines] == ["R1H", "RF4"]


async def test_numbers_are_kept_to_the_digit_and_a_correction_keeps_the_first(
    home: House, winter: Winter
) -> None:
    wait = Definition(name="Wait", value_kind="time_between", unit="days", sums=False)
    goal = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield)
    measure = await a_measure(home.db, winter.id, goal, winter.ana.id, wait)
    january = read("2024-01-01", "month")
    async with home.db.write() as tx:
        line = await series_store.ensure(tx, measure, winter.northfield)
        again = await series_store.ensure(tx, measure, winter.northfield)
        writing = WriteContext(winter.ana.id, now())
        for revision, text in ((1, "0.1"), (2, "123456789012.000000000001")):
            news = Revision(line.id, january, PeriodValue("final", Decimal(text)), revision)
            await observation_store.append(tx, [news], writing)
    async with home.db.read() as tx:
        observed = (await observation_store.observed(tx, [line.id]))[line.id]
        log = await revisions(tx, line.id)
        newest = await observation_store.newest(tx, [line.id])

    assert again == line
    assert [(one.value, one.revision) for one in observed] == [(Decimal("123456789012.000000000001"), 2)]
    assert [(row.revision, row.value, row.current) for row in log] == [
        (2, Decimal("123456789012.000000000001"), True),
        (1, Decimal("0.1"), False),
    ]
    assert newest == {(line.id, january.start): 2}


async def test_a_breakdown_is_a_line_of_its_own_and_never_mixed_with_the_headline(
    home: House, winter: Winter
) -> None:
    goal = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield)
    measure = await a_measure(home.db, winter.id, goal, winter.ana.id, HOME)
    async with home.db.write() as tx:
        plain = await series_store.ensure(tx, measure, winter.northfield)
        women = await series_store.ensure(
            tx, measure, winter.northfield, breakdown=[("Sex", "Female"), ("Age", "65+")]
        )
        same = await series_store.ensure(
            tx, measure, winter.northfield, breakdown=[("Age", "65+"), ("Sex", "Female")]
        )
    async with home.db.read() as tx:
        lines = (await series_store.of_measures(tx, [measure]))[measure]

    assert women == same
    assert lines == [plain, women]


async def test_what_an_older_engine_has_read_is_read_anew_and_the_space_rung_for(
    home: House, winter: Winter
) -> None:
    goal = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield)
    measure = await a_measure(home.db, winter.id, goal, winter.ana.id)
    await numbers(home.db, measure, winter.ana.id, STEADY, winter.northfield)
    right = await home.value("SELECT found FROM reading")
    await home.set("UPDATE reading SET engine = 'older', found = '{}'")
    rung: list[str] = []
    for _ in range(2):
        await recompute_job.recompute(home.db, lambda topic, _: rung.append(topic))

    assert await home.value("SELECT found FROM reading") == right
    assert rung == [f"content:{winter.id}"]


async def test_a_whole_says_where_its_values_are_not_of_the_same_organisations(
    home: House, winter: Winter
) -> None:
    said = []
    for months in (14, 9):
        goal = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield, winter.hospice)
        measure = await a_measure(home.db, winter.id, goal, winter.ana.id, code=f"c{months}")
        await numbers(home.db, measure, winter.ana.id, STEADY, winter.northfield)
        await numbers(home.db, measure, winter.cleo.id, STEADY[:months], winter.hospice)
        async with home.db.read() as tx:
            found = (await readings.of_measures(tx, [measure]))[measure]
        said.append([one.notes for one in found.values() if UNEVEN in one.notes])

    assert [len(notes) for notes in said] == [0, 1]
