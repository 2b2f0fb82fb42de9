"""Measures over HTTP: how they are counted, targets, new limits, notes, stories, and who does what."""

import re

import pytest

from app.outcomes.measures.periods import latest_over
from app.phrases import day_now
from tests.outcomes.forms import MEASURE, goal_of, id_of, measure_of
from tests.outcomes.given import numbers
from tests.spaces.conftest import Winter
from tests.spaces.house import House

TARGET = {"value": "2", "comparator": "<=", "kind": "ambition", "valid_from": "2026-04-01", "assures": "yes"}
NOTE = {"starts": "2026-03-01", "words": "Test began on two wards", "kind": "pdsa"}
STORY = {
    "until": "2026-10-31",
    "story": "It falls since the test.",
    "action": "Two more wards.",
    "owner": "Bo",
}
REBASE = {"begins": "2026-02-01", "reason": "All wards make the offer on day 1."}


@pytest.fixture
async def goal(winter: Winter) -> str:
    return await goal_of(winter)


@pytest.fixture
async def measure(winter: Winter, goal: str) -> str:
    return await measure_of(winter, goal)


async def test_a_measure_says_how_it_is_counted_and_that_there_are_no_numbers_yet(
    winter: Winter, goal: str
) -> None:
    exact = {"numerator": "Days waited", "denominator": "People who left", "source": "Ward system"}
    measure = await measure_of(winter, goal, winter.bo, **exact)

    shown = await winter.cleo.get(measure)
    listed = await winter.cleo.get(goal)

    for words in (MEASURE["name"], *exact.values(), "Outcome measure, every month, lower is better"):
        assert words in shown.text
    assert "No numbers yet" in shown.text
    assert MEASURE["name"] in listed.text
    assert "No numbers yet" in listed.text


async def test_which_way_is_better_is_chosen_and_not_given(winter: Winter, goal: str) -> None:
    page = (await winter.ana.get(f"{goal}/measures/new")).text
    unsaid = await winter.ana.post(f"{goal}/measures", **{**MEASURE, "direction": ""})

    assert re.search(r'name="direction"[^>]*checked', page) is None
    assert unsaid.status_code == 422


async def test_a_code_is_made_from_the_name_and_is_never_there_twice(
    home: House, winter: Winter, goal: str
) -> None:
    first, second = await measure_of(winter, goal), await measure_of(winter, goal)
    refused = await winter.ana.post(f"{goal}/measures", **{**MEASURE, "code": "DAYS-FROM-READY-TO-LEAVING"})
    odd = await winter.ana.post(f"{goal}/measures", **{**MEASURE, "code": "=1+1"})

    codes = [
        await home.value(f"SELECT code FROM measure WHERE id = '{id_of(one)}'") for one in (first, second)
    ]
    assert codes == ["days-from-ready-to-leaving", "days-from-ready-to-leaving-2"]
    assert refused.status_code == odd.status_code == 422
    assert "has this code already" in refused.text
    assert await home.count("measure") == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("kind", "nice"),
        ("multiplier", "10"),
        ("decimals", "-1"),
        ("fixed_after", "11"),
        ("suppress_below", "many"),
        ("lag_days", "9999"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(
    home: House, winter: Winter, goal: str, field: str, value: str
) -> None:
    refused = await winter.ana.post(f"{goal}/measures", **{**MEASURE, field: value})

    assert refused.status_code == 422
    assert f'href="#f-{field}"' in refused.text
    assert await home.count("measure") == 0


async def test_limits_are_not_offered_for_periods_that_overlap(winter: Winter, goal: str) -> None:
    refused = await winter.ana.post(f"{goal}/measures", **{**MEASURE, "pooled": "yes"})

    assert refused.status_code == 422
    assert '<details class="more" open>' in refused.text.replace("  ", " ")
    assert "Periods that overlap make limits too narrow" in refused.text


async def test_every_change_is_a_version_and_another_way_of_counting_is_a_note_on_the_chart(
    home: House, winter: Winter, measure: str
) -> None:
    typo = {**MEASURE, "name": "Days from ready to leaving hospital"}
    otherwise = {**typo, "exclusions": "People who moved ward"}

    await winter.bo.post(f"{measure}/edit", **typo)
    notes_after_typo = await home.count("annotation")
    unexplained = await winter.bo.post(f"{measure}/edit", **otherwise)
    explained = await winter.bo.post(
        f"{measure}/edit", **otherwise, since="2026-05-01", why="People who moved ward are left out"
    )
    same = await winter.bo.post(f"{measure}/edit", **otherwise, since="2026-05-01", why="Again")
    shown = await winter.ana.get(measure)

    assert notes_after_typo == 0
    assert (unexplained.status_code, explained.status_code, same.status_code) == (422, 303, 303)
    assert 'id="f-why-error"' in unexplained.text
    assert await home.count("measure_version") == 3
    assert await home.value("SELECT words FROM annotation") == "People who moved ward are left out"
    assert "Versions (3)" in shown.text
    assert "Changed: what is left out" in shown.text


async def test_a_version_made_meanwhile_is_not_overwritten_unseen(
    home: House, winter: Winter, measure: str
) -> None:
    await winter.bo.post(f"{measure}/edit", **{**MEASURE, "name": "Days to home"}, seen="1")

    late = await winter.cleo.post(f"{measure}/edit", **{**MEASURE, "name": "Days waited"}, seen="1")
    again = await winter.cleo.post(f"{measure}/edit", **{**MEASURE, "name": "Days waited"}, seen="2")

    assert late.status_code == 422
    assert "Somebody else changed this" in late.text
    assert 'name="seen" value="2"' in late.text
    assert "Days waited" in late.text
    assert again.status_code == 303
    assert await home.count("measure_version") == 3


async def test_targets_are_dated_and_the_one_that_began_last_is_read_against(
    home: House, winter: Winter, measure: str
) -> None:
    await winter.ana.post(f"{measure}/targets", **TARGET)
    await winter.ana.post(f"{measure}/targets", **{**TARGET, "value": "1.5", "valid_from": "2026-08-01"})
    await winter.ana.post(f"{measure}/targets", **{**TARGET, "value": "4", "assures": ""})
    clash = await winter.ana.post(f"{measure}/targets", **{**TARGET, "value": "3"})
    shown = (await winter.bo.get(measure)).text

    in_force = shown[: shown.index("Applies today")]
    assert in_force.rindex("At most 1.5 days") > in_force.rindex("At most 2 days")
    assert clash.status_code == 422
    assert await home.count("target") == 3


async def test_a_target_begins_with_numbers_of_years_ago_or_says_that_it_does_not_touch_them(
    home: House, winter: Winter, goal: str, measure: str
) -> None:
    fresh = await winter.ana.get(f"{measure}/targets/new")
    await numbers(
        home.db, id_of(measure), winter.ana.id, [(60, 90)] * 14, winter.northfield, begin="2016-06-01"
    )
    old = await winter.ana.get(f"{measure}/targets/new")
    await winter.ana.post(f"{measure}/targets", **{**TARGET, "valid_from": "2020-04-01"})

    assert re.search(r'name="valid_from"[^>]* value="20[2-9]\d-04-01"', fresh.text)
    assert re.search(r'name="valid_from"[^>]* value="2016-04-01"', old.text)
    assert "It begins after the last number" in (await winter.ana.get(measure)).text


async def test_only_the_tender_sets_and_withdraws_targets_and_limits(
    home: House, winter: Winter, measure: str
) -> None:
    for path, fields in (("targets", TARGET), ("rebases", REBASE)):
        refused = await winter.bo.post(f"{measure}/{path}", **fields)
        await winter.ana.post(f"{measure}/{path}", **fields)
        id = await home.value(f"SELECT id FROM {path[:-1]}")
        not_theirs = await winter.cleo.post(f"{measure}/{path}/{id}/withdraw")
        done = await winter.ana.post(f"{measure}/{path}/{id}/withdraw")
        twice = await winter.ana.post(f"{measure}/{path}/{id}/withdraw")

        codes = [one.status_code for one in (refused, not_theirs, done, twice)]
        assert codes == [403, 403, 303, 404]
        assert await home.count(path[:-1]) == 1


async def test_new_limits_need_a_reason_and_keep_the_name_of_who_judged_even_when_withdrawn(
    home: House, winter: Winter, measure: str
) -> None:
    without = await winter.ana.post(f"{measure}/rebases", **{**REBASE, "reason": " "})
    await winter.ana.post(f"{measure}/rebases", **REBASE)
    twice = await winter.ana.post(f"{measure}/rebases", **REBASE)
    shown = await winter.bo.get(measure)
    await winter.ana.post(f"{measure}/rebases/{await home.value('SELECT id FROM rebase')}/withdraw")
    after = await winter.bo.get(measure)

    assert without.status_code == twice.status_code == 422
    assert "Decided by <bdi>Ana, Northfield Trust</bdi>" in shown.text
    assert REBASE["reason"] in after.text
    assert "Withdrawn by <bdi>Ana</bdi>" in after.text


async def test_notes_are_added_by_any_owner_and_withdrawn(home: House, winter: Winter, measure: str) -> None:
    await winter.cleo.post(f"{measure}/annotations", **NOTE)
    backwards = await winter.cleo.post(f"{measure}/annotations", **{**NOTE, "ends": "2026-02-01"})
    shown = await winter.bo.get(measure)
    await winter.bo.post(f"{measure}/annotations/{await home.value('SELECT id FROM annotation')}/withdraw")

    assert backwards.status_code == 422
    assert NOTE["words"] in shown.text
    assert "Added by <bdi>Cleo, Vale Hospice</bdi>" in shown.text
    assert NOTE["words"] not in (await winter.bo.get(measure)).text


async def test_a_story_is_a_draft_until_the_tender_approves_it_and_then_stays(
    home: House, winter: Winter, measure: str
) -> None:
    await winter.bo.post(f"{measure}/stories", **STORY)
    story = f"{measure}/stories/{await home.value('SELECT id FROM commentary')}"
    await winter.cleo.post(story, **{**STORY, "story": "It falls since March."})
    not_theirs = await winter.bo.post(f"{story}/approve")
    draft = await winter.ana.get(measure)
    await winter.ana.post(f"{story}/approve")
    late = await winter.cleo.post(story, **{**STORY, "story": "Changed behind the back."})
    again = await winter.ana.post(f"{story}/approve")
    shown = await winter.bo.get(measure)

    assert not_theirs.status_code == 403
    assert 'class="badge">Draft' in draft.text
    assert late.status_code == again.status_code == 409
    assert "It falls since March." in shown.text
    assert "Approved by <bdi>Ana</bdi>" in shown.text


async def test_a_story_that_changed_meanwhile_is_neither_overwritten_nor_approved_unread(
    home: House, winter: Winter, measure: str
) -> None:
    await winter.bo.post(f"{measure}/stories", **STORY)
    story = f"{measure}/stories/{await home.value('SELECT id FROM commentary')}"
    opened = re.search(r'name="seen" value="([^"]+)"', (await winter.cleo.get(story)).text)
    assert opened
    await winter.bo.post(story, **{**STORY, "story": "It falls since March."})
    late = await winter.cleo.post(story, **{**STORY, "story": "It rises."}, seen=opened[1])
    unread = await winter.ana.post(f"{story}/approve", seen=opened[1])
    kept = await home.value("SELECT story FROM commentary WHERE approved_at IS NULL")
    now_there = re.search(r'name="seen" value="([^"]+)"', late.text)
    assert now_there
    after = await winter.cleo.post(story, **{**STORY, "story": "It rises."}, seen=now_there[1])

    assert (late.status_code, unread.status_code, after.status_code) == (422, 422, 303)
    assert "It rises." in late.text
    assert "Somebody else changed this while you were writing." in late.text
    assert "Read it again" in unread.text
    assert kept == "It falls since March."


async def test_nobody_makes_small_numbers_of_another_organisation_seen_by_counting_otherwise(
    home: House, winter: Winter, measure: str
) -> None:
    month = latest_over("month", day_now(), 1)[0].start.isoformat()
    await winter.bo.post(f"{measure}/entry", **{f"n-{month}": "3", f"d-{month}": "60"})
    lower = {**MEASURE, "suppress_below": "0"}
    by_other = await winter.cleo.post(f"{measure}/edit", **lower)
    hidden = await winter.cleo.get(measure)
    by_own = await winter.bo.post(f"{measure}/edit", **lower)

    assert by_other.status_code == 422
    assert "small numbers that another organisation entered" in by_other.text
    assert "3 of 60" not in hidden.text
    assert by_own.status_code == 303
    assert "3 of 60" in (await winter.cleo.get(measure)).text


async def test_readers_of_other_organisations_see_approved_stories_only(
    home: House, winter: Winter, measure: str
) -> None:
    mel = await home.person("Mel")
    await home.seat(winter.id, mel, await home.organisation(winter.id, "Vale Library"))
    await winter.bo.post(f"{measure}/stories", **STORY)
    before = await mel.get(measure)
    await winter.ana.post(f"{measure}/stories/{await home.value('SELECT id FROM commentary')}/approve")

    assert STORY["story"] not in before.text
    assert STORY["story"] in (await mel.get(measure)).text


async def test_what_belongs_to_another_measure_is_not_here(
    home: House, winter: Winter, goal: str, measure: str
) -> None:
    other = await measure_of(winter, goal)
    await winter.ana.post(f"{measure}/targets", **TARGET)
    await winter.ana.post(f"{measure}/stories", **STORY)
    target, story = await home.value("SELECT id FROM target"), await home.value("SELECT id FROM commentary")

    for path in (f"targets/{target}/withdraw", f"stories/{story}/approve", f"rebases/{target}/withdraw"):
        assert (await winter.ana.post(f"{other}/{path}")).status_code == 404
    assert (await winter.ana.get(f"{other}/stories/{story}")).status_code == 404


async def test_an_archived_measure_keeps_all_and_changes_nothing_until_it_is_restored(
    home: House, winter: Winter, goal: str, measure: str
) -> None:
    not_theirs = await winter.bo.post(f"{measure}/archive")
    await winter.ana.post(f"{measure}/archive")
    locked = await winter.ana.post(f"{measure}/targets", **TARGET)
    listed = await winter.ana.get(goal)
    await winter.ana.post(f"{measure}/restore")
    done = await winter.ana.post(f"{measure}/targets", **TARGET)

    assert (not_theirs.status_code, locked.status_code, done.status_code) == (403, 409, 303)
    assert "Archived measures (1)" in listed.text


async def test_measures_are_put_in_order(winter: Winter, goal: str) -> None:
    await measure_of(winter, goal, name="First")
    last = await measure_of(winter, goal, name="Second")

    await winter.bo.post(f"{last}/move", to="up")
    shown = (await winter.ana.get(goal)).text

    assert shown.index("Second</a>") < shown.index("First</a>")
