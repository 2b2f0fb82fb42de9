"""The short form for what comes next: sensible settings, its op, and what changes for people. Pure."""

from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct

from app.access import Code, Refused
from app.boards.core.board import Board
from app.boards.core.stage.phases import MOST_DOTS
from app.boards.core.stage.read import Phase, notes_of, phases_of, present_phase
from app.workshops.promise import NOT_KEPT

Kind = Literal["ask", "gather", "vote", "read"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NAMES: dict[Kind, str] = {
    "ask": "Ask a question",
    "read": "Read together",
    "gather": "Gather",
    "vote": "Vote",
}
DEFAULTS: dict[Kind, dict[str, str]] = {
    "ask": {"prompt": "", "minutes": "5", "write": "private", "kept": "yes"},
    "read": {"prompt": "Read in silence. What strikes you?", "minutes": "3"},
    "gather": {"prompt": "What belongs together?", "minutes": "8", "move": "facilitators"},
    "vote": {
        "prompt": "Where shall we put our time?",
        "minutes": "3",
        "how": "dots",
        "dots": "3",
        "most": "1",
        "options": "",
    },
}
FIELDS = (
    "prompt",
    "minutes",
    "sections",
    "write",
    "question",
    "kept",
    "move",
    "how",
    "dots",
    "most",
    "options",
    "about",
    "again_of",
    "kinds",
    "step",
)


class Preview(Struct, frozen=True):
    """What would come next: the fields of its op, what changes for people, and what is unfinished now."""

    fields: dict[str, str]
    changes: tuple[str, ...]
    unfinished: tuple[str, ...]


def kind_of(given: str) -> Kind:
    return next((kind for kind in KINDS if kind == given), "ask")


def values_of(board: Board, kind: Kind, given: Mapping[str, str]) -> dict[str, str]:
    """The form as it stands: what was typed, and what is sensible where nothing was."""
    values = dict(DEFAULTS[kind])
    if kind != "ask":
        values["about"] = _about(board)
    if "prompt" not in given:  # not sent yet: words may be filled in from elsewhere
        return {**values, **{name: text for name, text in given.items() if name in FIELDS}}
    ticks = {name: given.get(name, "") for name in ("question", "kept")}
    return {**values, **ticks, **{name: text for name, text in given.items() if name in FIELDS}}


def again(phase: Phase) -> tuple[Kind, dict[str, str]]:
    """The settings of an earlier phase, to use again."""
    if phase.vote.how != "none":
        kind: Kind = "vote"
    elif phase.write != "off":
        kind = "ask"
    else:
        kind = "gather" if phase.move != "nobody" else "read"
    values = {
        "prompt": phase.prompt,
        "minutes": f"{phase.minutes:g}" if phase.minutes else "",
        "sections": " ".join(phase.sections),
        "write": phase.write,
        "question": "yes" if phase.question else "",
        "kept": "yes" if phase.kept else "",
        "move": phase.move,
        "how": phase.vote.how,
        "dots": str(phase.vote.dots),
        "most": str(phase.vote.most),
        "options": "\n".join(phase.vote.options),
    }
    return kind, {**values, **({"about": " ".join(phase.about)} if phase.about else {})}


def preview(board: Board, kind: Kind, values: Mapping[str, str], id: str) -> Preview:
    """Raises invalid where there is no prompt, or no minutes that make sense."""
    prompt = values.get("prompt", "").strip()
    if not prompt:
        raise Refused(Code.INVALID, "Write what people are asked, then look at it.")
    fields = {"do": "open_phase", "id": id, "kind": kind, "prompt": prompt, "minutes": _minutes(values)}
    fields["from"] = now.id if (now := present_phase(board)) else ""
    fields |= _settings(kind, values)
    if values.get("again_of"):
        fields["again_of"] = values["again_of"]
    return Preview(fields, _changes(board, kind, fields), _unfinished(board))


def _minutes(values: Mapping[str, str]) -> str:
    text = values.get("minutes", "").strip().replace(",", ".")
    if not text:
        return ""
    try:
        minutes = float(text)
    except ValueError:
        raise Refused(Code.INVALID, "Give the minutes as a number, or leave them empty.") from None
    if not 0 < minutes <= 540:
        raise Refused(Code.INVALID, "Give between 1 and 540 minutes, or leave them empty.")
    return f"{minutes:g}"


def _settings(kind: Kind, values: Mapping[str, str]) -> dict[str, str]:
    if kind == "ask":
        write = "shared" if values.get("write") == "shared" else "private"
        ticks = {name: "yes" if values.get(name) else "" for name in ("question", "kept")}
        return {"write": write, "sections": values.get("sections", ""), **ticks}
    about = {"write": "off", "about": values.get("about", "")}
    if kind == "gather":
        return {**about, "move": "everyone" if values.get("move") == "everyone" else "facilitators"}
    if kind == "read":
        return {**about, "move": "nobody"}
    if values.get("how") == "choice":
        return {"write": "off", "how": "choice", "options": values.get("options", "")}
    return {**about, "how": "dots", "dots": _whole(values, "dots"), "most": _whole(values, "most")}


def _whole(values: Mapping[str, str], name: str) -> str:
    text = values.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_DOTS):
        raise Refused(Code.INVALID, f"Give the dots as whole numbers from 1 to {MOST_DOTS}.")
    return str(int(text))


def _about(board: Board) -> str:
    """The notes that the next phase is most likely about: of this phase, or of what this one is about."""
    now = present_phase(board)
    if now is None:
        return ""
    if now.about:
        return " ".join(now.about)
    wrote = [one for one in phases_of(board) if one.write != "off"]
    return wrote[-1].id if wrote else ""


def _changes(board: Board, kind: Kind, fields: Mapping[str, str]) -> tuple[str, ...]:
    said: list[str] = []
    if kind == "ask" and fields["write"] == "private":
        said += ["Everybody gets a box. What they write is private until you reveal it."]
    elif kind == "ask":
        said += ["Everybody gets a box. What they write is shown to all at once, with their name."]
    elif kind == "vote" and fields["how"] == "choice":
        said += ["Everybody chooses one answer, and can change it until voting closes."]
    elif kind == "vote":
        dots = "1 dot" if fields["dots"] == "1" else f"{fields['dots']} dots"
        said += [f"Everybody has {dots}, and can move them until voting closes."]
    elif not fields.get("about"):
        said += ["Everybody sees this on their phone, with the clock."]
    else:
        said += ["Everybody reads the notes of this question on their phone."]
    if kind == "gather":
        who = "Everybody can put" if fields["move"] == "everyone" else "Facilitators put"
        said += [f"{who} notes into themes; all see it as it happens."]
    if kind == "ask" and not fields["kept"]:
        said += [NOT_KEPT]
    if fields.get("question"):
        said += ["Each note must end with a question mark."]
    minutes = "minute" if fields["minutes"] == "1" else "minutes"
    said += [
        f"The clock shows {fields['minutes']} {minutes}. It moves nobody."
        if fields["minutes"]
        else "There is no clock."
    ]
    return tuple(said)


def _unfinished(board: Board) -> tuple[str, ...]:
    now = present_phase(board)
    if now is None:
        return ()
    said = []
    private = sum(1 for note in notes_of(board, (now.id,)) if note.shown is None)
    if private:
        said.append(
            f"{private} {'note is' if private == 1 else 'notes are'} not revealed. "
            "They stay private unless you reveal them first."
        )
    if now.write != "off":
        said.append("What is half typed stays on people’s phones and is kept.")
    if now.vote_open:
        said.append("Voting closes, and the totals are shown.")
    return tuple(said)
