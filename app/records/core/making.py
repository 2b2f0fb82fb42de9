"""Keeping: how a record comes to be. Pure."""

from app.access import Code, Refused
from app.characters import storable
from app.records.core import rows
from app.records.core.kinds import KINDS
from app.records.core.ops import Deed, Keep
from app.records.core.record import Record, Stands
from app.records.core.writing import Wrong, check, fresh


def keep(deed: Deed, op: Keep, id: str, space: str) -> Record:
    """A new record, a draft or standing. Raises Wrong where words are, and Refused."""
    kind = KINDS.get(op.kind)
    if kind is None:
        raise Refused(Code.INVALID, "Choose what it is to be.")
    title = storable(op.title).strip()
    errors = check({"title": kind.title}, {"title": title})
    if deed.is_over(op.look_again):
        errors["look_again"] = "Choose a day that is still to come."
    if errors:
        raise Wrong(errors)
    me = deed.actor.person or ""
    record = Record(
        id=id,
        space=space,
        kind=kind.tag,
        version=kind.version,
        title=title,
        fields=fresh(kind, op.fields),
        stands=Stands.DRAFT if op.draft else Stands.STANDING,
        state=kind.first_state,
        made_by=me,
        made_at=deed.at,
        changed_by=me,
        changed_at=deed.at,
        tender=me if op.tend or op.offer == me else None,
        offered=op.offer if op.offer != me else None,
        look_again=op.look_again,
    )
    for new in op.rows:
        record = rows.added(record, deed, new)
    for tie in op.ties:
        record = rows.tied(record, deed, tie)
    return record
