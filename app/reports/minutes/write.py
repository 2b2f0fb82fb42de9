"""Writing the minutes: from the board as a plain reader sees it, and what its facilitators added. Pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from app.access import Role
from app.boards.core.board import Board
from app.boards.core.sight import Viewer, see, viewer_in
from app.boards.core.stage.lead import NOT_KEPT
from app.boards.core.stage.read import Phase, is_not_kept, notes_of, phases_of, themes_of
from app.reports.minutes.content import (
    BlockMinutes,
    Correction,
    Group,
    KeptRecord,
    Minutes,
    Note,
    Part,
    RecordTitle,
    Result,
    Row,
)
from app.spaces.rules import only_says
from app.spaces.space import Participant
from app.workshops.runsheet.timing import Ran
from app.workshops.runsheet.workshop import Workshop


class Added(Struct, frozen=True):
    """What people added: paragraphs by block, notes left out, corrections, who was there, what was kept.

    `phones` are how many shared the phone of a person, where it was more than one.
    """

    paragraphs: Mapping[str, str] = {}
    left_out: Collection[str] = ()
    corrections: Sequence[Correction] = ()
    present: Collection[str] = ()
    phones: Mapping[str, int] = {}
    kept: Sequence[KeptRecord] = ()
    parked: Sequence[RecordTitle] = ()
    missing: Sequence[RecordTitle] = ()


def minutes_of(
    workshop: Workshop,
    board: Board,
    ran: Sequence[Ran],
    space: str,
    people: Mapping[str, Participant],
    added: Added,
) -> Minutes:
    """The minutes as every reader of the space may see them."""
    stage = board.items.get(workshop.stage or "")
    phases = _phases(board, workshop)
    ended = stage.fields.get("ended_at") if stage else None
    blocks = _blocks(board, phases, ran, added, ended)
    took_part = _took_part(board, phases, added, stage.fields["facilitators"] if stage else ())
    counted = _counted(took_part, people, added.phones)
    known = {block.id for block in blocks}
    return Minutes(
        title=workshop.title,
        space=space,
        purpose=workshop.purpose,
        authority=workshop.authority,
        place=workshop.place,
        led=tuple(stage.fields["facilitators"]) if stage else workshop.team,
        start=datetime.fromtimestamp(phases[0].opened, UTC) if phases else None,
        end=datetime.fromtimestamp(ended, UTC) if ended else None,
        people=counted.people,
        organisations=tuple(sorted(counted.members.items())),
        say_so=tuple(sorted(counted.guests.items())),
        at_shared_phones=counted.sharing,
        observers=counted.observers,
        missing=tuple(added.missing),
        blocks=blocks,
        kept=tuple(added.kept),
        parked=tuple(added.parked),
        corrections=tuple(one for one in added.corrections if one.block not in known),
    )


def participants(board: Board, workshop: Workshop, present: Collection[str]) -> set[str]:
    """Who took part: was there when a step began, wrote, or led it. They may ask for a correction."""
    stage = board.items.get(workshop.stage or "")
    leads = set(stage.fields["facilitators"]) if stage else set()
    return _took_part(board, _phases(board, workshop), Added(present=present), ()) | leads


def _phases(board: Board, workshop: Workshop) -> list[Phase]:
    """The phases of this workshop: another may have begun on the same board before or after it."""
    stage = board.items.get(workshop.stage or "")
    if stage is None:
        return []
    later = [one.born for one in board.items.values() if one.item == "stage" and one.born > stage.born]
    until = min(later, default=board.seq + 1)
    return [one for one in phases_of(board) if stage.born < board.items[one.id].born < until]


def _blocks(
    board: Board, phases: Sequence[Phase], ran: Sequence[Ran], added: Added, ended: float | None
) -> tuple[BlockMinutes, ...]:
    """In the order in which they began, the last until all `ended`; what was asked besides stands alone."""
    steps = {one.phase: one for one in ran}
    viewer = viewer_in(Role.OBSERVER)
    found: dict[str, list[tuple[Phase, str]]] = {}
    titles: dict[str, str] = {}
    for phase in phases:
        step = steps.get(phase.id)
        id = step.block if step else phase.id
        titles.setdefault(id, step.title if step else phase.prompt)
        found.setdefault(id, []).append((phase, step.step.title if step else ""))
    begun = sorted(phase.opened for phase in phases)
    made = []
    for id, parts in found.items():
        last = max(phase.opened for phase, _ in parts)
        after = next((at for at in begun if at > last), ended)
        ids = [note.id for phase, _ in parts for note in notes_of(board, (phase.id,))]
        made.append(
            BlockMinutes(
                id,
                titles[id],
                datetime.fromtimestamp(parts[0][0].opened, UTC),
                datetime.fromtimestamp(after, UTC) if after else None,
                tuple(_part(board, viewer, phase, title, added.left_out) for phase, title in parts),
                added.paragraphs.get(id, ""),
                sum(1 for one in ids if one in added.left_out),
                tuple(one for one in added.corrections if one.block == id),
            )
        )
    return tuple(made)


def _part(board: Board, viewer: Viewer, phase: Phase, title: str, left_out: Collection[str]) -> Part:
    notes = notes_of(board, (phase.id,))
    views = [view for note in notes if (view := see(board, note, viewer)) and "draft" not in view.fields]
    views.sort(key=lambda view: (view.fields["section"] or "", view.fields["order"], view.id))
    seen = [view for view in views if view.id not in left_out] if phase.kept else []
    themes = {theme.id: str(theme.fields["title"]) for theme in themes_of(board)}
    gathered: dict[str, list[Note]] = {id: [] for id in (*themes, "")}
    for view in seen:
        theme = view.fields.get("theme")
        gathered[theme if theme in themes else ""].append(_note(view.id, view.fields))
    groups = [Group(themes.get(id, ""), tuple(inside)) for id, inside in gathered.items() if inside]
    count = len(views) if phase.kept else len(notes)
    hidden = sum(1 for note in notes if note.shown is None)
    at = datetime.fromtimestamp(phase.opened, UTC)
    result = _result(board, viewer, phase, left_out)
    return Part(
        title, phase.prompt, at, phase.write != "off", count, hidden, phase.kept, tuple(groups), result
    )


def _note(id: str, fields: Mapping[str, object]) -> Note:
    by = "" if fields.get("paper") else str(fields["by"])
    return Note(id, str(fields["text"]), by, bool(fields.get("taken_out")), str(fields.get("reworded", "")))


def _result(board: Board, viewer: Viewer, phase: Phase, left_out: Collection[str]) -> Result | None:
    if phase.vote.how == "none" or phase.totals is None:
        return None
    if phase.totals.too_few:
        return Result(phase.totals.people, by_dots=False, too_few=True)
    rows = []
    for total in phase.totals.of:
        text, behind = _thing(board, viewer, phase, total.id)
        if text and total.id not in left_out:
            rows.append(Row(text, behind, total.dots, total.id == phase.one, total.id))
    if phase.vote.how == "dots":
        rows.sort(key=lambda row: -row.dots)
    return Result(phase.totals.people, phase.vote.how == "dots", tuple(rows))


def _thing(board: Board, viewer: Viewer, phase: Phase, id: str) -> tuple[str, int]:
    """Its words and how many notes are behind it; no words for what the reader does not see."""
    if phase.vote.how == "choice":
        at = int(id)
        return (phase.vote.options[at], 0) if at < len(phase.vote.options) else ("", 0)
    item = board.items.get(id)
    view = see(board, item, viewer) if item else None
    if view is None:
        return "", 0
    if item is not None and is_not_kept(board, item):
        return NOT_KEPT, 1
    if view.item != "theme":
        return str(view.fields["text"]), 1
    cards = [one for one in board.items.values() if one.item == "card" and one.fields.get("theme") == id]
    return str(view.fields["title"]), sum(see(board, card, viewer) is not None for card in cards)


def _took_part(board: Board, phases: Sequence[Phase], added: Added, leads: Collection[str]) -> set[str]:
    wrote = {
        note.owner
        for note in notes_of(board, tuple(phase.id for phase in phases))
        if not note.fields.get("paper")
    }
    return (wrote | set(added.present)) - set(leads)


class _Counted(Struct):
    """Members and confirmed guests by organisation, other guests by what they say, and who came with whom."""

    members: dict[str, int]
    guests: dict[str, int]
    observers: int = 0
    sharing: int = 0

    @property
    def people(self) -> int:
        return sum(self.members.values()) + sum(self.guests.values()) + self.sharing


def _counted(
    took_part: Collection[str], people: Mapping[str, Participant], phones: Mapping[str, int]
) -> _Counted:
    found = _Counted({}, {})
    for person in took_part:
        one = people.get(person)
        if one is None:
            continue
        if one.role is Role.OBSERVER:
            found.observers += 1
            continue
        counted = found.guests if only_says(one) else found.members
        name = one.organisation_name or "no organisation"
        counted[name] = counted.get(name, 0) + 1
        found.sharing += phones.get(person, 1) - 1
    return found
