from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from app.outcomes.measures.measure import Definition, Target
from app.outcomes.readings import verdict
from tests.reports.winter_report import CHOICE, DAYS, LENGTH, length, observed, row, share


def test_a_reading_is_said_in_plain_words_with_the_fact_behind_it() -> None:
    found = length().rows[0].found

    assert verdict.variation(found, LENGTH).words == "Improving"
    aim = verdict.assurance(found, LENGTH)
    assert aim is not None
    assert aim.words == "Target out of reach as things were"
    assert aim.because.startswith("Best month of the process as it was")


def test_a_run_is_counted() -> None:
    definition = Definition("x", direction="decrease", value_kind="score", unit="", fixed_after=12)
    values: list[float | None] = [5, 5.4, 4.8, 5.2, 5, 4.7, 5.3, 5.1, 4.9, 5.2, 4.8, 5, *[4.6] * 8]
    found = row("s", "w", definition, observed(values)).found

    assert verdict.variation(found, definition).because == "10 months in a row below the mean"


def test_too_few_values_are_too_early_to_judge() -> None:
    found = row("s", "w", CHOICE, share([(10, 20)])).found

    assert verdict.variation(found, CHOICE).words == "Too early to say"


def test_a_target_is_judged_by_limits_only() -> None:
    target = Target("t", "m", Decimal(2), "<=", "standard", date(2024, 1, 1))
    cases = {
        "Without limits the target is not judged": {"chart": "run"},
        "Neither way is better, so the target is not judged": {"direction": "neutral"},
    }
    for words, more in cases.items():
        definition = replace(LENGTH, **more)
        found = row("s", "w", definition, observed([*DAYS]), targets=[target]).found
        aim = verdict.assurance(found, definition)

        assert aim is not None
        assert (aim.icon, aim.words, aim.because) == ("", words, "The target is 2.0 days")
