"""A space chooses how its charts are read: all are read anew at once, and reports say which way."""

from decimal import Decimal

import pytest
from msgspec import json

from app.main import services
from app.outcomes.jobs.job import Job, reading_of
from app.outcomes.jobs.runner import JobRunner
from app.outcomes.readings.reading import Reading
from app.outcomes.spc import profiles
from tests.outcomes.given import a_goal, a_measure, numbers
from tests.reports.test_reports import issue
from tests.spaces.conftest import Winter
from tests.spaces.house import House

# One jump, far larger than the others: screened away by the R package, counted by NHS England's tools.
PAIRS = [(60 + i % 3, 100) for i in range(15)]
PAIRS[7] = (95, 100)
ENGLAND = "mdc-england-2023"


async def test_choosing_reads_every_chart_anew_and_leaves_issued_reports(home: House, winter: Winter) -> None:
    goal = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield)
    for code in ("home", "away"):
        measure = await a_measure(home.db, winter.id, goal, winter.ana.id, code=code)
        await numbers(home.db, measure, winter.ana.id, PAIRS, winter.northfield)
    await home.set("UPDATE measure SET archived_at = '2026-01-01 00:00:00.000000' WHERE code = 'away'")
    path = await issue(winter, goal)
    kept, before = await home.value("SELECT content FROM report"), await winter.ana.get(path)
    denied = await winter.bo.post(f"{winter.path}/outcomes/reading", profile=ENGLAND)
    answer = await winter.ana.post(f"{winter.path}/outcomes/reading", profile=ENGLAND)
    live = await winter.bo.get(f"{winter.path}/outcomes/{goal}/report")
    found = await home.value("SELECT min(found) FROM reading WHERE found NOT LIKE '%mdc-r%'")

    assert (denied.status_code, answer.status_code) == (403, 303)
    assert await home.value(f"SELECT count(*) FROM reading WHERE found LIKE '%{ENGLAND}%'") == 2
    assert f'"profile":"{ENGLAND}"' in found
    assert f"{profiles.MDC_ENGLAND.title} ({ENGLAND})" in live.text
    assert profiles.MDC_ENGLAND.about in live.text
    assert await home.value("SELECT content FROM report") == kept
    assert (await winter.ana.get(path)).text == before.text


async def test_what_comes_later_is_read_as_chosen_and_limits_differ(home: House, winter: Winter) -> None:
    goal = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield)
    measure = await a_measure(home.db, winter.id, goal, winter.ana.id)
    page = f"{winter.path}/outcomes/measures/{measure}"
    line = await numbers(home.db, measure, winter.ana.id, PAIRS, winter.northfield)
    narrow = await upper(home, line)
    await winter.cleo.post(f"{winter.path}/outcomes/reading", profile=ENGLAND)
    await services(home.app).jobs.wait(reading_of(winter.id), 50)  # the form waits less on a busy machine
    wide = await upper(home, line)
    await winter.ana.post(
        f"{page}/targets", value="70", comparator=">=", kind="ambition", valid_from="2024-01-01"
    )

    assert narrow < 75 < wide
    assert await upper(home, line) == wide


async def test_only_ways_that_are_known_can_be_chosen(home: House, winter: Winter) -> None:
    for wrong in ("", "mdc-r-0.2.2-strict", "another"):
        answer = await winter.ana.post(f"{winter.path}/outcomes/reading", profile=wrong)

        assert answer.status_code == 422
        assert "Choose one of these." in answer.text
    assert await home.count("chosen_profile") == 0
    assert 'name="profile"' not in (await winter.bo.get(f"{winter.path}/outcomes/reading")).text


async def upper(home: House, series: str) -> Decimal:
    packed = await home.value(f"SELECT found FROM reading WHERE series_id = '{series}'")
    limit = json.decode(packed, type=Reading).segments[0].upl
    return Decimal(limit or 0)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_large_space_is_read_anew_in_a_process_of_its_own_and_the_page_says_how_far(
    home: House, winter: Winter
) -> None:
    goal = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield)
    measure = await a_measure(home.db, winter.id, goal, winter.ana.id)
    await numbers(home.db, measure, winter.ana.id, PAIRS, winter.northfield)
    login = await home.value(f"SELECT id FROM login WHERE person_id = '{winter.ana.id}'")
    rung: list[str] = []
    job = Job("read_as", ENGLAND, winter.id, login, home.db.url, "FULL")
    jobs: JobRunner = services(home.app).jobs
    jobs.begin(job, lambda topic, _: rung.append(topic), small=False)
    during = await winter.bo.get(f"{winter.path}/outcomes/reading")
    await jobs.wait(reading_of(winter.id), 60)
    after = await winter.bo.get(f"{winter.path}/outcomes/reading")

    assert "of 1 measure" in during.text
    assert "of 1 measure" not in after.text
    assert f"({ENGLAND})" in after.text
    assert rung == [f"content:{winter.id}"]
    assert (await winter.bo.get(f"{winter.path}/outcomes/reading/progress")).status_code == 303
