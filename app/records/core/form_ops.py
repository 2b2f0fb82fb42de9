"""Reads an op out of the fields of a form. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from app.access import Code, Refused
from app.records.core import ops
from app.records.core.ops import NewRow, NewTie, Op
from app.records.core.record import REVIEWS, Ending
from app.spaces.rules import tidy_line, tidy_text

PREFIX = "field-"
NOT_A_DAY = "Write the day as year, month and day, such as 2027-03-31."


def read_op(form: Mapping[str, str]) -> Op:
    """The op of a form whose field `do` has its tag. Raises Refused where a needed field is not there."""
    reader = _READERS.get(form.get("do", ""))
    if reader is None:
        raise Refused(Code.INVALID, "Choose what to do.")
    return reader(form)


def fields_of(form: Mapping[str, str]) -> dict[str, str]:
    """The words of a record or row in a form."""
    return {
        name.removeprefix(PREFIX): tidy_text(value) for name, value in form.items() if name.startswith(PREFIX)
    }


def read_tie(form: Mapping[str, str], id: str) -> NewTie:
    """A tie to what the field `other` names as `record:id` or `goal:id`."""
    kind, _, other = form.get("other", "").partition(":")
    if not other or kind not in ("record", "goal"):
        raise Refused(Code.INVALID, "Choose what it belongs to.")
    means = "serves" if kind == "goal" else form.get("means", "")
    return NewTie(id, "goal" if kind == "goal" else "record", other, means)


def read_day(typed: str) -> date | None:
    """A day as browsers send it; None where the field is empty. Raises Refused."""
    line = tidy_line(typed)
    if not line:
        return None
    try:
        return date.fromisoformat(line)
    except ValueError:
        raise Refused(Code.INVALID, NOT_A_DAY) from None


def _close(form: Mapping[str, str]) -> ops.Close:
    if form.get("ending") not in set(Ending):
        raise Refused(Code.INVALID, "Choose how it ends.")
    ending = Ending(form["ending"])
    by = form.get("by") or None
    return ops.Close(ending, tidy_text(form.get("reason", "")), by if ending is Ending.REPLACED else None)


def _id(id: str) -> str:
    if len(id) != 36:
        raise Refused(Code.INVALID, "This form lacks its number. Load the page again.")
    return id


def _offer(form: Mapping[str, str]) -> ops.Offer:
    if not form.get("person"):
        raise Refused(Code.INVALID, "Choose somebody.")
    return ops.Offer(form["person"])


def _review(form: Mapping[str, str]) -> ops.Review:
    row = NewRow(_id(form.get("id", "")), REVIEWS, fields_of(form))
    return ops.Review(row, read_day(form.get("on", "")))


def _put_back(form: Mapping[str, str]) -> ops.PutBack:
    number = form.get("revision", "")
    return ops.PutBack(int(number) if re.fullmatch(r"[0-9]{1,9}", number) else 0)


_READERS: dict[str, Callable[[Mapping[str, str]], Op]] = {
    "add_row": lambda form: ops.AddRow(
        NewRow(_id(form.get("id", "")), form.get("list", ""), fields_of(form))
    ),
    "edit_row": lambda form: ops.EditRow(form.get("id", ""), fields_of(form)),
    "remove_row": lambda form: ops.RemoveRow(form.get("id", "")),
    "restore_row": lambda form: ops.RestoreRow(form.get("id", "")),
    "take_row": lambda form: ops.TakeRow(form.get("id", "")),
    "leave_row": lambda form: ops.LeaveRow(form.get("id", "")),
    "add_tie": lambda form: ops.AddTie(read_tie(form, _id(form.get("id", "")))),
    "remove_tie": lambda form: ops.RemoveTie(form.get("id", "")),
    "stand": lambda _form: ops.Stand(),
    "set_state": lambda form: ops.SetState(form.get("state", "")),
    "look_again": lambda form: ops.LookAgain(read_day(form.get("on", ""))),
    "review": _review,
    "offer": _offer,
    "answer": lambda form: ops.Answer(form.get("answer") == "yes"),
    "take_on": lambda _form: ops.TakeOn(),
    "hand_back": lambda _form: ops.HandBack(),
    "close": _close,
    "open": lambda form: ops.Open(tidy_text(form.get("reason", ""))),
    "put_back": _put_back,
}
