"""What a form of the outline gets back: the parts it touched, a sentence, and where to go on from."""

import json
from typing import Any

from litestar import Response

from app.boards.core import delivery
from app.boards.core.delivery import LOOSE
from app.boards.outline import document, feedback
from app.boards.outline.document import SectionEntry
from app.boards.outline.submission import Submission

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


async def done(sent: Submission) -> Response[Any]:
    """For htmx: the part the form was in, then, by name, all else that changed."""
    sheet = sent.sheet
    told = {"outline:done": {"say": feedback.sentence(sent), "focus": feedback.focus(sent)}}
    headers = {"HX-Trigger": json.dumps(told)}
    parts = _parts(sent)
    if parts is None:
        headers |= {"HX-Retarget": "#parts", "HX-Reswap": "innerMorph"}
        parts = document.parts(sheet.board, sheet.viewer)
        return await sheet.fragment("boards/_done.html", 200, headers, first=parts, rest=[], **_tidy(sent))
    headers |= {"HX-Retarget": f"#part-{parts[0].id}", "HX-Reswap": "outerMorph"}
    return await sheet.fragment(
        "boards/_done.html", 200, headers, first=parts[:1], rest=parts[1:], **_tidy(sent)
    )


async def refused(sent: Submission) -> Response[Any]:
    """For htmx: the form again, with its words and the reason beside them."""
    slot, say = sent.form.get("slot", ""), sent.outcome.say or ""
    if slot == "add":
        part = sent.part(sent.form.get("part", LOOSE))
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


async def refused_page(sent: Submission) -> Response[Any]:
    """Without JavaScript: the whole page, the form open again where it was, or its words kept on top."""
    say = sent.outcome.say or ""
    part = sent.form.get("part", LOOSE)
    if sent.form.get("slot") == "add" and "add_card" in sent.sheet.may() and sent.part(part):
        return await sent.sheet.outline(422, open=_add_again(sent, part), flash=say, flash_tone="bad")
    opened = _open_again(sent)
    if opened:
        return await sent.sheet.outline(422, open=opened, flash=say, flash_tone="bad")
    return await sent.sheet.outline(422, kept=_kept(sent), flash="", flash_tone="bad")


# -- what was touched ----------------------------------------------------------------------------------


def _parts(sent: Submission) -> list[SectionEntry] | None:
    """The parts to show anew, the form's own first; None when the list of sections itself changed."""
    before, after, viewer = sent.before, sent.sheet.board, sent.sheet.viewer
    if document.section_ids(before, viewer) != document.section_ids(after, viewer) or sent.do == "undo":
        return None
    changed = [id for id, item in after.items.items() if item.seq > before.seq]
    own = sent.form.get("part", LOOSE)
    ids = [own, *sorted(delivery.parts(before, after, changed, viewer) - {own})]
    found = [document.part(after, viewer, id) for id in ids]
    return [part for part in found if part] if found[0] else None


def _tidy(sent: Submission) -> dict[str, Any]:
    """Which boxes to bring back to their beginning: the one that the form was written in."""
    slot = sent.form.get("slot", "")
    fresh = sent.part(sent.form.get("part", LOOSE)) if slot == "add" else None
    opened = None
    if sent.clashed:
        opened = sent.sheet.open(sent.item, "clash", {"of": str(sent.outcome.seq)})
    elif sent.outcome.conflict and sent.do == "edit_section":
        theirs = sent.outcome.conflict["theirs"]
        error = f"Somebody else changed the same words. Yours are saved. Theirs were: {theirs}"
        opened = sent.sheet.open(sent.item, "section", {}, error)
    emptied = slot if slot not in ("", "add", "new") else ""
    return {"fresh": fresh, "emptied": emptied, "opened": opened, "new_section": slot == "new"}


# -- what was typed, again -------------------------------------------------------------------------------


def _add_again(sent: Submission, part: str) -> dict[str, Any]:
    form = sent.form
    values = {"text": form.get("text", ""), "kind": form.get("kind", "note"), "draft": form.get("draft", "")}
    return {"item": part, "part": part, "show": "add", "typed": values, "error": sent.outcome.say or ""}


def _open_again(sent: Submission) -> dict[str, Any] | None:
    show = SHOWS.get(sent.do)
    item = sent.form.get("id", "") if show == "remark" else sent.item
    return sent.sheet.open(item, show, sent.form, sent.outcome.say or "") if show else None


def _kept(sent: Submission) -> dict[str, Any]:
    """Words whose place has gone (rule T4): they can become a new card."""
    part = sent.form.get("part", LOOSE)
    values = {"text": sent.form.get("text", ""), "kind": sent.form.get("kind", "note")}
    return {"part": part if sent.part(part) else LOOSE, "say": sent.outcome.say or "", "typed": values}
