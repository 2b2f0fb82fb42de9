"""What a card shows of the record it stands for. Pure."""

from msgspec import UNSET

from app.boards.core.live_status import LiveStatus
from app.records.core.kinds import kind_of
from app.records.core.record import Ending, Record, Stands
from app.records.core.resting import SAYS

ENDINGS = {
    Ending.ACHIEVED: "Closed: achieved",
    Ending.LET_GO: "Closed: let go",
    Ending.REPLACED: "Closed: replaced",
}


def word_of(record: Record, *, refuted: bool = False) -> str:
    """How the record stands, in a word or a few. `refuted`: it rests on a refuted assumption."""
    if record.stands is Stands.DRAFT:
        return "Draft"
    if record.ending:
        return ENDINGS[record.ending]
    if refuted:
        return SAYS
    kind = kind_of(record)
    return kind.face(record) if kind else record.state


def status(record: Record, *, refuted: bool = False) -> LiveStatus | None:
    """The status of a card; none of a draft, which only its author may see."""
    if record.stands is Stands.DRAFT:
        return None
    kind = kind_of(record)
    day = record.look_again
    due = f"Look again {day.day} {day:%B %Y}" if day and not record.ending else UNSET
    return LiveStatus(
        word=word_of(record, refuted=refuted)[:60],
        record=record.id,
        title=record.title[:200],
        kind=kind.word if kind else "Record",
        date=due,
    )
