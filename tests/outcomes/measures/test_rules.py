"""What may be written about goals and measures: forms read into values, each wrong word said by field."""

from datetime import date
from decimal import Decimal

import pytest

from app.db import now
from app.outcomes.goals import rules as goal_rules
from app.outcomes.goals.goal import Goal, GoalState
from app.outcomes.goals.rules import Candidates
from app.outcomes.measures import advice
from app.outcomes.measures import rules as measure_rules
from app.outcomes.measures.labels import at_a_glance
from app.outcomes.measures.measure import Definition, Measure, Target, in_force
from app.outcomes.measures.number_format import exact_quantity
from app.spaces.form_reader import FormReader
from tests.outcomes.forms import GOAL, MEASURE

CIRCLE = Candidates({"n": "North", "s": "South"}, {"ana": "n", "cat": "s"}, "n", "ana")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("95", "95"),
        (" 95 % ", "95"),
        ("1,250.50", "1250.50"),
        ("−2.5", "-2.5"),
        (".5", "0.5"),
        ("0", "0"),
        ("+3", "3"),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, number: str) -> None:
    form = FormReader({"value": typed})

    assert form.number("value", "missing") == Decimal(number)
    assert form.errors == {}


@pytest.mark.parametrize(
    "typed", ["", "many", "1e9", "=1+1", "9" * 16, "NaN", "Infinity", "1.2.3", "٣", "2,5", "0,95", "1,25,0"]
)
def test_what_is_no_number_is_said(typed: str) -> None:
    form = FormReader({"value": typed})
    form.number("value", "Say which number.")

    assert list(form.errors) == ["value"]


@pytest.mark.parametrize("typed", ["soon", "31/03/2027", "2027-02-30", "0001-01-01", "9999-12-31"])
def test_what_is_no_day_or_too_far_away_is_said(typed: str) -> None:
    form = FormReader({"day": typed})
    form.day("day")

    assert list(form.errors) == ["day"]


def test_an_empty_day_is_no_day() -> None:
    form = FormReader({"day": " "})

    assert form.day("day") is None
    assert form.errors == {}


def test_a_target_holds_until_the_next_begins_and_comes_back_when_that_ends() -> None:
    first = Target("1", "m", Decimal(2), "<=", "standard", date(2026, 1, 1))
    second = Target("2", "m", Decimal(1), "<=", "ambition", date(2026, 4, 1), date(2026, 6, 30))
    shown_only = Target("3", "m", Decimal(9), "<=", "trajectory", date(2026, 5, 1), assures=False)
    there = [first, second, shown_only]

    assert in_force(there, date(2025, 12, 31)) is None
    assert in_force(there, date(2026, 3, 31)) is first
    assert in_force(there, date(2026, 6, 30)) is second
    assert in_force(there, date(2026, 7, 1)) is first


def test_only_what_changes_the_counting_asks_from_when_and_why() -> None:
    before = Definition("Days", numerator="Days waited")
    shown_otherwise = Definition("Days", numerator="Days waited", chart="run", decimals=2)
    counted_otherwise = Definition("Days", numerator="Nights waited")

    assert measure_rules.read_change({}, before, shown_otherwise) == (None, {})
    assert set(measure_rules.read_change({}, before, counted_otherwise)[1]) == {"since", "why"}


def test_codes_are_made_of_any_name() -> None:
    taken = {"measure": "Other", "ae-4-hours": "A&E"}

    assert measure_rules.read_code({}, "A&E: 4 hours", {}) == ("a-e-4-hours", {})
    assert measure_rules.read_code({}, "日本", taken) == ("measure-2", {})
    assert measure_rules.read_code({"code": "AE-4-hours"}, "x", taken)[1] != {}


def test_the_form_of_a_measure_gives_its_whole_definition() -> None:
    definition, errors = measure_rules.read_definition({**MEASURE, "fixed_after": "18"})

    assert errors == {}
    assert (definition.unit, definition.fixed_after, definition.sums) == ("days", 18, True)
    assert (definition.multiplier, definition.pooled) == (1, False)
    assert at_a_glance(definition) == "Outcome measure, every month, lower is better"


@pytest.mark.parametrize(
    ("kind", "fitting"),
    [
        ("proportion", (100, "%", 1)),
        ("rate", (1000, "", 1)),
        ("count", (1, "", 0)),
        ("mean", (1, "", 1)),
    ],
)
def test_what_is_left_empty_fits_the_kind_of_number(kind: str, fitting: tuple[int, str, int]) -> None:
    left = {**MEASURE, "value_kind": kind, "unit": "", "decimals": "", "multiplier": ""}
    definition, errors = measure_rules.read_definition(left)

    assert errors == {}
    assert (definition.multiplier, definition.unit, definition.decimals) == fitting


def test_a_count_is_in_no_percent_and_an_average_out_of_no_hundred() -> None:
    count, mean = {"value_kind": "count", "unit": "%"}, {"value_kind": "mean", "multiplier": "100"}

    assert set(measure_rules.read_definition({**MEASURE, **count})[1]) == {"unit"}
    assert set(measure_rules.read_definition({**MEASURE, **mean})[1]) == {"multiplier"}


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("95", "%", "95%"),
        ("2.50", "days", "2.5 days"),
        ("1250", "", "1,250"),
        ("100", "%", "100%"),
        ("0.00", "", "0"),
    ],
)
def test_a_number_is_said_in_its_unit(value: str, unit: str, said: str) -> None:
    assert exact_quantity(Definition("x", unit=unit), Decimal(value)) == said


def test_only_other_organisations_of_the_space_are_asked_to_own_a_new_goal() -> None:
    form = {**GOAL, "org-n": "yes", "org-s": "yes", "org-elsewhere": "yes"}

    assert goal_rules.read_others(form, CIRCLE) == ("s",)
    assert goal_rules.read_goal(form)[1] == {}


def goal(**words: str) -> Goal:
    told = {
        "title": "Home sooner",
        "aim": "",
        "start": "",
        "to": "",
        "for_whom": "",
        "person": "",
        "theory": "",
    }
    whose = {"tender": "ana", "organisations": ("n",), "state": GoalState.OPEN, "changed_at": now()}
    return Goal(id="g", space="s", by_when=None, **{**told, **words}, **whose)  # type: ignore[arg-type]


def test_an_aim_without_number_people_or_day_is_asked_about_and_not_refused() -> None:
    assert len(advice.of_aim(goal())) == 4
    assert len(advice.of_aim(goal(to="2 days", for_whom="Everyone", person="Joan is home."))) == 1


def test_a_family_of_measures_is_asked_for_what_it_lacks() -> None:
    days = Measure("m", "g", "days", 1, Definition("Days", value_kind="mean"))
    share = Measure("m", "g", "share", 1, Definition("Share", kind="process"))

    assert "Nothing is measured yet" in advice.of_measures([])[0]
    assert [note for note in advice.of_measures([days]) if "balancing" in note]
    assert [note for note in advice.of_measures([share]) if "outcome measure" in note]
    assert [note for note in advice.of_measures([share]) if "“Share” does not say yet" in note]


SHARE = Definition("Seen in time")
TARGET = {"comparator": ">=", "kind": "standard", "valid_from": "2026-01-01", "assures": "yes"}


def read_target(value: str, definition: Definition = SHARE, **more: str) -> tuple[Decimal, dict[str, str]]:
    target, errors = measure_rules.read_target({**TARGET, "value": value, **more}, [], definition)
    return target.value, dict(errors)


def test_a_target_that_may_be_a_share_of_one_is_asked_about_and_meant_when_said_again() -> None:
    asked = read_target("0.95")[1]["value"]

    assert asked == "Is that 0.95%, or 95%? For 95% write 95. For 0.95% set the target once more."
    assert read_target("0.95", sure="0.95") == (Decimal("0.95"), {})
    assert read_target("0.9", sure="0.95")[1]
    assert read_target("0.95%") == (Decimal("0.95"), {})
    assert read_target("95") == read_target("95%") == (Decimal(95), {})
    assert read_target("0") == (Decimal(0), {})


def test_a_target_lies_where_the_measure_can() -> None:
    of_one = Definition("Share", multiplier=1, unit="")
    days = Definition("Days", value_kind="mean", unit="days")

    assert read_target("101")[1] == {"value": "A share lies between 0 and 100%."}
    assert read_target("95", of_one)[1] == {"value": "A share lies between 0 and 1."}
    assert read_target("95%", of_one) == (Decimal("0.95"), {})
    assert read_target("0.95", of_one) == (Decimal("0.95"), {})
    assert read_target("95%", days)[1] == {"value": "This measure is not in %. Its unit is days."}
    assert read_target("-1", Definition("Falls", value_kind="count"))[1]
    assert read_target("-1", days)[1] == {}


def test_a_target_against_the_direction_is_refused() -> None:
    lower = Definition("Days", value_kind="mean", direction="decrease")

    assert "Lower is better here" in read_target("4", lower)[1]["comparator"]
    assert read_target("4", lower, comparator="<=")[1] == {}
    assert "Higher is better here" in read_target("95", comparator="<=")[1]["comparator"]
    assert read_target("4", Definition("Visits", value_kind="count", direction="neutral"))[1] == {}


def test_small_numbers_are_hidden_by_what_the_numbers_are_for() -> None:
    unsaid = {name: value for name, value in MEASURE.items() if name != "suppress_below"}

    def read(**typed: str) -> tuple[int, set[str]]:
        definition, errors = measure_rules.read_definition({**unsaid, **typed})
        return definition.suppress_below, set(errors)

    assert read()[1] == read(small_numbers="perhaps")[1] == {"small_numbers"}
    assert read(small_numbers="internal") == (0, set())
    assert read(small_numbers="internal", suppress_below="8") == (0, set())
    assert read(small_numbers="published") == (5, set())
    assert read(small_numbers="published", suppress_below="8") == (8, set())
    assert read(small_numbers="published", suppress_below="0")[1] == {"suppress_below"}
    assert read(suppress_below="7") == (7, set())
