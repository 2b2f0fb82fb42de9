"""The chart of a measure as a file of its own, as SVG and as PNG, and the pictures of a workbook."""

import asyncio
from collections.abc import Callable

from app.access import NOT_FOUND, Code, Refused
from app.outcomes.view.content import ReportContent
from app.outcomes.view.figure import figure
from app.outcomes.view.look import ALL, Look
from app.outcomes.view.measure_charts import chosen_series
from app.outcomes.view.report_view import MeasureView, ReportView, measure_view
from app.reports.files.png import as_png
from app.reports.files.svg import SVG, valid_xml
from app.reports.files.workbook_pictures import IconName, Pictures

Render = Callable[..., str]  # a template by its name, with what it needs, as text


def chart_svg(render: Render, content: ReportContent, code: str, look: Look = ALL) -> str:
    """The first chart of the measure with this code. Raises Refused where there is none."""
    measure = next((one for one in content.measures if one.code == code), None)
    svg = _svg(render, measure_view(measure), look) if measure else None
    if svg is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return svg


async def chart_pngs(render: Render, report: ReportView, look: Look = ALL) -> dict[str, bytes]:
    """A picture of the first chart of each measure that has values, by its id."""

    drawn = await asyncio.to_thread(_charts, render, report, look)
    return dict(zip(drawn, await as_png(list(drawn.values())), strict=True)) if drawn else {}


async def workbook_pictures(render: Render, report: ReportView, look: Look = ALL) -> Pictures:
    """The charts of a report and the icons that its series have, as PNG."""

    def draw() -> tuple[dict[str, str], dict[IconName, str]]:
        return _charts(render, report, look), _icons(render, report)

    charts, icons = await asyncio.to_thread(draw)
    made = await as_png([*charts.values(), *icons.values()]) if charts or icons else []
    return Pictures(dict(zip(charts, made, strict=False)), dict(zip(icons, made[len(charts) :], strict=True)))


def _charts(render: Render, report: ReportView, look: Look) -> dict[str, str]:
    return {one.content.id: svg for one in report.measures if (svg := _svg(render, one, look))}


def _icons(render: Render, report: ReportView) -> dict[IconName, str]:
    series = [one for measure in report.measures for one in measure.every_series()]
    names = {("variation", one.variation.icon) for one in series}
    names |= {("assurance", one.assurance.icon) for one in series if one.assurance}
    return {name: _icon(render, *name) for name in sorted(names) if name[1]}


def _icon(render: Render, family: str, kind: str) -> str:
    svg = render("outcomes/_icon.html", family=family, kind=kind).strip()
    return svg.replace("<svg", f'<svg xmlns="{SVG}"', 1)


def _svg(render: Render, measure: MeasureView, look: Look) -> str | None:
    """The chart of the series that was chosen, else of the first that has values; None without one."""
    with_values = (one for one in measure.series if one.reading.latest)
    first = chosen_series(measure.content, look) or next(with_values, None)
    if first is None:
        return None
    chart = figure(measure.content, first, look, wide_only=True)
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
