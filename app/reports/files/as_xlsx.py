"""A report as a workbook: Summary, Charts, Data with flags, Definitions, Changes. Text is never a formula."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.outcomes.measures.periods import long_date
from app.outcomes.view.report_view import ReportView
from app.reports.files import table_rows, workbook_pictures
from app.reports.files.table_rows import Cell
from app.reports.files.workbook_pictures import FOOTER, NO_PICTURES, Pictures

OPTIONS = {
    "in_memory": True,
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDE = {  # letters that most of what stands below a heading needs
    "Goal": 34,
    "Measure": 30,
    "Code": 22,
    "Whose": 26,
    "Period": 18,
    **dict.fromkeys(("Period start", "Period end", "Data until", "Date"), 14),
    "Variation": 18,
    "Because": 34,
    "Assurance": 24,
    "Assurance because": 34,
    "Sentence": 60,
    "Title": 44,
    "Field": 24,
    "Value": 12,
    "What": 26,
    "Words": 60,
    "Note": 34,
    "Rule": 26,
    "Type of point": 24,
    "Variation of the series": 18,
    "Assurance of the series": 24,
}
MAX_CELL_LENGTH = 32_767  # letters that a cell holds
A3, A4 = 8, 9  # sizes of paper
MOST_ON_A4 = 12  # columns that can be read side by side on it
MAX_ROWS = 1_048_575  # rows that a sheet holds below its head


def as_xlsx(report: ReportView, edition: str, pictures: Pictures = NO_PICTURES) -> bytes:
    """The workbook; `edition` says whether it is live or which issue. Without `pictures` all is in words."""
    # Imported here: only those who ask for a workbook wait for it.
    from xlsxwriter import Workbook

    content = report.content
    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        book.set_properties({"title": content.title, "subject": edition[:255], "author": content.space})
        formats = formats_of(book)
        until = f"Data to {long_date(content.until)}." if content.until else "No data yet."
        read = f" Read by {content.read_by}" if content.read_by else ""
        top = [content.title, f"{content.space}. {edition}. {until}{read}"]
        summary = add_sheet(book, "Summary", table_rows.SUMMARY, table_rows.summary(report), formats, top)
        workbook_pictures.add_icons(summary, report, pictures.icons, len(top) + 2, formats["head"])
        workbook_pictures.add_charts(book, report, pictures.charts, formats["title"])
        add_sheet(book, "Data", table_rows.DATA, table_rows.data(report), formats)
        add_sheet(book, "Definitions", table_rows.DEFINITIONS, table_rows.definitions(content), formats)
        add_sheet(book, "Changes", table_rows.CHANGES, table_rows.changes(content), formats)
    return out.getvalue()


def formats_of(book: Any) -> dict[str, Any]:
    """How cells look. Words and numbers are set in a little, so that none touches what stands beside it."""
    left, right = {"align": "left", "indent": 1}, {"align": "right", "indent": 1}
    head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", **left}
    return {
        "head": book.add_format(head),
        "text": book.add_format(left),
        "number": book.add_format(right),
        "day": book.add_format({"num_format": "d mmm yyyy", **left}),
        "title": book.add_format({"bold": True, "font_size": 14}),
    }


def add_sheet(
    book: Any,
    name: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    formats: dict[str, Any],
    top: Sequence[str] = (),
) -> Any:
    sheet = book.add_worksheet(name)
    widths = [WIDE.get(words) or max(11, min(len(words) + 3, 16)) for words in head]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    _print_setup(sheet, head, first="Goal" if top else "Measure")  # the lines above begin in the first column
    for line, words in enumerate(top):
        sheet.write_string(line, 0, words[:MAX_CELL_LENGTH], formats["title"] if line == 0 else None)
    begin = len(top) + 1 if top else 0
    sheet.freeze_panes(begin + 1, 0)
    sheet.repeat_rows(begin)
    longest = max(len(words) / width for words, width in zip(head, widths, strict=True))
    sheet.set_row(begin, 30 if longest > 0.8 else 15)  # points: two lines, which not every program finds out
    for column, words in enumerate(head):
        sheet.write_string(begin, column, words, formats["head"])
    for line, row in enumerate(rows, begin + 1):
        if line > MAX_ROWS:
            break
        for column, cell in enumerate(row):
            _cell(sheet, line, column, cell, formats)
    return sheet


def _print_setup(sheet: Any, head: Sequence[str], first: str) -> None:
    """A wide table stands on two pages side by side; the second too says whose each row is, and of when."""
    wide = len(head) > MOST_ON_A4
    sheet.set_landscape()
    sheet.set_paper(A3 if wide else A4)
    sheet.fit_to_pages(2 if wide else 1, 0)  # and as many down as it takes
    sheet.set_footer(FOOTER)
    if wide:
        kept = (head.index(first), head.index("Period")) if {first, "Period"} <= {*head} else (0, 0)
        sheet.repeat_columns(*kept)


def _cell(sheet: Any, line: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    if isinstance(cell, str):
        if cell:
            sheet.write_string(line, column, cell[:MAX_CELL_LENGTH], formats["text"])
    elif isinstance(cell, date):
        sheet.write_datetime(line, column, cell, formats["day"])
    elif isinstance(cell, Decimal | float | int):
        sheet.write_number(line, column, float(cell), formats["number"])
