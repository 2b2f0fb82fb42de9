"""The chart of a measure as a file of its own, as SVG and as PNG."""

import asyncio
from collections.abc import Callable

from app.access import NOT_FOUND, Code, Refused
from app.outcomes.view.content import ReportContent
from app.outcomes.view.figure import figure
from app.outcomes.view.report_view import MeasureView, ReportView, measure_view
from app.reports.files.png import as_png
from app.reports.files.svg import valid_xml

Render = Callable[..., str]  # a template by its name, with what it needs, as text


def chart_svg(render: Render, content: ReportContent, code: str) -> str:
    """The first chart of the measure with this code. Raises Refused where there is none."""
    measure = next((one for one in content.measures if one.code == code), None)
    svg = _svg(render, measure_view(measure)) if measure else None
    if svg is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return svg


async def chart_pngs(render: Render, report: ReportView) -> dict[str, bytes]:
    """A picture of the first chart of each measure that has values, by its id."""

    def draw() -> dict[str, str]:
        return {one.content.id: svg for one in report.measures if (svg := _svg(render, one))}

    drawn = await asyncio.to_thread(draw)
    return dict(zip(drawn, await as_png(list(drawn.values())), strict=True)) if drawn else {}


def _svg(render: Render, measure: MeasureView) -> str | None:
    """The chart of the first series, which may stand alone; None where that has no value."""
    first = measure.series[0] if measure.series else None
    if first is None or first.reading.latest is None:
        return None
    chart = figure(measure.content, first, wide_only=True)
    svg = render(
        "outcomes/_chart_svg.html",
        drawing=chart.wide,
        chart_id="chart",
        chart_title=chart.title,
        description=chart.sentence,
        paper=False,
        alone=True,
    )
    return valid_xml(svg)
