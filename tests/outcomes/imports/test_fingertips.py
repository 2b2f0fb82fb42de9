"""The layout of Fingertips, read as rows."""

from datetime import date
from decimal import Decimal

from app.outcomes.imports import guess
from app.outcomes.imports.plan import RefusedRow
from app.outcomes.imports.rows import ColumnMapping
from tests.outcomes.imports.sample_tables import FINGERTIPS, RATE, TIPS, look_at, tip, wishes


def test_fingertips_is_known_by_its_columns_and_its_indicators_by_their_codes() -> None:
    look = look_at(FINGERTIPS + tip() + tip(sex="Male"))
    asked = guess.guess_mapping(look, [RATE])

    assert look.layout == "fingertips"
    assert asked.measures == {"22401": "22401"}
    assert asked.headlines == {"22401": "Persons, 65+ yrs"}


def test_a_standardised_value_of_fingertips_is_kept_and_not_worked_out() -> None:
    good, bad = wishes(FINGERTIPS + tip(), known=TIPS)

    assert bad == []
    assert (good[0].series.area, good[0].area_name, good[0].series.breakdown) == ("E09000002", "Barking", ())
    assert (good[0].numbers.value, good[0].numbers.typed) == (Decimal("2023.5"), None)
    assert (good[0].low95, good[0].high95) == (Decimal("1900.1"), Decimal("2150.9"))
    assert good[0].period.label == "2020/21"


def test_an_area_that_comes_once_for_each_parent_is_one() -> None:
    good, bad = wishes(FINGERTIPS + tip(parent="E12000007") + tip(parent="E92000001"), known=TIPS)

    assert (len(good), bad) == (1, [])


def test_of_the_same_area_with_two_values_none_is_taken() -> None:
    good, bad = wishes(FINGERTIPS + tip() + tip(value="1"), known=TIPS)

    why = "2020/21 is in rows 2 and 3 for the same line, and nothing says which of them counts."
    assert good == []
    assert bad[0] == RefusedRow(2, why, twice=True)
    assert [one.number for one in bad] == [2, 3]


def test_blank_values_of_fingertips_are_missing_or_suppressed_with_their_note_and_never_zero() -> None:
    note = "Value suppressed for disclosure control due to small count"
    rows = tip(value="", note=note) + tip(area="E2", value="", note="Value missing due to changes")
    good, _ = wishes(FINGERTIPS + rows, known=TIPS)

    assert [(one.numbers.status, str(one.numbers.value)) for one in good] == [
        ("suppressed", "None"),
        ("missing", "None"),
    ]
    assert good[0].numbers.note == note


def test_sexes_ages_and_categories_are_never_mixed() -> None:
    rows = (
        tip()
        + tip(sex="Male")
        + tip(age="80+ yrs")
        + tip(kind="Deprivation deciles", category="Most deprived")
    )
    good, bad = wishes(FINGERTIPS + rows, known=TIPS)

    assert bad == []
    assert [one.series.breakdown for one in good] == [
        (),
        (("Age", "65+ yrs"), ("Sex", "Male")),
        (("Age", "80+ yrs"),),
        (("Deprivation deciles", "Most deprived"),),
    ]


def test_gender_is_sex_and_columns_may_move_or_be_missing() -> None:
    heading = "Time period,Area Code,Indicator ID,Gender,Age,Value\n"
    good, bad = wishes(heading + "2020/21,E1,22401,Persons,65+ yrs,5\n", known=TIPS)

    assert (len(good), bad, good[0].series.breakdown) == (1, [], ())


def test_years_together_are_kept_under_their_name() -> None:
    asked = ColumnMapping("fingertips", measures={"22401": "deaths"}, headlines={"22401": "Persons, 65+ yrs"})
    good, _ = wishes(FINGERTIPS + tip(period="2001 - 03"), asked, TIPS)

    assert good[0].period == (date(2001, 1, 1), date(2003, 12, 31), "2001 - 03")
