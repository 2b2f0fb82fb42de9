"""What is said of one's own act on the outline, and where the focus goes on after it."""

from app.boards.core.delivery import LOOSE
from app.boards.outline import document
from app.boards.outline.submission import Submission
from app.phrases import shorten

DONE = {
    "add_card": "Added.",
    "edit_card": "Saved.",
    "move_card": "Moved.",
    "publish_card": "Published. Everyone in this space can see it now.",
    "remove_card": "Removed. You can undo this.",
    "restore_card": "Restored.",
    "add_section": "Section added.",
    "edit_section": "Saved.",
    "move_section": "Moved.",
    "remove_section": "Section removed. Its cards are outside the sections now.",
    "restore_section": "Restored.",
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
}


def sentence(sent: Submission) -> str:
    """What the live region says of one's own act, in at most 120 characters."""
    sheet, outcome = sent.sheet, sent.outcome
    if sent.clashed:
        return "Saved. Somebody else changed the same words. Both texts are kept; compare them here."
    if outcome.merged:
        return DONE["merged"]
    if sent.do == "undo" and outcome.skipped:
        return "Undone, except for what others have changed since."
    found = sheet.board.items.get(sent.form.get("id", ""))  # what was done, so what they may see
    if sent.do not in ("add_card", "move_card", "remove_card") or found is None or found.item != "card":
        return DONE.get(sent.do, "Done.")
    words = shorten(found.fields["text"], 30)
    if sent.do == "remove_card":
        return f"Removed “{words}”. You can undo this."
    part = sent.part(document.part_of(sheet.board, sheet.viewer, found.id))
    ids = [line.id for line in part.lines] if part else []
    place = f"{shorten(part.title, 30)}, {ids.index(found.id) + 1} of {len(ids)}" if part else ""
    return (
        f"Added to {place}." if sent.do == "add_card" else f"Moved “{words}” to {place}. You can undo this."
    )


def focus(sent: Submission) -> str:
    """Where the focus goes on after one's own act; never lost, never moved for others' acts."""
    form = sent.form
    part = form.get("part", LOOSE)
    if sent.clashed:
        return f"clash-{sent.item}"
    if form.get("slot") == "add":
        return f"text-{part}"
    if sent.do == "remove_card":
        return _after_removed(sent, part)
    if sent.do == "undo":
        return "tool-redo" if sent.sheet.trail.redo else "tool-undo"
    if sent.do in ("remove_section", "add_section", "edit_section", "move_section"):
        return f"title-{sent.item}" if sent.part(sent.item) else f"title-{LOOSE}"
    return sent.anchor


def _after_removed(sent: Submission, part: str) -> str:
    """The card that stood after the one removed, else the one before, else the section's title."""
    was = document.part(sent.before, sent.sheet.viewer, part)
    ids = [line.id for line in was.lines] if was else []
    here = ids.index(sent.item) if sent.item in ids else 0
    there = {line.id for line in found.lines} if (found := sent.part(part)) else set()
    near = [id for id in (*ids[here + 1 :], *reversed(ids[:here])) if id in there]
    return f"card-{near[0]}" if near else f"title-{part}"
