"""More kinds of files: each is read right, refused, or asked about, and never guessed."""

from datetime import date

import pytest
from msgspec.structs import replace

from app.outcomes.imports import mapping_form, preview, read_file
from app.outcomes.imports.flags import row_flags
from app.outcomes.imports.guess import guess_mapping
from app.outcomes.imports.plan import Lookup, PlannedRow
from app.outcomes.imports.unplaced import UnclearPlaces
from app.outcomes.measures.measure import Definition, Frequency, Measure
from app.outcomes.spc.series import Unreadable
from tests.outcomes.imports.import_forms import bring, choose, measured, words
from tests.outcomes.imports.sample_tables import look_at, nothing
from tests.spaces.conftest import Winter
from tests.spaces.house import House

Found = dict[str, str | None] | str
JANUARY = {"2024-01-01": "112", "2024-02-01": "118", "2024-03-01": "121"}
REFUSED = "refused: "
TWO_YEARS = "“financial year {}” is of a financial year. Write both years, as in 2023/24{}."
ASKED = "asked: "


def measure(kind: str, frequency: Frequency) -> Measure:
    unit = "%" if kind == "proportion" else ""
    definition = Definition(
        name="Falls",
        value_kind=kind,  # type: ignore[arg-type]
        frequency=frequency,
        unit=unit,
        suppress_below=0,
    )
    return Measure("m", "g", "falls", 1, definition)


def brought(text: str, kind: str = "count", frequency: Frequency = "month", **said: str) -> Found:
    """The values by first day as the form proposes them, changed by what is `said` in it.

    Else what is asked, or why a row is refused.
    """
    one = measure(kind, frequency)
    look = look_at(text)
    asked = guess_mapping(look, [one])
    form = {**mapping_form.values(asked, look, [one]), **said}
    mapping, errors = mapping_form.read(form, look, [one])
    if errors:
        return ASKED + ", ".join(sorted(errors))
    known = Lookup(
        {"falls": one}, {}, {}, "own", style=mapping.style, decimal=mapping.decimal, today=date(2026, 11, 29)
    )
    try:
        parsed = read_file.parse_file(text.encode(), replace(mapping, place_at=None), known, nothing)
    except UnclearPlaces:
        return f"{ASKED}place"
    if parsed.bad:
        return f"{REFUSED}{parsed.bad[0].number} {parsed.bad[0].why}"
    return {
        str(row.period.start): None if row.numbers.value is None else f"{row.numbers.value:f}"
        for row in parsed.good
    }


def table(*rows: str) -> str:
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        table("Mois;Chutes", "janvier 2024;112", "février 2024;118", "mars 2024;121"),
        table("Monat;Stürze", "Jan. 2024;112", "Feb. 2024;118", "März 2024;121"),
        table("Mes;Caídas", "enero-2024;112", "febrero-2024;118", "marzo-2024;121"),
        table("Maand\tVallen", "jan. 2024\t112", "feb. 2024\t118", "mrt. 2024\t121"),
        table("Mese|Cadute", "gen 2024|112", "feb 2024|118", "mar 2024|121"),
        table("Year,Month,Falls", "2024,1,112", "2024,2,118", "2024,3,121"),
        table(
            "Period start,Period end,Falls",
            "2024-01-01,2024-01-31,112",
            "2024-02-01,2024-02-29,118",
            "2024-03-01,2024-03-31,121",
        ),
        table("Month,Falls", "Mar 2024,121", "Feb 2024,118", "Jan 2024,112", "Total,351"),
        table("Month,Falls", "2024/01,112", "2024/02,118", "2024/03,121"),
        table("Year,Month,Falls", "2024,Jan,112", ",Feb,118", ",Mar,121"),
        table("Perioden;Vallen", "2024MM01;112", "2024MM02;118", "2024MM03;121"),
        table("Month,Falls", '="Jan 2024",="112"', '="Feb 2024",="118"', '="Mar 2024",="121"'),
        table("Month,Falls", "\u200eJan 2024,\u200e112", "Feb\xad 2024,118", "Mar\u200b 2024,121\ufeff"),
        table("Month;Falls", "01.2024;112", "02.2024;118", "03.2024;121"),
    ],
)
def test_a_month_is_known_in_other_languages_and_layouts(text: str) -> None:
    assert brought(text) == JANUARY


@pytest.mark.parametrize(
    ("text", "frequency", "found"),
    [
        (
            table("Year,Quarter,Falls", "2023,1,112", "2023,4,118"),
            "quarter",
            {"2023-01-01": "112", "2023-10-01": "118"},
        ),
        (
            table("Financial year,Quarter,Falls", "2023/24,1,112", "2023/24,4,118"),
            "quarter",
            {"2023-04-01": "112", "2024-01-01": "118"},
        ),
        (
            table("Financial year,Quarter,Falls", "2023,Q1,112", "2023,Q4,118"),
            "quarter",
            f"{REFUSED}2 {TWO_YEARS.format('2023, Q1', ' Q1')}",
        ),
        (
            table("Financial Year,Month,Falls", "2023,Apr,112", "2023,Jan,118"),
            "month",
            f"{REFUSED}2 {TWO_YEARS.format('2023, Apr', ' April')}",
        ),
        (
            table("Financial quarter,Falls", "2024 Q1,112", "2024 Q2,118"),
            "quarter",
            f"{REFUSED}2 “2024 Q1” is of a financial year. Write both years, as in 2023/24 Q1.",
        ),
        (
            table("Financial quarter,Falls", "2024/25 Q1,112", "2024/25 Q2,118"),
            "quarter",
            {"2024-04-01": "112", "2024-07-01": "118"},
        ),
        (table("Quarter,Falls", "Q1 FY25,112", "Q2 FY25,118"), "quarter", f"{ASKED}period"),
        (
            table("kvartal;Fall", "2024K1;112", "2024K2;118"),
            "quarter",
            {"2024-01-01": "112", "2024-04-01": "118"},
        ),
        (
            table("Year ending March,Month,Falls", "2024,Apr,112", "2024,May,118"),
            "month",
            f"{REFUSED}2 {TWO_YEARS.format('2024, Apr', ' April')}",
        ),
        (
            table("Financial year,Falls", "2024,112", "2025,118"),
            "calendar_year",
            f"{REFUSED}2 “2024” is of a financial year. Write both years, as in 2023/24.",
        ),
        (
            table("From,To,Falls", "2024-01-01,2024-03-31,112", "2024-02-01,2024-04-30,118"),
            "month",
            f"{REFUSED}2 The period ends on 31 March 2024, but January 2024 on 31 January 2024.",
        ),
        (table("Fecha;Caídas", "01/02/2024;112", "02/03/2024;118"), "month", f"{ASKED}date_order"),
    ],
)
def test_a_period_that_can_be_two_is_none(text: str, frequency: Frequency, found: Found) -> None:
    assert brought(text, frequency=frequency) == found


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        (
            table("Month,Falls", "Jan 2024,112-", "Feb 2024,118", "Mar 2024,121"),
            "count",
            f"{REFUSED}2 “112-” is not a number.",
        ),
        (
            table("Month,Falls", "Jan 2024,#", "Feb 2024,118", "Mar 2024,121"),
            "count",
            f"{REFUSED}2 “#” is not a number.",
        ),
        (
            table("Month,Falls", "Jan 2024,12 cases", "Feb 2024,118", "Mar 2024,121"),
            "count",
            f"{REFUSED}2 “12 cases” is not a number.",
        ),
        (
            table("Month,Falls", "Jan 2024,50%", "Feb 2024,40%"),
            "count",
            f"{REFUSED}2 “50%” is a share, where something is counted.",
        ),
        (
            table("Month,Share", "Jan 2024,£50", "Feb 2024,£40"),
            "proportion",
            f"{REFUSED}2 “£50” is an amount of money, but the measure is a share.",
        ),
        (
            table("Month,Numerator,Denominator", "Jan 2024,50%,100", "Feb 2024,40%,100"),
            "proportion",
            f"{REFUSED}2 “50%” is a share, where something is counted.",
        ),
        (
            table("Month,Falls", "Jan 2024,50%", "Feb 2024,40 %"),
            "proportion",
            {"2024-01-01": "50", "2024-02-01": "40"},
        ),
        (table("Month;Stay", "Jan 2024;1.234", "Feb 2024;1.301"), "mean", f"{ASKED}decimal"),
        (
            table("Month;Stay", "Jan 2024;1’112.5", "Feb 2024;987.1"),
            "mean",
            {"2024-01-01": "1112.5", "2024-02-01": "987.1"},
        ),
        (table("Month,Falls", "Jan 2024,1", "Jan 2024,2"), "count", f"{ASKED}place"),
        (table("Month,Falls", "Jan 2027,1"), "count", f"{REFUSED}2 January 2027 has not begun yet."),
        (table("Month,Falls", "Jan 2024,5-9", "Feb 2024,10-14"), "count", f"{ASKED}first"),
        (table("Item,Jan 2024,Feb 2024", "Falls,1,2", "Injuries,0,1"), "count", f"{ASKED}first_word"),
    ],
)
def test_a_number_that_is_none_is_refused_in_its_row(text: str, kind: str, found: Found) -> None:
    assert brought(text, kind) == found


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("Falls (thousands)", "but its numbers are read as they stand."),
        ("Falls ('000s)", "but its numbers are read as they stand."),
        ("Cost £m", "but its numbers are read as they stand."),
        ("Falls per 1,000 bed days", ""),
        ("Falls per thousand", ""),
        ("Falls in circumstances", ""),
    ],
)
def test_a_heading_that_says_that_numbers_are_others_is_pointed_out(heading: str, why: str) -> None:
    look = look_at(table(f"Month;{heading}", "Apr 2024;112", "May 2024;230"))
    mapping = replace(guess_mapping(look, [measure("count", "month")]), firsts=(1,))
    said = [(one.number, one.why) for one in row_flags.of_headings(look, mapping)]

    assert [number for number, _ in said] == ([1] if why else [])
    assert all(words.endswith(why) and heading in words for _, words in said)


async def test_what_headings_warn_of_is_said_before_anything_is_imported(home: House, winter: Winter) -> None:
    falls = Definition(name="Falls", value_kind="count", unit="", suppress_below=0)
    imports = await measured(home, winter, "falls", falls)
    file = await bring(home, winter.ana, imports, table("Month,Falls YTD", "Apr 2024,112", "May 2024,230"))
    await choose(home, winter.ana, file, measure="falls")
    looked = words((await winter.ana.get(file)).text)

    assert "Look at these again" in looked
    assert "Column B is headed “Falls YTD”: a number of several periods would count for one." in looked


@pytest.mark.parametrize(
    ("text", "frequency", "found"),
    [
        (table("Month,Falls", "23/04/01,12", "23/05/01,13"), "month", f"{ASKED}date_order"),
        (table("Ward,23/04/01,23/05/01", "A,1,2"), "month", f"{ASKED}date_order"),
        (
            table("Month,Falls", "30/04/23,12", "31/05/23,13"),
            "month",
            {"2023-04-01": "12", "2023-05-01": "13"},
        ),
        (table("Month,Falls", "01/04/23,12", "01/05/23,13"), "month", f"{ASKED}date_order"),
        (table("Quarter,Falls", "2023/4,12", "2024/1,13"), "quarter", f"{ASKED}parts_are"),
        (table("Date,Falls", "Mon 3 Jan 2023,12", "Tue 4 Jan 2023,13"), "day", f"{ASKED}period"),
        (
            table("Date,Falls", "Tue 3 Jan 2023,12", "Weds 4 Jan 2023,13"),
            "day",
            {"2023-01-03": "12", "2023-01-04": "13"},
        ),
        (table("Month,Falls", "Jan 2023,-0", "Feb 2023,1"), "month", {"2023-01-01": "0", "2023-02-01": "1"}),
    ],
)
def test_a_date_that_can_be_two_is_none(text: str, frequency: Frequency, found: Found) -> None:
    assert brought(text, frequency=frequency) == found


def test_dates_that_begin_with_the_year_are_read_once_somebody_says_so() -> None:
    one, text = measure("count", "month"), table("Month,Falls", "23/04/01,12", "23/05/01,13")
    look = look_at(text)
    asked = mapping_form.values(guess_mapping(look, [one]), look, [one])
    mapping, errors = mapping_form.read({**asked, "date_order": "ymd"}, look, [one])
    known = Lookup({"falls": one}, {}, {}, "own", style=mapping.style)
    parsed = read_file.parse_file(text.encode(), mapping, known, nothing)

    assert not errors
    assert [row.period.label for row in parsed.good] == ["April 2023", "May 2023"]


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        (
            table("Month,Scale,Falls", "Jan 2023,thousands,19.5", "Feb 2023,thousands,19.6"),
            "score",
            "2 Column B says “thousands”, but numbers are read as they stand.",
        ),
        (
            table("Patients in lakhs,", "Month,Patients", "Jan 2023,1.23", "Feb 2023,1.34"),
            "score",
            "1 “Patients in lakhs” stands above the table, but its numbers are read as they stand.",
        ),
        (
            table("Month,Rs crore", "Jan 2023,123", "Feb 2023,134"),
            "count",
            "1 Column B is headed “Rs crore”, but its numbers are read as they stand.",
        ),
        (
            table("Month,Cost", "Jan 2023,£50", "Feb 2023,€52", "Mar 2023,£48"),
            "score",
            "1 Column B has numbers in £ and €, but all are read as they stand.",
        ),
        (
            table("Month,Share", "Jan 2023,50%", "Feb 2023,52.5", "Mar 2023,48%"),
            "proportion",
            "1 Column B has some shares with % and others without, such as 52.5.",
        ),
        (
            table("Month,Numerator,Denominator", "Jan 2023,0.5,100"),
            "proportion",
            "2 January 2023: 0.5 of 100 is a count with decimals.",
        ),
        (table("Month,Falls", "Jan 2023,-5"), "count", "2 January 2023: -5 is below 0."),
        (
            table("Month,Falls", "Jan 2023,12", "Feb 2023,13", "Mar 2023,99999", "Apr 2023,12"),
            "count",
            "4 March 2023: 99,999 is 8,333 times the values around it. Does it stand for a missing number?",
        ),
        (
            table("Month,Falls", "Nov 2026,4"),
            "count",
            "2 November 2026 is not over yet, so its number may still change.",
        ),
        (
            table("Date,Falls", "2024-03-01,1", "2024-04-01,2", "13/01/2024,3"),
            "count",
            "1 Column A has dates beside texts such as 13/01/2024: a spreadsheet may have exchanged day and",
        ),
        (
            table("Academic year,Month,Falls", "2023/24,June,1", "2023/24,July,2"),
            "count",
            "1 Column A is headed “Academic year”, but years such as 2023/24 are read as financial ones",
        ),
        (
            table("Month,Falls,UNIT_MULT", "Jan 2023,1.2,3", "Feb 2023,1.3,3", "Mar 2023,1.3,²"),
            "score",
            "2 Column C is headed “UNIT_MULT” and says 3, but numbers are read as they stand.",
        ),
        (table("Date,Falls", "2024-03-01,1", "2024-04-13,2", "13/01/2024,3"), "count", ""),
        (table("Month,Share", "Jan 2023,50%", "Feb 2023,*"), "proportion", ""),
        (table("Month,Change", "Jan 2023,-5"), "score", ""),
    ],
)
def test_what_a_file_says_of_its_numbers_is_pointed_out(text: str, kind: str, said: str) -> None:
    one, look = measure(kind, "month"), look_at(text)
    mapping = guess_mapping(look, [one])
    mapping, _ = mapping_form.read({**mapping_form.values(mapping, look, [one]), "decimal": "."}, look, [one])
    known = Lookup({"falls": one}, {}, {}, "own", style=mapping.style, today=date(2026, 11, 29))
    parsed = read_file.parse_file(text.encode(), mapping, known, nothing)
    plan = [PlannedRow(row, "added", None) for row in parsed.good]
    shown = preview.with_headings(preview.preview(plan, parsed, known, set(), "Own"), look, mapping, known)

    found = [f"{flag.number} {flag.why}" for flag in shown.flags]
    assert parsed.good
    assert [one[: len(said)] for one in found] == ([said] if said else [])


@pytest.mark.parametrize(("total", "said"), [(("Trust,Jan 2024,10", "Trust,Feb 2024,12"), True), ((), False)])
def test_a_total_among_the_rows_that_are_added_up_is_pointed_out(total: tuple[str, ...], said: bool) -> None:
    parts = ("A,Jan 2024,4", "B,Jan 2024,3", "C,Jan 2024,3", "A,Feb 2024,5", "B,Feb 2024,4", "C,Feb 2024,3")
    text, one = table("Ward,Month,Falls", *total, *parts), measure("count", "month")
    mapping = replace(guess_mapping(look_at(text), [one]), add_up=True)
    parsed = read_file.parse_file(text.encode(), mapping, Lookup({"falls": one}, {}, {}, "own"), nothing)
    found = list(row_flags.doubled_sums({row.series: [row] for row in parsed.good[:1]}))
    assert len(parsed.good) == 2
    assert ["which would count twice" in flag.why for flag in found] == ([True] if said else [])


@pytest.mark.parametrize(
    ("begin", "kind"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"\xef\xbb\xbf<html><table><tr>", "a web page"),
        (b'<?xml version="1.0"?><Workbook>', "an XML file"),
        (b'{"month": ["Jan 2024"]}', "a JSON file"),
    ],
)
def test_what_is_no_table_says_what_it_is(begin: bytes, kind: str) -> None:
    with pytest.raises(Unreadable, match=f"This is {kind}, whatever its name says."):
        look_at(begin)


def test_a_table_with_words_in_place_of_numbers_keeps_its_first_rows() -> None:
    rows = (
        "Jan 2024,<5",
        "Feb 2024,12",
        "Mar 2024,closed",
        "Apr 2024,>100",
        "May 2024,5+",
        "Jun 2024,about 5",
    )
    assert look_at(table("Month,Falls", *rows)).rows == 6
