from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from app.outcomes.measures.measure import Definition, Target
from app.outcomes.readings import verdict
from app.outcomes.view import inequality
from app.outcomes.view.content import MeasureContent
from app.outcomes.view.group_chart import group_chart
from app.outcomes.view.view import measure_view, report_view
from tests.reports.winter_report import CHOICE, DAYS, LENGTH, choice, length, observed, report, row, share


def shares(**pairs: tuple[int, int]) -> MeasureContent:
    rows = [
        row(name, "Winter", CHOICE, share([pair]), breakdown=(("Area", name),), together=True)
        for name, pair in pairs.items()
    ]
    return MeasureContent("m", "m", 1, CHOICE, (), (), (), tuple(rows))


def test_a_reading_is_said_in_plain_words_with_the_fact_behind_it() -> None:
    found = length().rows[0].found

    assert verdict.variation(found, LENGTH).words == "Improving"
    aim = verdict.assurance(found, LENGTH)
    assert aim is not None
    assert aim.words == "Target out of reach as things are"
    assert aim.because.startswith("Best month to expect today")


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


def test_what_is_out_of_reach_comes_first_and_organisations_by_name() -> None:
    items = report_view(report("space")).attention

    assert [item.rank for item in items] == sorted(item.rank for item in items)
    named = [item.whose for item in items if item.measure == LENGTH.name and item.whose != "Winter Together"]
    assert named == sorted(named)


def test_a_measure_that_improves_but_misses_its_target_is_said_to_do_both() -> None:
    words = [item.words for item in report_view(report()).attention]

    assert "Improving, but target out of reach as things are" in words


def test_the_matrix_has_all_together_first_and_then_the_alphabet() -> None:
    columns = [whose for whose, _ in report_view(report("space")).columns]

    assert columns == ["Winter Together", "Carers Together", "Harrow Vale Council", "Northfield Trust"]


def test_small_groups_are_hidden_and_so_is_what_would_give_them_away() -> None:
    panel = inequality.panels(shares(a=(40, 80), b=(3, 4), c=(9, 12)))[0]
    shown = {one.category: one.value for one in panel.groups}

    assert shown == {"a": 50.0, "b": None, "c": None}
    assert {one.words for one in panel.groups if one.value is None} == {"Too few people to show"}


def test_two_small_groups_hide_only_each_other() -> None:
    panel = inequality.panels(shares(a=(40, 80), b=(3, 4), c=(2, 40), d=(30, 40)))[0]

    assert [one.category for one in panel.groups if one.value is None] == ["b", "c"]


def test_the_gap_is_between_the_highest_and_the_lowest_shown() -> None:
    panel = inequality.panels(choice())[0]

    assert panel.gap == 30
    assert "a gap of 30.0 percentage points" in group_chart(panel).say


def test_groups_stand_in_their_own_order_and_never_by_result() -> None:
    panel = inequality.panels(length())[0]

    assert [one.category for one in panel.groups] == ["18 to 64", "65 to 84", "85 and over"]


def test_a_proportion_has_the_interval_of_wilson() -> None:
    dot = row("s", "w", CHOICE, share([(40, 80)])).found.points[0]
    low, high = inequality.interval(dot, CHOICE)

    assert low is not None
    assert high is not None
    assert (round(low, 2), round(high, 2)) == (39.3, 60.7)
    given = replace(dot, low95=Decimal(1), high95=Decimal(2))
    assert inequality.interval(given, CHOICE) == (1, 2)


def test_without_a_whole_each_has_a_chart_and_none_is_taken_for_all() -> None:
    whole = length()
    apart = replace(whole, rows=tuple(one for one in whole.headlines if not one.together))
    shown, together = measure_view(apart, "screen"), measure_view(whole, "screen")

    assert (shown.variation, shown.assurance, shown.latest) == (None, None, "")
    assert [one.whose for one in shown.charts.figures] == [
        "Carers Together",
        "Harrow Vale Council",
        "Northfield Trust",
    ]
    assert [bool(one.events) for one in shown.charts.figures] == [True, False, False]
    assert [one.whose for one in together.charts.figures] == [""]
    assert together.variation is not None
    alone = measure_view(replace(whole, rows=apart.rows[:1]), "screen")
    assert alone.variation is not None
    assert [one.whose for one in alone.charts.figures] == ["Carers Together"]
