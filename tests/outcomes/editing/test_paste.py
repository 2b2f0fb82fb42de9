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
