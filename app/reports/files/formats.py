"""A report as a file: which formats there are, how each file is called, and what makes it."""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from litestar import Request, Response
from msgspec import msgpack

from app.access import NOT_FOUND, Code, Refused
from app.addresses import network_of
from app.limits.fair_places import Customer, Places
from app.outcomes.view.content import ReportContent
from app.outcomes.view.look import Look, read_look
from app.outcomes.view.report_view import report_view
from app.phrases import day_of
from app.reports.files.as_text import as_csv, as_json, as_markdown
from app.reports.files.as_xlsx import as_xlsx
from app.reports.files.cache import FileCache
from app.reports.files.chart_files import Render, chart_pngs, chart_svg, workbook_pictures
from app.reports.files.pdf import as_pdf
from app.reports.files.png import as_png
from app.reports.imprint import Imprint, edition
from app.web import who

MEDIA_TYPES = {
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
HEAVY = ("pdf", "docx", "xlsx", "png")  # take a processor for seconds


async def file_of(
    request: Request,
    files: FileCache,
    space_id: str,
    content: ReportContent,
    imprint: Imprint | None,
    form: str,
) -> Response[bytes]:
    """The report as pdf, docx, xlsx, csv, json or md; `<code>.svg` or `.png` is the chart of one measure.

    Raises Refused for anything else, and where a file waits for this person already.
    """
    code, _, kind = form.rpartition(".")
    if kind not in MEDIA_TYPES or (kind in OF_A_CHART) != bool(code):
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    look = read_look(request.query_params)
    body_of = partial(_body, _renderer(request), content, imprint, kind, code, look)
    make = (
        partial(_in_place, files.places, _customer(request, space_id), body_of) if kind in HEAVY else body_of
    )
    if imprint:  # an issued report never changes
        key = hashlib.sha256(msgpack.encode([form, imprint, content, look])).digest()
        body = await files.get(key, make)
    else:
        body = await make()
    return Response(
        body,
        media_type=MEDIA_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{_name(content, imprint, code)}.{kind}"'},
    )


def _customer(request: Request, space_id: str) -> Customer:
    """Readers by a link have no account: those of one network count as one person."""
    person = who(request)
    return Customer(space_id, person.id if person else network_of(request))


async def _in_place(places: Places, customer: Customer, make: Callable[[], Awaitable[bytes]]) -> bytes:
    async with places.place(customer):
        return await make()


async def _body(
    render: Render, content: ReportContent, imprint: Imprint | None, kind: str, code: str, look: Look
) -> bytes:
    match kind:
        case "json":
            return await asyncio.to_thread(as_json, content)
        case "svg":
            return chart_svg(render, content, code, look).encode()
        case "png":
            return (await as_png([await asyncio.to_thread(chart_svg, render, content, code, look)]))[0]
        case "pdf":
            return await as_pdf(partial(_paper, render, content, imprint, look))
    report, words = await asyncio.to_thread(report_view, content), edition(content, imprint)
    match kind:
        case "csv":
            return (await asyncio.to_thread(as_csv, report)).encode()
        case "md":
            return (await asyncio.to_thread(as_markdown, report, words)).encode()
        case "xlsx":
            return await asyncio.to_thread(
                as_xlsx, report, words, await workbook_pictures(render, report, look)
            )
        case _:
            # Imported here: only those who ask for a document wait for it.
            from app.reports.files.as_docx import as_docx

            return await asyncio.to_thread(as_docx, report, words, await chart_pngs(render, report, look))


def _paper(render: Render, content: ReportContent, imprint: Imprint | None, look: Look) -> str:
    view = report_view(content, "paper", look)
    return render("reports/paper.html", report=content, view=view, issue=imprint)


def _renderer(request: Request) -> Render:
    engine = request.app.template_engine
    assert engine is not None, "the product has templates"  # noqa: S101 - main gives them

    def render(name: str, **context: Any) -> str:
        words: str = engine.get_template(name).render(context)
        return words

    return render


def _name(content: ReportContent, imprint: Imprint | None, code: str) -> str:
    """A file name in plain letters, without its ending."""
    words = f"{content.space} {code or content.title}"
    plain = re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")[:80]
    return f"{plain or 'report'}-{f'report-{imprint.number}' if imprint else f'{day_of(content.made_at)}'}"
