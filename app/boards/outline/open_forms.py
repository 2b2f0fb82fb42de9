"""The forms that open beneath an item of the outline: which there are, and what stands in them. Pure."""

from re import fullmatch
from typing import Any

from app.boards.core.board import Board, Item
from app.boards.core.changeset import TEXTS
from app.boards.core.delivery import LOOSE
from app.boards.core.kinds import LINK_MEANINGS
from app.boards.core.ops import EditSection
from app.boards.core.schema import defaults
from app.boards.core.sight import View, Viewer, see
from app.boards.outline import document

NEW_SECTION = {
    name: defaults("section").get(name, "") for name in EditSection.__struct_fields__ if name != "id"
}


def opening(
    board: Board, viewer: Viewer, item: str, show: str, asked: dict[str, str]
) -> dict[str, Any] | None:
    """What the template of form `show` about `item` needs; None where there is no such form or no such item.

    `asked` is what a page or a refused form said already; it stands in the fields.
    """
    if show == "new_section":
        return _common("new", LOOSE, show, {**NEW_SECTION, **asked})
    found = board.items.get(item)
    view = see(board, found, viewer) if found else None
    if found is None or view is None or (view.item, show) not in FORMS:
        return None
    build = FORMS[view.item, show]
    part = document.part_of(board, viewer, item)
    return {"base": view.seq, **_common(item, part, show, {}), **build(board, viewer, found, view, asked)}


def _common(item: str, part: str, show: str, values: dict[str, Any]) -> dict[str, Any]:
    return {"item": item, "part": part, "show": show, "typed": values, "error": ""}


def _edit(board: Board, viewer: Viewer, item: Item, view: View, asked: dict[str, str]) -> dict[str, Any]:
    values = {"text": view.fields["text"], "kind": view.fields["kind"]}
    return {"typed": {**values, **_only(asked, "text", "kind")}}


def _comment(board: Board, viewer: Viewer, item: Item, view: View, asked: dict[str, str]) -> dict[str, Any]:
    return {"typed": {"text": "", **_only(asked, "text")}}


def _remark(board: Board, viewer: Viewer, item: Item, view: View, asked: dict[str, str]) -> dict[str, Any]:
    values = {"id": item.id, "text": view.fields["text"], **_only(asked, "text")}
    return {"item": view.fields["card"], "typed": values}


def _move(board: Board, viewer: Viewer, item: Item, view: View, asked: dict[str, str]) -> dict[str, Any]:
    here = view.fields["section"] or ""
    section = asked.get("section", here)
    cards = document.cards_of(board, viewer, section or LOOSE)
    places = [{"value": "", "title": document.LOOSE_TITLE}]
    titles = {id: board.items[id].fields["title"] for id in document.section_ids(board, viewer)}
    return {
        "typed": {"section": section},
        "sections": [{"value": id, "title": title} for id, title in titles.items()] + places,
        "neighbours": [{"id": card.id, "text": card.fields["text"]} for card in cards if card.id != item.id],
    }


def _link(board: Board, viewer: Viewer, item: Item, view: View, asked: dict[str, str]) -> dict[str, Any]:
    groups = []
    for id in (*document.section_ids(board, viewer), LOOSE):
        cards = [card for card in document.cards_of(board, viewer, id) if card.id != item.id]
        title = document.LOOSE_TITLE if id == LOOSE else board.items[id].fields["title"]
        if cards:
            groups.append({"title": title, "cards": [{"id": c.id, "text": c.fields["text"]} for c in cards]})
    values = {"means": next(iter(LINK_MEANINGS)), "end": "", **_only(asked, "means", "end")}
    return {"typed": values, "others": groups, "ties": document.ties(board, viewer, item.id)}


def _section(board: Board, viewer: Viewer, item: Item, view: View, asked: dict[str, str]) -> dict[str, Any]:
    ids = document.section_ids(board, viewer)
    at = ids.index(item.id)
    words = {name: view.fields[name] for name in NEW_SECTION}
    others = [{"id": id, "title": board.items[id].fields["title"]} for id in ids if id != item.id]
    after = ids[at - 1] if at else ""
    return {"typed": {**words, **_only(asked, *NEW_SECTION), "after": after}, "neighbours": others}


def _clash(board: Board, viewer: Viewer, item: Item, view: View, asked: dict[str, str]) -> dict[str, Any]:
    """Both texts, read off what the item remembers of the deed `of`: one's own, and the one it replaced."""
    of = int(asked["of"]) if fullmatch(r"[0-9]{1,15}", asked.get("of", "")) else 0
    texts = [version for version in item.versions if version.field == "text"]
    mine = next((v for v in texts if v.seq == of and v.by == viewer.person), None)
    before = [v for v in texts if mine and v.seq < mine.seq and v.text != mine.text]
    if mine is None or not before:
        return {"show": "edit", **_edit(board, viewer, item, view, {})}
    theirs = before[-1]
    values = {"yours": mine.text, "theirs": theirs.text, "kind": view.fields["kind"]}
    return {"typed": values, "other": theirs.by}


def _overwritten(
    board: Board, viewer: Viewer, item: Item, view: View, asked: dict[str, str]
) -> dict[str, Any]:
    """One's own text that somebody else has written over, as far as the item remembers it, and theirs."""
    for field in TEXTS:
        texts = [version for version in item.versions if version.field == field]
        mine = next((v for v in reversed(texts) if v.by == viewer.person), None)
        if mine and texts[-1].by != viewer.person and mine.text != view.fields[field]:
            values = {"yours": mine.text, "theirs": view.fields[field], "kind": view.fields.get("kind")}
            return {"typed": values, "field": field, "do": f"edit_{view.item}", "other": texts[-1].by}
    again, build = ("edit", _edit) if view.item == "card" else ("section", _section)
    return {"show": again, **build(board, viewer, item, view, {})}


def _only(asked: dict[str, str], *names: str) -> dict[str, str]:
    return {name: asked[name] for name in names if name in asked}


FORMS = {
    ("card", "edit"): _edit,
    ("card", "comment"): _comment,
    ("card", "move"): _move,
    ("card", "link"): _link,
    ("card", "clash"): _clash,
    ("card", "overwritten"): _overwritten,
    ("comment", "remark"): _remark,
    ("section", "section"): _section,
    ("section", "overwritten"): _overwritten,
}
