"""A record as other programs read it: names that stay, in the same words as on its page. Pure."""

from collections.abc import Mapping
from typing import Any

from app.records.core.kinds import kind_of
from app.records.core.record import Record
from app.records.core.resting import refuted_below
from app.records.core.status import word_of


def as_json(record: Record, names: Mapping[str, str], visible: Mapping[str, Record]) -> dict[str, Any]:
    """The record. `names` are of people by id; of records it is tied to only those `visible` are told."""
    kind = kind_of(record)
    return {
        "id": record.id,
        "space": record.space,
        "kind": record.kind,
        "title": record.title,
        "fields": record.fields,
        "stands": record.stands,
        "state": record.state,
        "word": word_of(record, refuted=bool(refuted_below(record, visible))),
        "summary": kind.summary(record) if kind else record.title,
        "tender": names.get(record.tender or ""),
        "look_again": record.look_again.isoformat() if record.look_again else None,
        "reason": record.reason,
        "replaced_by": record.replaced_by if record.replaced_by in visible else None,
        "revision": record.revision,
        "made_at": record.made_at.isoformat(),
        "changed_at": record.changed_at.isoformat(),
        "rows": [
            {
                "id": row.id,
                "list": row.list,
                "fields": row.fields,
                "by": names.get(row.by),
                "organisation": row.organisation,
                "at": row.at.isoformat(),
                "taken_by": names.get(row.taken or ""),
            }
            for row in record.rows
            if not row.removed
        ],
        "ties": [
            {"kind": tie.kind, "id": tie.other, "means": tie.means}
            for tie in record.ties
            if not tie.removed and (tie.kind == "goal" or tie.other in visible)
        ],
    }
