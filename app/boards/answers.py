"""What a form of the outline gets back: the parts it touched, a sentence, and where to go on from."""

import json
from typing import Any

from litestar import Response
from msgspec import Struct

from app.boards import delivery, outline
from app.boards.batch import Outcome
from app.boards.board import Board, ends_of
from app.boards.delivery import LOOSE
from app.boards.outline import Part
from app.boards.sheet import Sheet
from app.templating import shorten

SHOWS = {  # which form a refused op came from
    "edit_card": "edit",
    "add_comment": "comment",
    "edit_comment": "remark",
    "move_card": "move",
    "add_link": "link",
    "edit_link": "link",
    "edit_section": "section",
    "move_section": "section",
    "add_section": "new_section",
}


class Sent(Struct, frozen=True):
    """A form with its outcome; `before` is the board just before it, the sheet's the board just after."""

    form: dict[str, str]
    outcome: Outcome
    before: Board
    sheet: Sheet

    @property
    def do(self) -> str:
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
        """Where on the page to go on."""
        board, viewer = self.sheet.board, self.sheet.viewer
        found = board.items.get(self.item)
        if found is None or self.do == "undo":
            return "main"
        if found.item == "section" or found.removed is not None:
            return (
                f"part-{outline.part_of(self.before, viewer, self.item)}"
                if found.removed
                else f"part-{found.id}"
            )
        card = found.id if found.item == "card" else ends_of(found)[0]
        return f"card-{card}"


def clashed(sent: Sent) -> bool:
    return sent.outcome.conflict is not None and sent.do == "edit_card"


async def done(sent: Sent, sentences: dict[str, str]) -> Response[Any]:
    """For htmx: the part the form was in, then, by name, all else that changed."""
    sheet = sent.sheet
    said = {"outline:done": {"say": _sentence(sent, sentences), "focus": _focus(sent)}}
    headers = {"HX-Trigger": json.dumps(said)}
    parts = _parts(sent)
    if parts is None:
        headers |= {"HX-Retarget": "#parts", "HX-Reswap": "innerMorph"}
        parts = outline.parts(sheet.board, sheet.viewer)
        return await sheet.fragment("boards/_done.html", 200, headers, first=parts, rest=[], **_tidy(sent))
    headers |= {"HX-Retarget": f"#part-{parts[0].id}", "HX-Reswap": "outerMorph"}
    return await sheet.fragment(
        "boards/_done.html", 200, headers, first=parts[:1], rest=parts[1:], **_tidy(sent)
    )


async def refused(sent: Sent) -> Response[Any]:
    """For htmx: the form again, with its words and the reason beside them."""
    slot, say = sent.form.get("slot", ""), sent.outcome.say or ""
    if slot == "add":
        part = _part(sent, sent.form.get("part", LOOSE))
        if part:
            headers = {"HX-Retarget": f"#add-{part.id}", "HX-Reswap": "outerHTML"}
            return await sent.sheet.fragment(
                "boards/_add.html", 422, headers, part=part, open=_add_again(sent, part.id)
            )
    elif slot == "new":
        headers = {"HX-Retarget": "#new-section", "HX-Reswap": "outerHTML"}
        opened = sent.sheet.open("new", "new_section", sent.form, say)
        return await sent.sheet.fragment("boards/_new_section.html", 422, headers, open=opened)
    elif slot:
        headers = {"HX-Retarget": f"#slot-{slot}", "HX-Reswap": "innerHTML"}
        opened = _open_again(sent)
        if opened:
            return await sent.sheet.fragment("boards/_open.html", 422, headers, open=opened)
        return await sent.sheet.fragment("boards/_kept.html", 422, headers, kept=_kept(sent))
    headers = {"HX-Retarget": "#flash", "HX-Reswap": "innerHTML"}
    return await sent.sheet.fragment("shared/_flash.html", 422, headers, say=say, tone="bad")


async def refused_page(sent: Sent) -> Response[Any]:
    """Without JavaScript: the whole page, the form open again where it was, or its words kept on top."""
    say = sent.outcome.say or ""
    part = sent.form.get("part", LOOSE)
    if sent.form.get("slot") == "add" and "add_card" in sent.sheet.may() and _part(sent, part):
        return await sent.sheet.outline(422, open=_add_again(sent, part), flash=say, flash_tone="bad")
    opened = _open_again(sent)
    if opened:
        return await sent.sheet.outline(422, open=opened, flash=say, flash_tone="bad")
    return await sent.sheet.outline(422, kept=_kept(sent), flash="", flash_tone="bad")


# -- what was touched ----------------------------------------------------------------------------------


def _parts(sent: Sent) -> list[Part] | None:
    """The parts to show anew, the form's own first; None when the list of sections itself changed."""
    before, after, viewer = sent.before, sent.sheet.board, sent.sheet.viewer
    if outline.section_ids(before, viewer) != outline.section_ids(after, viewer) or sent.do == "undo":
        return None
    changed = [id for id, item in after.items.items() if item.seq > before.seq]
    own = sent.form.get("part", LOOSE)
    ids = [own, *sorted(delivery.parts(before, after, changed, viewer) - {own})]
    found = [outline.part(after, viewer, id) for id in ids]
    return [part for part in found if part] if found[0] else None


def _part(sent: Sent, id: str) -> Part | None:
    return outline.part(sent.sheet.board, sent.sheet.viewer, id)


def _tidy(sent: Sent) -> dict[str, Any]:
    """Which boxes to bring back to their beginning: the one that the form was written in."""
    slot = sent.form.get("slot", "")
    fresh = _part(sent, sent.form.get("part", LOOSE)) if slot == "add" else None
    opened = None
    if clashed(sent):
        opened = sent.sheet.open(sent.item, "clash", {"of": str(sent.outcome.seq)})
    elif sent.outcome.conflict and sent.do == "edit_section":
        theirs = sent.outcome.conflict["theirs"]
        error = f"Somebody else changed the same words. Yours are saved. Theirs were: {theirs}"
        opened = sent.sheet.open(sent.item, "section", {}, error)
    emptied = slot if slot not in ("", "add", "new") else ""
    return {"fresh": fresh, "emptied": emptied, "opened": opened, "new_section": slot == "new"}


# -- what was typed, again -------------------------------------------------------------------------------


def _add_again(sent: Sent, part: str) -> dict[str, Any]:
    form = sent.form
    values = {"text": form.get("text", ""), "kind": form.get("kind", "note"), "draft": form.get("draft", "")}
    return {"item": part, "part": part, "show": "add", "typed": values, "error": sent.outcome.say or ""}


def _open_again(sent: Sent) -> dict[str, Any] | None:
    show = SHOWS.get(sent.do)
    item = sent.form.get("id", "") if show == "remark" else sent.item
    return sent.sheet.open(item, show, sent.form, sent.outcome.say or "") if show else None


def _kept(sent: Sent) -> dict[str, Any]:
    """Words whose place has gone (rule T4): they can become a new card."""
    part = sent.form.get("part", LOOSE)
    values = {"text": sent.form.get("text", ""), "kind": sent.form.get("kind", "note")}
    return {"part": part if _part(sent, part) else LOOSE, "say": sent.outcome.say or "", "typed": values}


# -- what to say -----------------------------------------------------------------------------------------


def _sentence(sent: Sent, sentences: dict[str, str]) -> str:
    """What the live region says of one's own act, in at most 120 characters."""
    sheet, outcome = sent.sheet, sent.outcome
    if clashed(sent):
        return "Saved. Somebody else changed the same words; both texts are kept, compare them here."
    if outcome.merged:
        return sentences["merged"]
    if sent.do == "undo" and outcome.skipped:
        return "Undone, but for what others have changed since."
    found = sheet.board.items.get(sent.form.get("id", ""))  # what was done, so what they may see
    if sent.do not in ("add_card", "move_card", "remove_card") or found is None or found.item != "card":
        return sentences.get(sent.do, "Done.")
    words = shorten(found.fields["text"], 30)
    if sent.do == "remove_card":
        return f"Removed “{words}”. Undo available."
    part = _part(sent, outline.part_of(sheet.board, sheet.viewer, found.id))
    ids = [line.id for line in part.lines] if part else []
    place = f"{shorten(part.title, 30)}, {ids.index(found.id) + 1} of {len(ids)}" if part else ""
    return f"Added to {place}." if sent.do == "add_card" else f"Moved “{words}” to {place}. Undo available."


def _focus(sent: Sent) -> str:
    """Where the focus goes on after one's own act; never lost, never moved for others' acts."""
    form = sent.form
    part = form.get("part", LOOSE)
    if clashed(sent):
        return f"clash-{sent.item}"
    if form.get("slot") == "add":
        return f"text-{part}"
    if sent.do == "remove_card":
        return _after_removed(sent, part)
    if sent.do == "undo":
        return "tool-redo" if sent.sheet.trail.redo else "tool-undo"
    if sent.do in ("remove_section", "add_section", "edit_section", "move_section"):
        return f"title-{sent.item}" if _part(sent, sent.item) else f"title-{LOOSE}"
    return sent.anchor


def _after_removed(sent: Sent, part: str) -> str:
    """The card that stood after the one removed, else the one before, else the section's title."""
    was = outline.part(sent.before, sent.sheet.viewer, part)
    ids = [line.id for line in was.lines] if was else []
    here = ids.index(sent.item) if sent.item in ids else 0
    there = {line.id for line in found.lines} if (found := _part(sent, part)) else set()
    near = [id for id in (*ids[here + 1 :], *reversed(ids[:here])) if id in there]
    return f"card-{near[0]}" if near else f"title-{part}"
