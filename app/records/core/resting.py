"""What rests on an assumption that turned out wrong. Pure."""

from collections.abc import Iterable, Mapping

from app.records.core.kinds import KINDS, kind_of
from app.records.core.record import Record, Stands

SAYS = "Rests on a refuted assumption"


def is_refuted(record: Record) -> bool:
    """Whether the record turned out wrong; a draft says nothing to others."""
    kind = kind_of(record)
    return bool(kind and kind.states[record.state].fails) and record.stands is not Stands.DRAFT


def failing() -> list[tuple[str, str]]:
    """The kinds and states in which a record turned out wrong."""
    return [(kind.tag, tag) for kind in KINDS.values() for tag, state in kind.states.items() if state.fails]


def refuted_below(record: Record, others: Mapping[str, Record]) -> list[Record]:
    """The refuted assumptions that the record rests on, by what is known of others."""
    ties = record.tied("rests_on")
    return [others[tie.other] for tie in ties if tie.other in others and is_refuted(others[tie.other])]


def still_resting(assumption: Record, others: Iterable[Record]) -> list[Record]:
    """What rests on the assumption."""
    return [one for one in others if any(tie.other == assumption.id for tie in one.tied("rests_on"))]
