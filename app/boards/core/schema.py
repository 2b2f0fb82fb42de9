"""What Python and JavaScript both know of boards, read off the types and tables that the rules go by. Pure.

`make schema` writes it down as a script for the canvas, so that no number or word is typed twice.
"""

from collections.abc import Iterable, Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

from msgspec import NODEFAULT, UNSET, Struct, UnsetType, structs

from app.access import OP_CODES, Code
from app.boards.core import sizes
from app.boards.core.closing import FINAL, Close
from app.boards.core.kinds import CARD_KINDS, LINK_MEANINGS, STATUS_KIND
from app.boards.core.live_status import LiveStatus
from app.boards.core.ops import TEXT_LIMITS, AddCard, AddComment, AddLink, AddSection
from app.boards.core.stage.ops import AddTheme
from app.boards.core.stage.read import Phase, Stage

ADDED_BY: dict[str, type[Struct]] = {
    "card": AddCard,
    "section": AddSection,
    "link": AddLink,
    "comment": AddComment,
}
STAGE_ITEMS: dict[str, type[Struct]] = {"stage": Stage, "phase": Phase, "theme": AddTheme}
# An item holds the fields of the op that adds it, but for these, and some more.
NOT_KEPT = ("id", "draft", "phase", "paper", "cards")
MORE: dict[str, dict[str, Any]] = {
    "card": {"w": float, "order": str},
    "section": {"order": str},
    "theme": {"order": str},
}
ALL_HAVE: dict[str, Any] = {"by": str, "at": float}


def _with_default(kind: type[Struct]) -> dict[str, Any]:
    return {f.name: f.type for f in structs.fields(kind) if not f.required and f.name not in NOT_KEPT}


MAY_HAVE: dict[str, dict[str, Any]] = {
    "card": {
        "draft": bool,
        "face": LiveStatus,
        "phase": str,
        "paper": bool,
        "theme": str | None,
        "reworded": str,
    },
    "section": {"locked": bool},
    **{item: _with_default(kind) for item, kind in STAGE_ITEMS.items()},
}


def item_fields(item: str) -> dict[str, Any]:
    """The fields that every item of this kind has as it goes out, with their types."""
    if item in STAGE_ITEMS:
        needed = [f for f in structs.fields(STAGE_ITEMS[item]) if f.required and f.name not in NOT_KEPT]
        return {**{f.name: f.type for f in needed}, **MORE.get(item, {}), **ALL_HAVE}
    added = {f.name: _without_unset(f.type) for f in structs.fields(ADDED_BY[item]) if f.name not in NOT_KEPT}
    return {**added, **MORE.get(item, {}), **ALL_HAVE}


def defaults(item: str) -> dict[str, Any]:
    """What fields are that the op which adds the item leaves out; a card without `x` and `y` is placed."""
    added = {f.name: f.default for f in structs.fields(ADDED_BY[item]) if f.name not in NOT_KEPT}
    return {name: value for name, value in added.items() if value is not NODEFAULT and value is not UNSET}


def constants(version: int, limits: Mapping[str, int]) -> dict[str, Any]:
    """What the scripts of the canvas import, by name; `version` and `limits` are those of the socket."""
    return {
        "VERSION": version,
        "LIMITS": dict(limits),
        "TEXT_LIMITS": TEXT_LIMITS,
        "REFUSED": [str(code) for code in Code if code in OP_CODES],
        "CLOSE": _codes(Close),
        "FINAL": _codes(FINAL),
        "CARD_KINDS": [{"tag": k.tag, "word": k.word, "prompt": k.prompt} for k in CARD_KINDS.values()],
        "LINK_MEANINGS": [{"tag": m.tag, "word": m.word, "back": m.back} for m in LINK_MEANINGS.values()],
        "CARD": {"w": sizes.CARD_W, "h": sizes.CARD_H},
        "SECTION": {"w": sizes.SECTION_W, "h": sizes.SECTION_H},
        "CARD_BOUNDS": sizes.CARD_BOUNDS,
        "SECTION_BOUNDS": sizes.SECTION_BOUNDS,
        "GRID": {"gap": sizes.GAP, "top": sizes.TOP, "aside": sizes.ASIDE, "layers": sizes.LAYERS},
        "GUTTER": sizes.GUTTER,
        "ROOM": {"heading": sizes.HEADING, "beside": sizes.BESIDE},
        "MOST_LOOSE": sizes.MOST_LOOSE,
        "STATUS_KIND": STATUS_KIND,
        "DEFAULTS": {item: defaults(item) for item in ADDED_BY},
    }


def _codes(closings: Iterable[Close]) -> dict[str, int]:
    return {close.name.lower().replace("_", "-"): int(close) for close in closings}


def _without_unset(kind: Any) -> Any:
    if get_origin(kind) not in (Union, UnionType):
        return kind
    return Union[tuple(each for each in get_args(kind) if each is not UnsetType)]  # noqa: UP007 - made at run time
