"""Marks of statistical offices wherever their files have them: beside a number, a period, or in a column."""

import pytest
from msgspec.structs import replace

from app.outcomes.imports import mapping_form, preview, read_file
from app.outcomes.imports.flags import row_flags
from app.outcomes.imports.guess import guess_mapping
from app.outcomes.imports.plan import Lookup, PlannedRow
from app.outcomes.measures.measure import Frequency, Status
from tests.outcomes.imports.sample_tables import book, look_at, nothing
from tests.outcomes.imports.test_other_files import brought, measure, table

Found = list[tuple[str, str | None, Status, str]]
FULL: Found = [
    ("2021", "112", "final", ""),
    ("2022", "118", "provisional", ""),
    ("2023", None, "suppressed", ""),
]


def read(content: bytes, frequency: Frequency = "calendar_year", **said: str) -> tuple[Found, list[str]]:
    """Label, value, status and note of each row as the form proposes it, and why rows are refused."""
    one = measure("count", frequency)
    look = look_at(content)
    form = {**mapping_form.values(guess_mapping(look, [one]), look, [one]), **said}
    mapping, errors = mapping_form.read(form, look, [one])
    assert not errors
    known = Lookup({"falls": one}, {}, {}, "own", style=mapping.style, decimal=mapping.decimal)
    parsed = read_file.parse_file(content, mapping, known, nothing)
    found = [
        (
            row.period.label,
            None if row.numbers.value is None else f"{row.numbers.value:f}",
            row.numbers.status,
            row.numbers.note,
        )
        for row in parsed.good
    ]
    return found, [one.why for one in parsed.bad]


EUROSTAT_BOOK = book(
    [
        ["Data extracted on 12/02/2025"],
        ["Dataset:", "Falls"],
        ["Unit of measure", "Number"],
        ["TIME", "2021", "", "2022", "", "2023", ""],
        ["GEO (Labels)"],
        ["France", 112, "", 118, "p", ":", "c"],
        ["Special value"],
        [":", "not available"],
    ]
)


@pytest.mark.parametrize(
    "content",
    [
        table("Year,Falls", "2021,112", "2022,118 p", "2023,: c").encode(),
        table("Année;Chutes", "2021;112", "2022;118 (p)", "2023;(s)").encode(),
        table("Year,Falls", "2021,112", "2022 (p),118", "2023,*").encode(),
        table("Year,Falls", "2021,112", "2022p,118", "2023,[c]").encode(),
        table("Year,Falls,Status", "2021,112,Final", "2022,118,Provisional", "2023,,Suppressed").encode(),
        table("geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG", "FR,2021,112,", "FR,2022,118,p", "FR,2023,,c").encode(),
        table("Year,Falls,Flag Codes,Flags", "2021,112,,", "2022,118,P,Provisional", "2023,,C,x").encode(),
        table("Year,Falls,Status Code", "2021,112,A", "2022,118,P", "2023,,C").encode(),
        table("HBT,Year,Falls,FallsQF", "S08,2021,112,", "S08,2022,118,p", "S08,2023,,c").encode(),
        table("TIME,2021,,2022,,2023,", "France,112,,118,p,:,c").encode(),
        table("Area,2021,Flag,2022,Flag,2023,Flag", "France,112,,118,p,,c").encode(),
        table("Area,2021,2022 (p),2023", "France,112,118,*").encode(),
        b"freq,unit,geo\\TIME_PERIOD\t2021 \t2022 \t2023 \nA,NR,FR\t112 \t118 p\t: c\n",
        EUROSTAT_BOOK,
    ],
)
def test_marks_are_read_wherever_they_stand(content: bytes) -> None:
    assert read(content) == (FULL, [])


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (("2021,112,", "2022,118,c"), "There is a number, but the mark “c” says that there is none."),
        (("2021,112,p", "2022,118,F"), "“F” stands beside the number and is no mark that is known."),
    ],
)
def test_a_mark_that_cannot_be_is_said_in_its_row(rows: tuple[str, ...], why: str) -> None:
    found, bad = read(table("Year,Falls,Flag", *rows).encode(), marks="C")
    assert len(found) == 1
    assert bad[0].startswith(why)


def test_a_number_below_no_heading_is_never_overlooked() -> None:
    found, bad = read(table("Ward,2021,,2022,", "A,112,4.5,118,").encode())
    assert found == [("2022", "118", "final", "")]
    assert bad[0].startswith("“4.5” stands beside the number and is no mark that is known.")


def test_a_sum_is_as_provisional_as_its_parts() -> None:
    rows = table("Ward,Year,Falls", "A,2021,4", "B,2021,7 p", "A,2022,5 r", "B,2022,7")
    assert read(rows.encode(), add_up="yes")[0] == [
        ("2021", "11", "provisional", ""),
        ("2022", "12", "revised", ""),
    ]


@pytest.mark.parametrize(
    ("row", "status", "note"),
    [
        ("2024,12 p,3 r", "provisional", "Revised."),
        ("2024,12 b,3 be", "final", "Break in the series. Estimated."),
        ("2024,12 r,3", "revised", ""),
    ],
)
def test_columns_added_up_keep_the_marks_of_all(row: str, status: Status, note: str) -> None:
    found, bad = read(
        table("Year,Falls,More falls", row).encode(), "calendar_year", **{"first": "B", "first-more-2": "on"}
    )
    assert (found, bad) == ([("2024", "15", status, note)], [])


@pytest.mark.parametrize(
    "rows",
    [
        ("Code,Name,Month,Falls", "R1K,Vale,Jan 2024,112", "RBS,Hill,Feb 2024,118"),
        ("Status,Month,Falls", "Red,Jan 2024,112", "Amber,Feb 2024,118"),
        ("Month,Falls,Flag", "Jan 2024,112,N", "Feb 2024,118,Y"),
        ("Month,Falls,Sex", "Jan 2024,112,C", "Feb 2024,118,P"),
        ("Month,Falls,", "Jan 2024,112,", "Feb 2024,118,"),
    ],
)
def test_codes_are_no_marks(rows: tuple[str, ...]) -> None:
    look = look_at(table(*rows))
    assert guess_mapping(look, [measure("count", "month")]).marks_at is None
    assert read(table(*rows).encode(), "month", all_own="yes") == (
        [("January 2024", "112", "final", ""), ("February 2024", "118", "final", "")],
        [],
    )


@pytest.mark.parametrize(
    ("marks", "below"),
    [
        (("", "p", "", ""), ()),
        (("", "", "b", "p"), ()),
        (("Final", "final", "Provisional", "provisional"), ()),
        (("[r]", "[r]", "[r]", "[p]"), ()),
        (("r", "r", "r", "p"), ("", "r,revised", "p,provisional")),
    ],
)
def test_marks_below_no_heading_are_read_where_it_is_certain_that_they_are(
    marks: tuple[str, ...], below: tuple[str, ...]
) -> None:
    rows = [f"{year},{11 * year},{mark}" for year, mark in enumerate(marks, 2021)]
    assert guess_mapping(look_at(table("Year,Falls,", *rows, *below)), []).marks_at == 2


def test_letters_that_say_why_there_is_no_number_are_marks_however_many_there_are() -> None:
    rows = ("2021,:,c", "2022,:,c", "2023,119,")
    assert read(table("Year,Falls,", *rows).encode()) == (
        [("2021", None, "suppressed", ""), ("2022", None, "suppressed", ""), ("2023", "119", "final", "")],
        [],
    )


@pytest.mark.parametrize(
    ("marks", "statuses"),
    [("ppp", ["provisional"] * 3), ("PrP", ["provisional", "revised", "provisional"]), ("ccc", [])],
)
def test_other_letters_that_most_rows_have_are_asked_about(marks: str, statuses: list[Status]) -> None:
    rows = table("Year,Falls,", *(f"{year},{year},{mark}" for year, mark in enumerate(marks, 2021)))
    look, one = look_at(rows), measure("count", "calendar_year")
    form = dict(mapping_form.values(guess_mapping(look, [one]), look, [one]))
    _, errors = mapping_form.read(form, look, [one])
    found, bad = read(rows.encode(), no_marks="yes")
    chosen, _ = read(rows.encode(), marks="C")
    mapping, _ = mapping_form.read({**form, "no_marks": "yes"}, look, [one])

    assert errors == {
        "marks": f"Column C, right of the numbers, says “{min(marks)}” and may have their marks. "
        "Choose it, or say that it has none."
    }
    assert [status for _, _, status, _ in found] == ["final"] * 3
    assert bad == []
    assert [status for _, _, status, _ in chosen] == statuses
    assert mapping_form.values(mapping, look, [one])["no_marks"] == "yes"
    assert list(row_flags.of_marks(look, mapping)) == []


def test_codes_of_countries_are_no_marks_and_it_is_said() -> None:
    rows = table("Year,Falls,", *(f"{year},{year},{code}" for year, code in enumerate(("DE", "ES"), 2021)))
    look = look_at(rows)
    mapping = guess_mapping(look, [measure("count", "calendar_year")])
    found, bad = read(rows.encode(), all_own="yes")

    assert mapping.marks_at is None
    assert [(status, note) for _, _, status, note in found] == [("final", "")] * 2
    assert bad == []
    assert [one.why for one in row_flags.of_marks(look, mapping)] == [
        "Column C, right of the numbers, looks like their marks, but it is not read."
    ]


@pytest.mark.parametrize(
    ("rows", "say"),
    [
        (("Year,Falls,Flag", "2023,112,p", "2024,118,F"), "Column C, right of the numbers, looks like their"),
        (("Year,Flag,Falls", "2023,p,112", "2024,F,118"), "Column B looks like"),
        (("Year,Falls,,Name", "2023,1,234,A", "2024,118,,B"), "Column C, right of the numbers, has numbers"),
    ],
)
def test_what_stands_beside_numbers_is_not_left_out_without_a_word(rows: tuple[str, ...], say: str) -> None:
    look = look_at(table(*rows))
    mapping = replace(
        guess_mapping(look, [measure("count", "calendar_year")]), firsts=(rows[0].split(",").index("Falls"),)
    )
    whys = [one.why for one in row_flags.of_marks(look, mapping)]
    assert [why.startswith(say) and why.endswith("but it is not read.") for why in whys] == [True]


def test_the_dry_run_says_what_marks_mean_beside_each_value() -> None:
    content, one = (
        table("Year,Falls,Flag", "2021,112,", "2022,118,p", "2023,,c").encode(),
        measure("count", "calendar_year"),
    )
    known = Lookup({"falls": one}, {}, {}, "own")
    parsed = read_file.parse_file(content, guess_mapping(look_at(content), [one]), known, nothing)
    shown = preview.preview(
        [PlannedRow(row, "added", None) for row in parsed.good], parsed, known, set(), "Own"
    )

    said = [(one.texts, one.value) for one in shown.examples]
    assert said == [
        (("2021", "112"), "112"),
        (("2022", "118", "p"), "118, provisional"),
        (("2023", "c"), "not shown in the file"),
    ]
    assert (shown.lines[0].latest, shown.marked["provisional"]) == ("not shown in the file", 1)


def test_a_column_that_says_something_else_is_not_taken_for_marks() -> None:
    rows = table("Year,Falls,Status", "2021,112,Open", "2022,118,Closed")
    assert read(rows.encode())[0] == [("2021", "112", "final", ""), ("2022", "118", "final", "")]


@pytest.mark.parametrize(
    ("first", "chosen", "said"),
    [
        (1, 2, ""),
        (
            3,
            2,
            "Column E, right of the numbers, looks like their marks, but another one was chosen for them.",
        ),
        (3, None, "Column E, right of the numbers, looks like their marks, but it is not read."),
    ],
)
def test_the_marks_of_other_numbers_are_pointed_out(first: int, chosen: int | None, said: str) -> None:
    look = look_at(table("Month,Falls,Flag,Beds,Flag", "Jan 2024,1,p,20,", "Feb 2024,2,,21,r"))
    guessed = guess_mapping(look, [measure("count", "month")])
    mapping = replace(guessed, firsts=(first,), marks_at=chosen)
    assert guessed.marks_at is None
    assert [one.why for one in row_flags.of_marks(look, mapping)] == ([said] if said else [])


@pytest.mark.parametrize("named", ["Status", "Mark", "Symbol"])
@pytest.mark.parametrize(
    "words", [("Red", "Green"), ("Open", "Closed"), ("R", "G"), ("p", "Green"), ("", "7")]
)
def test_a_status_of_words_beside_each_period_is_not_taken_for_marks(
    named: str, words: tuple[str, str]
) -> None:
    content = table(f"Line,2021,{named},2022,{named}", f"Falls,112,{words[0]},118,{words[1]}").encode()
    assert read(content) == ([("2021", "112", "final", ""), ("2022", "118", "final", "")], [])


def test_marks_among_other_words_beside_a_period_are_pointed_out() -> None:
    look = look_at(table("Line,2021,Status,2022,Status", "Falls,112,p,118,Green", "Falls,1,Red,2,Red"))
    mapping = guess_mapping(look, [measure("count", "calendar_year")])
    assert [one.why for one in row_flags.of_marks(look, mapping)] == [
        "Column C has marks among other words, so it is not read."
    ]


def test_the_status_of_numerators_and_denominators_is_not_taken_for_marks() -> None:
    lines = table("Part,2021,Status,2022,Status", "numerator,1,Red,2,Red", "denominator,4,Green,4,Green")
    assert brought(lines, "proportion", "calendar_year") == {"2021-01-01": "25", "2022-01-01": "50"}
