"""Values that can be read but look wrong are pointed out."""

from datetime import date
from decimal import Decimal

import pytest

from app.outcomes.imports.flags.denied_values import long_before
from app.outcomes.imports.flags.row_flags import FlaggedRow, flagged
from app.outcomes.imports.flags.spelled_alike import spelled_alike
from app.outcomes.imports.plan import ParsedRow, SeriesKey
from app.outcomes.imports.preview import MOST_SHOWN, ImportPreview, with_flags
from app.outcomes.measures.measure import Definition, Frequency
from app.outcomes.measures.period_forms import plus_months
from app.outcomes.measures.periods import of_day
from app.outcomes.measures.values import PeriodValue

COUNT = Definition(name="Falls", value_kind="count", unit="")
MEAN = Definition(name="Days", value_kind="mean", unit="", multiplier=1)
SHARE = Definition(name="Share")


def said(definition: Definition, *values: str) -> list[tuple[int, str]]:
    key = SeriesKey("m", "north", "", ())
    rows = [
        ParsedRow(
            n,
            key,
            "",
            of_day(plus_months(date(2024, 1, 1), n), "month"),
            PeriodValue("final", Decimal(value)),
        )
        for n, value in enumerate(values)
    ]
    return [(one.number, one.why) for one in flagged({key: rows}, {"m": definition})]


@pytest.mark.parametrize(
    ("definition", "values", "flags"),
    [
        (
            MEAN,
            ("3.1", "3125", "2.9", "3.3", "3.0"),
            [(1, "February 2024: 3,125 is about a thousand times the values around it.")],
        ),
        (
            MEAN,
            ("3100", "2900", "3.1", "3000"),
            [(2, "March 2024: 3.1 is about a thousandth of the values around it.")],
        ),
        (COUNT, ("12", "1.5"), [(1, "February 2024: 1.5 is a count with decimals.")]),
        (SHARE, ("95", "104"), [(1, "February 2024: 104% is more than all.")]),
        (
            SHARE,
            ("88", "0.88", "91", "87"),
            [(1, "February 2024: 0.88% is about a hundredth of the values around it.")],
        ),
        (MEAN, ("88", "0.88", "91", "87"), []),
        (MEAN, ("3.1", "9.0", "0", "30", "2.0"), []),
        (MEAN, ("3", "3000"), []),
    ],
)
def test_what_looks_like_a_mistake_is_pointed_out(
    definition: Definition, values: tuple[str, ...], flags: list[tuple[int, str]]
) -> None:
    assert said(definition, *values) == flags


def test_a_period_many_years_before_the_others_may_be_a_plain_number_shown_as_a_date() -> None:
    key = SeriesKey("m", "north", "", ())
    days = [date(2023, 1, 1), date(2023, 2, 1), date(1900, 1, 1), date(1999, 1, 1)]
    rows = [
        ParsedRow(n, key, "", of_day(day, "month"), PeriodValue("final", Decimal(4)))
        for n, day in enumerate(days, 2)
    ]

    assert [(one.number, one.why.split(". ")[0]) for one in long_before({key: rows})] == [
        (4, "January 1900 is 99 years before the next, January 1999")
    ]
    assert not list(long_before({key: [rows[0], rows[1], rows[3]]}))


@pytest.mark.parametrize(
    ("first", "frequency"),
    [(date(1901, 1, 1), "calendar_year"), (date(1911, 1, 1), "month"), (date(1961, 1, 1), "month")],
)
def test_a_census_of_long_ago_is_none(first: date, frequency: Frequency) -> None:
    key = SeriesKey("m", "north", "", ())
    rows = [
        ParsedRow(n, key, "", of_day(day, frequency), PeriodValue("final", Decimal(4)))
        for n, day in enumerate((first, date(2001, 1, 1)), 2)
    ]

    assert not list(long_before({key: rows}))


def test_more_flags_than_are_shown_are_counted() -> None:
    flags = [FlaggedRow(n, "Look.") for n in range(MOST_SHOWN + 7)]
    shown = with_flags(ImportPreview(flags=(FlaggedRow(0, "First."),), flagged=1), flags)

    assert (shown.flags, shown.flagged) == (tuple(flags[:MOST_SHOWN]), MOST_SHOWN + 8)


def test_groups_of_two_kinds_are_compared_whatever_their_kinds_begin_with() -> None:
    period, value = of_day(date(2024, 1, 1), "month"), PeriodValue("final", Decimal(4))
    keys = [SeriesKey("m", "n", "", ((age, "18"), ("Sex", "F"))) for age in ("Age", "age")]
    alike = spelled_alike({key: [ParsedRow(2, key, "", period, value)] for key in keys})

    assert [one.why.split(" differ")[0] for one in alike] == ["“Age” and “age”"]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Leeds", "LEEDS", True),
        ("Stoke-on-Trent", "Stoke–on Trent", True),
        ("St Mary's", "St Mary’s", True),
        ("Caf\u00e9", "Cafe\u0301", True),
        ("Leeds - North", "Leeds North", True),
        ("Ｌｅｅｄｓ", "Leeds", True),
        *((one, f"{one}-", False) for one in ("A", "HIV", "O")),
        *((one, other, False) for one, other in (("-1", "1"), ("I", "Ⅰ"), ("5", "⑤"), ("Ward -1", "Ward 1"))),
        ("Ward 1", "Ward 11", False),
        ("1.1", "11", False),
        ("0012", "12", False),
        ("Bath", "Báth", False),
    ],
)
def test_names_that_differ_only_in_how_they_are_written_are_pointed_out(
    one: str, other: str, alike: bool
) -> None:
    def told(*keys: SeriesKey) -> list[tuple[int, str]]:
        period, value = of_day(date(2024, 1, 1), "month"), PeriodValue("final", Decimal(4))
        by_series = {key: [ParsedRow(n, key, "", period, value)] for n, key in enumerate(keys, 2)}
        return [(flag.number, flag.why) for flag in spelled_alike(by_series)]

    why = f"“{one}” and “{other}” differ only in capitals, blanks or signs, but they are read as two."
    found = [(3, why)] if alike else []

    assert told(SeriesKey("m", None, one, ()), SeriesKey("m", None, other, ())) == found
    groups = (SeriesKey("m", "north", "", (("Sex", word),)) for word in (one, other))
    assert told(*groups) == found
    assert not told(SeriesKey("m", None, one, ()), SeriesKey("other", None, other, ()))
