"""A report as a file: which kinds there are, how each is called, and who makes it."""

import asyncio
import hashlib
import re
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from litestar import Request, Response
from msgspec import msgpack

from app.access import NOT_FOUND, Code, Refused
from app.outcomes.measures.periods import long_date
from app.outcomes.view.content import MeasureContent, ReportContent
from app.outcomes.view.view import figure, show
from app.reports.files.as_text import as_csv, as_json, as_markdown
from app.reports.files.as_xlsx import as_xlsx
from app.reports.files.pdf import as_pdf
from app.reports.files.png import as_png
from app.reports.files.svg import for_xml

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
}
OF_A_CHART = ("svg", "png")


class Issue(Protocol):
    """What a file says about its being issued."""

    @property
    def number(self) -> int: ...
    @property
    def at(self) -> Any: ...
    @property
    def by(self) -> str: ...
    @property
    def corrects(self) -> int | None: ...
    @property
    def because(self) -> str: ...
    @property
    def corrected_by(self) -> int | None: ...
    @property
    def corrected_because(self) -> str: ...


Render = Callable[..., str]


async def file_of(
    request: Request, content: ReportContent, issue: Issue | None, form: str
) -> Response[bytes]:
    """The report as pdf, docx, xlsx, csv, json or md; `<code>.svg` or `.png` is the chart of one measure.

    Raises Refused for anything else.
    """
    code, _, kind = form.rpartition(".")
    if kind not in KINDS or (kind in OF_A_CHART) != bool(code):
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    make = partial(_body, request, content, issue, kind, code)
    if issue:  # it never changes
        key = hashlib.sha256(msgpack.encode([form, issue, content])).digest()
        body = await request.app.state.copies.of(key, make)
    else:
        body = await make()
    return Response(
        body,
        media_type=KINDS[kind],
        headers={"Content-Disposition": f'attachment; filename="{_name(content, issue, code)}.{kind}"'},
    )


async def _body(request: Request, content: ReportContent, issue: Issue | None, kind: str, code: str) -> bytes:
    standing = said_of(content, issue)
    match kind:
        case "csv":
            return (await asyncio.to_thread(as_csv, content)).encode()
        case "json":
            return await asyncio.to_thread(as_json, content)
        case "md":
            return as_markdown(content, standing).encode()
        case "xlsx":
            return await asyncio.to_thread(as_xlsx, content, standing)
        case "docx":
            from app.reports.files.as_docx import as_docx

            charts = await _charts(render_of(request), content)
            return await asyncio.to_thread(as_docx, content, standing, charts)
        case "svg":
            return _of_measure(render_of(request), content, code).encode()
        case "png":
            drawing = await asyncio.to_thread(_of_measure, render_of(request), content, code)
            return (await as_png([drawing]))[0]
        case _:
            return await as_pdf(partial(_paper, render_of(request), content, issue))


def _paper(render: Render, content: ReportContent, issue: Issue | None) -> str:
    return render("reports/paper.html", report=content, shown=show(content, paper=True), issue=issue)


def render_of(request: Request) -> Render:
    """A template as text, with what it needs."""
    engine = request.app.template_engine
    assert engine is not None, "the product has templates"  # noqa: S101 - main gives them

    def render(name: str, **context: Any) -> str:
        words: str = engine.get_template(name).render(context)
        return words

    return render


def said_of(content: ReportContent, issue: Issue | None) -> str:
    """Whether a report is live or issued, by whom, and what it corrects; without the last full stop."""
    if not issue:
        return f"Live, as of {long_date(content.made_at)}"
    words = f"Report {issue.number}, approved and issued by {issue.by} on {long_date(issue.at)}"
    if issue.corrects:
        words += f". It corrects report {issue.corrects}: {issue.because.rstrip('.')}"
    if issue.corrected_by:
        words += f". It was corrected by report {issue.corrected_by}: {issue.corrected_because.rstrip('.')}"
    return words


def _of_measure(render: Render, content: ReportContent, code: str) -> str:
    found = next((one for one in content.measures if one.code == code), None)
    chart = _chart(render, found) if isinstance(found, MeasureContent) else None
    if chart is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    return chart


async def _charts(render: Render, content: ReportContent) -> dict[str, bytes]:
    """A picture of the first chart of each measure, by its id."""

    def draw() -> dict[str, str]:
        return {one.id: chart for one in content.measures if (chart := _chart(render, one))}

    drawn = await asyncio.to_thread(draw)
    return dict(zip(drawn, await as_png(list(drawn.values())), strict=True)) if drawn else {}


def _chart(render: Render, one: MeasureContent) -> str | None:
    """The first chart of a measure as a drawing that stands alone; None without a value."""
    if one.main is None or one.main.found.latest is None:
        return None
    drawn = figure(one, one.main, paper=True)
    svg = render(
        "outcomes/_chart_svg.html",
        drawing=drawn.wide,
        chart_id="chart",
        chart_title=drawn.title,
        say=drawn.say,
        paper=False,
        alone=True,
    )
    return for_xml(svg)


def _name(content: ReportContent, issue: Issue | None, code: str) -> str:
    """A file name in plain letters."""
    words = f"{content.space} {code or content.title}"
    plain = re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")[:80]
    return f"{plain or 'report'}-{f'report-{issue.number}' if issue else f'{content.made_at:%Y-%m-%d}'}"
