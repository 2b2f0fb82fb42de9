"""How a goal shows itself on its cards: the word, the value and the line of its first outcome measure."""

from decimal import Decimal

import pytest

from app.boards.core.live_status import LiveStatus, as_field
from app.outcomes.cards.status import APART, NOTHING, first_outcome, heights, status
from app.outcomes.measures.measure import Definition, Measure, Observed, Series
from app.outcomes.measures.periods import after, read
from app.outcomes.readings.analyse import analyse
from app.outcomes.readings.reading import Reading

GOAL = "6f1c1d2e-0000-4000-8000-000000000001"
HOME = Definition("Home within two days", suppress_below=0)
RISING = [50, 52, 49, 51, 50, 53, 48, 51, 50, 52, 49, 50, 70, 72, 74, 76, 78, 80, 82]


def measure(id: str = "m1", kind: str = "outcome", position: int = 0) -> Measure:
    return Measure(id, GOAL, id, 1, Definition(id, kind=kind, suppress_below=0), position)  # type: ignore[arg-type]


def found(values: list[int], definition: Definition = HOME) -> Reading:
    observed, period = [], read("2024-01", "month")
    for value in values:
        observed.append(Observed("s", period.start, period.end, 1, Decimal(value), label=period.label))
        period = after(period, "month")
    return analyse(definition, observed)


def test_the_first_outcome_measure_speaks_for_a_goal() -> None:
    measures = [measure("p", "process"), measure("b", position=2), measure("a", position=1)]

    assert first_outcome(measures) == measures[2]
    assert first_outcome(measures[:1]) is None


def test_a_face_has_the_word_the_latest_value_and_its_line() -> None:
    one = status(GOAL, measure(), [Series("s", "m1", "north")], {"s": found(RISING)})

    assert (one.goal, one.word, one.value) == (GOAL, "Improving", "82.0%")
    assert len(one.points) == 19
    assert (min(one.points), max(one.points), one.points[-1]) == (0, 100, 100)
    assert as_field(one)["word"] == "Improving"


def test_a_face_has_the_sign_of_its_chart_and_none_without_numbers() -> None:
    worse = Measure("m1", GOAL, "m1", 1, Definition("Waits", direction="decrease", suppress_below=0), 0)
    shown = [
        (measure(), found(RISING)),
        (worse, found(RISING, worse.definition)),
        (measure(), found(RISING[:12])),
    ]

    assert [status(GOAL, one, [Series("s", "m1")], {"s": reading}).sign for one, reading in shown] == [
        "better",
        "worse",
        "expected",
    ]
    assert "sign" not in as_field(status(GOAL, None, [], {}))


def test_the_whole_speaks_for_all_and_several_lines_without_it_stay_apart() -> None:
    whole, north, south = Series("w", "m1"), Series("n", "m1", "north"), Series("s", "m1", "south")
    by = {"w": found(RISING), "n": found(RISING[:12]), "s": found(RISING[:12])}

    assert status(GOAL, measure(), [north, whole, south], by).value == "82.0%"
    assert status(GOAL, measure(), [north, south], by) == LiveStatus(GOAL, APART)


def test_a_breakdown_does_not_speak_for_the_goal() -> None:
    part = Series("s", "m1", "north", breakdown=(("age", "80+"),))

    assert status(GOAL, measure(), [part], {"s": found(RISING)}) == LiveStatus(GOAL, NOTHING)


def test_without_a_measure_or_numbers_it_says_so() -> None:
    assert status(GOAL, None, [], {}) == LiveStatus(GOAL, NOTHING)
    assert status(GOAL, measure(), [Series("s", "m1")], {}) == LiveStatus(GOAL, NOTHING)


@pytest.mark.parametrize(
    ("values", "drawn"),
    [([], ()), ([3.0], (50,)), ([2.0, 2.0], (50, 50)), ([1.0, 2.0, 5.0], (0, 25, 100))],
)
def test_heights_lie_between_the_lowest_and_the_highest(values: list[float], drawn: tuple[int, ...]) -> None:
    assert heights(values) == drawn


def test_the_latest_twenty_four_are_shown() -> None:
    assert len(heights([float(i) for i in range(40)])) == 24
    assert heights([float(i) for i in range(40)])[0] == 0
