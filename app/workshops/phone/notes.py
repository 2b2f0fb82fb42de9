"""The notes of a workshop as one viewer is shown them, by theme. Pure."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from app.boards.core.board import Board
from app.boards.core.sight import View, Viewer, see
from app.boards.core.stage.read import Phase, notes_of, themes_of

LOOSE = ""  # the group of the notes that are in no theme


class Note(Struct, frozen=True):
    """A card that answers a phase; `seq` is the deed that last changed it."""

    id: str
    text: str
    kind: str
    by: str
    seq: int
    private: bool
    paper: bool
    reworded: str | None = None  # who wrote the words that it shows, where that is not its author
    taken_out: Mapping[str, Any] | None = None  # who took out its words, why and when


class Group(Struct, frozen=True):
    """The notes of a theme, or with the id LOOSE those that are in none."""

    id: str
    title: str
    notes: tuple[Note, ...]


def by_theme(board: Board, viewer: Viewer, phase: Phase) -> tuple[tuple[Group, ...], Group]:
    """The notes that everyone is shown in this phase: all themes, empty ones too, and the notes in none."""
    seen = notes_seen(board, viewer, phase.about or (phase.id,))
    views = [view for view in seen if "draft" not in view.fields]
    themes = [view for theme in themes_of(board) if (view := see(board, theme, viewer))]
    known = {theme.id for theme in themes}
    inside = tuple(
        Group(
            one.id, one.fields["title"], tuple(note_of(v) for v in views if v.fields.get("theme") == one.id)
        )
        for one in themes
    )
    return inside, Group(LOOSE, "", tuple(note_of(v) for v in views if v.fields.get("theme") not in known))


def notes_seen(board: Board, viewer: Viewer, phases: tuple[str, ...]) -> list[View]:
    """The notes of these phases that the viewer sees, in the order of the outline."""
    views = [view for item in notes_of(board, phases) if (view := see(board, item, viewer))]
    return sorted(views, key=lambda view: (view.fields["section"] or "", view.fields["order"], view.id))


def note_of(view: View) -> Note:
    fields = view.fields
    return Note(
        view.id,
        fields["text"],
        fields["kind"],
        fields["by"],
        view.seq,
        bool(fields.get("draft")),
        bool(fields.get("paper")),
        fields.get("reworded"),
        fields.get("taken_out"),
    )
