"""A page as PDF, made by a process that could fetch nothing."""

from collections.abc import Callable

from app.access import Code, Refused
from app.reports import press

MISSING = "PDF files need Pango, which is not installed on this server. The other kinds of file are there."
NO_PANGO = 3  # as the worker says it


async def as_pdf(write: Callable[[], str], seconds: float = press.SECONDS) -> bytes:
    """The PDF of a whole HTML page. Raises Refused where it takes too long, or cannot be made here or now."""
    try:
        return await press.made_by("app.reports.pdf_worker", lambda: write().encode(), seconds)
    except press.Failed as failed:
        if failed.code == NO_PANGO:
            raise Refused(Code.UNAVAILABLE, MISSING) from None
        raise
