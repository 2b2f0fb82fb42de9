from decimal import Decimal

import pytest

from app.outcomes.measures.measure import Definition, Status
from app.outcomes.measures.values import number, period_value, suppressed
from app.outcomes.spc.series import Unreadable

SHARE = Definition(name="Home within two days")
COUNT = Definition(name="Falls", value_kind="count", unit="")


def d(text: str) -> Decimal:
    return Decimal(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("12", "12"),
        (" 1,234.50 ", "1234.5"),
        ("88.1%", "88.1"),
        ("−3", "-3"),
        ("-3", "-3"),
        ("1e3", "1000"),
        ("0", "0"),
        ("1\u00a0234", "1234"),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, meant: str) -> None:
    assert number(text) == d(meant)


@pytest.mark.parametrize(
    ("text", "mark"),
    [("", "missing"), ("*", "suppressed"), ("n/a", "missing"), ("NaN", "missing"), ("[c]", "suppressed")],
)
def test_a_mark_that_there_is_no_number_is_never_zero(text: str, mark: str) -> None:
    assert number(text) == mark


@pytest.mark.parametrize(
    "text", ["=1+2", "+5", "@SUM(A1)", "1,2", "12 people", "1.2.3", "inf", "1e99", "9" * 40]
)
def test_what_is_no_number_is_refused_in_a_sentence_and_a_formula_is_none(text: str) -> None:
    with pytest.raises(Unreadable, match="number"):
        number(text)


def test_the_value_comes_of_numerator_and_denominator_and_what_was_typed_beside_them_is_kept() -> None:
    kept = period_value(SHARE, d("1"), d("3"), d("40"))

    assert kept.value == d("33.333333333333")
    assert kept.typed == d("40")


def test_what_was_typed_is_not_kept_where_it_is_the_same_but_for_rounding() -> None:
    assert period_value(SHARE, d("1"), d("3"), d("33.3")).typed is None


def test_a_value_without_numerator_and_denominator_is_taken_as_it_is() -> None:
    assert period_value(SHARE, "missing", "missing", d("88.1")).value == d("88.1")


def test_a_count_is_its_own_value() -> None:
    assert period_value(COUNT, "missing", "missing", d("0")).value == 0
    assert period_value(COUNT, d("4"), "missing", "missing").value == 4


def test_nothing_is_missing_and_a_star_is_suppressed_and_neither_is_zero() -> None:
    assert period_value(SHARE, "missing", "missing", "missing")[:2] == ("missing", None)
    assert period_value(SHARE, "suppressed", d("30"), "missing")[:2] == ("suppressed", None)


def test_of_nobody_there_is_no_value() -> None:
    kept = period_value(SHARE, d("0"), d("0"), "missing")

    assert (kept.status, kept.value) == ("missing", None)
    assert kept.note == "Nobody was counted in this period."


@pytest.mark.parametrize(
    ("n", "of", "value", "why"),
    [
        ("4", "3", None, "larger than the denominator"),
        ("4", "0", None, "denominator is zero"),
        ("4", None, None, "no denominator"),
        (None, "4", None, "no numerator"),
        ("-1", "4", None, "below zero"),
        (None, None, "101", "between 0 and 100%"),
    ],
)
def test_numbers_that_contradict_each_other_are_refused(
    n: str | None, of: str | None, value: str | None, why: str
) -> None:
    given: list[Decimal | Status] = [d(one) if one else "missing" for one in (n, of, value)]
    with pytest.raises(Unreadable, match=why):
        period_value(SHARE, given[0], given[1], given[2])


def test_what_comes_to_too_large_a_value_is_refused_in_a_sentence() -> None:
    rate = Definition(name="Rate", value_kind="rate", multiplier=100_000)
    with pytest.raises(Unreadable, match="too large"):
        period_value(rate, d("900000000000000"), d("0.001"), "missing")


def test_small_numbers_are_hidden_but_zero_is_shown() -> None:
    assert [suppressed(SHARE, (d(n), d("90"))) for n in "01456"] == [False, True, True, False, False]
    assert not suppressed(Definition(name="Published", suppress_below=0), (d("1"), d("2")))
