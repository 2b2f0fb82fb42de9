"""A series in any spelling, with any kind of numbers, in any layout, is read back equal or asked about."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.outcomes.imports import mapping_form, read_file
from app.outcomes.imports.guess import guess_mapping
from app.outcomes.imports.plan import Lookup
from app.outcomes.measures.measure import Definition, Frequency, Measure
from app.outcomes.measures.period_forms import MONTHS, end_of_month, plus_months
from app.outcomes.spc.series import Unreadable
from tests.outcomes.imports.sample_tables import look_at, nothing

Series = dict[date, Decimal]
Table = list[list[str]]


def measure(kind: str, frequency: Frequency = "month") -> Measure:
    definition = Definition(
        name="Stay",
        value_kind=kind,  # type: ignore[arg-type]
        unit="",
        suppress_below=0,
        frequency=frequency,
    )
    return Measure("m", "g", "stay", 1, definition)


def financial_year(day: date) -> str:
    begin = day.year - (day.month < 4)
    return f"{begin}/{(begin + 1) % 100:02}"


WELSH = [
    "Ionawr",
    "Chwefror",
    "Mawrth",
    "Ebrill",
    "Mai",
    "Mehefin",
    "Gorffennaf",
    "Awst",
    "Medi",
    "Hydref",
    "Tachwedd",
    "Rhagfyr",
]
SPANISH = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
SPELLINGS: dict[str, Callable[[date], str]] = {
    "ISO": date.isoformat,
    "ISO month": lambda day: f"{day:%Y-%m}",
    "day first": lambda day: f"{day:%d/%m/%Y}",
    "day first, short": lambda day: f"{day:%d/%m/%y}",
    "month first": lambda day: f"{day.month}/{day.day}/{day.year}",
    "month and year": lambda day: f"{day:%m.%Y}",
    "dots": lambda day: f"{day:%d.%m.%Y}",
    "end of month": lambda day: f"{plus_months(day, 1).toordinal() - 693_595}",  # as spreadsheets count days
    "name": lambda day: f"{MONTHS[day.month - 1]} {day.year}",
    "short name": lambda day: f"{MONTHS[day.month - 1][:3]}-{day.year % 100:02}",
    "SAS": lambda day: f"01{MONTHS[day.month - 1][:3].upper()}{day.year}",
    "Eurostat": lambda day: f"{day.year}M{day.month:02}",
    "digits": lambda day: f"{day:%Y%m}",
    "more digits": lambda day: f"{day:%Y%m%d}",
    "prefixed": lambda day: f"MSitAE-{MONTHS[day.month - 1].upper()}-{day.year}",
    "financial year": lambda day: f"{MONTHS[day.month - 1]} {financial_year(day)}",
    "time": lambda day: f"{day.isoformat()}T00:00:00Z",
    "time of a program": lambda day: f"{day:%d/%m/%Y} 12:00:00 AM",
    "from day to day": lambda day: f"{day:%d/%m/%Y} - {end_of_month(day):%d/%m/%Y}",
    "from day to day, month first": lambda day: f"{day:%m/%d/%Y} - {end_of_month(day):%m/%d/%Y}",
    "prefixed day": lambda day: f"AE: {day:%d/%m/%Y}",
    "Welsh": lambda day: f"{WELSH[day.month - 1]} {day.year}",
    "Spanish": lambda day: f"{SPANISH[day.month - 1]} de {day.year}",
    "marked": lambda day: f"{MONTHS[day.month - 1]} {day.year} [r]",
}


def grouped(number: Decimal, thousands: str, decimal: str) -> str:
    return f"{number:,f}".translate({ord(","): thousands, ord("."): decimal})


LOCALES: dict[str, Callable[[Decimal], str]] = {
    "plain": lambda number: f"{number:f}",
    "English": lambda number: grouped(number, ",", "."),
    "continental": lambda number: grouped(number, ".", ","),
    "blanks": lambda number: grouped(number, "\u202f", ","),
    "Swiss": lambda number: grouped(number, "’", "."),
    "pounds": lambda number: f"£{number:,f}" if number >= 0 else f"-£{-number:,f}",
    "pounds, then the minus": lambda number: f"£{number:,f}",
    "brackets": lambda number: f"({-number:,f})" if number < 0 else f"{number:,f}",
    "provisional": lambda number: f"{number:f} p",
    "three decimals": lambda number: f"{number:.3f}",
    "three decimals, continental": lambda number: f"{number:.3f}".replace(".", ","),
    "apostrophe": lambda number: grouped(number, "'", ","),
    "dash": lambda number: f"–{-number:f}" if number < 0 else f"{number:f}",
    "E": lambda number: f"{number:.12E}",
}


def rows(periods: list[str], numbers: list[str]) -> Table:
    return [["Period", "Stay"], *(list(pair) for pair in zip(periods, numbers, strict=True))]


def titled(periods: list[str], numbers: list[str]) -> Table:
    titles = [["Title:", "Stay"], ["Status:", "Published"], [], *rows(periods, numbers)]
    return [*titles, [], ["1. Without day cases"]]


def said_twice(periods: list[str], numbers: list[str]) -> Table:
    return [["", "All wards"], ["Month\n(first day)", "Stay"], *rows(periods, numbers)[1:]]


def row_names(periods: list[str], numbers: list[str]) -> Table:
    table = [[str(n), *row] for n, row in enumerate(rows(periods, numbers))]
    return [["", *table[0][1:]], *table[1:]]


def across(periods: list[str], numbers: list[str]) -> Table:
    return [["Trust", *periods], ["Northgate", *numbers]]


def bare(periods: list[str], numbers: list[str]) -> Table:
    return rows(periods, numbers)[1:]


def names_of_rows(periods: list[str], numbers: list[str]) -> Table:
    return [["", "Stay"], *rows(periods, numbers)[1:]]


def flagged(periods: list[str], numbers: list[str]) -> Table:
    pairs = zip(periods, numbers, strict=True)
    return [
        ["Period", "Note", "Stay", "Flag"],
        *([one, 'as "told",\nlate', other, ""] for one, other in pairs),
    ]


def across_flagged(periods: list[str], numbers: list[str]) -> Table:
    heading = [cell for one in periods for cell in (one, "Flag")]
    return [["Trust", *heading], ["Northgate", *(cell for one in numbers for cell in (one, ""))]]


ROWS = (rows, titled, said_twice, row_names, bare, names_of_rows, flagged)
LAYOUTS = {one.__name__: one for one in (*ROWS, across, across_flagged)}


def matrix(series: Series, write: Callable[[Decimal], str], *, of_years: bool) -> Table:
    """Years above and months at the side, or the other way round."""
    years, months = sorted({day.year for day in series}), sorted({day.month for day in series})
    texts = {(day.year, day.month): write(value) for day, value in series.items()}
    if of_years:
        side = [[MONTHS[month - 1], *(texts.get((year, month), "") for year in years)] for month in months]
        return [["Month", *map(str, years)], *side]
    side = [[str(year), *(texts.get((year, month), "") for month in months)] for year in years]
    return [["Year", *(MONTHS[month - 1] for month in months)], *side]


def text_of(table: Table, separator: str) -> str:
    quoted = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table]
    return "\r\n".join(quoted) + "\r\n"


def read_back(text: str, kind: str, frequency: Frequency = "month") -> Series | None:
    """What is read of the file as the form proposes it; None where something is asked or refused."""
    one = measure(kind, frequency)
    try:
        look = look_at(text)
    except Unreadable:
        return None
    if look.problem:
        return None
    asked = guess_mapping(look, [one])
    mapping, errors = mapping_form.read(mapping_form.values(asked, look, [one]), look, [one])
    if errors:
        return None
    known = Lookup({"stay": one}, {}, {}, "own", style=mapping.style, decimal=mapping.decimal)
    try:
        parsed = read_file.parse_file(text.encode(), replace(mapping, place_at=None), known, nothing)
    except Unreadable:
        return None
    if parsed.bad:
        return None
    return {row.period.start: row.numbers.value or Decimal(0) for row in parsed.good}


numbers_of = {
    "count": st.integers(0, 3_000_000).map(Decimal),
    "mean": st.decimals(-99_999, 99_999, allow_nan=False, places=3),
    "score": st.decimals(0, 9_999, allow_nan=False, places=1),
}


@given(st.data())
def test_what_is_read_is_what_was_written_or_it_is_asked(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(numbers_of)))
    spelling = data.draw(st.sampled_from(sorted(SPELLINGS)))
    first = data.draw(st.dates(date(2001, 1, 1), date(2024, 12, 1))).replace(day=1)
    values = data.draw(st.lists(numbers_of[kind], min_size=1, max_size=30))
    locale = data.draw(st.sampled_from(sorted(LOCALES)))
    layout = data.draw(st.sampled_from(sorted(LAYOUTS)))
    separator = data.draw(st.sampled_from(",;\t"))
    series = {plus_months(first, place): value for place, value in enumerate(values)}
    table = LAYOUTS[layout](list(map(SPELLINGS[spelling], series)), list(map(LOCALES[locale], values)))

    assert read_back(text_of(table, separator), kind) in (series, None)


@given(st.data())
def test_a_matrix_of_years_and_months_is_read_as_it_was_written_or_it_is_asked(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(numbers_of)))
    first = data.draw(st.dates(date(2001, 1, 1), date(2022, 12, 1))).replace(day=1)
    values = data.draw(st.lists(numbers_of[kind], min_size=1, max_size=40))
    locale = data.draw(st.sampled_from(sorted(LOCALES)))
    series = {plus_months(first, place): value for place, value in enumerate(values)}
    table = matrix(series, LOCALES[locale], of_years=data.draw(st.booleans()))

    assert read_back(text_of(table, data.draw(st.sampled_from(",;\t"))), kind) in (series, None)


@pytest.mark.parametrize("of_years", [True, False])
@pytest.mark.parametrize("locale", sorted(LOCALES))
def test_of_a_matrix_of_counts_nothing_is_asked(locale: str, of_years: bool) -> None:
    series = {plus_months(date(2021, 4, 1), n): Decimal(800 + 97 * n) for n in range(30)}
    table = matrix(series, LOCALES[locale], of_years=of_years)

    assert read_back(text_of(table, ";"), "count") == series


# Labels with something in front are not known for periods where they are headings: that is refused. In the
# rarer layouts a few spellings stand for all.
RARER = ("bare", "names_of_rows", "flagged", "across_flagged")
SURE = [(spelling, layout) for spelling in sorted(SPELLINGS) for layout in sorted({*LAYOUTS} - {*RARER})]
SURE += [(spelling, layout) for spelling in ("ISO month", "short name", "dots") for layout in RARER]
SURE.remove(("prefixed", "across"))
SURE.remove(("prefixed day", "across"))


@pytest.mark.parametrize(("spelling", "layout"), SURE)
def test_of_a_year_of_counts_nothing_is_asked_in_any_spelling_and_layout(spelling: str, layout: str) -> None:
    days = [plus_months(date(2023, 4, 1), place) for place in range(12)]
    for locale, write in LOCALES.items():
        numbers = [write(Decimal(800 + 97 * place)) for place in range(12)]
        table = LAYOUTS[layout](list(map(SPELLINGS[spelling], days)), numbers)

        assert read_back(text_of(table, ";"), "count") == {
            day: Decimal(800 + 97 * place) for place, day in enumerate(days)
        }, locale
