"""Numbers entered by hand, as people of the organisations do it over HTTP."""

import re
from html import unescape

import httpx

from app.access import Role
from app.outcomes.measures.measure import Definition
from app.outcomes.measures.periods import Period, latest_over
from app.phrases import day_now
from tests.outcomes.given import a_goal, a_measure
from tests.spaces.conftest import Winter
from tests.spaces.house import House


def months() -> list[Period]:
    """The twelve that are over: asked in each test, as a month may end while the tests run."""
    return latest_over("month", day_now(), 12)


def month(number: int) -> str:
    return months()[number].start.isoformat()


async def measured(home: House, winter: Winter, **definition: object) -> str:
    goal = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield, winter.hospice)
    words = {"name": "Home within two days", "suppress_below": 0, **definition}
    measure = await a_measure(home.db, winter.id, goal, winter.ana.id, Definition(**words))  # type: ignore[arg-type]
    return f"{winter.path}/outcomes/measures/{measure}/entry"


def cell(answer: httpx.Response, name: str) -> str:
    found = re.search(rf'<input id="{re.escape(name)}"[^>]* value="([^"]*)"', answer.text)
    assert found, name
    return unescape(found[1])


def said(answer: httpx.Response, name: str) -> str:
    found = re.search(rf'id="{re.escape(name)}-error">(.*?)</p>', answer.text)
    return unescape(re.sub("</?bdi>", "", found[1])) if found else ""


async def test_a_row_says_that_its_numbers_will_be_hidden_before_and_after_saving(
    home: House, winter: Winter
) -> None:
    path = await measured(home, winter, suppress_below=5)
    small, large = (
        {f"n-{month(-1)}": "3", f"d-{month(-1)}": "140"},
        {f"n-{month(-1)}": "30", f"d-{month(-1)}": "140"},
    )
    looked = [await winter.bo.post(path, **one, look=month(-1)) for one in (small, large)]
    elsewhere = await winter.bo.post(path, **small, look="2001-01-01")
    unsaved = await home.count("observation")
    await winter.bo.post(path, **small)
    again = await winter.bo.get(path)

    hidden = "Hidden as a small number: a count below 5 is not shown"
    assert [hidden in one.text for one in looked] == [True, False]
    assert "<table" not in looked[0].text
    assert (elsewhere.status_code, unsaved) == (404, 0)
    assert again.text.count(hidden) == 1
    assert f'hx-vals=\'{{"look": "{month(-1)}"}}\'' in again.text


async def test_what_is_entered_is_kept_for_ones_own_organisation(home: House, winter: Winter) -> None:
    path = await measured(home, winter)
    answer = await winter.bo.post(
        path, **{f"n-{month(-1)}": "112", f"d-{month(-1)}": "140", f"v-{month(-2)}": "81.5%"}
    )
    shown = await winter.bo.get(answer.headers["location"])
    again = await winter.bo.get(path)
    other = await winter.cleo.get(path)

    assert answer.headers["location"] == f"{path.removesuffix('/entry')}?kept=2#chart"
    assert '<section id="chart"' in shown.text
    assert "Saved 2 values." in shown.text
    assert "hx-vals" not in again.text
    assert (cell(again, f"n-{month(-1)}"), cell(again, f"d-{month(-1)}"), cell(again, f"v-{month(-1)}")) == (
        "112",
        "140",
        "",
    )
    assert cell(again, f"v-{month(-2)}") == "81.5"
    assert cell(other, f"n-{month(-1)}") == ""
    assert await home.value("SELECT organisation_id FROM series") == winter.northfield
    assert await home.value("SELECT value FROM observation WHERE numerator = '112'") == "80"
    assert await home.count("reading") == 1


async def test_a_day_that_the_grid_no_longer_shows_is_not_overwritten_unseen(
    home: House, winter: Winter
) -> None:
    path = await measured(home, winter, value_kind="score", frequency="irregular", chart="line")
    for day in range(1, 16):
        await winter.bo.post(path, **{"day-new-1": f"2026-01-{day:02}", "v-new-1": str(day)})
    answer = await winter.bo.post(path, **{"day-new-1": "2026-01-01", "v-new-1": "99"})

    assert answer.status_code == 422
    assert "1 January 2026 is there already." in said(answer, "day-new-1")
    assert await home.value("SELECT count(*) FROM observation WHERE value = '99'") == 0


async def test_a_value_too_large_to_be_worked_out_is_said_beside_its_cell(
    home: House, winter: Winter
) -> None:
    path = await measured(home, winter, value_kind="rate", multiplier=100_000)
    answer = await winter.bo.post(path, **{f"n-{month(-1)}": "900000000000000", f"d-{month(-1)}": "0.001"})

    assert answer.status_code == 422
    assert "too large" in said(answer, f"n-{month(-1)}")
    assert cell(answer, f"n-{month(-1)}") == "900000000000000"


async def test_nothing_typed_is_lost_and_each_error_stands_beside_its_cell(
    home: House, winter: Winter
) -> None:
    path = await measured(home, winter)
    typed = {
        f"n-{month(-1)}": "about 110",
        f"d-{month(-1)}": "140",
        f"n-{month(-2)}": "=1+1",
        f"d-{month(-2)}": "9",
        f"v-{month(0)}": "50",
    }
    answer = await winter.bo.post(path, **typed)

    assert answer.status_code == 422
    assert {name: cell(answer, name) for name in typed} == typed
    assert said(answer, f"n-{month(-1)}") == "“about 110” is not a number."
    assert said(answer, f"n-{month(-2)}") == "“=1+1” is not a number."
    assert said(answer, f"v-{month(0)}") == ""
    assert await home.count("observation") == 0


async def test_numbers_that_contradict_each_other_are_told_in_words(home: House, winter: Winter) -> None:
    path = await measured(home, winter)
    answer = await winter.bo.post(path, **{f"n-{month(-1)}": "150", f"d-{month(-1)}": "140"})

    assert said(answer, f"n-{month(-1)}") == "The numerator is larger than the denominator."


async def test_each_sentence_stands_beside_the_cell_it_is_about_and_names_the_month(
    home: House, winter: Winter
) -> None:
    path = await measured(home, winter)
    typed = {f"v-{month(-1)}": "700", f"n-{month(-2)}": "3", f"n-{month(0)}": "3", f"d-{month(0)}": "0"}
    answer = await winter.bo.post(path, **typed)

    assert said(answer, f"v-{month(-1)}") == "A share lies between 0 and 100%."
    assert said(answer, f"d-{month(-2)}") == "There is a numerator, but no denominator."
    assert said(answer, f"d-{month(0)}") == "The denominator is zero, but the numerator is not."
    assert f"{months()[-1].label}: A share lies" in answer.text


async def test_going_further_back_and_pasting_a_table_keep_what_was_typed_and_store_nothing(
    home: House, winter: Winter
) -> None:
    path = await measured(home, winter)
    typed = {f"n-{month(-1)}": "about 110", f"seen-{month(-1)}": "0"}
    earlier = await winter.bo.post(path, **typed, earlier="yes")
    table = "Month\tSeen\tAll\nJan-22\t8\t10\nTotal\t8\t10"
    pasted = await winter.bo.post(path, **typed, fill="yes", pasted=table)

    assert (earlier.status_code, pasted.status_code) == (200, 200)
    assert cell(earlier, f"n-{month(-1)}") == cell(pasted, f"n-{month(-1)}") == "about 110"
    assert len(re.findall(r'id="n-', earlier.text)) == 36
    assert (cell(pasted, "n-2022-01-01"), cell(pasted, "d-2022-01-01")) == ("8", "10")
    assert "1 row is filled in." in pasted.text
    assert "“Total 8 10”" in pasted.text
    assert await home.count("observation") == 0


async def test_a_table_pasted_where_no_period_comes_regularly_ends_and_stores_nothing(
    home: House, winter: Winter
) -> None:
    path = await measured(home, winter, value_kind="time_between", frequency="irregular", sums=False)
    answer = await winter.bo.post(path, fill="yes", pasted="3 March 2001\t41")

    assert answer.status_code == 200
    assert await home.count("observation") == 0


async def test_a_correction_is_a_revision_and_the_same_again_is_none(home: House, winter: Winter) -> None:
    path = await measured(home, winter)
    for n in ("112", "113", "113"):
        seen = (await winter.bo.get(path)).text
        revision = re.findall(rf'name="seen-{month(-1)}" value="(\d+)"', seen)[0]
        await winter.bo.post(
            path, **{f"n-{month(-1)}": n, f"d-{month(-1)}": "140", f"seen-{month(-1)}": revision}
        )

    assert await home.value("SELECT count(*) FROM observation") == 2
    assert await home.value("SELECT numerator FROM observation WHERE current") == "113"
    assert "revision 2" in (await winter.bo.get(path)).text


async def test_who_was_overtaken_is_told_and_may_insist(home: House, winter: Winter) -> None:
    path = await measured(home, winter)
    await winter.bo.post(path, **{f"n-{month(-1)}": "112", f"d-{month(-1)}": "140", f"seen-{month(-1)}": "0"})
    late = await winter.ana.post(
        path, **{f"n-{month(-1)}": "90", f"d-{month(-1)}": "140", f"seen-{month(-1)}": "0"}
    )
    insisting = await winter.ana.post(
        path, **{f"n-{month(-1)}": "90", f"d-{month(-1)}": "140", f"seen-{month(-1)}": "1"}
    )

    assert "112 of 140" in said(late, f"n-{month(-1)}")
    assert cell(late, f"n-{month(-1)}") == "90"
    assert insisting.status_code == 303


async def test_a_star_is_suppressed_and_an_emptied_cell_is_missing_and_neither_is_zero(
    home: House, winter: Winter
) -> None:
    path = await measured(home, winter)
    await winter.bo.post(path, **{f"n-{month(-1)}": "*", f"n-{month(-2)}": "10", f"d-{month(-2)}": "20"})
    starred = await winter.bo.get(path)
    await winter.bo.post(
        path, **{f"n-{month(-1)}": "*", f"n-{month(-2)}": "", f"d-{month(-2)}": "", f"seen-{month(-2)}": "1"}
    )

    assert cell(starred, f"n-{month(-1)}") == "*"
    rows = await home.value("SELECT count(*) FROM observation WHERE current AND value IS NULL")
    assert rows == 2
    assert await home.value("SELECT status FROM observation WHERE current AND revision = 2") == "missing"


async def test_nobody_enters_for_others_and_guests_and_observers_not_at_all(
    home: House, winter: Winter
) -> None:
    path = await measured(home, winter)
    watching, outside = await home.person("Olu"), await home.person("Mia")
    other = await home.organisation(winter.id, "Elsewhere")
    await home.seat(winter.id, watching, winter.northfield, Role.OBSERVER)
    await home.seat(winter.id, outside, other)
    tries = {f"n-{month(-1)}": "1", f"d-{month(-1)}": "2"}

    assert (await watching.post(path, **tries)).status_code == 403
    assert (await outside.post(path, **tries)).status_code == 403  # of no organisation that owns the goal
    assert (await outside.get(path)).status_code == 403
    assert await home.count("observation") == 0


async def test_what_comes_now_and_then_is_entered_by_its_day(home: House, winter: Winter) -> None:
    path = await measured(
        home, winter, value_kind="time_between", unit="days", frequency="irregular", sums=False
    )
    typed = {
        "day-new-1": "3 March 2026",
        "v-new-1": "41",
        "day-new-2": "2026-03-03",
        "v-new-2": "9",
        "v-new-3": "7",
    }
    wrong = await winter.bo.post(path, **typed)
    kept = await winter.bo.post(path, **{"day-new-1": "3 March 2026", "v-new-1": "41"})

    assert said(wrong, "day-new-2") == "3 March 2026 is there already."
    assert said(wrong, "day-new-3") == "Write the day, such as 2026-01-31."
    assert kept.status_code == 303
    assert 'value="41"' in (await winter.bo.get(path)).text


async def test_periods_that_are_overdue_say_by_when_they_were_expected(home: House, winter: Winter) -> None:
    path = await measured(home, winter, lag_days=0)
    never_begun = await winter.bo.get(path)
    await winter.bo.post(path, **{f"n-{month(8)}": "1", f"d-{month(8)}": "2"})
    begun = await winter.bo.get(path)

    assert [page.text.count("Expected by") for page in (never_begun, begun)] == [0, 3]


async def test_numbers_sent_after_the_sign_in_ended_are_not_lost(home: House, winter: Winter) -> None:
    path = await measured(home, winter)
    winter.bo.http.cookies.delete("tl_session")
    typed = {f"n-{month(-1)}": "112", f"d-{month(-1)}": "140", f"seen-{month(-1)}": "0", "more": "0"}
    answer = await winter.bo.post(path, **typed)

    assert answer.status_code == 401
    assert f"{month(-1)} numerator: 112" in answer.text
    assert re.search(rf'<input type="hidden" name="n-{month(-1)}" value="112">', answer.text)
    assert "Send again" in answer.text
