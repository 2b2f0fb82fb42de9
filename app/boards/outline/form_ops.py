"""A form's fields read as an op: the same closed union as on the wire, numbers and choices as text. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, get_args

import msgspec

from app import characters
from app.access import Code, Refused
from app.boards.core.board import SECTIONS, Board
from app.boards.core.delivery import LOOSE
from app.boards.core.ops import TEXT_LIMITS, Op, Undo
from app.boards.core.sight import Viewer
from app.boards.core.stage.ops import OpenPhase
from app.boards.outline import document

OPS: dict[str, type] = {str(kind.__struct_config__.tag): kind for kind in get_args(Op)}
NUMBERS = frozenset({"x", "y", "w", "h", "left", "add", "minutes"})
WHOLE = frozenset({"page", "dots", "most"})
YES_NO = frozenset({"draft", "locked", "paper", "question", "kept", "running", "takes_part", "code"})
LISTS = frozenset({"cards", "sections", "kinds", "about"})  # of ids or names, parted by spaces
NONE_WHEN_EMPTY = frozenset({"section", "after", "from", "thing", "person", "minutes", "again_of"})
VOTE = ("how", "dots", "most", "options")
BUTTONS = {"duplicate_card": ("id", "card"), "lock_section": ("id", "locked")}  # of a button: its values
NOBODY_CHOSEN = "Choose who is to facilitate."
UNREADABLE = "That form could not be read. Load the page again and try again."


def read_op(form: Mapping[str, Any]) -> Op | Undo:
    """The op a form asks for, no batch; fields that the op does not have are left out. Raises Refused."""
    if form.get("undo_of"):
        return Undo(number(form, "undo_of"))
    kind = OPS.get(str(form.get("do", "")))
    if kind is None:
        raise Refused(Code.INVALID, UNREADABLE)
    if form["do"] == "add_facilitator" and not form.get("person"):
        raise Refused(Code.INVALID, NOBODY_CHOSEN)
    names = [name for name in kind.__struct_encode_fields__ if name in form]  # type: ignore[attr-defined]
    given = {name: _value(name, str(form[name])) for name in names}
    if kind is OpenPhase and form.get("how"):
        given["vote"] = {name: _value(name, str(form[name])) for name in VOTE if form.get(name)}
    try:
        return msgspec.convert({"do": form["do"], **given}, Op)  # type: ignore[no-any-return]
    except msgspec.ValidationError:
        raise Refused(Code.INVALID, UNREADABLE) from None


def with_lists(fields: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """The fields of a form; the values of a list that were ticked one by one stand in it together."""
    form: dict[str, str] = {}
    for name, value in fields:
        if not isinstance(value, str):
            continue  # a file
        text = value.replace("\0", "")
        form[name] = f"{form[name]} {text}" if name in LISTS and name in form else text
    return form


def expand_button(form: Mapping[str, str], board: Board, viewer: Viewer) -> dict[str, str]:
    """The fields of a single button, which has them all in one, `deed`: 'remove_card <id>'.

    Or 'undo <seq> <part>', for the card that was added last, from beneath the box that it was written in.
    """
    do, *values = form.get("deed", "").split(" ")
    if not do or not values:
        return dict(form)
    if do == "undo":
        seq, part = (*values, "")[:2]
        return {"undo_of": seq, "part": part, "slot": "add"}
    given = dict(zip(BUTTONS.get(do, ("id",)), values, strict=False))
    about = given.get("card") or given["id"]
    return {"do": do, **given, "part": document.part_of(board, viewer, about)}


def with_after(form: Mapping[str, Any], board: Board, viewer: Viewer) -> dict[str, Any]:
    """The form with `after`, as the op has it, instead of its `place`: first, last, or the id to come after.

    An id that is not in the chosen section means last there.
    """
    given = dict(form)
    place = given.pop("place", None)
    if place is None:
        return given
    if place == "first":
        return {**given, "after": ""}
    moving = str(given.get("id", ""))
    if given.get("do") == "move_section":
        neighbours = [id for _, id in board.order.get(SECTIONS, ())]
    else:
        target = str(given.get("section") or LOOSE)
        neighbours = [card.id for card in document.cards_of(board, viewer, target)]
    others = [id for id in neighbours if id != moving]
    if not others:
        return {**given, "after": ""}
    return {**given, "after": place if place in others else others[-1]}


def base_of(form: Mapping[str, Any]) -> int | None:
    """The seq up to which the writer had read the item; None when the form does not say. Raises Refused."""
    return number(form, "base") if form.get("base") else None


def read_of(form: Mapping[str, Any]) -> dict[str, str]:
    """By field, the text that the form's is a change of, where it says so: `read_text` for `text`."""
    said = {field: form.get(f"read_{field}") for field in TEXT_LIMITS}
    return {field: characters.storable(str(text)) for field, text in said.items() if text is not None}


def number(form: Mapping[str, Any], name: str) -> int:
    """A field as a whole number of at most 15 digits. Raises Refused."""
    text = str(form.get(name, ""))
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise Refused(Code.INVALID, UNREADABLE)
    return int(text)


def _value(name: str, text: str) -> Any:
    if name in YES_NO:
        return text in ("yes", "true", "on", "1")
    if name in NONE_WHEN_EMPTY and text == "":
        return None
    if name in LISTS:
        return text.split()
    if name == "options":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if name in WHOLE:
        return number({name: text}, name)
    if name in NUMBERS:
        return _float(text)
    return text


def _float(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise Refused(Code.INVALID, UNREADABLE) from None
    if value != value or abs(value) == float("inf"):
        raise Refused(Code.INVALID, UNREADABLE)
    return value
