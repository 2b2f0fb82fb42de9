"""What all numbers of a file tell about the sign of their decimals."""

import pytest

from app.outcomes.imports.columns.number_column import DecimalSign, NumberColumn, decimal_sign


def sign(*columns: list[str]) -> DecimalSign:
    looks = []
    for texts in columns:
        column = NumberColumn()
        for text in texts:
            column.add(text)
        looks.append(column.look())
    return decimal_sign(looks)


@pytest.mark.parametrize(
    ("columns", "meant"),
    [
        ([["1.234", "987"], ["3,125", "0,750"]], DecimalSign(",", "1.234")),
        ([["1,234"], ["88.1"]], DecimalSign(".", "1,234")),
        ([["1.234", "987"]], DecimalSign(",", "1.234")),
        ([["£112,000", "£118,001"]], DecimalSign(".", "£118,001")),
        ([["12", "13"]], DecimalSign(".")),
        ([["1,234", "5,678"]], DecimalSign("", "1,234")),
        ([["1.5"], ["2,5"]], DecimalSign("", "1.5", mixed=True)),
        ([["1,234", "999", "2,345"], ["1.234", "2.345"]], DecimalSign(".", "1,234")),
        ([["1.234", "2.345"], ["1,234", "999", "2,345"]], DecimalSign(".", "1.234")),
        ([["1,234", "999", "2.345"], ["1.234"]], DecimalSign("", "1,234", mixed=True)),
        ([["1,234"], ["2.345"]], DecimalSign("", "1,234", mixed=True)),
    ],
)
def test_the_whole_file_decides_the_sign_of_decimals(columns: list[list[str]], meant: DecimalSign) -> None:
    assert sign(*columns) == meant


def test_of_whole_numbers_the_sign_is_between_thousands_unless_some_have_decimals() -> None:
    assert sign(["1.234", "5.678"]).of_whole_numbers == ","
    assert sign(["1,234", "5,678"]).of_whole_numbers == "."
    assert sign(["1.5"], ["2,5"]).of_whole_numbers == ""


def test_whole_numbers_with_three_zeros_behind_the_sign_are_asked_about() -> None:
    """12.000 may be twelve thousand, or twelve as a database writes it."""
    for numbers in (["12.000", "13.000"], ["12,000", "13,000"], ["12.000", "12500"]):
        assert sign(numbers).of_whole_numbers == ""
    assert sign(["12.000", "13.250"]).of_whole_numbers == ","
    assert sign(["12.000", "13.000", "999"]).of_whole_numbers == ","
    assert sign(["12.000", "1,234"]) == DecimalSign("", "12.000", mixed=True)
