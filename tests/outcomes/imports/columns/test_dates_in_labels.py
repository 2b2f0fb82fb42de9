"""A date in a label, such as w/e 02/04/2023, is asked about or decided as one that stands alone."""

import pytest

from app.outcomes.imports import reading_form
from app.outcomes.imports.guess import guess_mapping
from app.outcomes.measures.measure import Frequency
from tests.outcomes.imports.sample_tables import look_at
from tests.outcomes.imports.test_other_files import ASKED, Found, brought, measure, table

OPEN = f"{ASKED}date_order"


@pytest.mark.parametrize(
    ("texts", "frequency", "found"),
    [
        (("w/e 02/04/2023", "w/e 02/11/2023"), "week", OPEN),
        (("Week commencing 02/01/2023", "Week commencing 09/01/2023"), "week", OPEN),
        (("MSitAE-03/04/2023", "MSitAE-05/06/2023"), "day", OPEN),
        (("01/02/2024 to 03/04/2024", "04/04/2024 to 05/06/2024"), "irregular", OPEN),
        (("w/e 02/11/2023", "w/e 02/18/2023"), "week", {"2023-02-05": "10", "2023-02-12": "11"}),
        (("w/e 05/02/2023", "w/e 19/02/2023"), "week", {"2023-01-30": "10", "2023-02-13": "11"}),
        (
            ("01/01/2023 - 01/31/2023", "02/01/2023 - 02/28/2023"),
            "month",
            {"2023-01-01": "10", "2023-02-01": "11"},
        ),
        (("Thu 01/05/2023", "Fri 01/06/2023"), "day", {"2023-01-05": "10", "2023-01-06": "11"}),
        (("AE: 13/04/2023", "AE: 02/05/2023"), "day", {"2023-04-13": "10", "2023-05-02": "11"}),
    ],
)
def test_whether_the_day_or_the_month_comes_first_is_never_guessed(
    texts: tuple[str, ...], frequency: Frequency, found: Found
) -> None:
    rows = (f"{text},{number}" for number, text in enumerate(texts, 10))

    assert brought(table("Period,Falls", *rows), frequency=frequency) == found


@pytest.mark.parametrize(("label", "day"), [("w/e ", "2 April 2023"), ("MSitAE-", "2 April 2023")])
def test_the_question_shows_the_label_and_what_each_answer_would_mean(label: str, day: str) -> None:
    look, one = look_at(table("Period,Falls", f"{label}02/04/2023,10")), measure("count", "day")
    errors = reading_form.read_reading({}, look, guess_mapping(look, [one]), [one])[1]

    assert f"“{label}02/04/2023” can begin with the day or with the month" in errors["date_order"]
    assert reading_form.date_orders(look)[0] == ("dmy", f"Day first: {label}02/04/2023 is {day}")
