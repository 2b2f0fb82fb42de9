"""The templates that a board can start from, read from data files."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from app.boards.core.ops import AddSection, Op

FOLDER = Path(__file__).parent / "templates_data"
BLANK = "blank"


class Area(Struct, frozen=True, forbid_unknown_fields=True):
    """A section of a template; `x`, `y`, `w`, `h` in pixels on the board."""

    title: str
    prompt: str
    example: str
    x: float
    y: float
    w: float
    h: float


class Layout(Struct, frozen=True, forbid_unknown_fields=True):
    """A template: its sections, and what it is good for."""

    title: str
    summary: str
    sections: list[Area]


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
    return [AddSection(new_id(), a.title, a.prompt, a.example, a.x, a.y, a.w, a.h) for a in sections]
