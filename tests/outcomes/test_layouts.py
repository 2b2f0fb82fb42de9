import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.outcomes.imports import (
    csv_long,
    csv_wide,
    fingertips,
    foretold,
    importing,
    tabular,
    words,
    xlsx,
)
from app.outcomes.imports.planning import Known, No, Wish, steps, understood
from app.outcomes.imports.rows import Asked, Row
from app.outcomes.measure import Definition, Measure, Observed
from app.outcomes.series import Unreadable

HOME = Measure("m1", "g", "home", 1, Definition(name="Home within two days", suppress_below=0))
FALLS = Measure("m2", "g", "falls", 1, Definition(name="Falls", value_kind="count", unit=""))
DEATHS = Measure(
    "m3",
    "g",
    "deaths",
    1,
    Definition(name="Deaths", value_kind="rate", frequency="calendar_year", pooled=True),
)
KNOWN = Known(
    {"home": HOME, "falls": FALLS, "deaths": DEATHS},
    {},
    {"northfield trust": "north", "vale hospice": "vale"},
    "north",
)
LONG = "measure_code,org_code,period_start,numerator,denominator,value,note\n"
FINGERTIPS = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,"
    "Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,"
    "Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,Compared to England value or percentiles,"
    "Compared to Region value or percentiles,Time period Sortable,New data,Compared to goal\n"
)


def nothing(_rows: int) -> None:
    """Nobody wants to know how far it is."""


def wishes(text: str, asked: Asked | None = None, known: Known = KNOWN) -> tuple[list[Wish], list[No]]:
    content = text.encode()
    use = asked or importing.guess(importing.look("a.csv", content, nothing), list(known.measures.values()))
    good, bad, _ = importing.wishes("a.csv", content, use, known, nothing)
    return good, bad


def why(text: str) -> list[tuple[int, str]]:
    return [(one.number, one.why) for one in wishes(text)[1]]


# -- our own layout ----------------------------------------------------------------------------------


def test_our_own_layout_needs_no_mapping() -> None:
    good, bad = wishes(LONG + "home,,2024-01-01,80,100,,\nfalls,Northfield Trust,Feb 2024,,,0,None at all\n")

    assert bad == []
    assert [
        (one.number, one.spot.organisation, one.period.label, str(one.counted.value)) for one in good
    ] == [
        (2, "north", "January 2024", "80"),
        (3, "north", "February 2024", "0"),
    ]
    assert good[1].counted.note == "None at all"


def test_each_row_that_is_refused_says_why() -> None:
    rows = (
        "cold,,2024-01-01,1,2,,\n"
        "home,,yesterday,1,2,,\n"
        "home,,2024-01-01,3,2,,\n"
        "home,,2024-02-01,1,2,,\n"
        "home,,2024-02-28,1,2,,\n"
        "home,Vale Hospice,2024-01-01,1,2,,\n"
        "home,,2024-03-01,=1+1,2,,\n"
        ",,2024-03-01,1,2,,\n"
        "home,,,1,2,,\n"
    )

    assert why(LONG + rows) == [
        (2, "There is no measure with the code “cold” in this space."),
        (3, "“yesterday” is not a date or period. Write it like 2024-01-31 or January 2024."),
        (4, "The numerator is larger than the denominator."),
        (6, "February 2024 is there twice for the same line, first in row 5."),
        (7, "Vale Hospice brings its own numbers; you can bring those of your organisation."),
        (8, "“=1+1” is not a number."),
        (9, "It names no measure."),
        (10, "It has no period."),
    ]


def test_a_place_that_is_no_organisation_of_the_space_is_an_area() -> None:
    good, _ = wishes(LONG + "home,R1H,2024-01-01,1,2,,\n")

    assert (good[0].spot.organisation, good[0].spot.area) == (None, "R1H")


def test_a_measure_that_is_closed_to_somebody_is_refused_with_the_reason() -> None:
    closed = Known(KNOWN.measures, {"m1": "Not yours."}, {}, "north")

    assert wishes(LONG + "home,,2024-01-01,1,2,,\n", known=closed)[1] == [No(2, "Not yours.")]


def test_breakdowns_are_lines_of_their_own_and_statuses_are_kept() -> None:
    heading = "Measure code,period start,value,status,Breakdown:Sex,breakdown:age\n"
    good, bad = wishes(heading + "home,2024-01,88%,provisional,Female,65+\nhome,2024-02,,suppressed,,\n")

    assert bad == []
    assert good[0].spot.breakdown == (("age", "65+"), ("sex", "Female"))
    assert (good[0].counted.status, str(good[0].counted.value)) == ("provisional", "88")
    assert (good[1].counted.status, good[1].counted.value) == ("suppressed", None)


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


# -- other people's tables ---------------------------------------------------------------------------


def test_a_ratio_its_complement_and_only_some_rows_are_taken_from_any_columns() -> None:
    table = "month,trust,type,all,late\n2024-01-01,RF4,1,100,20\n2024-01-01,RF4,2,10,0\n"
    asked = Asked(
        "rows",
        "home",
        "ratio_complement",
        "late",
        "all",
        "month",
        "trust",
        only_column="type",
        only_value="1",
    )
    good, _ = wishes(table, asked)

    assert [
        [str(part) for part in (one.counted.numerator, one.counted.denominator, one.counted.value)]
        for one in good
    ] == [["80", "100", "80"]]


DEPARTMENTS = "period,org,kind,late,all\n2024-01,A,1,20,100\n2024-01,A,2,0,50\n2024-01,B,1,7,9\n"
SUMMED = Asked("rows", "home", "ratio_complement", "late", "all", "period", "org", add_up=True)


def test_rows_of_one_period_and_place_are_added_up_where_asked_and_percentages_never() -> None:
    good, bad = wishes(DEPARTMENTS, SUMMED)
    alone = wishes(DEPARTMENTS, replace(SUMMED, take="as_is"))

    assert [(one.number, one.counted.numerator, one.counted.denominator) for one in good] == [
        (2, Decimal(130), Decimal(150)),
        (4, Decimal(2), Decimal(9)),
    ]
    assert not bad
    assert [one.number for one in alone[0]] == [4]
    assert {one.why for one in alone[1]} == {
        "Only counts, and numerators with their denominators, can be added up."
    }


def test_counts_are_added_up() -> None:
    asked = Asked("rows", "falls", first="all", period="period", place="org", add_up=True)

    assert [one.counted.value for one in wishes(DEPARTMENTS, asked)[0]] == [Decimal(150), Decimal(9)]


@pytest.mark.parametrize("cell", ["*", "", "many"])
def test_a_sum_without_one_of_its_parts_is_refused_whole(cell: str) -> None:
    good, bad = wishes(DEPARTMENTS.replace("2,0,50", f"2,{cell},50"), SUMMED)

    assert [one.number for one in good] == [4]
    assert [one.number for one in bad] == [2, 3]
    assert "3" in bad[0].why


def test_a_period_written_in_two_ways_is_still_one() -> None:
    good, bad = wishes(DEPARTMENTS.replace("2024-01,A,2", "Jan-24,A,2"), SUMMED)

    assert [one.counted.denominator for one in good] == [Decimal(150), Decimal(9)]
    assert not bad


def test_months_side_by_side_are_no_columns_to_choose() -> None:
    look = importing.look("a.csv", b"Trust,Item,Jan-24,Feb-24\nA,Seen,1,2\n", nothing)

    assert words.columns(look) == [("", "None"), ("Trust", "Trust"), ("Item", "Item")]


def test_shares_as_spreadsheets_keep_them_are_taken_for_what_they_are_and_asked_about_otherwise() -> None:
    text = "period,share\n2024-01,0.88\n2024-02,91%\n2024-03,1\n2024-04,2\n"
    asked = Asked("rows", "home", "fraction", "share", period="period")
    good, bad = wishes(text, asked)
    as_they_are = wishes(text.replace("91%", "0.91").replace(",2\n", ",0\n"), replace(asked, take="as_is"))[0]

    assert [one.counted.value for one in good] == [Decimal(88), Decimal(91), Decimal(100)]
    assert [one.number for one in bad] == [5]
    of_few = [replace(one, spot=replace(one.spot, area="Few")) for one in as_they_are]
    assert [tiny(good), tiny(as_they_are), tiny([*good, *of_few])] == [False, True, False]


def tiny(good: list[Wish]) -> bool:
    return foretold.told(list(steps(good, {})), [], len(good), KNOWN, set(), "Northfield Trust").tiny


def test_the_complement_of_a_percentage_is_what_is_left() -> None:
    good, _ = wishes(
        "month,late\n2024-01-01,12.5%\n", Asked("rows", "home", "complement", "late", period="month")
    )

    assert good[0].counted.value == Decimal("87.5")


def test_a_complement_of_what_is_no_proportion_is_refused() -> None:
    _, bad = wishes(
        "month,late\n2024-01-01,12\n", Asked("rows", "falls", "complement", "late", period="month")
    )

    assert bad[0].why == "Only a proportion has a complement."


def test_ones_own_organisation_may_have_another_name_in_the_file() -> None:
    asked = Asked("rows", "home", "as_is", "x", period="month", place="trust", own="RF4")
    good, _ = wishes("month,trust,x\n2024-01-01,rf4,1\n", asked, replace(KNOWN, called="RF4"))

    assert good[0].spot.organisation == "north"


def test_months_side_by_side_are_read_a_cell_at_a_time_and_empty_cells_are_no_rows() -> None:
    good, bad = wishes(
        "organisation,Jan 2024,Feb 2024,Mar 2024\nR1H,80,,82\n,1,2,3\n",
        Asked("wide", "home", place="organisation"),
    )

    assert bad == []
    assert [(one.spot.area, one.period.label, str(one.counted.value)) for one in good] == [
        ("R1H", "January 2024", "80"),
        ("R1H", "March 2024", "82"),
        ("", "January 2024", "1"),
        ("", "February 2024", "2"),
        ("", "March 2024", "3"),
    ]


def test_two_rows_side_by_side_make_a_ratio() -> None:
    table = "organisation,part,Jan 2024,Feb 2024\nR1H,denominator,100,50\nR1H,numerator,80,\n"
    good, bad = wishes(
        table, Asked("wide", "home", "ratio", "numerator", "denominator", place="organisation", part="part")
    )

    assert [(one.period.label, str(one.counted.value)) for one in good] == [("January 2024", "80")]
    assert bad == [No(3, "There is a denominator, but no numerator.")]


def test_half_a_ratio_side_by_side_is_refused() -> None:
    asked = Asked("wide", "home", "ratio", "numerator", "denominator", part="part")
    with pytest.raises(Unreadable, match="Row 2 says “numerator” in “part”, but no row of the same says"):
        wishes("part,Jan 2024\nnumerator,80\n", asked)


def test_what_rows_count_may_be_written_large_or_small() -> None:
    asked = Asked("wide", "home", "ratio", "seen in time", "ALL", part="part")
    good, _ = wishes("part,Jan 2024\nSeen in time,8\nAll,10\n", asked)

    assert [one.counted.value for one in good] == [Decimal(80)]


def test_the_same_month_in_two_columns_is_refused() -> None:
    _, bad = wishes("x,Jan 2024,2024-01\n1,2,3\n", Asked("wide", "home"))

    assert bad == [No(2, "January 2024 is there twice for the same line, first in row 2.", twice=True)]


def test_a_column_that_is_not_there_is_told() -> None:
    with pytest.raises(Unreadable, match="no column “when”"):
        wishes("month,x\n2024-01-01,1\n", Asked("rows", "home", "as_is", "x", period="when"))


def test_the_mapping_to_begin_with_knows_common_names() -> None:
    look = importing.look("a.csv", b"Org code;Period;Numerator;Denominator\nR1H;2024-01-01;1;2\n", nothing)
    asked = importing.guess(look, [HOME])

    assert asked == Asked("rows", "home", "ratio", "Numerator", "Denominator", "Period", "Org code")


# -- fingertips --------------------------------------------------------------------------------------


def tip(area: str = "E09000002", parent: str = "E12000007", **cells: str) -> str:
    row = {
        "id": "22401", "name": "Falls", "sex": "Persons", "age": "65+ yrs", "kind": "", "category": "",
        "period": "2020/21", "value": "2023.5", "low": "1900.1", "high": "2150.9", "count": "450",
        "of": "22000", "note": "", **cells,
    }  # fmt: skip
    first = [row["id"], row["name"], parent, "London", area, "Barking", "Districts", row["sex"], row["age"]]
    second = [row["kind"], row["category"], row["period"], row["value"], row["low"], row["high"], "", ""]
    third = [row["count"], row["of"], row["note"], "", "Higher", "Same", "20200000", "", ""]
    return ",".join([*first, *second, *third]) + "\n"


RATE = Measure(
    "m4",
    "g",
    "22401",
    1,
    Definition(name="Falls", value_kind="rate", frequency="financial_year", multiplier=100_000),
)
TIPS = Known({"22401": RATE, "deaths": DEATHS}, {}, {}, "north")


def test_fingertips_is_known_by_its_columns_and_its_indicators_by_their_codes() -> None:
    look = importing.look("f.csv", (FINGERTIPS + tip() + tip(sex="Male")).encode(), nothing)
    asked = importing.guess(look, [RATE])

    assert look.layout == "fingertips"
    assert asked.measures == {"22401": "22401"}
    assert asked.headlines == {"22401": "Persons, 65+ yrs"}


def test_a_standardised_value_of_fingertips_is_kept_and_not_worked_out() -> None:
    good, bad = wishes(FINGERTIPS + tip(), known=TIPS)

    assert bad == []
    assert (good[0].spot.area, good[0].area_name, good[0].spot.breakdown) == ("E09000002", "Barking", ())
    assert (good[0].counted.value, good[0].counted.typed) == (Decimal("2023.5"), None)
    assert (good[0].low95, good[0].high95) == (Decimal("1900.1"), Decimal("2150.9"))
    assert good[0].period.label == "2020/21"


def test_an_area_that_comes_once_for_each_parent_is_one() -> None:
    good, bad = wishes(FINGERTIPS + tip(parent="E12000007") + tip(parent="E92000001"), known=TIPS)

    assert (len(good), bad) == (1, [])


def test_the_same_area_with_two_values_is_refused() -> None:
    _, bad = wishes(FINGERTIPS + tip() + tip(value="1"), known=TIPS)

    assert bad == [No(3, "2020/21 is there twice for the same line, first in row 2.", twice=True)]


def test_blank_values_of_fingertips_are_missing_or_suppressed_with_their_note_and_never_zero() -> None:
    note = "Value suppressed for disclosure control due to small count"
    rows = tip(value="", note=note) + tip(area="E2", value="", note="Value missing due to changes")
    good, _ = wishes(FINGERTIPS + rows, known=TIPS)

    assert [(one.counted.status, str(one.counted.value)) for one in good] == [
        ("suppressed", "None"),
        ("missing", "None"),
    ]
    assert good[0].counted.note == note


def test_sexes_ages_and_categories_are_never_mixed() -> None:
    rows = (
        tip()
        + tip(sex="Male")
        + tip(age="80+ yrs")
        + tip(kind="Deprivation deciles", category="Most deprived")
    )
    good, bad = wishes(FINGERTIPS + rows, known=TIPS)

    assert bad == []
    assert [one.spot.breakdown for one in good] == [
        (),
        (("Age", "65+ yrs"), ("Sex", "Male")),
        (("Age", "80+ yrs"),),
        (("Deprivation deciles", "Most deprived"),),
    ]


def test_gender_is_sex_and_columns_may_move_or_be_missing() -> None:
    heading = "Time period,Area Code,Indicator ID,Gender,Age,Value\n"
    good, bad = wishes(heading + "2020/21,E1,22401,Persons,65+ yrs,5\n", known=TIPS)

    assert (len(good), bad, good[0].spot.breakdown) == (1, [], ())


def test_years_together_are_kept_under_their_name() -> None:
    asked = Asked("fingertips", measures={"22401": "deaths"}, headlines={"22401": "Persons, 65+ yrs"})
    good, _ = wishes(FINGERTIPS + tip(period="2001 - 03"), asked, TIPS)

    assert good[0].period == (date(2001, 1, 1), date(2003, 12, 31), "2001 - 03")


# -- files -------------------------------------------------------------------------------------------


def book(rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as made:
        sheet = made.add_worksheet("Numbers")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, column, cell)
                else:
                    sheet.write(number, column, cell)
    return out.getvalue()


def with_cell_at(place: str) -> bytes:
    """A workbook with a cell at A1, and another where the attribute `place` says."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book([["measure_code"], ["home"], [7]]))) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b'r="A3"', place.encode()))
    return out.getvalue()


def test_a_spreadsheet_says_the_same_as_the_csv() -> None:
    content = book(
        [
            ["measure_code", "period_start", "numerator", "denominator", "note"],
            ["home", datetime(2024, 1, 1), 80, 100.0, "=not a formula"],  # noqa: DTZ001 - as spreadsheets have it
            [],
            ["home", "Feb 2024", 0.5, 1, ""],
        ]
    )
    good, bad, _ = importing.wishes("a.xlsx", content, Asked("long"), KNOWN, nothing)

    assert bad == []
    assert [(one.number, one.period.label, str(one.counted.value)) for one in good] == [
        (2, "January 2024", "80"),
        (4, "February 2024", "50"),
    ]


def test_a_bomb_is_not_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"0" * 500_000_000)

    with pytest.raises(Unreadable, match="unpacks to far more"):
        list(xlsx.rows(out.getvalue()))


@pytest.mark.parametrize("cell", ["XFD1048576", "ZZ100000", "AAAAAAA1000000", "A99999999999"])
def test_cells_far_apart_are_not_opened(cell: str) -> None:
    with pytest.raises(Unreadable, match="too far apart"):
        list(xlsx.rows(with_cell_at(f'r="{cell}"')))


def test_a_formatted_cell_far_away_that_holds_nothing_is_no_reason_to_refuse() -> None:
    far = with_cell_at('r="XFD1048576"')
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(far)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"><v>7</v></c>", b" />"))

    assert list(xlsx.rows(out.getvalue())) == [["measure_code"], ["home"]]


@pytest.mark.parametrize(
    ("content", "say"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"\xd0\xcf\x11\xe0 old", "Save this spreadsheet as XLSX or CSV"),
        (b"PK\x03\x04 no zip", "not a spreadsheet"),
        (b'a,b\n"x' + b"y" * 200_000, "quotation mark"),
        (b"a\n" + b"1\n" * 200_001, "more than 200,000 rows"),
        (b"a,b\n1,2,3\n", "Row 2 has more cells than the heading in row 1, which begins with “a”"),
        (b"x" * 20_000_001, "larger than 20 MB"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(content: bytes, say: str) -> None:
    with pytest.raises(Unreadable, match=say):
        list(tabular.read("a.csv", content).lines)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_common_csv_is_read(encoding: str, separator: str) -> None:
    text = f"Café{separator}b\r\n“1”{separator}2\r\n"
    sheet = tabular.read("a.csv", text.encode(encoding))

    assert sheet.heading == ["Café", "b"]
    assert [line.cells for line in sheet.lines] == [["“1”", "2"]]


def test_a_title_above_the_table_is_left_out_and_rows_keep_their_numbers() -> None:
    title = "\ufeffSeen in time, Riverside, made 20 November;;\n;;\n"
    text = title + "Month;Seen;All\nJan-24;6,801;9,883\nFeb-24;;\n"
    sheet = tabular.read("a.csv", text.encode())

    assert sheet.heading == ["Month", "Seen", "All"]
    assert [tuple(line) for line in sheet.lines] == [
        (4, ["Jan-24", "6,801", "9,883"]),
        (5, ["Feb-24", "", ""]),
    ]


def test_a_table_of_one_column_has_a_heading_too() -> None:
    sheet = tabular.read("a.csv", b"a\n" + b"1\n" * 50)

    assert sheet.heading == ["a"]
    assert len(list(sheet.lines)) == 50


def test_changes_are_told_from_what_is_the_same() -> None:
    good, _ = wishes(
        LONG + "home,,2024-01-01,80,100,,\nhome,,2024-02-01,81,100,,\nhome,,2024-03-01,82,100,,\n"
    )
    there = {
        (one.spot, one.period.start): Observed(
            "s", one.period.start, one.period.end, 1, value, value, Decimal(100), label=one.period.label
        )
        for one, value in zip(good, (Decimal(80), Decimal(99)), strict=False)
    }

    assert [step.effect for step in steps(good, there)] == ["same", "changed", "added"]


# -- whatever comes ----------------------------------------------------------------------------------

MESS = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=300).map(str.encode),
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "home",
                    "falls",
                    "2024-01-01",
                    "Jan 2024",
                    "80",
                    "-1",
                    "*",
                    "=1",
                    "@x",
                    "+",
                    '"',
                    "\0",
                    "1e30",
                    "é",
                    "",
                ]
            ),
            max_size=8,
        ),
        max_size=8,
    ).map(lambda rows: "\n".join(",".join(row) for row in rows).encode()),
)


@given(
    MESS,
    st.sampled_from(["", LONG, FINGERTIPS, "month,a,b\n", "part,Jan 2024,Feb 2024\n"]),
    st.sampled_from(["as_is", "complement", "ratio", "ratio_complement"]),
)
def test_no_bytes_make_a_fault(mess: bytes, heading: str, take: str) -> None:
    content = heading.encode() + mess
    try:
        look = importing.look("a.csv", content, nothing)
        asked = Asked(look.layout, "home", take, "a", "b", "month", measures={"home": "home"})  # type: ignore[arg-type]
        importing.wishes("a.csv", content, asked, KNOWN, nothing)
    except Unreadable as refusal:
        sentence = str(refusal)

        assert sentence.endswith(".")


@given(st.binary(max_size=300), st.integers(0, 5_000), st.integers(0, 255))
def test_no_damaged_spreadsheet_makes_a_fault(extra: bytes, place: int, byte: int) -> None:
    content = bytearray(book([["measure_code", "period_start", "value"], ["home", "2024-01-01", 5]]))
    content[place % len(content)] = byte
    try:
        importing.wishes("a.xlsx", bytes(content) + extra, Asked("long"), KNOWN, nothing)
    except Unreadable as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 - most of what comes is refused, some is read


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_no_texts_make_a_fault(period: str, n: str, d: str) -> None:
    for code in ("home", "falls", "deaths"):
        for row in (Row(1, code, "", period, n, d), Row(1, code, period, "2024-01-01", value=n, low95=d)):
            assert len(list(understood([row], KNOWN))) == 1


def test_known_layouts_have_their_names() -> None:
    assert csv_long.is_long(["Measure Code", "Period Start"])
    assert csv_wide.is_wide(["x", "Jan 2024", "Feb 2024"])
    assert not csv_wide.is_wide(["x", "Jan 2024"])
    assert fingertips.is_fingertips(FINGERTIPS.strip().split(","))
