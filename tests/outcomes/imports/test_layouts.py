"""Tables as people have them, read as rows: our own layout, and those of other people."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.outcomes.imports import guess, mapping_form, preview
from app.outcomes.imports.plan import Lookup, ParsedRow, RefusedRow, plan_rows
from app.outcomes.imports.read_file import ParsedFile
from app.outcomes.imports.rows import ColumnMapping, RowFilter
from app.outcomes.spc.series import Unreadable
from tests.outcomes.imports.sample_tables import HOME, KNOWN, LONG, look_at, why, wishes


def test_our_own_layout_needs_no_mapping() -> None:
    good, bad = wishes(LONG + "home,,2024-01-01,80,100,,\nfalls,Northfield Trust,Feb 2024,,,0,None at all\n")

    assert bad == []
    assert [
        (one.number, one.series.organisation, one.period.label, str(one.numbers.value)) for one in good
    ] == [
        (2, "north", "January 2024", "80"),
        (3, "north", "February 2024", "0"),
    ]
    assert good[1].numbers.note == "None at all"


def test_a_cell_right_of_our_own_layout_is_no_value_of_it() -> None:
    heading = "measure_code,period_start,numerator,denominator,\n"
    with pytest.raises(Unreadable, match="Row 2 has a cell, “x”, right of the last heading"):
        wishes(heading + "home,2024-01-01,1,2,x\n")


def test_each_row_that_is_refused_says_why() -> None:
    rows = (
        "cold,,2024-01-01,1,2,,\n"
        "home,,yesterday,1,2,,\n"
        "home,,2024-01-01,3,2,,\n"
        "home,,2024-02-01,1,2,,\n"
        "home,,2024-02-28,2,2,,\n"
        "home,Vale Hospice,2024-01-01,1,2,,\n"  # is set apart for them and not refused
        "home,,2024-03-01,=1+1,2,,\n"
        ",,2024-03-01,1,2,,\n"
        "home,,,1,2,,\n"
    )

    assert why(LONG + rows) == [
        (2, "There is no measure with the code “cold” in this space."),
        (3, "“yesterday” is not a date or period. Write it like 2024-01-31 or January 2024."),
        (4, "The numerator is larger than the denominator."),
        (5, "February 2024 is in rows 5 and 6 for the same line, and nothing says which of them counts."),
        (6, "February 2024 appears twice for the same line, first in row 5."),
        (8, "“=1+1” is not a number."),
        (9, "This row names no measure."),
        (10, "This row has no period."),
    ]


def test_a_place_that_is_no_organisation_of_the_space_is_an_area() -> None:
    good, _ = wishes(LONG + "home,R1H,2024-01-01,1,2,,\n")

    assert (good[0].series.organisation, good[0].series.area) == (None, "R1H")


def test_a_measure_that_is_closed_to_somebody_is_refused_with_the_reason() -> None:
    closed = Lookup(KNOWN.measures, {"m1": "Not yours."}, {}, "north")

    assert wishes(LONG + "home,,2024-01-01,1,2,,\n", known=closed)[1] == [RefusedRow(2, "Not yours.")]


def test_breakdowns_are_lines_of_their_own_and_statuses_are_kept() -> None:
    heading = "Measure code,period start,value,status,Breakdown:Sex,breakdown:age\n"
    good, bad = wishes(heading + "home,2024-01,88%,provisional,Female,65+\nhome,2024-02,,suppressed,,\n")

    assert bad == []
    assert good[0].series.breakdown == (("age", "65+"), ("sex", "Female"))
    assert (good[0].numbers.status, str(good[0].numbers.value)) == ("provisional", "88")
    assert (good[1].numbers.status, good[1].numbers.value) == ("suppressed", None)


@pytest.mark.parametrize(
    "heading", ["measure_code,period_start,colour", "measure_code,period_start,value,value"]
)
def test_columns_of_our_own_layout_that_are_unknown_or_doubled_are_refused(heading: str) -> None:
    with pytest.raises(Unreadable, match="The column"):
        wishes(heading + "\nhome,2024-01-01,1,\n")


def test_a_period_that_ends_elsewhere_is_refused() -> None:
    heading = "measure_code,period_start,period_end,value\n"

    assert why(heading + "home,2024-01-01,2024-03-31,5\nhome,2024-02-01,2024-02-29,5\n") == [
        (2, "The period ends on 31 March 2024, but January 2024 on 31 January 2024.")
    ]


def test_a_ratio_its_complement_and_only_some_rows_are_taken_from_any_columns() -> None:
    table = "month,trust,type,all,late\n2024-01-01,RF4,1,100,20\n2024-01-01,RF4,2,10,0\n"
    asked = ColumnMapping(
        "rows",
        "home",
        "ratio_complement",
        (4,),
        (3,),
        0,
        place_at=1,
        only_rows=(RowFilter(2, ("1",)),),
    )
    good, _ = wishes(table, asked)

    assert [
        [str(part) for part in (one.numbers.numerator, one.numbers.denominator, one.numbers.value)]
        for one in good
    ] == [["80", "100", "80"]]


DEPARTMENTS = "period,org,kind,late,all\n2024-01,A,1,20,100\n2024-01,A,2,0,50\n2024-01,B,1,7,9\n"
SUMMED = ColumnMapping("rows", "home", "ratio_complement", (3,), (4,), 0, place_at=1, add_up=True)


def test_rows_of_one_period_and_place_are_added_up_where_asked_and_percentages_never() -> None:
    good, bad = wishes(DEPARTMENTS, SUMMED)
    alone = wishes(DEPARTMENTS, replace(SUMMED, take="as_is"))

    assert [(one.number, one.numbers.numerator, one.numbers.denominator) for one in good] == [
        (2, Decimal(130), Decimal(150)),
        (4, Decimal(2), Decimal(9)),
    ]
    assert not bad
    assert [one.number for one in alone[0]] == [4]
    assert {one.why for one in alone[1]} == {
        "Only counts, and numerators with their denominators, can be added up."
    }


def test_counts_are_added_up() -> None:
    asked = ColumnMapping("rows", "falls", firsts=(4,), period_at=0, place_at=1, add_up=True)

    assert [one.numbers.value for one in wishes(DEPARTMENTS, asked)[0]] == [Decimal(150), Decimal(9)]


@pytest.mark.parametrize("cell", ["*", "", "many"])
def test_a_sum_without_one_of_its_parts_is_refused_whole(cell: str) -> None:
    good, bad = wishes(DEPARTMENTS.replace("2,0,50", f"2,{cell},50"), SUMMED)

    assert [one.number for one in good] == [4]
    assert [one.number for one in bad] == [2, 3]
    assert "3" in bad[0].why


def test_a_period_written_in_two_ways_is_still_one() -> None:
    good, bad = wishes(DEPARTMENTS.replace("2024-01,A,2", "Jan-24,A,2"), SUMMED)

    assert [one.numbers.denominator for one in good] == [Decimal(150), Decimal(9)]
    assert not bad


def test_months_side_by_side_are_no_columns_to_choose() -> None:
    look = look_at("Trust,Item,Jan-24,Feb-24\nA,Seen,1,2\n")

    assert mapping_form.columns(look) == [("", "None"), ("A", "A · Trust: A"), ("B", "B · Item: Seen")]


def test_shares_as_spreadsheets_keep_them_are_taken_for_what_they_are_and_asked_about_otherwise() -> None:
    text = "period,share\n2024-01,0.88\n2024-02,91%\n2024-03,1\n2024-04,2\n"
    asked = ColumnMapping("rows", "home", "fraction", (1,), period_at=0)
    good, bad = wishes(text, asked)
    as_they_are = wishes(text.replace("91%", "0.91").replace(",2\n", ",0\n"), replace(asked, take="as_is"))[0]

    assert [one.numbers.value for one in good] == [Decimal(88), Decimal(91), Decimal(100)]
    assert [one.number for one in bad] == [5]
    of_few = [replace(one, series=replace(one.series, area="Few")) for one in as_they_are]
    assert [tiny(good), tiny(as_they_are), tiny([*good, *of_few])] == [False, True, False]
    assert tiny(as_they_are[:1])


def tiny(good: list[ParsedRow]) -> bool:
    return preview.preview(
        list(plan_rows(good, {})), ParsedFile(good, [], len(good)), KNOWN, set(), "Northfield Trust"
    ).tiny


def test_the_complement_of_a_percentage_is_what_is_left() -> None:
    good, _ = wishes(
        "month,late\n2024-01-01,12.5%\n", ColumnMapping("rows", "home", "complement", (1,), period_at=0)
    )

    assert good[0].numbers.value == Decimal("87.5")


def test_a_complement_of_what_is_no_proportion_is_refused() -> None:
    _, bad = wishes(
        "month,late\n2024-01-01,12\n", ColumnMapping("rows", "falls", "complement", (1,), period_at=0)
    )

    assert bad[0].why == "Only a share of all can be turned into what is left of it."


def test_ones_own_organisation_may_have_another_name_in_the_file() -> None:
    asked = ColumnMapping("rows", "home", "as_is", (2,), period_at=0, place_at=1, own="RF4")
    good, _ = wishes("month,trust,x\n2024-01-01,rf4,1\n", asked, replace(KNOWN, called="RF4"))

    assert good[0].series.organisation == "north"


def test_months_side_by_side_are_read_a_cell_at_a_time_and_empty_cells_are_no_rows() -> None:
    good, bad = wishes(
        "organisation,Jan 2024,Feb 2024,Mar 2024\nR1H,80,,82\n,1,2,3\n",
        ColumnMapping("wide", "home", place_at=0, blank="own"),
    )

    assert bad == []
    assert [(one.series.area, one.period.label, str(one.numbers.value)) for one in good] == [
        ("R1H", "January 2024", "80"),
        ("R1H", "March 2024", "82"),
        ("", "January 2024", "1"),
        ("", "February 2024", "2"),
        ("", "March 2024", "3"),
    ]


def test_two_rows_side_by_side_make_a_ratio() -> None:
    table = "organisation,part,Jan 2024,Feb 2024\nR1H,denominator,100,50\nR1H,numerator,80,\n"
    good, bad = wishes(
        table,
        ColumnMapping(
            "wide", "home", "ratio", place_at=0, part_at=1, first_word="numerator", second_word="denominator"
        ),
    )

    assert [(one.period.label, str(one.numbers.value)) for one in good] == [("January 2024", "80")]
    assert bad == [RefusedRow(3, "There is a denominator, but no numerator.")]


def test_half_a_ratio_side_by_side_is_refused() -> None:
    asked = ColumnMapping(
        "wide", "home", "ratio", part_at=0, first_word="numerator", second_word="denominator"
    )
    with pytest.raises(Unreadable, match="Row 2 says “numerator” in “part”, but no row of the same says"):
        wishes("part,Jan 2024\nnumerator,80\n", asked)


def test_what_rows_count_may_be_written_large_or_small() -> None:
    asked = ColumnMapping("wide", "home", "ratio", part_at=0, first_word="seen  in time", second_word="ALL")
    good, _ = wishes("part,Jan 2024\nSeen in time,8\nAll,10\n", asked)

    assert [one.numbers.value for one in good] == [Decimal(80)]


def test_the_same_month_in_two_columns_is_refused() -> None:
    good, bad = wishes("x,Jan 2024,2024-01\n1,2,3\n", ColumnMapping("wide", "home"))

    assert good == []
    assert [one.why for one in bad] == [
        "January 2024 appears twice for the same line, first in row 2.",
        "January 2024 is in row 2 twice for the same line, and nothing says which of them counts.",
    ]


def test_the_mapping_to_begin_with_knows_common_names() -> None:
    look = look_at("Org code;Period;Numerator;Denominator\nR1H;2024-01-01;1;2\n")
    asked = guess.guess_mapping(look, [HOME])

    assert asked == ColumnMapping("rows", "home", "ratio", (2,), (3,), 1, place_at=0, table=look.place)
