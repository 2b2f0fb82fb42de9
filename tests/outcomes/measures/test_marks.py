"""Marks of statistical offices, in place of a number and beside it, are read as what each of them is."""

from decimal import Decimal

import pytest

from app.outcomes.measures import marks, number_text, periods
from app.outcomes.measures.measure import Status
from app.outcomes.spc.series import Unreadable


@pytest.mark.parametrize(
    ("text", "number", "status", "note"),
    [
        ("118 p", 118, "provisional", ""),
        ("118 (p)", 118, "provisional", ""),
        ("118(p)", 118, "provisional", ""),
        ("118 [p]", 118, "provisional", ""),
        ("118 (r)", 118, "revised", ""),
        ("118 (sd)", 118, "provisional", "Semi-definitive."),
        ("118 e", 118, None, "Estimated."),
        ("118 b", 118, None, "Break in the series."),
        ("118 s", 118, None, "Estimated by the statistical office."),
        ("118 u", 118, None, "Of low reliability."),
        ("118 bep", 118, "provisional", "Break in the series. Estimated."),
        ("1 118 (p)", 1118, "provisional", ""),
        ("118 [note 3]", 118, None, "Note 3 in the file."),
        ("118 [p] [note 1]", 118, "provisional", "Note 1 in the file."),
        (":", "missing", None, ""),
        (": c", "suppressed", None, ""),
        (":(c)", "suppressed", None, ""),
        (": u", "missing", None, ""),
        (":bu", "missing", None, ""),
        ("n.d.", "missing", None, ""),
        ("NaN", "missing", None, ""),
        ("<NA>", "missing", None, ""),
        ("sd", "missing", None, ""),
        ("///", "missing", None, ""),
        ("(s)", "suppressed", None, ""),
        ("[x] [note 2]", "missing", None, "Note 2 in the file."),
        ("(118)", -118, None, ""),
    ],
)
def test_a_mark_is_read_as_what_it_is(
    text: str, number: int | Status, status: Status | None, note: str
) -> None:
    expected = Decimal(number) if isinstance(number, int) else number
    assert number_text.read(text) == number_text.Given(expected, status, note)


@pytest.mark.parametrize(
    "text",
    ["118 c", "118 [z]", "12 beds", "12 bed", "12 per", "12p", "118 rp", "118 f", "12*", "33¹", "118 [4]"],
)
def test_what_is_no_mark_for_certain_leaves_no_number(text: str) -> None:
    with pytest.raises(Unreadable):
        number_text.read(text)


@pytest.mark.parametrize(
    ("text", "label", "mark"),
    [
        ("2024 (p)", "2024", "provisional"),
        ("2024p", "2024", "provisional"),
        ("2024 (sd)", "2024", "provisional"),
        ("2024r", "2024", "revised"),
        ("2024 [note 1]", "2024", None),
        ("2024", "2024", None),
    ],
)
def test_a_mark_beside_a_period_is_not_part_of_it(text: str, label: str, mark: Status | None) -> None:
    said = marks.mark_of(marks.period_and_mark(text)[1])
    assert said is not None
    assert (periods.read(text, "calendar_year").label, said.status) == (label, mark)


@pytest.mark.parametrize("text", ["12:00 AM", "2024 c", "2024 a", "2024 f", "12p"])
def test_what_is_no_mark_stays_in_the_period(text: str) -> None:
    assert marks.period_and_mark(text) == (text, "")


@pytest.mark.parametrize("text", ["F", "Open", "X-ray", "p?", "12", "RXR", "RCB", "RBS", "Red", "bb"])
def test_a_letter_that_offices_use_for_different_things_is_not_known(text: str) -> None:
    assert marks.mark_of(text) is None
