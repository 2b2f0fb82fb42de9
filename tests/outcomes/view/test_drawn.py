"""A measure is drawn again when anything in it is another, and for no other reason."""

from datetime import date

import pytest
from msgspec.structs import replace

from app.outcomes.view import drawn
from app.outcomes.view.drawn import DrawnMeasures
from app.outcomes.view.look import ALL, Look
from app.outcomes.view.report_view import MeasureView, measure_view
from tests.reports.winter_report import choice, length


@pytest.fixture
def strokes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes of the measures that were drawn, in order."""
    found: list[str] = []

    def noted(content, medium, look) -> MeasureView:  # type: ignore[no-untyped-def]
        found.append(content.code)
        return measure_view(content, medium, look)

    monkeypatch.setattr(drawn, "measure_view", noted)
    return found


def test_what_is_the_same_is_drawn_once_and_shown_as_if_drawn_anew(strokes: list[str]) -> None:
    known = DrawnMeasures()
    first, again = known.view(length(), ALL), known.view(length(), ALL)

    assert len(strokes) == 1
    assert first is again
    assert again.view == measure_view(length(), "screen", ALL)


def test_another_value_name_or_window_is_drawn_anew(strokes: list[str]) -> None:
    known, content = DrawnMeasures(), length()
    known.view(content, ALL)
    renamed = replace(content, definition=replace(content.definition, name="Another name"))
    fewer = replace(content, rows=content.rows[:-1])
    for other in (renamed, fewer, content):
        assert known.view(other, ALL).view == measure_view(other, "screen", ALL)
    spring = Look(date(2025, 3, 1), None)
    assert known.view(content, spring).view == measure_view(content, "screen", spring)

    assert len(strokes) == 5


def test_only_the_latest_are_kept(strokes: list[str]) -> None:
    known = DrawnMeasures(most=1)
    known.view(length(), ALL)
    known.view(replace(choice(), id="another"), ALL)
    known.view(length(), ALL)

    assert len(strokes) == 3


def test_figures_are_kept_for_those_who_may_the_same() -> None:
    figures = DrawnMeasures().view(length(), ALL).figures
    figures.keep("/rebases/new", "<figure>with a link</figure>")

    assert figures.known("/rebases/new") == "<figure>with a link</figure>"
    assert figures.known("") == ""


def test_figures_of_what_has_changed_are_drawn_anew() -> None:
    known = DrawnMeasures()
    known.view(length(), ALL).figures.keep("", "<figure></figure>")

    assert known.view(length(), ALL).figures.known("")
    assert not known.view(replace(length(), code="another"), ALL).figures.known("")


def test_figures_that_are_too_long_are_drawn_each_time() -> None:
    figures = DrawnMeasures().view(length(), ALL).figures

    assert figures.keep("", "x" * (drawn.LONGEST + 1))
    assert figures.known("") == ""
