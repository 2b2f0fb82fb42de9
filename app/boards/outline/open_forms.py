"""The forms that open beneath an item of the outline: what each template needs. Pure."""

from collections.abc import Callable
from re import fullmatch
from typing import Any

from msgspec import Struct

from app.boards.core.board import Board, Item
from app.boards.core.delivery import LOOSE
from app.boards.core.kinds import LINK_MEANINGS
from app.boards.core.ops import EditSection
from app.boards.core.schema import defaults
from app.boards.core.sight import View, Viewer, see
from app.boards.core.stage.taken_out import REASONS
from app.boards.core.words.item_texts import TEXTS
from app.boards.outline import document
from app.boards.outline.link_choice import choice

Context = dict[str, Any]
NEW_SECTION = {
    name: defaults("section").get(name, "") for name in EditSection.__struct_fields__ if name != "id"
}


class _Subject(Struct, frozen=True):
    """What a form is about, and what a page or a refused form has said already: that stays in the fields."""

    board: Board
    viewer: Viewer
    item: Item
    view: View
    typed: dict[str, str]

    def only(self, *names: str) -> dict[str, str]:
        return {name: self.typed[name] for name in names if name in self.typed}


def form_context(
    board: Board, viewer: Viewer, item_id: str, show: str, typed: dict[str, str]
) -> Context | None:
    """What the template of form `show` needs; None where there is no such form, or no such item."""
    if show == "new_section":
        return {"item": "new", "part": LOOSE, "show": show, "typed": {**NEW_SECTION, **typed}}
    item = board.items.get(item_id)
    view = see(board, item, viewer) if item else None
    if item is None or view is None or (view.item, show) not in FORMS:
        return None
    form = FORMS[view.item, show](_Subject(board, viewer, item, view, typed))
    part = document.part_of(board, viewer, item_id)
    return {"base": view.seq, "item": item_id, "part": part, "show": show, **form}


def _edit(it: _Subject) -> Context:
    values = {"text": it.view.fields["text"], "kind": it.view.fields["kind"]}
    return {"typed": {**values, **it.only("text", "kind")}}


def _comment(it: _Subject) -> Context:
    return {"typed": {"text": "", **it.only("text")}}


def _edit_comment(it: _Subject) -> Context:
    values = {"id": it.item.id, "text": it.view.fields["text"], **it.only("text")}
    return {"item": it.view.fields["card"], "typed": values}


def _move(it: _Subject) -> Context:
    section = it.typed.get("section", it.view.fields["section"] or "")
    cards = document.cards_of(it.board, it.viewer, section or LOOSE)
    loose = {"value": "", "title": document.LOOSE_TITLE}
    titles = {id: it.board.items[id].fields["title"] for id in document.section_ids(it.board, it.viewer)}
    return {
        "typed": {"section": section},
        "sections": [*({"value": id, "title": title} for id, title in titles.items()), loose],
        "neighbours": [_choice(card) for card in cards if card.id != it.item.id],
    }


def _link(it: _Subject) -> Context:
    values = {"means": next(iter(LINK_MEANINGS)), "end": "", **it.only("means", "end")}
    offered = choice(it.board, it.viewer, it.item.id, it.typed.get("look", ""), values["end"])
    return {"typed": values, **offered, "links": document.links_of(it.board, it.viewer, it.item.id)}


def _section(it: _Subject) -> Context:
    ids = document.section_ids(it.board, it.viewer)
    at = ids.index(it.item.id)
    texts = {name: it.view.fields[name] for name in NEW_SECTION}
    others = [{"id": id, "title": it.board.items[id].fields["title"]} for id in ids if id != it.item.id]
    typed = {**texts, **it.only(*NEW_SECTION), "after": ids[at - 1] if at else ""}
    return {"typed": typed, "neighbours": others, "locked": it.view.fields.get("locked", False)}


def _clash(it: _Subject) -> Context:
    """Both texts, as the item remembers them of the deed `of`: one's own, and the one it replaced."""
    of = int(it.typed["of"]) if fullmatch(r"[0-9]{1,15}", it.typed.get("of", "")) else 0
    texts = [version for version in it.item.versions if version.field == "text"]
    mine = next((v for v in texts if v.seq == of and v.by == it.viewer.person), None)
    before = [v for v in texts if mine and v.seq < mine.seq and v.text != mine.text]
    if mine is None or not before:
        return {"show": "edit", **_edit(it)}
    values = {"yours": mine.text, "theirs": before[-1].text, "kind": it.view.fields["kind"]}
    return {"typed": values, "other": before[-1].by}


def _overwritten(it: _Subject) -> Context:
    """One's own text that somebody else has overwritten, as far as the item remembers it, and theirs."""
    for field in TEXTS:
        texts = [version for version in it.item.versions if version.field == field]
        mine = next((v for v in reversed(texts) if v.by == it.viewer.person), None)
        if mine and texts[-1].by != it.viewer.person and mine.text != it.view.fields[field]:
            values = {"yours": mine.text, "theirs": it.view.fields[field], "kind": it.view.fields.get("kind")}
            return {"typed": values, "field": field, "do": f"edit_{it.view.item}", "other": texts[-1].by}
    show, build = ("edit", _edit) if it.view.item == "card" else ("section", _section)
    return {"show": show, **build(it)}


def _take_out(it: _Subject) -> Context:
    reasons = [(why, words[0].upper() + words[1:]) for why, words in REASONS.items()]
    mine = it.item.owner == it.viewer.person
    return {"typed": {"why": "named", **it.only("why")}, "reasons": reasons, "mine": mine}


def _choice(card: View) -> dict[str, str]:
    return {"id": card.id, "text": card.fields["text"]}


FORMS: dict[tuple[str, str], Callable[[_Subject], Context]] = {
    ("card", "edit"): _edit,
    ("card", "comment"): _comment,
    ("card", "move"): _move,
    ("card", "link"): _link,
    ("card", "take_out"): _take_out,
    ("card", "clash"): _clash,
    ("card", "overwritten"): _overwritten,
    ("comment", "remark"): _edit_comment,
    ("section", "section"): _section,
    ("section", "overwritten"): _overwritten,
}
