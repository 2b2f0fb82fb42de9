"""What of records somebody gets: the one way out for pages, faces, files, search and the line. Pure."""

from collections.abc import Sequence

from app.access import READERS, Actor
from app.records.core.history import Change
from app.records.core.record import Record, Stands


def see(record: Record, actor: Actor) -> Record | None:
    """The record as the actor may see it: drafts are their author's alone, all else is everybody's."""
    if actor.role not in READERS or record.audience != "space":
        return None
    if record.stands is Stands.DRAFT and actor.person != record.made_by:
        return None
    return record


def see_history(changes: Sequence[Change], past: Sequence[Record], actor: Actor) -> list[Change]:
    """Its changes, without those of the time when only its author saw it."""
    shown = []
    for change, record in zip(changes, past, strict=True):
        if record.stands is Stands.DRAFT and actor.person != record.made_by:
            continue
        shown.append(change)
    return shown
