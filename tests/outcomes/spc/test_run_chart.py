"""A run chart: the longest run beside the median, and how often the line crosses it."""

import pytest

from app.outcomes.spc.run_chart import Run, fewest_crossings, long_runs, read
from app.outcomes.spc.series import Unreadable


def test_points_on_the_median_are_dropped_and_break_no_run() -> None:
    assert read([1, 2, 3, 2, 3, 2, 1]) == Run(2, 7, 4, 2, 5, 2, 0, signal=False)


def test_missing_values_are_dropped_but_counted() -> None:
    run = read([1, None, 3, None, 5])

    assert (run.median, run.observations, run.useful) == (3, 5, 2)


def test_a_run_longer_than_chance_allows_is_a_signal() -> None:
    seven = read([1] * 7 + [2, 1] * 4 + [2] * 7)
    eight = read([1] * 8 + [2, 1] * 3 + [2] * 8)

    assert (seven.longest_run, seven.longest_run_max, seven.signal) == (7, 7, False)
    assert (eight.longest_run, eight.longest_run_max, eight.signal) == (8, 7, True)
    assert (eight.crossings, eight.crossings_min) == (7, 7)


def test_too_few_crossings_are_a_signal() -> None:
    run = read([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2])

    assert (run.longest_run, run.longest_run_max) == (6, 7)
    assert (run.crossings, run.crossings_min) == (1, 3)
    assert run.signal


def test_without_useful_points_there_is_no_run_and_no_signal() -> None:
    assert read([5, 5, None]) == Run(5, 3, 0, None, None, None, None, signal=False)
    assert read([None]) == Run(None, 1, 0, None, None, None, None, signal=False)


def test_no_values_are_refused() -> None:
    with pytest.raises(Unreadable):
        read([])


@pytest.mark.parametrize(("useful", "fewest"), [(1, 0), (2, 0), (5, 0), (6, 1), (10, 2), (20, 6), (36, 13)])
def test_the_fewest_crossings_are_the_lower_twentieth_of_tosses(useful: int, fewest: int) -> None:
    assert fewest_crossings(useful) == fewest


def test_the_fewest_crossings_of_a_million_points_are_found_at_once() -> None:
    # half of the steps, less 1.645 standard deviations of 500
    assert fewest_crossings(1_000_001) == pytest.approx(500_000 - 1.645 * 500, abs=2)


def test_a_run_longer_than_chance_allows_names_its_rows_and_whether_it_lasts() -> None:
    values = [1] * 8 + [2, 1] * 3 + [3, 3, 2, 2, None, 2, 3, 3, 2]
    run = read(values)

    early, late = long_runs([1] * 8 + [2] + [3] * 8, 7), long_runs(values, run.longest_run_max or 0)
    assert [(one.rows, one.above, one.latest) for one in early] == [
        (tuple(range(8)), False, False),
        (tuple(range(9, 17)), True, True),
    ]
    assert late[-1].rows == (14, 15, 16, 17, 19, 20, 21, 22)
