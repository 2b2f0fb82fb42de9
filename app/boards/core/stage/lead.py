"""Who leads a workshop, its clock, its beginning and its end."""

from msgspec import UNSET

from app.access import WRITERS, Code, Refused, Role
from app.boards.core.cards import check_addable
from app.boards.core.changeset import Changeset
from app.boards.core.stage import votes
from app.boards.core.stage.ops import (
    AddFacilitator,
    EndStage,
    GiveUp,
    OfferLead,
    OpenStage,
    ResumeStage,
    SetClock,
    SetScreen,
    TakeLead,
    TakePart,
)
from app.boards.core.stage.read import Stage, is_not_kept, running_stage, stage_of
from app.boards.core.texts import kept

NOT_KEPT = "Not kept, as was said."
LONGEST = 12 * 3600.0  # seconds a clock may show
MOST_FACILITATORS = 20
MOST_PAGES = 1000


def open_stage(work: Changeset, op: OpenStage) -> None:
    """Raises locked while a workshop runs on this board already."""
    if running_stage(work.board):
        raise Refused(Code.LOCKED, "A workshop runs on this board already.")
    check_addable(work, op.id)
    fields = {
        "facilitators": [work.me],
        "lead": work.me,
        "purpose": kept(work, "purpose", op.purpose),
        "authority": kept(work, "authority", op.authority),
    }
    work.add(op.id, "stage", fields, shown=True)
    work.keep_no_inverse()


def stage_on(work: Changeset, id: str | None = None) -> Stage:
    """The running stage, which is `id` where that is given. Raises not_found."""
    stage = running_stage(work.board)
    if stage is None or id not in (None, stage.id):
        raise Refused(Code.NOT_FOUND, "This workshop is no longer running.")
    return stage


def set_stage(work: Changeset, stage: Stage, **fields: object) -> None:
    """Change fields of the stage; None removes one."""
    work.set_computed(work.item(stage.id), **fields)


def set_clock(work: Changeset, op: SetClock) -> None:
    """The time left counts from the deed's own time: a device's clock counts for nothing."""
    stage = stage_on(work, op.id)
    now = work.deed.at
    left = stage.left if stage.left is not None else max((stage.ends_at or now) - now, 0.0)
    left = left if op.left is UNSET else op.left
    left += 0.0 if op.add is UNSET else op.add
    if not 0 <= left <= LONGEST:  # also what is no number
        left = min(max(left, 0.0), LONGEST) if left == left else 0.0
    runs = stage.left is None if op.running is UNSET else op.running
    set_stage(work, stage, ends_at=now + left if runs else None, left=None if runs else left)


def offer_lead(work: Changeset, op: OfferLead) -> None:
    """Raises not_found for somebody who does not facilitate."""
    stage = stage_on(work, op.id)
    if op.person is not None and op.person not in stage.facilitators:
        raise Refused(Code.NOT_FOUND, "Only a facilitator can take the lead. Let them facilitate first.")
    set_stage(work, stage, offered=op.person)


def take_lead(work: Changeset, op: TakeLead) -> None:
    set_stage(work, stage_on(work, op.id), lead=work.me, offered=None)


def add_facilitator(work: Changeset, op: AddFacilitator) -> None:
    """Raises not_found for somebody who is not in the space, or cannot write there."""
    stage = stage_on(work, op.id)
    if work.deed.actor.role is not Role.STEWARD and work.me not in stage.facilitators:
        raise Refused(Code.NOT_ALLOWED, "Only facilitators, and stewards of the space, can add facilitators.")
    if op.person in stage.facilitators:
        return
    if work.deed.outside.roles.get(op.person) not in WRITERS:
        raise Refused(Code.NOT_FOUND, "Only somebody who can write in this space can facilitate.")
    if len(stage.facilitators) >= MOST_FACILITATORS:
        raise Refused(Code.FULL, f"A workshop has at most {MOST_FACILITATORS} facilitators.")
    set_stage(work, stage, facilitators=[*stage.facilitators, op.person])


def take_part(work: Changeset, op: TakePart) -> None:
    stage = stage_on(work, op.id)
    others = [person for person in stage.taking_part if person != work.me]
    set_stage(work, stage, taking_part=[*others, work.me] if op.takes_part else others)


def give_up(work: Changeset, op: GiveUp) -> None:
    """Raises locked for the last one: there is always a facilitator (rule W5)."""
    stage = stage_on(work, op.id)
    others = [person for person in stage.facilitators if person != work.me]
    if not others:
        raise Refused(Code.LOCKED, "You are the only facilitator. Let somebody else facilitate first.")
    set_stage(
        work,
        stage,
        facilitators=others,
        lead=others[0] if stage.lead == work.me else stage.lead,
        offered=None if stage.offered == work.me else stage.offered,
        taking_part=[person for person in stage.taking_part if person != work.me],
    )


def end(work: Changeset, op: EndStage) -> None:
    """The present vote is closed; what nobody revealed stays with its authors, but for what is not kept."""
    stage = stage_on(work, op.id)
    votes.close_present(work)
    _take_out_what_is_not_kept(work)
    set_stage(work, stage, ended=True, ended_at=work.deed.at, ends_at=None, left=None, offered=None)


def _take_out_what_is_not_kept(work: Changeset) -> None:
    """Words that were written under the promise that they are not kept, as at a check-in, are destroyed.

    Those of notes that were removed, too: they could be restored for a month.
    """
    cards = [item for item in work.board.items.values() if item.item == "card"]
    for note in cards:
        if is_not_kept(work.board, note) and "taken_out" not in note.fields:
            how = {"why": "other", "by": "", "as": "workshop", "at": work.deed.at, "until": None}
            work.replace_words(note, NOT_KEPT, (), taken_out=how, withheld=None)
            work.destroyed.append(note.id)


def resume(work: Changeset, op: ResumeStage) -> None:
    """Raises not_found where another workshop has begun here since."""
    stage = stage_of(work.board)
    if stage is None or stage.id != op.id:
        raise Refused(Code.NOT_FOUND, "This workshop is no longer here.")
    if stage.ended:
        set_stage(work, stage, ended=None, ended_at=None)


def set_screen(work: Changeset, op: SetScreen) -> None:
    """What the projector shows: by an op, so that all screens show the same page."""
    stage = stage_on(work, op.id)
    if op.page is not UNSET:
        set_stage(work, stage, page=min(max(op.page, 0), MOST_PAGES) or None)
    if op.code is not UNSET:
        set_stage(work, stage, hides_code=None if op.code else True)
