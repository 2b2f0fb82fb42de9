"""More kinds of files: digits of other scripts, two decimal signs, shares in two spellings, other periods."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.outcomes.imports import guess, preview, reading_form
from app.outcomes.imports.flags import denied_values, one_part
from app.outcomes.imports.plan import Lookup, plan_rows
from app.outcomes.imports.read_file import parse_file
from app.outcomes.imports.sources.cell import in_plain_digits
from app.outcomes.measures import periods
from app.outcomes.measures.measure import Definition, Frequency, Measure, ValueKind
from app.outcomes.spc.series import Unreadable
from tests.outcomes.imports.sample_tables import (
    FALLS,
    FINGERTIPS,
    HOME,
    KNOWN,
    LONG,
    RATE,
    look_at,
    nothing,
    tip,
    wishes,
)

DAYS = Measure("m", "g", "days", 1, Definition(name="Days", value_kind="mean", unit="days"))


def values(text: str, measure: Measure = FALLS) -> list[Decimal | None]:
    known = Lookup({measure.code: measure}, {}, {}, "north")
    return [one.numbers.value for one in wishes(text, None, known)[0]]


def pointed_out(text: str, measure: Measure) -> list[str]:
    """What a preview says of the values of a file."""
    known = replace(KNOWN, measures={measure.code: measure})
    mapping = guess.guess_mapping(look_at(text), [measure])
    parsed = parse_file(text.encode(), mapping, replace(known, style=mapping.style), nothing)
    assert parsed.good, parsed.bad
    return [
        one.why for one in preview.preview(list(plan_rows(parsed.good, {})), parsed, known, set(), "").flags
    ]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("１２３", "123"),
        ("１，２３４．５", "1,234.5"),
        ("（１２）", "(12)"),
        ("９５％", "95%"),
        ("٢٠٢٣-٠٤", "2023-04"),
        ("١٬٢٣٤٫٥", "1,234.5"),
        ("१२३", "123"),
        ("০৭", "07"),
        ("Apr ２０２３", "Apr 2023"),
        ("二〇二三年４月", "二〇二三年４月"),
        ("病棟３", "病棟３"),
        ("8²", "8²"),
        ("12½", "12½"),
    ],
)
def test_numbers_and_dates_in_other_digits_are_put_into_plain_ones(written: str, plain: str) -> None:
    assert in_plain_digits(written) == plain


@pytest.mark.parametrize("digits", ["０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९"])
def test_a_file_in_other_digits_is_read_as_in_plain_ones(digits: str) -> None:
    plain = "Month,Falls\n2023-04,1204\n2023-05,98\n2023-06,7\n"
    other = plain.translate(str.maketrans("0123456789", digits))

    assert look_at(other).place.first_heading == 1
    assert values(other) == values(plain) == [1204, 98, 7]


def test_numbers_that_could_all_be_read_in_two_ways_and_deny_each_other_are_asked_about() -> None:
    """A comma once between thousands and once before decimals would be one of both at random."""
    for text in (
        'Month,Falls\nJan 2023,1.234\nFeb 2023,"2,345"\nMar 2023,999\n',
        'Month,Falls,Beds\nJan 2023,1.234,"2,345"\nFeb 2023,1.300,"2,400"\n',
    ):
        look = look_at(text)
        mapping = replace(guess.guess_mapping(look, [FALLS]), firsts=(1,))
        errors = reading_form.read_reading({}, look, mapping, [FALLS])[1]

        assert "can be read in two ways" in errors["decimal"]


def test_where_other_numbers_decide_both_signs_are_read() -> None:
    text = 'Month,Falls\nJan 2023,"1,234"\nFeb 2023,"2,345.5"\nMar 2023,1.234\n'

    assert values(text, DAYS) == [Decimal(1234), Decimal("2345.5"), Decimal("1.234")]


@pytest.mark.parametrize("shares", [["95", "0.96"], ["95", "0.96", "94.2"], ["0.95", "96.1", "95.5", "94"]])
def test_shares_of_one_among_shares_of_a_hundred_are_pointed_out_however_few(shares: list[str]) -> None:
    rows = "".join(f"2023-0{place},{share}\n" for place, share in enumerate(shares, 1))

    assert [one for one in pointed_out(f"Month,Home\n{rows}", HOME) if "about a hundredth of" in one]


@pytest.mark.parametrize(
    ("text", "frequency", "said"),
    [
        (
            "2019",
            "financial_year",
            "from 1 January 2019 to 31 December 2019, but the measure is counted by the ",
        ),
        (
            "2019/20",
            "calendar_year",
            "from 1 April 2019 to 31 March 2020, but the measure is counted by the ",
        ),
        (
            "Q1 2024",
            "month",
            "from 1 January 2024 to 31 March 2024, but the measure is counted by the month.",
        ),
        ("Apr 2022 to Mar 2023", "month", "from 1 April 2022 to 31 March 2023, but the measure is counted"),
        (
            "January 2024",
            "day",
            "from 1 January 2024 to 31 January 2024, but the measure is counted by the day.",
        ),
        ("w/e 05/01/2024", "month", "is a week that ends on 5 January 2024, but the measure is counted by"),
        ("w/c 01/01/2024", "quarter", "is a week that begins on 1 January 2024, but the measure is counted"),
        ("FY2022", "financial_year", "is of a financial year. Write both years, as in 2023/24."),
        ("financial year 2022", "financial_year", "is of a financial year. Write both years, as in 2023/24."),
        ("someday", "month", "is not a date or period. Write it like 2024-01-31 or January 2024."),
    ],
)
def test_a_period_that_is_another_one_than_is_counted_is_refused_with_what_it_is(
    text: str, frequency: Frequency, said: str
) -> None:
    with pytest.raises(Unreadable) as refusal:
        periods.read(text, frequency)

    assert said in str(refusal.value)


@pytest.mark.parametrize("last", ["Average", "Mean", "Median", "Summe"])
def test_a_last_row_that_sums_up_is_none_of_the_table(last: str) -> None:
    look = look_at(f"Month,Falls\nJan 2023,4\nFeb 2023,6\n{last},5\n")

    assert (look.rows, look.place.end, look.columns[0].periods.is_period) == (2, 3, True)


def test_a_published_rate_of_another_scale_than_the_measure_has_is_pointed_out() -> None:
    """450 of 22,000 are 2,045 in 100,000; in a measure per 1,000 that would be a hundred times too much."""
    text = FINGERTIPS + "".join(tip(period=f"20{year}/{year + 1}", value="2047.6") for year in range(12, 20))
    per_thousand = replace(RATE, definition=replace(RATE.definition, multiplier=1_000, unit=""))
    said = "450 of 22,000 is 20.5 per 1,000, but the file says 2,047.6 per 1,000. Is it counted per 100,000?"

    assert pointed_out(text, RATE) == []
    assert pointed_out(text, per_thousand) == [f"2012/13: {said}"]


@pytest.mark.parametrize(
    ("heading", "kind", "said"),
    [
        ("Rate per 100,000", "rate", "per 1,000"),
        ("Falls per 100 000 {people}", "rate", "per 1,000"),
        ("Falls per 100", "rate", "per 1,000"),
        ("Rate per 100.000", "rate", "per 1,000"),
        ("Rate per 1.000", "rate", ""),
        ("Falls per 100.5 days", "rate", ""),
        ("Falls per 10,000 bed days", "count", "counts"),
        ("Seen per 100", "proportion", "shares of 1,000"),
        ("Falls per 1,000 bed days", "rate", ""),
        ("Rate per 1000", "rate", ""),
        ("Falls per 1002 beds", "rate", ""),
        ("Falls per ward", "rate", ""),
    ],
)
def test_a_heading_that_says_per_another_number_is_pointed_out(
    heading: str, kind: ValueKind, said: str
) -> None:
    definition = Definition(name="X", value_kind=kind, multiplier=1_000, unit="")
    look = look_at(f'Month,"{heading}"\nJan 2023,5\nFeb 2023,6\n')
    mapping = guess.guess_mapping(look, [Measure("m", "g", "x", 1, definition)])
    found = [one.why for one in denied_values.of_scale(look, mapping, definition)]
    why = f"Column B is headed “{heading}”, but its numbers are read as {said}."

    assert found == ([why] if said else [])


def test_a_heading_with_a_point_between_thousands_says_the_same_as_one_with_a_comma() -> None:
    look = look_at("Month,Rate per 100.000\nJan 2023,5\nFeb 2023,6\n")

    assert not list(denied_values.of_scale(look, guess.guess_mapping(look, [RATE]), RATE.definition))


def test_a_standardised_rate_that_differs_from_the_crude_one_is_none_of_that() -> None:
    text = FINGERTIPS + "".join(tip(period=f"20{year}/{year + 1}", value="3100.5") for year in range(12, 20))

    assert pointed_out(text, RATE) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (("80", "80", "82"), "March 2024: {} 82%. What is computed counts."),
        (("80", "81.5", "82"), "February 2024: {} 81.5%. What is computed counts. So it is in 2 rows."),
        (("0.8", "0.8", "0.8"), "January 2024: {} 0.8%. Is it a share of 1?"),
        (("80", "80.0", ""), ""),
        (("80", "0", "80"), "February 2024: {} 0%. What is computed counts."),
    ],
)
def test_values_that_their_own_counts_deny_are_pointed_out(values: tuple[str, ...], said: str) -> None:
    rows = "".join(f"home,,2024-0{n}-01,80,100,{value},\n" for n, value in enumerate(values, 1))
    found = [one for one in pointed_out(LONG + rows, HOME) if "the file says" in one]

    assert found == ([said.format("80 of 100 is 80.0%, but the file says")] if said else [])


@pytest.mark.parametrize(
    ("name", "what"),
    [
        *((name, "sum") for name in ("Total", "Subtotal", "Sub-total", "Grand total", "Total (all wards)")),
        *(("Gesamt", "sum"), ("Average", "average"), ("Mean:", "average")),
    ],
)
def test_a_sum_within_the_table_that_is_read_as_a_place_is_pointed_out(name: str, what: str) -> None:
    text = f"Ward,Jan 2023,Feb 2023\nHill,5,6\nDale,1,2\n{name},6,8\nVale,7,9\n"
    mapping = replace(guess.guess_mapping(look_at(text), [FALLS]), place_at=0)
    parsed = parse_file(text.encode(), mapping, KNOWN, nothing)
    flags = preview.preview(list(plan_rows(parsed.good, {})), parsed, KNOWN, set(), "").flags

    assert [(one.number, one.why) for one in flags] == [
        (4, f"“{name}” looks like the {what} of other rows, but it is read as a place of its own.")
    ]


@pytest.mark.parametrize("name", ["Total Care Centre", "Sumner", "Totalling", "Meaney"])
def test_a_place_with_a_name_like_that_is_not(name: str) -> None:
    text = f"Ward,Jan 2023,Feb 2023\nHill,5,6\n{name},6,8\nVale,7,9\n"
    mapping = replace(guess.guess_mapping(look_at(text), [FALLS]), place_at=0)
    parsed = parse_file(text.encode(), mapping, KNOWN, nothing)

    assert not preview.preview(list(plan_rows(parsed.good, {})), parsed, KNOWN, set(), "").flags


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("All wards,6,8", "All wards"),
        ("England,6,8", "England"),
        ("Vale,6,9", ""),
        ("Vale,6,", ""),
        ("Vale,0,0", ""),
    ],
)
def test_a_place_with_as_much_as_all_others_is_pointed_out_whatever_its_name(last: str, said: str) -> None:
    text = f"Ward,Jan 2023,Feb 2023\nHill,5,6\nDale,1,2\n{last}\n"
    mapping = replace(guess.guess_mapping(look_at(text), [FALLS]), place_at=0)
    parsed = parse_file(text.encode(), mapping, KNOWN, nothing)
    flags = preview.preview(list(plan_rows(parsed.good, {})), parsed, KNOWN, set(), "").flags

    why = f"“{said}” has in every period as much as all the others together. Is it their sum?"
    assert [(one.number, one.why) for one in flags] == ([(4, why)] if said else [])


@pytest.mark.parametrize(
    ("years", "said"),
    [
        (("2023", "2023", "2023"), [4]),
        (("2023", "2023", "2024"), []),
        (("2023/24", "2023/24", "2023/24"), []),
    ],
)
def test_a_year_that_may_be_a_financial_one_is_pointed_out(years: tuple[str, ...], said: list[int]) -> None:
    rows = "".join(f"{year},{month},5\n" for year, month in zip(years, ("Nov", "Dec", "Jan"), strict=True))
    text = f"Year,Month,Falls\n{rows}"
    parsed = parse_file(text.encode(), guess.guess_mapping(look_at(text), [FALLS]), KNOWN, nothing)
    flags = preview.preview(list(plan_rows(parsed.good, {})), parsed, KNOWN, set(), "").flags
    why = "January 2023 stands below December 2023. Are its years financial ones?"

    assert [(one.number, one.why) for one in flags] == [
        (number, f"{why} Then write both, as in 2023/24.") for number in said
    ]


def test_dates_that_deny_each_other_are_asked_about_with_that() -> None:
    for text, said in (
        (
            "Date,Falls\n13/01/2023,5\n01/14/2023,6\n",
            "deny each other: some begin with the day and some with the month",
        ),
        ("Date,Falls\n02/01/2023,5\n03/05/2023,6\n", "can begin with the day or with the month"),
    ):
        look = look_at(text)
        errors = reading_form.read_reading({}, look, guess.guess_mapping(look, [FALLS]), [FALLS])[1]

        assert said in errors["date_order"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ward,Jan 2023,Feb 2023\nHill,5,6\n", "Column A, “Ward”, says “Hill” in every row"),
        ("Month,Falls,Ward name\nJan 2023,5,Hill\nFeb 2023,6,Hill\n", "Column C, “Ward name”, says “Hill”"),
        ("Month,Falls,Team code\nJan 2023,5,12\nFeb 2023,6,12\n", "Column C, “Team code”, says “12”"),
        ("Measure,Jan 2023,Feb 2023\nFalls,5,6\n", ""),
        ("Month,Falls,Region\nJan 2023,5,London\nFeb 2023,6,London\n", ""),
        ("Month,Falls,Trust\nJan 2023,5,Other Trust\nFeb 2023,6,Other Trust\n", ""),
        ("Month,Falls,Site\nJan 2023,5,Northfield Trust\nFeb 2023,6,Northfield Trust\n", ""),
        ("Month,Falls,Discharged home?\nJan 2023,5,Y\nFeb 2023,6,Y\n", ""),
        ("Month,Falls,Beds in ward\nJan 2023,5,12\nFeb 2023,6,12\n", ""),
    ],
)
def test_rows_of_one_ward_alone_that_are_read_as_the_whole_are_pointed_out(text: str, said: str) -> None:
    look = look_at(text)
    mapping = replace(guess.guess_mapping(look, [FALLS]), part_at=None, place_at=None)
    if mapping.layout == "rows":
        mapping = replace(mapping, firsts=(1,))
    found = [one.why for one in one_part.of_one_part(look, mapping, KNOWN)]

    assert [said in one for one in found] == ([True] if said else [])
    assert not list(one_part.of_one_part(look, replace(mapping, blank="own"), KNOWN))
