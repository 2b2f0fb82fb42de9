"""A value that nothing judges is called a value: in the legend, in the table behind it and in files."""

from datetime import date

from msgspec.structs import replace

from app.outcomes.measures.measure import Definition
from app.outcomes.readings.reading import Reading
from app.outcomes.view.content import MeasureContent, MeasureEvent, SeriesContent
from app.outcomes.view.figure import figure
from app.outcomes.view.point_words import words_of
from app.outcomes.view.report_view import report_view
from app.outcomes.view.series_view import series_view
from app.reports.files import table_rows
from tests.outcomes.readings.test_true_sentences import FALLS, QUIET, RUN, SCORE, read, rebase
from tests.reports.winter_report import report


def content(definition: Definition, found: Reading) -> MeasureContent:
    return MeasureContent("m", "c", 1, definition, (), (), (), (SeriesContent("s", "A", "a", 1, (), found),))


def legend(definition: Definition, found: Reading) -> list[str]:
    one = content(definition, found)
    return [item.words for item in figure(one, series_view(definition, one.rows[0])).legend]


def words(found: Reading) -> list[str]:
    return [words_of(found, dot) for dot in found.points]


def test_without_limits_no_variation_is_expected() -> None:
    for definition, values in ((SCORE, [5.0]), (FALLS, [12, 3, 14]), (RUN, [5, 6])):
        found = read(definition, values)

        assert set(words(found)) == {"A value"}
        assert legend(definition, found)[0] == "A value"
    assert set(words(read(SCORE, QUIET))) == {"Expected variation"}


def test_a_value_left_out_of_the_limits_is_not_expected_variation() -> None:
    found = read(SCORE, [*QUIET, 9], excluded={date(2024, 1, 1): "A count twice"})

    assert words(found) == [*["Expected variation"] * 12, "A value"]
    assert legend(SCORE, found) == ["Expected variation", "Left out of the limits"]


def test_one_sign_has_one_meaning_where_a_part_has_no_limits() -> None:
    found = read(SCORE, [*QUIET, 9], rebases=[rebase(date(2024, 1, 1))])

    assert words(found)[-1] == "A value"
    assert legend(SCORE, found) == ["Expected variation"]


def test_no_cross_is_explained_over_a_value_that_is_hidden() -> None:
    found = read(FALLS, [12, 3, 14], excluded={date(2023, 2, 1): "A count twice"})

    assert legend(FALLS, found) == ["A value", "No value to show"]


def test_a_long_run_is_called_the_same_in_legend_and_table() -> None:
    found = read(RUN, [*[5, 6] * 6, *[9] * 12])
    seen = series_view(RUN, content(RUN, found).rows[0])
    said = "In a long run on the better side of the median"

    assert said in legend(RUN, found)
    assert seen.points[-1].remarks.startswith(f"{said}: one of ")
    assert words(found)[-1] == said


def test_what_changed_on_a_run_chart_is_its_median() -> None:
    event = MeasureEvent(date(2024, 1, 1), "New median: a ward more", "rebase")
    one, measure = report(), MeasureContent("m", "c", 1, RUN, (), (event,), (), ())
    changed = replace(one, goals=(replace(one.goals[0], measures=(measure,)),))

    assert [row[2] for row in table_rows.changes(changed) if row[0] == event.when] == ["New median"]


def test_a_rate_says_out_of_how_many_in_every_table_file() -> None:
    for multiplier, unit in ((1000, "falls per 1,000"), (100_000, "falls per 100,000")):
        rate = replace(SCORE, value_kind="rate", unit="falls", multiplier=multiplier)
        one = report()
        goal = replace(one.goals[0], measures=(content(rate, read(rate, QUIET)),))
        made = report_view(replace(one, goals=(goal,)))

        for head, rows in (
            (table_rows.SUMMARY, table_rows.summary(made)),
            (table_rows.DATA, table_rows.data(made)),
        ):
            assert {row[head.index("Unit")] for row in rows} == {unit}
