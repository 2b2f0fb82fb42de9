"""Numbers as people and statistical offices write them."""

from decimal import Decimal

import pytest

from app.outcomes.measures.number_text import Given, read, stored
from app.outcomes.spc.series import Unreadable


@pytest.mark.parametrize(
    ("text", "decimal", "meant"),
    [
        *(("£112,000", ".", "112000"), ("1,12,000", ".", "112000"), ("112\u202f000", ".", "112000")),
        *(("112 000", ".", "112000"), ("(112)", ".", "-112"), ("-£3", ".", "-3"), ("1'234.5", ".", "1234.5")),
        *(("1.234", ",", "1234"), ("3,125", ",", "3.125"), ("1.234.567,8", ",", "1234567.8")),
        *(("–6", ".", "-6"), ("‑6,5", ",", "-6.5"), ("–£3", ".", "-3")),
        *(("£-5", ".", "-5"), ("£ -5", ".", "-5"), ("€−3", ".", "-3"), ("$-1,234.50", ".", "-1234.5")),
        *(("(£5)", ".", "-5"), ("£(5)", ".", "-5"), ("-5 €", ".", "-5"), ("£-5,5", ",", "-5.5")),
        *(("88,1 %", ",", "88.1"), ("1.234", ".", "1.234"), ("€ 5,50", ",", "5.5")),
    ],
)
def test_a_number_is_read_as_its_file_writes_numbers(text: str, decimal: str, meant: str) -> None:
    assert read(text, decimal).number == Decimal(meant)


@pytest.mark.parametrize(
    ("text", "decimal"),
    [
        *(("0,750", "."), ("1,2", "."), ("1.2", ","), ("1,12,000", ","), ("1234,567", "."), ("12 34", ".")),
        *(("(-5)", "."), ("E1", "."), ("1,23,4", "."), ("118 q", "."), ("112 000 0", "."), ("£", ".")),
        *(("--5", "."), ("-£-5", "."), ("--£5", "."), ("(-£5)", "."), ("(£-5)", "."), ("-£(5)", ".")),
        *(("+£5", "."), ("£-", ".")),
    ],
)
def test_what_does_not_fit_the_decimal_sign_or_means_nothing_is_refused(text: str, decimal: str) -> None:
    with pytest.raises(Unreadable, match="is not a number"):
        read(text, decimal)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("118 p", Given(Decimal(118), "provisional")),
        ("118 [p]", Given(Decimal(118), "provisional")),
        ("118[r]", Given(Decimal(118), "revised")),
        ("123 b", Given(Decimal(123), None, "Break in the series.")),
        ("12 bp", Given(Decimal(12), "provisional", "Break in the series.")),
        ("5.5 [e, u]", Given(Decimal("5.5"), None, "Estimated. Of low reliability.")),
        ("[c]", Given("suppressed")),
        (": c", Given("suppressed")),
        ("<5", Given("suppressed", note="<5")),
        ("[x]", Given("missing")),
        ("[z]", Given("missing")),
        (":", Given("missing")),
        ("#DIV/0!", Given("missing")),
    ],
)
def test_marks_beside_or_in_place_of_a_number_say_what_each_is(text: str, given: Given) -> None:
    assert read(text) == given


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        *(("3E+2", "300"), ("300.00", "300"), ("1.50", "1.5"), ("-0.0", "0"), ("0E+20", "0"), ("1E-30", "0")),
        *(("66.66666666666666667", "66.666666666667"), ("999999999999999.123456789012",) * 2),
    ],
)
def test_a_number_is_stored_with_twelve_decimals_at_most_and_without_needless_digits(
    number: str, kept: str
) -> None:
    assert str(stored(Decimal(number), number)) == kept


def test_a_number_that_is_too_large_is_refused() -> None:
    with pytest.raises(Unreadable, match="too large"):
        stored(Decimal("-1E+15"), "-1E+15")
