from datetime import date

import pytest

from app.outcomes.editing import grid, paste
from app.outcomes.measures.measure import Definition

SHARE = Definition("Seen in time", suppress_below=0)
DAYS = Definition("Days waited", value_kind="score", unit="days")
ROWS = grid.rows(SHARE, [], date(2026, 3, 9), 0)  # March 2025 to February 2026


def test_rows_find_their_own_places_by_their_months() -> None:
    text = "Month\tSeen\tAll\tShare\nFeb-26\t1,120\t1,400\t80%\n01/01/2026\t9\t10\t\n\nTotal\t3\t4\t\n"
    laid = paste.fill(ROWS, paste.read(SHARE, text))
    cells = {row.key: dict(row.cells) for row in laid.rows if row.cells}

    assert cells == {
        "2026-01-01": {"n": "9", "d": "10", "v": ""},
        "2026-02-01": {"n": "1,120", "d": "1,400", "v": "80%"},
    }
    assert laid.count == 2
    assert laid.lost == ("Month Seen All Share", "Total 3 4")


@pytest.mark.parametrize("definition", [SHARE, DAYS])
def test_a_single_number_is_the_value(definition: Definition) -> None:
    assert paste.read(definition, "Riverside;February 2026;72.5").cells == {"2026-02-01": {"v": "72.5"}}


def test_what_is_not_over_or_comes_twice_has_no_place_and_says_so() -> None:
    laid = paste.fill(ROWS, paste.read(SHARE, "Feb-26\t1\t2\nFebruary 2026\t3\t4\nMar-26\t5\t6"))

    assert laid.count == 1
    assert laid.lost == ("February 2026 3 4", "March 2026")


@pytest.mark.parametrize(
    ("definition", "text", "said"),
    [
        (DAYS, "85%", "“85%” is a share, but the measure is in days."),
        (Definition("Gap", value_kind="time_between", unit="days"), "85%", "“85%” is a share, where"),
        (Definition("Gap", value_kind="time_between", unit="days"), "£8", "“£8” is an amount of money, but"),
        (SHARE, "£8", "“£8” is an amount of money, but the measure is a share."),
        (Definition("Falls", value_kind="count", unit="falls"), "85 %", "“85 %” is a share, where"),
        (SHARE, "85%", ""),
        (Definition("Beds", value_kind="mean", unit="occupancy"), "85%", ""),
        (Definition("Cost", value_kind="count", unit="£"), "£8", ""),
    ],
)
def test_a_number_of_another_unit_is_refused_as_from_a_file(
    definition: Definition, text: str, said: str
) -> None:
    rows = grid.rows(definition, [], date(2026, 3, 9), 0)
    entries, errors = grid.read(definition, rows, {f"v-{rows[-1].key}": text}, [])

    assert (len(entries), [*errors]) == ((0, [f"v-{rows[-1].key}"]) if said else (1, []))
    assert all(one.startswith(said) for one in errors.values())
