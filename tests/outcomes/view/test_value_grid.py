"""Values of several series side by side: each under its own name, what is said of them once."""

from msgspec.structs import replace

from app.outcomes.view.report_view import measure_view
from app.outcomes.view.value_grid import COLUMNS, GridCell, value_grids
from tests.reports.winter_report import length


def test_each_value_stands_under_whose_it_is_with_the_number_of_what_is_said_of_it() -> None:
    main = length()
    points = main.rows[0].found.points
    short = replace(main.rows[0].found, points=points[:3] + points[4:])
    rows = (
        replace(main.rows[0], series="a", whose="North", together=False),
        replace(main.rows[0], series="b", whose="South", together=False, found=short),
    )
    view = measure_view(replace(main, rows=rows), "paper")
    [grid] = value_grids(view.definition, view.charts.figures)
    fourth, last = grid.rows[3], grid.rows[-1]

    assert (grid.measure, grid.unit, grid.whose) == (view.definition.name, "days", ("North", "South"))
    assert [label for label, _ in grid.rows] == [point.label for point in view.charts.figures[0].points]
    assert [bool(cell.value) for cell in fourth[1]] == [True, False]
    assert last[1] == (GridCell("2.7", last[1][0].remark),) * 2
    assert grid.remarks[last[1][0].remark - 1] == "below the lower limit; provisional"
    assert len(set(grid.remarks)) == len(grid.remarks)


def test_windows_that_begin_together_and_end_apart_have_a_row_each_with_their_own_label() -> None:
    figure = measure_view(length(), "paper").charts.figures[0]
    first = figure.points[0]
    window = replace(first.dot, label="A longer window", end=figure.points[1].dot.end)
    longer = replace(first, dot=window)
    other = replace(figure, points=(longer, *figure.points[1:]))
    [grid] = value_grids(length().definition, (figure, other))

    assert [label for label, _ in grid.rows[:3]] == [first.label, longer.label, figure.points[1].label]
    assert [[bool(cell.value) for cell in cells] for _, cells in grid.rows[:3]] == [
        [True, False],
        [False, True],
        [True, True],
    ]


def test_a_table_has_as_many_series_as_a_page_is_wide() -> None:
    figures = measure_view(length(), "paper").charts.figures * (COLUMNS + 1)

    grids = list(value_grids(length().definition, figures))
    assert [len(grid.whose) for grid in grids] == [COLUMNS, 1]
    assert {len(cells) for grid in grids for _, cells in grid.rows} == {COLUMNS, 1}
