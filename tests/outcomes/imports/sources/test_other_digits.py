"""Digits other than 0 to 9 are read in numbers and periods; names and codes stay as they are written."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.outcomes.imports import guess, refused_rows
from app.outcomes.imports.rows import ColumnMapping, RowFilter
from app.outcomes.imports.sources import table
from tests.outcomes.imports.sample_tables import FALLS, KNOWN, LONG, look_at, wishes

ONE = replace(KNOWN, measures={"falls": FALLS})


@pytest.mark.parametrize("name", ["١٢", "Ward ３", "病棟３"])
def test_a_place_of_ones_own_in_other_digits_is_still_that(name: str) -> None:
    text = f"Place,Month,Falls\n{name},٢٠٢٣-٠٤,٤\n{name},٢٠٢٣-٠٥,٥\n"
    mapping = replace(guess.guess_mapping(look_at(text), [FALLS]), place_at=0, firsts=(2,))
    good, bad = wishes(text, mapping, replace(KNOWN, called=name))

    assert not bad
    assert [(one.series.organisation, one.series.area, one.numbers.value) for one in good] == [
        ("north", "", Decimal(4)),
        ("north", "", Decimal(5)),
    ]


def test_a_place_a_breakdown_and_a_filter_are_as_they_are_written() -> None:
    text = "Place,Age,Ward,Month,Falls\n١٢,٠-٤,３,２０２３-０４,１，２３４\n١٢,٠-٤,４,２０２３-０５,9\n"
    mapping = replace(
        guess.guess_mapping(look_at(text), [FALLS]),
        place_at=0,
        firsts=(4,),
        breakdown_at=(1,),
        only_rows=(RowFilter(2, ("３",)),),
    )
    good, bad = wishes(text, mapping)

    assert not bad
    assert [(one.series.area, one.series.breakdown, one.numbers.value) for one in good] == [
        ("١٢", (("Age", "٠-٤"),), Decimal(1234))
    ]
    assert look_at(text).columns[2].words == (("３", 1), ("４", 1))


def test_headings_that_are_periods_are_read_and_others_stay() -> None:
    text = "Ward ３,２０２３-０４,２０２３-０５\nHill,５,６\nDale,７,８\n"

    assert table.read(text.encode()).heading == ["Ward ３", "2023-04", "2023-05"]
    assert look_at(text).layout == "wide"


def test_a_year_and_a_month_in_two_columns_are_one_period() -> None:
    good, bad = wishes("Year,Month,Falls\n２０２３,４,７\n２０２３,５,８\n", None, ONE)

    assert not bad
    assert [one.period.label for one in good] == ["April 2023", "May 2023"]


def test_our_own_layout_has_such_numbers_too() -> None:
    good, bad = wishes(LONG + "home,３,２０２４-０１-０１,８０,１００,,\n")

    assert not bad
    assert [(one.series.area, one.numbers.value) for one in good] == [("３", Decimal(80))]


def test_refused_rows_are_unchanged() -> None:
    text = "Place,Month,Falls\n١٢,٢٠٢٣-٠٤,٤\n١٣,someday,٥\n"
    bad = wishes(text)[1]
    said = refused_rows.as_csv(text.encode(), ColumnMapping("rows", table=look_at(text).place), bad)

    assert "١٣,someday,٥,3," in said
