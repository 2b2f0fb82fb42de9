"""Gathering on a phone: which op a form with ticked notes asks for. Pure."""

from collections.abc import Mapping

from app.access import Code, Refused
from app.boards.core.ops import Op, Undo
from app.boards.outline import form_ops

GATHERING = frozenset({"gather", "add_theme", "split", "edit_theme", "merge_themes", "remove_theme"})
OF_TICKED = frozenset({"gather", "add_theme", "split"})


def is_gathering(form: Mapping[str, str]) -> bool:
    """Whether a form puts notes into themes, or takes that back."""
    return bool(form.get("split") or form.get("undo_of")) or form.get("do") in GATHERING


def op_of(form: Mapping[str, str]) -> Op | Undo:
    """Of the one form for ticked notes each button uses the fields that it needs. Raises Refused."""
    given = dict(form)
    if form.get("split"):
        given |= {"do": "split", "id": form["split"]}
    elif form.get("do") == "add_theme":
        given["id"] = form.get("new_id", "")
    if given.get("do") in OF_TICKED and not form.get("cards") and not form.get("undo_of"):
        raise Refused(Code.INVALID, "Tick the notes first.")
    return form_ops.read_op(given)
