from decimal import Decimal

import pytest

from app.outcomes.measures.measure import Definition
from app.outcomes.measures.number_format import (
    difference,
    exact_quantity,
    number,
    quantity,
    ratio,
    tick_labels,
)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "words", "bare"),
    [
        (Decimal("88.05"), "%", 1, "88.1%", "88.1%"),
        (4.25, "days", 1, "4.3 days", "4.3"),
        (1204, "", 0, "1,204", "1,204"),
        (-0.04, "°", 1, "0.0°", "0.0"),
    ],
)
def test_a_number_is_rounded_and_has_its_unit_or_only_its_percent_sign(
    value: Decimal | float, unit: str, decimals: int, words: str, bare: str
) -> None:
    definition = Definition("x", unit=unit, decimals=decimals)

    assert quantity(definition, value) == words
    assert number(definition, value) == bare


def test_what_is_not_known_is_no_text_at_all() -> None:
    assert quantity(Definition("x"), None) == ""
    assert ratio(None, None) == ""


def test_a_number_as_it_was_entered_keeps_its_decimals_and_has_its_unit_in_the_same_way() -> None:
    assert exact_quantity(Definition("x", unit="°", decimals=0), Decimal("2.50")) == "2.5°"


def test_percentages_differ_by_percentage_points() -> None:
    assert difference(Definition("x", unit="%"), 3.25) == "3.3 percentage points"
    assert difference(Definition("x", unit="days"), 3.25) == "3.3 days"


def test_tiny_values_are_written_in_digits_on_axes_too() -> None:
    rate = Definition("x", unit="", value_kind="rate", multiplier=1)

    assert quantity(rate, 2e-7, 8) == "0.00000020"
    assert tick_labels(rate, [2e-7, 4e-7]) == ["0.0000002", "0.0000004"]
