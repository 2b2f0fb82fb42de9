"""Files as people bring them, through the pages: what becomes of each."""

import csv
from decimal import Decimal
from typing import Any

import pytest

from app.outcomes.measures.measure import Definition, Frequency
from tests.outcomes.imports.import_forms import CASES as FOLDER
from tests.outcomes.imports.import_forms import (
    bring_case,
    choose,
    fields_of,
    keep_words,
    measured,
    send,
    tally,
    values_of,
    words,
)
from tests.spaces.conftest import Winter
from tests.spaces.house import House

SHARE = Definition(name="Seen in time", suppress_below=0)


def count(frequency: Frequency = "month") -> Definition:
    return Definition(name="Falls", value_kind="count", unit="", frequency=frequency, suppress_below=0)


def mean(frequency: Frequency = "month") -> Definition:
    return Definition(
        name="Days",
        value_kind="mean",
        unit="days",
        multiplier=1,
        frequency=frequency,
        suppress_below=0,
        decimals=3,
    )


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """How a file is read does not depend on the database."""
    return sqlite_url


async def taken(
    home: House, winter: Winter, name: str, definition: Definition, code: str = "x", **choices: str
) -> str:
    """Bring a file, choose what its columns mean, and import it; gives the page of the preview."""
    imports = await measured(home, winter, code, definition)
    file = await bring_case(home, winter.bo, imports, name)
    answer = await choose(home, winter.bo, file, measure=code, **choices)
    assert answer.status_code == 303, words(answer.text)
    page = (await winter.bo.get(file)).text
    await send(home, winter.bo, f"{file}/do", leave_out="yes")
    return page


# What the form proposes is enough: months from April 2023 on, 24 of them.
MONTHS = [
    *("p-mmm-yy.csv", "p-MONyyyy.csv", "p-ddMONyyyy.csv", "p-fy-month-cols.csv", "p-iso-z.csv"),
    *("p-nhs-prefixed.csv", "p-rtt-prefixed.csv", "p-serial.csv", "p-uk-slash-yy.csv", "p-us-slash.csv"),
    *("p-year-month-cols.csv", "p-yyyy-MON.csv", "p-yyyyMnn.csv", "p-yyyymm.csv", "p-yyyymmdd.csv"),
    *("x-last-day.xlsx", "x-1904.xlsx", "c16-cover-sheet-first.xlsx", "s-utf16.csv", "s-sep-hint.csv"),
    *("s-maccr.csv", "s-cp1252.csv"),
]


async def read_of(
    home: House, winter: Winter, names: list[str], definition: Definition
) -> dict[str, tuple[list[int], list[tuple[str, Decimal | None]]]]:
    """The tally and the values of each file, as the form proposes to read it."""
    found = {}
    for n, name in enumerate(names):
        page = await taken(home, winter, name, definition, f"x{n}")
        found[name] = (tally(page), await values_of(home, code=f"x{n}"))
    return found


@pytest.mark.timeout(180)
async def test_months_are_read_however_they_are_written(home: House, winter: Winter) -> None:
    found = await read_of(home, winter, MONTHS, count())

    assert {
        name: (counted, values[:2], values[-1][0]) for name, (counted, values) in found.items()
    } == dict.fromkeys(
        MONTHS, ([24, 0, 0, 0], [("2023-04-01", Decimal(112)), ("2023-05-01", Decimal(118))], "2025-03-01")
    )


async def test_quarters_of_financial_years_are_read_however_they_are_written(
    home: House, winter: Winter
) -> None:
    names = ["q-a.csv", "q-b.csv", "q-c.csv", "q-d.csv", "q-e.csv", "q-f.csv"]
    found = await read_of(home, winter, names, count("quarter"))

    assert {
        name: (counted, values[0], values[3][0]) for name, (counted, values) in found.items()
    } == dict.fromkeys(names, ([8, 0, 0, 0], ("2022-04-01", Decimal(10)), "2023-01-01"))


async def test_weeks_are_read_however_they_are_written(home: House, winter: Winter) -> None:
    names = ["w-iso.csv", "w-we.csv", "w-week-ending.csv"]
    found = await read_of(home, winter, names, count("week"))

    assert {name: (counted, values[:2]) for name, (counted, values) in found.items()} == dict.fromkeys(
        names, ([20, 0, 0, 0], [("2023-03-27", Decimal(180)), ("2023-04-03", Decimal(181))])
    )


CASES: list[tuple[str, Definition, dict[str, str], list[int], list[Any]]] = [
    # file, measure, what is chosen beside the proposal, tally, first values of the own organisation
    ("c01-row-names.csv", count(), {}, [3, 0, 0, 0], ["12", "14", "11"]),
    ("c02-two-headings-alike.csv", count(), {"first": "E"}, [2, 0, 0, 0], ["40", "41"]),
    (
        "c04-headings-of-two-lines.csv",
        mean(),
        {"take": "ratio", "first": "Falls with harm", "second": "Bed days"},
        [24, 0, 0, 0],
        ["0.027237354086", "0.028654686741"],
    ),
    ("c04-headings-of-two-lines.xlsx", count(), {"first": "Falls with harm"}, [18, 0, 0, 0], ["100", "101"]),
    ("c05-continental-numbers.csv", count(), {"first": "Faelle"}, [3, 0, 0, 0], ["1234", "1301", "987"]),
    ("c05-continental-numbers.csv", mean(), {"first": "Tage"}, [3, 0, 0, 0], ["3.125", "2.875", "0.75"]),
    ("c15-title-of-two-cells.csv", count(), {"first": "C"}, [24, 0, 0, 0], ["112", "118", "121"]),
    (
        "c15-headings-in-two-rows.xlsx",
        SHARE,
        {"take": "ratio_complement", "first": "Over 4 hours Total", "second": "Attendances Total"},
        [24, 0, 0, 0],
        ["89.821428571429", "89.745762711864"],
    ),
    ("n-currency.csv", count(), {}, [24, 0, 0, 0], ["112000", "118001"]),
    ("n-indian.csv", count(), {}, [24, 0, 0, 0], ["112000", "118001"]),
    ("n-narrow-nbsp.csv", count(), {}, [24, 0, 0, 0], ["112000", "118001"]),
    ("n-space-thousands.csv", count(), {}, [24, 0, 0, 0], ["112000", "118001"]),
    ("n-parens-negative.csv", count(), {}, [24, 0, 0, 0], ["-112", "-118"]),
    ("n-eurostat-flags.csv", count(), {}, [24, 0, 0, 0], ["112", "118", "121"]),
    ("s-footnotes.csv", count(), {"first": "Falls"}, [24, 0, 0, 0], ["112", "118"]),
    ("s-units-row.csv", count(), {"first": "B"}, [24, 0, 0, 0], ["112", "118"]),
    ("x-errors-formulas.xlsx", count(), {"first": "Rate"}, [24, 0, 0, 0], ["112", "118", "121", "109", None]),
    ("x-percent.xlsx", SHARE, {"take": "fraction"}, [24, 0, 0, 0], ["74.666666666667"]),
]


@pytest.mark.timeout(180)
async def test_each_kind_of_file_gives_its_numbers(home: House, winter: Winter) -> None:
    found, wanted = [], []
    for n, (name, definition, choices, counted, first) in enumerate(CASES):
        page = await taken(home, winter, name, definition, f"x{n}", **choices)
        values = [value for _, value in await values_of(home, code=f"x{n}")]
        found.append((name, tally(page), values[: len(first)]))
        wanted.append((name, counted, [None if one is None else Decimal(one) for one in first]))

    assert found == wanted


async def test_c01_row_names_are_no_places(home: House, winter: Winter) -> None:
    page = await taken(home, winter, "c01-row-names.csv", count())

    assert "Northfield Trust your organisation 3 April 2023 to June 2023" in words(page)
    assert await home.value("SELECT count(*) FROM series") == 1


async def test_c12_a_period_that_has_not_begun_is_refused(home: House, winter: Winter) -> None:
    page = await taken(home, winter, "c12-year-2052.csv", count())

    assert tally(page) == [24, 0, 0, 1]
    assert "26 April 2052 has not begun yet." in words(page)


async def test_c18_a_file_may_have_one_period_for_all_its_rows(home: House, winter: Winter) -> None:
    chosen = {"place": "Org code", "take": "ratio", "first": "Within", "second": "All"}
    page = await taken(home, winter, "c18-no-period.csv", SHARE, one_period="March 2024", **chosen)

    assert tally(page) == [2, 0, 0, 0]
    assert await values_of(home, "RX2") == [("2024-03-01", Decimal("71.428571428571"))]


async def test_c18_without_any_period_one_is_asked_for(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", SHARE)
    file = await bring_case(home, winter.bo, imports, "c18-no-period.csv")
    answer = await choose(home, winter.bo, file, take="ratio", first="Within", second="All")

    assert answer.status_code == 422
    assert "Choose the column with the periods, or write the one period of this file below." in answer.text


async def test_c19_two_filters_are_chosen_from_lists_and_what_they_leave_out_is_counted(
    home: House, winter: Winter
) -> None:
    imports = await measured(home, winter, "x", count())
    file = await bring_case(home, winter.bo, imports, "c19-two-filters.csv")
    await choose(home, winter.bo, file, **await keep_words(home, winter.bo, file, "Provider", "M1"))
    page = (await winter.bo.get(file)).text

    assert tally(page) == [24, 0, 0, 0]
    assert "72 rows are left out, because only some of the rows were chosen." in words(page)


async def test_c19_a_written_filter_does_not_mind_case_and_blanks(home: House, winter: Winter) -> None:
    imports = await measured(home, winter, "x", count())
    file = await bring_case(home, winter.bo, imports, "c19-two-filters.csv")
    ticked = await keep_words(home, winter.bo, file, "M1")
    await choose(home, winter.bo, file, **ticked, only_column="Level", only_value=" england ")

    assert tally((await winter.bo.get(file)).text) == [24, 0, 0, 0]


async def test_c19_columns_are_added_up(home: House, winter: Winter) -> None:
    chosen = {"place": "Org", "take": "ratio_complement", "first": "F", "second": "C"}
    more = dict.fromkeys(("first-more-6", "first-more-7", "second-more-3", "second-more-4"), "yes")
    page = await taken(home, winter, "c19-columns-to-add.csv", SHARE, **chosen, **more)
    values = await values_of(home, "N1")

    assert tally(page) == [24, 0, 0, 0]
    assert values[:2] == [
        ("2023-04-01", Decimal("81.25")),
        ("2023-05-01", round(Decimal(100 * (1180 + 118 + 590 - 357)) / (1180 + 118 + 590), 12)),
    ]


async def test_dates_side_by_side_with_a_place_said_once_are_filled_down(home: House, winter: Winter) -> None:
    chosen = {
        "place": "Trust",
        "part": "Measure",
        "take": "ratio",
        "first_word": "seen",
        "second_word": "all",
    }
    imports = await measured(home, winter, "x", SHARE)
    file = await bring_case(home, winter.bo, imports, "x-headings-are-dates.xlsx")
    asked = (await winter.bo.get(file)).text
    await choose(home, winter.bo, file, **chosen)
    await send(home, winter.bo, f"{file}/do")
    values = await values_of(home, "Northgate")

    assert "Column A says each value once." in words(asked)
    assert (len(values), values[0]) == (24, ("2023-04-01", round(Decimal(100 * 100) / 112, 12)))


@pytest.mark.parametrize(
    ("name", "chosen", "counted", "first"),
    [
        ("s-wide-fy-total.csv", {"place": "Trust"}, 12, Decimal(112)),
        ("s-wide-mmm.csv", {"place": "Trust", "part": "Measure", "first_word": "All"}, 24, Decimal(112)),
    ],
)
async def test_months_side_by_side_are_read_without_the_years_beside_them(
    home: House, winter: Winter, name: str, chosen: dict[str, str], counted: int, first: Decimal
) -> None:
    await taken(home, winter, name, count(), **chosen)
    values = await values_of(home, "Northgate")

    assert (len(values), values[0]) == (counted, ("2023-04-01", first))


async def test_a_doubled_period_without_its_column_is_asked_about_and_then_refused_whole(
    home: House, winter: Winter
) -> None:
    asked = await taken(home, winter, "x-hidden-rows.xlsx", count())
    page = await taken(home, winter, "x-hidden-rows.xlsx", count(), "y", all_own="yes")

    assert "Choose the column that names the place" in words(asked)
    assert tally(page) == [0, 0, 0, 48]
    assert "48 rows have the same period and place as another." in words(page)


# The totals row of each file: attended, and waited over 4 hours, of all types and with booked appointments.
PUBLISHED = {
    "April": (2_295_820, 579_261),
    "May": (2_395_886, 589_527),
}


@pytest.mark.parametrize("month", PUBLISHED)
def test_the_totals_row_of_nhs_england_is_the_sum_of_its_trusts(month: str) -> None:
    """Counted without the product: what its shares are checked against below."""
    with (FOLDER / f"m-Monthly-AE-{month}-2025.csv").open(encoding="utf-8-sig", newline="") as file:
        heading, *rows, total = csv.reader(file)
    sums = [sum(int(row[column]) for row in rows) for column in range(4, len(heading))]

    assert heading[4].startswith("A&E attendances Type 1")
    assert heading[10].startswith("Attendances over 4hrs Type 1")
    assert total[1] == "TOTAL"
    assert "TOTAL" not in [row[1] for row in rows]
    assert [int(cell) for cell in total[4:]] == sums
    assert (sum(sums[:6]), sum(sums[6:12])) == PUBLISHED[month]


@pytest.mark.parametrize(("month", "england"), [("April", "74.8"), ("May", "75.4")])
async def test_the_share_of_all_types_within_four_hours_comes_out_of_nhs_englands_own_file(
    home: House, winter: Winter, month: str, england: str
) -> None:
    """England is the sum of all trusts; the shares are those that NHS England publishes."""
    imports = await measured(home, winter, "x", SHARE)
    file = await bring_case(home, winter.bo, imports, f"m-Monthly-AE-{month}-2025.csv")
    asked = (await winter.bo.get(file)).text
    await choose(home, winter.bo, file, place="", add_up="yes")
    page = (await winter.bo.get(file)).text

    assert "NHS England A&E monthly: within 4 hours, all types" in words(asked)
    assert fields_of(asked)["place"] == "B"
    assert tally(page) == [1, 0, 0, 0]
    assert f"{month} 2025 {england}%" in words(page)
    attended, over = PUBLISHED[month]
    await send(home, winter.bo, f"{file}/do")
    ((_, value),) = await values_of(home)
    assert value == round(Decimal(100 * (attended - over)) / attended, 12)
