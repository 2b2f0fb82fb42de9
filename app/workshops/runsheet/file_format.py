"""A run-sheet as a file, and a file as a run-sheet: what is wrong in it is named by block and field. Pure."""

import json
from collections.abc import Callable
from typing import Any, NoReturn, get_args

import msgspec
from msgspec import Struct, structs

from app.access import Code, Refused
from app.characters import one_line, storable
from app.workshops.runsheet.sheet import (
    MOST_BLOCKS,
    MOST_STEPS,
    Block,
    Kind,
    Sheet,
    Step,
    Where,
    wrong_with,
    wrong_with_block,
)

FORMAT, VERSION = "throughline-run-sheet", 1
MOST_BYTES = 1_000_000
OWN = ("id", "rev", "lead", "left_out")  # what is not of the run-sheet, but of one workshop
TITLE, WORDS = 200, 600


class RunSheetFile(Struct, frozen=True, omit_defaults=True):
    """What a file has: the words about the workshop, and its blocks. `board` is the layout of its board.

    `is_outline` for one whose steps stayed with those who lead it.
    """

    title: str
    sheet: Sheet
    purpose: str = ""
    authority: str = ""
    board: str = "blank"
    summary: str = ""
    credit: str = ""
    is_outline: bool = False


def pack(file: RunSheetFile) -> bytes:
    """The file: readable, without ids, names of people and what belongs to one workshop alone."""
    blocks = []
    for block in file.sheet.blocks:
        head = {"title": block.title, **({"aim": block.aim} if block.aim else {})}
        steps = [_without_own(msgspec.to_builtins(step)) for step in block.steps]
        blocks.append({**head, "steps": steps})
    words = {"title": file.title, "purpose": file.purpose, "authority": file.authority, "board": file.board}
    whole = {"format": FORMAT, "version": VERSION, **words, "blocks": blocks}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode() + b"\n"


def unpack(data: bytes, new_id: Callable[[], str]) -> RunSheetFile:
    """Raises invalid with a sentence that names the block and the field."""
    if len(data) > MOST_BYTES:
        _refuse("This file is too large for a run-sheet.")
    try:
        given = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        _refuse("This is no file of a run-sheet: it holds no JSON.")
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        _refuse("This is no file of a run-sheet from Throughline.")
    if given.get("version") != VERSION:
        _refuse("This file was made by a newer version of Throughline.")
    rows = given.get("blocks")
    if not isinstance(rows, list) or not rows:
        _refuse("This file holds no blocks.")
    if len(rows) > MOST_BLOCKS:
        _refuse(f"A run-sheet holds {MOST_BLOCKS} blocks; this file holds {len(rows)}.")
    blocks = tuple(_block(row, f"Block {n}", new_id) for n, row in enumerate(rows, 1))
    words = {name: _words(given, name, "This file") for name in ("title", "purpose", "authority", "board")}
    words |= {name: _words(given, name, "This file") for name in ("summary", "credit")}
    if not words["title"]:
        _refuse("This file: title is missing.")
    about = (words["purpose"], words["authority"], words["board"] or "blank")
    return RunSheetFile(words["title"], Sheet(blocks=blocks), *about, words["summary"], words["credit"])


def fresh(sheet: Sheet, new_id: Callable[[], str]) -> Sheet:
    """The same blocks for another workshop: with ids of their own, nothing left out and nobody's name."""
    return Sheet(
        blocks=tuple(
            structs.replace(
                block,
                id=new_id(),
                rev=0,
                steps=tuple(
                    structs.replace(step, id=new_id(), rev=0, left_out=False, lead="") for step in block.steps
                ),
            )
            for block in sheet.blocks
        )
    )


def _block(row: object, place: str, new_id: Callable[[], str]) -> Block:
    if not isinstance(row, dict):
        _refuse(f"{place} is no block.")
    title = _words(row, "title", place)
    place = f"{place}, “{title[:60]}”" if title else place
    _check_known(row, {"title", "aim", "steps"}, place)
    steps = row.get("steps")
    if not isinstance(steps, list) or not steps:
        _refuse(f"{place}: steps is missing or empty.")
    if len(steps) > MOST_STEPS:
        _refuse(f"{place}: a block holds {MOST_STEPS} steps; this one holds {len(steps)}.")
    made = tuple(_step(one, f"{place}, step {n}", new_id()) for n, one in enumerate(steps, 1))
    block = Block(id=new_id(), title=title, aim=_words(row, "aim", place), steps=made)
    for name, say in wrong_with_block(block).items():
        _refuse(f"{place}: {name}. {say}")
    return block


def _step(row: object, place: str, id: str) -> Step:
    if not isinstance(row, dict):
        _refuse(f"{place} is no step.")
    _check_known(row, set(Step.__struct_fields__) - set(OWN), place)
    given: dict[str, Any] = {}
    for name, value in row.items():
        given[name] = _value(name, value, place)
    if "minutes" not in given:
        _refuse(f"{place}: minutes is missing.")
    step = Step(id=id, **{"title": "", **given})
    for name, say in wrong_with(step).items():
        _refuse(f"{place}: {name}. {say}")
    return step


def _value(name: str, value: object, place: str) -> Any:
    """A field of a step as it is kept. Raises invalid for another type or choice."""
    fits, must = TYPES.get(name, (_is_text, "a text"))
    if not fits(value):
        _refuse(f"{place}: {name} must be {must}.")
    choices = CHOICES.get(name)
    if choices and value not in choices:
        _refuse(f"{place}: {name} must be one of {', '.join(choices)}.")
    if isinstance(value, list):
        return tuple(one_line(one) for one in value)
    if isinstance(value, str):
        return storable(value).strip()
    return float(str(value)) if name in ("minutes", "cut") else value


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_yes_or_no(value: object) -> bool:
    return isinstance(value, bool)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


# What a field must be; all others are texts.
TYPES: dict[str, tuple[Callable[[object], bool], str]] = {
    **dict.fromkeys(("minutes", "cut"), (_is_number, "a number")),
    **dict.fromkeys(("dots", "most"), (_is_whole, "a whole number")),
    **dict.fromkeys(("question", "kept", "reveals"), (_is_yes_or_no, "true or false")),
    **dict.fromkeys(("options", "sections"), (_are_texts, "a list of texts")),
}
CHOICES: dict[str, tuple[str, ...]] = {
    "where": get_args(Where),
    "kind": get_args(Kind),
    "write": ("private", "shared"),
    "move": ("facilitators", "everyone"),
    "how": ("dots", "choice"),
}


def _words(row: dict[str, Any], name: str, place: str) -> str:
    value = row.get(name, "")
    if not isinstance(value, str):
        _refuse(f"{place}: {name} must be a text.")
    most = TITLE if name in ("title", "board") else WORDS
    if len(value) > most:
        _refuse(f"{place}: {name} can be at most {most} characters long.")
    return storable(value).strip()


def _check_known(row: dict[str, Any], known: set[str], place: str) -> None:
    unknown = sorted(str(name) for name in row if name not in known)
    if unknown:
        _refuse(f"{place}: nothing is called “{storable(unknown[0])[:60]}” there.")


def _without_own(step: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in step.items() if name not in OWN}


def _refuse(sentence: str) -> NoReturn:
    raise Refused(Code.INVALID, sentence)
