"""Taking out words that should not stand there: hidden from everybody at once, destroyed soon after. Pure."""

from collections.abc import Iterable
from datetime import timedelta

from app.access import Code, Hat, Refused, Role
from app.boards.core.board import Board, Item, TextVersion, Withheld
from app.boards.core.changeset import Changeset
from app.boards.core.stage.ops import AgreeTakenOut, DestroyWords, PutBack, TakeOut, Why
from app.boards.core.stage.read import hat_of
from app.boards.core.words.rewording import reworded_by

WORDS = "words"  # what processes ring for, with the board, once words are taken out, put back or destroyed
KEPT_FOR = timedelta(days=7)  # the words of others, unless somebody agrees to their being destroyed at once
REASONS: dict[Why, str] = {
    "named": "it named a person",
    "patient": "it was about a patient",
    "hurtful": "it was hurtful",
    "other": "it should not stand here",
}


def take_out(work: Changeset, op: TakeOut) -> None:
    """One's own words are destroyed at once, others' are withheld. Raises not_found, not_allowed."""
    item = work.visible(op.id, "card")
    if "taken_out" in item.fields:
        return
    part = _part(work, item)
    if part is None:
        raise Refused(
            Code.NOT_ALLOWED, "Only its author, a facilitator or a steward can take out the words of a card."
        )
    mine = part == "author"
    until = None if mine else work.deed.at + KEPT_FOR.total_seconds()
    who = {"why": op.why, "by": work.me, "as": part, "at": work.deed.at, "until": until}
    text = "Taken out by its author." if mine else f"Taken out by a {part}: {REASONS[op.why]}."
    withheld = (
        None if mine else Withheld(item.fields["text"], work.me, work.deed.actor.organisation, work.deed.at)
    )
    writer = None if mine else reworded_by(item)
    signed = (TextVersion("text", work.seq, writer, "", ""),) if writer else ()  # no words
    work.replace_words(item, text, signed, taken_out=who, withheld=withheld)
    if mine:
        work.destroyed.append(item.id)


def put_back(work: Changeset, op: PutBack) -> None:
    """They are whose they were; what an author wrote before others reworded it is gone for good.

    Raises not_found where the words are destroyed already, not_allowed.
    """
    item = work.visible(op.id, "card")
    if item.withheld is None:
        raise Refused(Code.NOT_FOUND, "These words are no longer here.")
    if _part(work, item) is None:
        raise Refused(
            Code.NOT_ALLOWED, "Only its author, a facilitator or a steward can put back the words of a card."
        )
    text, writer = item.withheld.text, item.versions[-1].by if item.versions else item.owner
    first = TextVersion("text", work.seq, writer, "", text)
    own = None if writer == item.owner else TextVersion("text", item.born, item.owner, "", "")
    work.replace_words(item, text, (first,), taken_out=None, withheld=None, authored=own)


def agree(work: Changeset, op: AgreeTakenOut) -> None:
    """Raises not_allowed for who is neither the author nor of another organisation than who took them out."""
    item = work.visible(op.id, "card")
    if item.withheld is None:
        return
    organisation = work.deed.actor.organisation
    is_other = organisation is not None and organisation != item.withheld.organisation
    if item.owner != work.me and not is_other:
        raise Refused(
            Code.NOT_ALLOWED,
            "Its author, or somebody of another organisation, can agree to destroy the words.",
        )
    _destroy(work, item)


def destroy(work: Changeset, op: DestroyWords) -> None:
    """As nobody has put them back in time. Raises not_found."""
    item = work.board.items.get(op.id)
    if item is None or item.withheld is None:
        raise Refused(Code.NOT_FOUND, "These words are no longer here.")
    _destroy(work, item)


def check_not_taken_out(item: Item) -> None:
    """Raise Refused for a card whose words were taken out: no others may stand in their place."""
    if "taken_out" in item.fields:
        raise Refused(Code.LOCKED, "The words of this card were taken out. Write a new one instead.")


def _destroy(work: Changeset, item: Item) -> None:
    who = {**item.fields["taken_out"], "until": None}
    work.replace_words(item, item.fields["text"], (), taken_out=who, withheld=None)
    work.destroyed.append(item.id)


def _part(work: Changeset, item: Item) -> str | None:
    """As what somebody may take out the words of a card; None where they may not."""
    if item.owner == work.me:
        return "author"
    if hat_of(work.board, work.me) is Hat.FACILITATOR:
        return "facilitator"
    return "steward" if work.deed.actor.role is Role.STEWARD else None


def has_moved(before: Board, after: Board, touched: Iterable[str]) -> bool:
    """Whether words of these items were taken out, put back or destroyed."""
    pairs = ((before.items.get(id), after.items.get(id)) for id in touched)
    return any(_state(was) != _state(now) for was, now in pairs)


def _state(item: Item | None) -> tuple[object, bool]:
    return (item.fields.get("taken_out"), item.withheld is not None) if item else (None, False)


def is_overdue(item: Item, at: float) -> bool:
    """Whether withheld words are due to be destroyed, at `at` in unix seconds."""
    return item.withheld is not None and item.withheld.at + KEPT_FOR.total_seconds() <= at
