"""What every page with a report needs: its view with drawings, and headers that keep search engines out."""

import asyncio
from typing import Any

from litestar import Request

from app.outcomes.view.content import ReportContent
from app.outcomes.view.look import read_look
from app.outcomes.view.report_view import report_view
from app.reports.imprint import Imprint

UNLISTED = {"X-Robots-Tag": "noindex, nofollow, noarchive"}  # for pages opened by a secret in their address


async def report_context(
    request: Request, content: ReportContent, imprint: Imprint | None, path: str
) -> dict[str, Any]:
    """The names that templates/reports/_report.html knows; `path` is the address its files stand below."""
    look = read_look(request.query_params)
    # Drawing takes a processor for a while.
    view = await asyncio.to_thread(report_view, content, "screen", look)
    return {"report": content, "view": view, "issue": imprint, "paper": False, "path": path, "look": look}
