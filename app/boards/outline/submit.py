"""What a form of the outline does: one op, answered with the parts it changed, or the form again."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from litestar import Request, Response

from app.access import Refused
from app.boards.core import delivery
from app.boards.core.delivery import LOOSE
from app.boards.core.group_commit import OpResult
from app.boards.core.kinds import CARD_KINDS
from app.boards.core.ops import Op, Undo
from app.boards.core.sight import see, viewer_of
from app.boards.core.words.item_texts import TEXTS
from app.boards.live import actions, codec
from app.boards.live.rooms import Rooms
from app.boards.outline import document, feedback, form_ops
from app.boards.outline.document import SectionEntry
from app.boards.outline.feedback import Submission
from app.boards.outline.opened import OPENED, opened_by
from app.boards.outline.view import load_outline
from app.boards.pace import take_turn
from app.boards.seats import BoardSeat
from app.db import Database
from app.web import local_path, wants_fragment

Asking = Request[Any, Any, Any]

FORM_OF = {  # the form that each op comes from, which opens again when the op is refused
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


async def act_form(request: Asking, db: Database, rooms: Rooms, seat: BoardSeat) -> Response[Any]:
    """Do what the form asks. Answers 303, or fragments to htmx; a refusal 422, with the words typed.

    Raises NoAnswer where the board waits for the database for long. It may be done later: sent again, what it
    adds is not added twice; of what it removes it is said that it is gone.
    """
    form = form_ops.with_lists((await request.form()).multi_items())
    before = (await rooms.open(seat.board_id)).room.board
    form = form_ops.expand_button(form, before, viewer_of(seat.actor, before))
    try:
        op = _op_of(form_ops.with_after(form, before, viewer_of(seat.actor, before)))
        base, read = form_ops.base_of(form), form_ops.read_of(form)
    except Refused as refused:
        result = OpResult(None, code=refused.code, say=refused.say)
    else:
        seat = await take_turn(request, rooms, seat, op)
        op_request = actions.request(seat.actor, op, base=base, read=read)
        result = await actions.act_once(rooms, seat.board_id, seat.seat, op_request)
    submission = Submission(form, result, before, await load_outline(request, db, rooms, seat))
    if result.code:
        return await (_refused(submission) if wants_fragment(request) else _refused_page(submission))
    return await _changed(submission) if wants_fragment(request) else _redirect(submission)


def _op_of(form: Mapping[str, str]) -> Op | Undo:
    """The op a form asks for; the `parts` of a batch stand there as on the wire. Raises Refused."""
    if form.get("do") != "batch":
        return form_ops.read_op(form)
    op = codec.decode_op(b'{"do":"batch","parts":%s}' % form.get("parts", "").encode(errors="replace"))
    if isinstance(op, Refused):
        raise op
    return op


def _redirect(submission: Submission) -> Response[Any]:
    """Without JavaScript: back to where it was done; the page there says that it was done."""
    board_id, form, result = submission.outline.board.id, submission.form, submission.result
    show = f"&item={form.get('id', '')}&show=clash&of={result.seq}" if submission.clashed else ""
    kinds = {"merged": result.merged, "cleaned": result.cleaned, "left_out": result.left_out}
    word = next((kind for kind, there in kinds.items() if there), form.get("do", "undo"))
    fallback = f"/boards/{board_id}/outline?done={word}{show}{_where(submission)}#{submission.anchor}"
    return Response(None, status_code=303, headers={"Location": local_path(form.get("next"), fallback)})


def _where(submission: Submission) -> str:
    """For the address of the next page: the section for a small screen, and what was chosen for a card."""
    part = document.part_of(submission.outline.board, submission.outline.viewer, submission.item)
    asked = {"section": submission.form.get("part", "") if part == LOOSE else part}
    if submission.anchor.startswith("card-"):
        asked["card"] = submission.anchor.removeprefix("card-")
    if submission.form.get("slot") == "add":
        asked |= composer_choice(submission.form)
    return "".join(f"&{name}={quote(value)}" for name, value in asked.items() if value)


def composer_choice(given: Mapping[str, str]) -> dict[str, str]:
    """The kind, and whether only its author sees it, that stay chosen for the next card."""
    kind = given.get("kind", "")
    return {
        "kind": kind if kind in CARD_KINDS else next(iter(CARD_KINDS)),
        "draft": "yes" if given.get("draft") == "yes" else "",
    }


async def _changed(submission: Submission) -> Response[Any]:
    """For htmx: the part the form was in, then, by name, all else that changed."""
    outline = submission.outline
    event: dict[str, Any] = {"say": feedback.sentence(submission), "focus": feedback.focus(submission)}
    event |= {"added": submission.form.get("id")} if submission.do == "add_card" else {}
    event |= {"undone": True} if submission.do == "undo" else {}
    headers = {"HX-Trigger": json.dumps({"outline:done": event})}
    parts = _changed_parts(submission)
    if parts is None:
        headers |= {"HX-Retarget": "#parts", "HX-Reswap": "innerMorph"}
        first, rest = (
            document.parts(outline.board, outline.viewer, opened_by(outline.request.headers.get(OPENED))),
            [],
        )
    else:
        headers |= {"HX-Retarget": f"#part-{parts[0].id}", "HX-Reswap": "outerMorph"}
        first, rest = parts[:1], parts[1:]
    boxes = _boxes_after(submission)
    return await outline.fragment("boards/_done.html", 200, headers, first=first, rest=rest, **boxes)


async def _refused(submission: Submission) -> Response[Any]:
    """For htmx: the form again, with its words and the reason."""
    outline, say = submission.outline, submission.result.say or ""
    slot = submission.form.get("slot", "")
    if slot == "add":
        part = submission.part(submission.form.get("part", LOOSE))
        if part:
            headers = {"HX-Retarget": f"#add-{part.id}", "HX-Reswap": "outerHTML"}
            again = _add_again(submission, part.id)
            return await outline.fragment("boards/_add.html", 422, headers, part=part, open=again)
        headers = {"HX-Retarget": f"#add-{submission.form.get('part', LOOSE)}", "HX-Reswap": "innerHTML"}
        return await outline.fragment("boards/_kept.html", 422, headers, kept=_kept_words(submission))
    if slot == "new":
        headers = {"HX-Retarget": "#new-section", "HX-Reswap": "outerHTML"}
        opened = outline.open_form("new", "new_section", submission.form, say)
        if opened:
            return await outline.fragment("boards/_new_section.html", 422, headers, open=opened)
        headers["HX-Reswap"] = "innerHTML"
        return await outline.fragment("boards/_kept.html", 422, headers, kept=_kept_words(submission))
    if slot:
        headers = {"HX-Retarget": f"#slot-{slot}", "HX-Reswap": "innerHTML"}
        opened = _open_again(submission)
        if opened:
            return await outline.fragment("boards/_open.html", 422, headers, open=opened)
        return await outline.fragment("boards/_kept.html", 422, headers, kept=_kept_words(submission))
    headers = {"HX-Retarget": "#flash", "HX-Reswap": "innerHTML"}
    return await outline.fragment("shared/_flash.html", 422, headers, say=say, tone="bad")


async def _refused_page(submission: Submission) -> Response[Any]:
    """Without JavaScript: the whole page, the form open again where it was, or its words kept on top."""
    outline, say = submission.outline, submission.result.say or ""
    part = submission.form.get("part", LOOSE)
    if submission.form.get("slot") == "add" and "add_card" in outline.may() and submission.part(part):
        return await outline.page(422, open=_add_again(submission, part), flash=say, flash_tone="bad")
    opened = _open_again(submission)
    if opened:
        return await outline.page(422, open=opened, flash=say, flash_tone="bad")
    return await outline.page(422, part, kept=_kept_words(submission), flash="", flash_tone="bad")


def _changed_parts(submission: Submission) -> list[SectionEntry] | None:
    """The parts to show anew, the form's own first; None when the list of sections itself changed."""
    before, after, viewer = submission.before, submission.outline.board, submission.outline.viewer
    same_sections = document.section_ids(before, viewer) == document.section_ids(after, viewer)
    if not same_sections:
        return None
    changed = [id for id, item in after.items.items() if item.seq > before.seq]
    own = submission.form.get("part", LOOSE)
    ids = [own, *sorted(delivery.parts(before, after, changed, viewer) - {own})]
    parts = [submission.outline.part(id) for id in ids]
    return [part for part in parts if part] if parts[0] else None


def _boxes_after(submission: Submission) -> dict[str, Any]:
    """What becomes of the form's own box: emptied, or open again where two people's words clashed."""
    outline, result, slot = submission.outline, submission.result, submission.form.get("slot", "")
    opened = None
    if submission.clashed:
        opened = outline.open_form(submission.item, "clash", {"of": str(result.seq)})
    elif result.conflict and submission.do == "edit_section":
        error = (
            f"Somebody else changed the same words. Yours are saved. Theirs were: {result.conflict['theirs']}"
        )
        opened = outline.open_form(submission.item, "section", {}, error)
    added = submission.do == "add_card" and slot == "add"
    return {
        "fresh": submission.part(submission.form.get("part", LOOSE)) if added else None,
        "added": _added(submission) if added else None,
        "chosen": composer_choice(submission.form),
        "emptied": slot if slot not in ("", "add", "new") else "",
        "opened": opened,
        "new_section": slot == "new",
    }


def _added(submission: Submission) -> dict[str, Any] | None:
    """The card that was just added, for the line beneath the box that it was written in."""
    item = submission.outline.board.items.get(submission.form.get("id", ""))
    view = see(submission.outline.board, item, submission.outline.viewer) if item else None
    return {"id": view.id, "seq": submission.result.seq, **view.fields} if view else None


def _add_again(submission: Submission, part: str) -> dict[str, Any]:
    """The box for a new card, with what was typed into it."""
    form, error = submission.form, submission.result.say or ""
    values = {"text": form.get("text", ""), **composer_choice(form)}
    return {"item": part, "part": part, "show": "add", "typed": values, "error": error}


def _open_again(submission: Submission) -> dict[str, Any] | None:
    """The form that the op came from, with what was typed into it; None where its item is gone."""
    show = FORM_OF.get(submission.do)
    if show is None:
        return None
    item = submission.form.get("id", "") if show == "remark" else submission.item
    return submission.outline.open_form(item, show, submission.form, submission.result.say or "")


def _kept_words(submission: Submission) -> dict[str, Any]:
    """Words whose place has gone (rule T4): they can become a new card."""
    form, part = submission.form, submission.form.get("part", LOOSE)
    words = "\n".join(form[field] for field in TEXTS if form.get(field, "").strip())
    values = {"text": words, "kind": form.get("kind", "note")}
    return {
        "part": part if submission.part(part) else LOOSE,
        "say": submission.result.say or "",
        "typed": values,
    }
