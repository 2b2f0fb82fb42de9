"""More kinds of files: digits of other scripts, two decimal signs, shares in two spellings, other periods."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.outcomes.imports import guess, preview, reading_form
from app.outcomes.imports.plan import Lookup, plan_rows
from app.outcomes.imports.read_file import parse_file
from app.outcomes.imports.sources.cell import in_plain_digits
from app.outcomes.measures import periods
from app.outcomes.measures.measure import Definition, Frequency, Measure
from app.outcomes.spc.series import Unreadable
from tests.outcomes.imports.sample_tables import FALLS, HOME, KNOWN, look_at, nothing, wishes

DAYS = Measure("m", "g", "days", 1, Definition(name="Days", value_kind="mean", unit="days"))


def values(text: str, measure: Measure = FALLS) -> list[Decimal | None]:
    known = Lookup({measure.code: measure}, {}, {}, "north")
    return [one.numbers.value for one in wishes(text, None, known)[0]]


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
    content = f"Month,Home\n{rows}".encode()
    mapping = guess.guess_mapping(look_at(content), [HOME])
    parsed = parse_file(content, mapping, replace(KNOWN, style=mapping.style), nothing)
    steps = list(plan_rows(parsed.good, {}))
    flags = preview.preview(steps, parsed, KNOWN, set(), "us").flags

    assert [one.why for one in flags if "about a hundredth of" in one.why]


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
