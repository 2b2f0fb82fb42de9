"""What a report says of itself: what comes first, in which order, and of whom."""

from msgspec.structs import replace

from app.outcomes.view.place_names import shared, told_apart
from app.outcomes.view.report_view import measure_view, report_view
from tests.reports.winter_report import LENGTH, length, report


def test_what_is_out_of_reach_comes_first_and_organisations_by_name() -> None:
    items = report_view(report("space")).attention

    assert [item.rank for item in items] == sorted(item.rank for item in items)
    named = [item.whose for item in items if item.measure == LENGTH.name and item.whose != "Winter Together"]
    assert named == sorted(named)


def test_a_measure_that_improves_but_misses_its_target_is_said_to_do_both() -> None:
    words = [item.words for item in report_view(report()).attention]

    assert "Improving, but target out of reach as things were" in words


def test_paper_says_once_for_all_whom_it_concerns_what_is_the_same_of_a_measure() -> None:
    view = report_view(report("space"))
    groups = view.attention_groups

    assert {item for group in groups for item in group.items} == set(view.attention)
    assert [(group.first.measure, group.first.words, len(group.items)) for group in groups] == [
        (LENGTH.name, "Improving, but target out of reach as things were", 3),
        (LENGTH.name, "Target out of reach as things are", 1),
    ]


def test_the_matrix_has_all_together_first_and_then_the_alphabet() -> None:
    columns = [one.whose for one in report_view(report("space")).columns]

    assert columns == ["Winter Together", "Carers Together", "Harrow Vale Council", "Northfield Trust"]


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


def test_the_matrix_opens_on_what_has_values() -> None:
    one = report("space")
    days, choice, back = one.goals[0].measures
    empty = [
        replace(
            row, found=replace(row.found, points=(), latest=None), whose=f"A {row.whose}", organisation="x"
        )
        for row in back.rows
    ]
    first = replace(one.goals[0], measures=(replace(back, rows=tuple(empty)), days, choice))
    view = report_view(replace(one, goals=(first,)))

    assert [row.content.id for row in view.goals[0].rows] == ["m1", "m2", "m3"]
    assert [one.whose for one in view.columns][-1] == "A Winter Together"
    apart = report_view(replace(one, goals=(replace(one.goals[0], measures=(back,)), first)))
    assert [one.whose for one in apart.goals[0].columns] == ["Winter Together"]
    assert view.columns[0].whose == "Winter Together"


def test_a_whole_and_an_organisation_of_one_name_have_a_column_each() -> None:
    one = report("space")
    called = replace(length(), rows=tuple(replace(row, whose="Winter") for row in length().headlines[:2]))
    view = report_view(replace(one, goals=(replace(one.goals[0], measures=(called,)),)))
    series = view.goals[0].measures[0].series

    assert [(column.whose, column.together) for column in view.columns] == [
        ("Winter", True),
        ("Winter", False),
    ]
    assert [column.cell(series) for column in view.columns] == list(series)


def test_the_whole_says_what_it_is_where_an_organisation_is_called_as_its_space() -> None:
    whole, own, area = (None, ""), ("o", ""), (None, "R1")
    named = (None, "WINTER")
    alike = shared([(whole, "Winter"), (own, "winter"), (area, "Vale"), (named, "Winter")])

    assert told_apart(whole, "Winter", alike) == "Winter (all together)"
    assert told_apart(own, "winter", alike) == "winter"
    assert told_apart(named, "Winter", alike) == "Winter (area)"
    assert told_apart(area, "Vale", alike) == "Vale"
