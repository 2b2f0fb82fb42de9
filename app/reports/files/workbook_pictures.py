"""The pictures of a workbook: icons beside the words of the summary, and a sheet of charts."""

import io
from collections.abc import Mapping
from typing import Any, NamedTuple

from app.outcomes.view.report_view import ReportView
from app.reports.files.sentences import of_measure
from app.reports.files.table_rows import SUMMARY, summary_series

IconName = tuple[str, str]  # family (variation or assurance) and kind
MOST_ICONS = 500  # rows with icons: a drawing layer of thousands makes spreadsheets slow
FOOTER = "&L&8&F, &A&R&8Page &P of &N"  # on paper: the file and its sheet, and the page
ICON_SCALE = 0.2  # of a picture 92 pixels wide, so that it fits into a row
CHART_SCALE, CHART_ROWS = 0.5, 19  # of a picture twice its size; rows of a sheet under a chart
HEADINGS = ("Variation icon", "Assurance icon")


class Pictures(NamedTuple):
    """Pictures of a report as PNG: charts by id of measure, icons by name."""

    charts: Mapping[str, bytes]
    icons: Mapping[IconName, bytes]


NO_PICTURES = Pictures({}, {})


def add_icons(
    sheet: Any, report: ReportView, icons: Mapping[IconName, bytes], first_row: int, head: Any
) -> None:
    """Two columns of icons after those of the summary; each has its words for those who do not see it."""
    if not icons:
        return
    for column, words in enumerate(HEADINGS, len(SUMMARY)):
        sheet.write_string(first_row - 1, column, words, head)
        sheet.set_column(column, column, 15)
    for row, series in zip(range(MOST_ICONS), summary_series(report), strict=False):
        verdicts = (("variation", series.variation), ("assurance", series.assurance))
        for column, (family, verdict) in enumerate(verdicts, len(SUMMARY)):
            icon = icons.get((family, verdict.icon)) if verdict else None
            if icon and verdict:
                _insert(sheet, first_row + row, column, icon, verdict.words, ICON_SCALE)


def add_charts(book: Any, report: ReportView, charts: Mapping[str, bytes], title: Any) -> None:
    """A sheet with the first chart of each measure, under its name and its sentence."""
    if not charts:
        return
    sheet, row = book.add_worksheet("Charts"), 0
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(FOOTER)
    for measure in report.measures:
        chart = charts.get(measure.content.id)
        if chart is None:
            continue
        said = of_measure(measure.content)
        sheet.write_string(row, 0, measure.definition.name, title)
        sheet.write_string(row + 1, 0, said)
        _insert(sheet, row + 2, 0, chart, f"Chart of {measure.definition.name}. {said}", CHART_SCALE)
        row += CHART_ROWS + 3


def _insert(sheet: Any, row: int, column: int, picture: bytes, words: str, scale: float) -> None:
    options = {
        "image_data": io.BytesIO(picture),
        "x_scale": scale,
        "y_scale": scale,
        "x_offset": 3,
        "y_offset": 2,
        "description": words[:1000],
        "object_position": 1,
    }
    sheet.insert_image(row, column, "picture.png", options)
