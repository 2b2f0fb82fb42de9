"""Who issued a report and when, and which reports correct which: what every copy of an issued report says."""

from datetime import datetime

from msgspec import Struct

from app.db import Tx
from app.outcomes.view.content import ReportContent
from app.outcomes.view.pseudonyms import FORMER_PERSON
from app.phrases import full
from app.reports import store
from app.reports.store import Issued
from app.spaces import seats


class Imprint(Struct, frozen=True):
    """Numbers of reports count from 1 in each space; None where nothing was corrected."""

    id: str
    number: int
    at: datetime
    by: str
    corrects: int | None = None
    because: str = ""
    corrected_by: int | None = None
    corrected_because: str = ""


async def imprint_of(tx: Tx, issued: Issued) -> Imprint:
    """The imprint as it is now: a later correction stands on the report that it corrects."""
    names = await names_of(tx, issued.space)
    wrong = await store.find(tx, issued.space, issued.corrects) if issued.corrects else None
    better = await store.corrected_by(tx, issued.id)
    return Imprint(
        issued.id,
        issued.number,
        issued.at,
        names.get(issued.by, FORMER_PERSON),
        wrong.number if wrong else None,
        issued.because,
        better.number if better else None,
        better.because if better else "",
    )


async def names_of(tx: Tx, space_id: str) -> dict[str, str]:
    """Names of all who take part in a space or did, by id."""
    return {one.id: one.name for one in await seats.people_of(tx, space_id)}


def edition(content: ReportContent, imprint: Imprint | None) -> str:
    """Whether a report is live or which issue it is, in sentences without the last full stop."""
    if not imprint:
        return f"Live, as of {full(content.made_at)}"
    words = f"Report {imprint.number}, approved and issued by {imprint.by} on {full(imprint.at)}"
    if imprint.corrects:
        words += f". It corrects report {imprint.corrects}: {imprint.because.rstrip('.')}"
    if imprint.corrected_by:
        because = imprint.corrected_because.rstrip(".")
        words += f". It was corrected by report {imprint.corrected_by}: {because}"
    return words
