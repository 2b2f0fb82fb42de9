"""What somebody is told after their own act on the outline, and where the focus goes."""

from msgspec import Struct

from app.boards.core.board import Board, ends_of
from app.boards.core.delivery import LOOSE
from app.boards.core.group_commit import OpResult
from app.boards.outline import document
from app.boards.outline.document import SectionEntry
from app.boards.outline.view import OutlineView
from app.phrases import shorten

DONE = {
    "add_card": "Added.",
    "edit_card": "Saved.",
    "move_card": "Moved.",
    "publish_card": "Published. Everyone in this space can see it now.",
    "remove_card": "Removed. You can undo this.",
    "restore_card": "Restored.",
    "duplicate_card": "Copied.",
    "take_out": "Taken out. Nobody sees these words any more.",
    "put_back": "The words stand there again.",
    "agree_taken_out": "The words are destroyed.",
    "add_section": "Section added.",
    "edit_section": "Saved.",
    "move_section": "Moved.",
    "remove_section": "Section removed. Its cards are outside the sections now.",
    "restore_section": "Restored, with its cards.",
    "lock_section": "Changed who may change this section.",
    "batch": "Done.",
    "left_out": "Done, except for what others have removed or made again meanwhile.",
    "add_link": "Linked.",
    "edit_link": "Changed.",
    "remove_link": "Unlinked.",
    "restore_link": "Restored.",
    "add_comment": "Comment added.",
    "edit_comment": "Saved.",
    "remove_comment": "Comment removed. You can undo this.",
    "restore_comment": "Restored.",
    "undo": "Undone.",
    "merged": "Saved. Somebody else changed the card at the same time; both changes are in it.",
    "cleaned": "Saved. Characters that cannot be stored were left out.",
}
LEFT_OUT = "Characters that cannot be stored were left out."


class Submission(Struct, frozen=True):
    """A form and the result of its op; `before` is the board just before it, `outline` has it just after."""

    form: dict[str, str]
    result: OpResult
    before: Board
    outline: OutlineView

    @property
    def do(self) -> str:
        """The tag of the op; a form that undoes says none."""
        return self.form.get("do", "undo")

    @property
    def item(self) -> str:
        """The card or section that the form was about; a link's form stands at one of its two cards."""
        form = self.form
        if self.do in ("edit_link", "remove_link"):
            return form.get("slot", "")
        return form.get("card") or form.get("start") or form.get("id", "")

    @property
    def anchor(self) -> str:
        """The HTML id of the place on the page where it was done."""
        item = self.outline.board.items.get(self.item)
        if item is None or self.do == "undo":
            return "main"
        if item.removed is not None:
            return f"part-{document.part_of(self.before, self.outline.viewer, self.item)}"
        if item.item == "section":
            return f"part-{item.id}"
        card = item.id if item.item == "card" else ends_of(item)[0]
        return f"card-{card}"

    @property
    def clashed(self) -> bool:
        """Whether both texts must be compared, one's own and the one it replaced."""
        return self.result.conflict is not None and self.do == "edit_card"

    def part(self, id: str) -> SectionEntry | None:
        """A part of the outline after the op, with its cards; None where there is no such part."""
        return document.part(self.outline.board, self.outline.viewer, id)


def sentence(submission: Submission) -> str:
    """What the live region announces of one's own act, in at most 120 characters or so."""
    said = _sentence(submission)
    return f"{said} {LEFT_OUT}" if submission.result.cleaned else said


def _sentence(submission: Submission) -> str:
    do, result, outline = submission.do, submission.result, submission.outline
    if submission.clashed:
        return "Saved. Somebody else changed the same words. Both texts are kept; compare them here."
    if result.merged:
        return DONE["merged"]
    if result.left_out:
        return DONE["left_out"]
    if do == "undo" and result.skipped:
        return "Undone, except for what others have changed since."
    item = outline.board.items.get(submission.form.get("id", ""))  # the op was done, so they may see it
    if do not in ("add_card", "move_card", "remove_card") or item is None or item.item != "card":
        return DONE.get(do, "Done.")
    words = shorten(item.fields["text"], 30)
    if do == "remove_card":
        return f"Removed “{words}”. You can undo this."
    part = submission.part(document.part_of(outline.board, outline.viewer, item.id))
    ids = [card.id for card in part.cards] if part else []
    place = f"{shorten(part.title, 30)}, {ids.index(item.id) + 1} of {len(ids)}" if part else ""
    return f"Added to {place}." if do == "add_card" else f"Moved “{words}” to {place}. You can undo this."


def focus(submission: Submission) -> str:
    """The HTML id that gets the focus after one's own act; acts of others never move it."""
    form, do = submission.form, submission.do
    part = form.get("part", LOOSE)
    if submission.clashed:
        return f"clash-{submission.item}"
    if form.get("slot") == "add":
        return f"text-{part}"
    if do == "remove_card":
        return _after_removed(submission, part)
    if do == "undo":
        return "tool-redo" if submission.outline.history.redo else "tool-undo"
    if do in ("remove_section", "add_section", "edit_section", "move_section"):
        return f"title-{submission.item}" if submission.part(submission.item) else f"title-{LOOSE}"
    return _on_page(submission)


def _on_page(submission: Submission) -> str:
    """The place where it was done; the title of the section, if the page has not fetched that yet."""
    outline = submission.outline
    part = outline.part(document.part_of(outline.board, outline.viewer, submission.item))
    there = (
        part is None or not part.more or any(f"card-{card.id}" == submission.anchor for card in part.cards)
    )
    return submission.anchor if part is None or there else f"title-{part.id}"


def _after_removed(submission: Submission, part_id: str) -> str:
    """The card that came after the one removed, else the one before, else the section's title."""
    before = document.part(submission.before, submission.outline.viewer, part_id)
    after = submission.part(part_id)
    ids = [card.id for card in before.cards] if before else []
    at = ids.index(submission.item) if submission.item in ids else 0
    left = {card.id for card in after.cards} if after else set()
    nearest = next((id for id in (*ids[at + 1 :], *reversed(ids[:at])) if id in left), None)
    return f"card-{nearest}" if nearest else f"title-{part_id}"
