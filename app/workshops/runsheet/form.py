"""Forms of a run-sheet read as edits, and steps as the values of a form. Pure."""

from collections.abc import Mapping
from typing import Any, get_args

from app.access import Code, Refused
from app.characters import one_line, storable
from app.workshops.runsheet import ops as e
from app.workshops.runsheet.edit import Wrong
from app.workshops.runsheet.ops import Edit
from app.workshops.runsheet.sheet import Block, Kind, Step, Where

UNREADABLE = "That form could not be read. Load the page again and try again."
NOT_A_NUMBER = "Give the minutes as a number."
STEP_FIELDS = (
    *("title", "minutes", "prompt", "where", "kind", "sections", "card", "write", "question", "kept"),
    *("reveals", "move", "how", "dots", "most", "options", "lead", "backstage", "cut", "if_late"),
)


def read_edit(form: Mapping[str, str]) -> Edit:
    """What a form asks for. Raises Refused, and Wrong with a sentence for each field."""
    do, id = form.get("do", ""), form.get("id", "")
    match do:
        case "add_block":
            return _new_block(form)
        case "set_block":
            return e.SetBlock(id, one_line(form.get("title", "")), _text(form, "aim"), _seen(form))
        case "add_step":
            return e.AddStep(form.get("block", ""), read_step(form))
        case "set_step":
            return e.SetStep(read_step(form), _seen(form))
        case "remove":
            return e.Remove(id)
        case "up" | "down":
            return e.Move(id, do == "up")
        case "leave_out" | "take_in":
            return e.LeaveOut(id, do == "leave_out")
        case "lengthen":
            return e.Lengthen(id, _number(form, "by", {}))
        case "cut":
            return e.Cut(id)
        case _:
            raise Refused(Code.INVALID, UNREADABLE)


def read_step(form: Mapping[str, str]) -> Step:
    """A step as it was typed. Raises Wrong for what is no number; the rest is checked by its rules."""
    errors: dict[str, str] = {}
    given: dict[str, Any] = {
        "id": form.get("id", ""),
        "title": one_line(form.get("title", "")),
        "minutes": _number(form, "minutes", errors),
        "cut": _number(form, "cut", errors) if form.get("cut", "").strip() else 0,
        "where": _one_of(form, "where", get_args(Where)),
        "kind": _one_of(form, "kind", get_args(Kind)),
        "write": _one_of(form, "write", ("private", "shared")),
        "move": _one_of(form, "move", ("facilitators", "everyone")),
        "how": _one_of(form, "how", ("dots", "choice")),
        "dots": _whole(form, "dots", 3, errors),
        "most": _whole(form, "most", 1, errors),
        "options": _lines(form, "options"),
        "sections": tuple(dict.fromkeys(_lines(form, "sections"))),
        "card": form.get("card", "") or "note",
        "lead": form.get("lead", ""),
    }
    given |= {name: _text(form, name) for name in ("prompt", "backstage", "if_late")}
    given |= {name: form.get(name) == "yes" for name in ("question", "kept", "reveals")}
    if errors:
        raise Wrong(errors)
    return Step(**given)


def values_of(step: Step) -> dict[str, str]:
    """The step as its form has it."""
    found = {name: _as_text(getattr(step, name)) for name in STEP_FIELDS}
    found |= {"options": "\n".join(step.options), "sections": "\n".join(step.sections)}
    return {**found, "id": step.id, "seen": str(step.rev)}


def _new_block(form: Mapping[str, str]) -> Edit:
    title, errors = one_line(form.get("title", "")), dict[str, str]()
    minutes = _number(form, "minutes", errors)
    if errors:
        raise Wrong(errors)
    step = Step(id=form.get("step", ""), title=title, minutes=minutes)
    made = Block(id=form.get("id", ""), title=title, aim=_text(form, "aim"), steps=(step,))
    if not made.id or not step.id:
        raise Refused(Code.INVALID, UNREADABLE)
    return e.AddBlock(made, form.get("after", ""))


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return f"{value:g}" if isinstance(value, float | int) else str(value)


def _number(form: Mapping[str, str], name: str, errors: dict[str, str]) -> float:
    text = form.get(name, "").strip().replace(",", ".").replace("\u2212", "-")
    try:
        value = float(text)
    except ValueError:
        errors[name] = NOT_A_NUMBER
        return 0.0
    if value != value or abs(value) > 10_000:
        errors[name] = NOT_A_NUMBER
        return 0.0
    return value


def _whole(form: Mapping[str, str], name: str, default: int, errors: dict[str, str]) -> int:
    text = form.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        errors[name] = "Give the dots as whole numbers."
        return default
    return int(text)


def _one_of(form: Mapping[str, str], name: str, choices: tuple[str, ...]) -> Any:
    """One of the choices, the first where none is given. Raises Refused: no form of ours has another."""
    value = form.get(name) or choices[0]
    if value not in choices:
        raise Refused(Code.INVALID, UNREADABLE)
    return value


def _lines(form: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The lines of a field that say something; of one that was sent several times those of each."""
    return tuple(one for line in form.get(name, "").splitlines() if (one := one_line(line)))


def _text(form: Mapping[str, str], name: str) -> str:
    return storable(form.get(name, "")).strip()


def _seen(form: Mapping[str, str]) -> int:
    text = form.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
