from typing import Any

from msgspec.structs import replace

from app.outcomes.view.content import MOST_AREAS, MeasureContent, SeriesContent
from app.outcomes.view.report_view import report_view
from app.reports.files import table_rows
from tests.reports.winter_report import CHOICE, ORGANISATIONS, report, row, share

PAIRS: list[tuple[int, int] | None] = [(70 + (i * 3) % 5, 100) for i in range(15)]
WORSE = share([*PAIRS, (20, 100)])


def of(count: int, *, own: bool = True) -> MeasureContent:
    areas = [row(f"a{i}", f"R{i:03}", CHOICE, WORSE) for i in range(count)]
    given: dict[str, Any] = {"organisation": "o3", "colour": 1}
    lines: list[SeriesContent] = [row("s", ORGANISATIONS[2].name, CHOICE, WORSE, **given)] if own else []
    return MeasureContent("m", "choice", 1, CHOICE, (), (), (), (*lines, *areas))


def test_an_organisation_is_not_lost_among_the_areas_of_published_data() -> None:
    whole = report()
    goal = replace(whole.goals[0], measures=(of(200),))
    content = replace(whole, goals=(goal,))
    shown = report_view(content, "screen")
    measure = shown.goals[0].measures[0]

    assert [one.whose for one in shown.attention] == ["Northfield Trust"]
    assert [(one.whose, one.colour) for one in shown.columns] == [("Northfield Trust", 1)]
    assert (len(measure.charts.figures), measure.areas_left_out) == (1, 200)
    assert sum(1 for _ in table_rows.summary(shown)) > 200


def test_a_few_areas_or_areas_alone_are_told_as_they_are() -> None:
    assert len(of(MOST_AREAS).text_rows) == MOST_AREAS + 1
    assert len(of(30, own=False).text_rows) == 30
