"""A page as PDF, made by a process of its own that can fetch nothing."""

from collections.abc import Callable

from app.access import Code, Refused
from app.limits import worker_process
from app.reports.files.worker_limits import NO_PANGO

MISSING = (
    "PDF files need Pango, which is not installed on this server. The other kinds of file are available."
)


async def as_pdf(write: Callable[[], str], seconds: float = worker_process.SECONDS) -> bytes:
    """The PDF of a whole HTML page. Raises Refused where it takes too long, or cannot be made here or now."""
    try:
        return await worker_process.run_worker(
            "app.reports.files.pdf_worker", lambda: write().encode(), seconds
        )
    except worker_process.WorkerFailed as failed:
        if failed.code == NO_PANGO:
            raise Refused(Code.UNAVAILABLE, MISSING) from None
        raise
