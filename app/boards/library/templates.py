"""The templates that a board can start from, read from data files."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from app.boards.core.ops import AddSection, Op

FOLDER = Path(__file__).parent / "templates_data"
BLANK = "blank"


class Layout(Struct, frozen=True, forbid_unknown_fields=True):
    """A template: what it is good for, and its sections, each with the fields of `add_section`.

    `credit` names those whose work it is known from.
    """

    title: str
    summary: str
    sections: list[dict[str, Any]]
    credit: str = ""


@cache
def layouts() -> dict[str, Layout]:
    """All templates by name, in the order of their files."""
    return {
        path.stem: msgspec.json.decode(path.read_bytes(), type=Layout)
        for path in sorted(FOLDER.glob("*.json"))
    }


def ops_of(name: str, new_id: Callable[[], str]) -> list[Op]:
    """The ops that put a template's sections on an empty board; none for a blank one."""
    sections = layouts()[name].sections if name != BLANK else []
    return [
        msgspec.convert({"do": "add_section", "id": new_id(), **fields}, AddSection) for fields in sections
    ]
