"""Writes what is made from the types and tables of boards: a script, and parts of two files kept by hand."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec

from app.boards.core.group_commit import OpResult
from app.boards.core.kinds import CARD_KINDS, LINK_MEANINGS
from app.boards.core.live_status import LiveStatus
from app.boards.core.ops import Batch, Op
from app.boards.core.schema import ADDED_BY, MAY_HAVE, STAGE_ITEMS, constants, item_fields
from app.boards.core.sight import View
from app.boards.core.stage.ops import Vote
from app.boards.core.stage.read import Total, Totals
from app.boards.live import codec, messages
from app.realtime.presence import Here
from scripts import javascript

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "static" / "js" / "board" / "schema.js"
PROTOCOL = ROOT / "app" / "boards" / "PROTOCOL.md"
COLOURS = ROOT / "static" / "css" / "tokens.css"
HEAD = "// Made by `make schema` from the types and tables in app/boards: change those, not this."
MESSAGES = (
    LiveStatus,
    Vote,
    Total,
    Totals,
    View,
    OpResult,
    Here,
    messages.You,
    messages.Conflict,
    messages.Part,
    *(
        messages.Welcome,
        messages.Changes,
        messages.Parts,
        messages.PartCount,
        messages.NewsCard,
        messages.News,
        messages.Progress,
        messages.CastAnswer,
        messages.Pong,
        messages.Bye,
    ),
)


def main() -> None:
    for path, text in files().items():
        path.write_text(text)


def files() -> dict[Path, str]:
    """Each file with what it should hold."""
    page, colours = PROTOCOL.read_text(), COLOURS.read_text()
    for name, lines in (("ops", _ops()), ("items", _items()), ("kinds", _kinds())):
        page = _between(page, f"<!-- {name} -->\n", f"<!-- /{name} -->", lines)
    for name, lines in (("tints", _tints()), ("kinds", _classes())):
        colours = _between(
            colours, f"/* {name}: by `make schema`, from kinds.py */\n", f"/* /{name} */", lines
        )
    script = "\n".join([HEAD, "", *_typedefs(), *_constants(), ""])
    return {SCRIPT: script, PROTOCOL: page, COLOURS: colours}


def _between(text: str, start: str, end: str, lines: Iterable[str]) -> str:
    """`text` with `lines` between two marks, of which the second is indented. Raises ValueError without."""
    head, mark, rest = text.partition(start)
    old = re.match(rf"(?s).*?(?=^ *{re.escape(end)})", rest, re.MULTILINE)
    if not mark or not old:
        raise ValueError(f"There is no {start.strip()} ... {end}")
    return head + mark + "".join(f"{line}\n" for line in lines) + rest[old.end() :]


def _typedefs() -> Iterator[str]:
    """A type for each op, the fields of each kind of item, and each message."""
    ops = get_args(Op)
    for op in ops:
        yield javascript.typedef(op.__name__, javascript.written(op))
    yield javascript.typedef("Op", " | ".join(op.__name__ for op in ops))
    singles = [op for op in ops if op is not Batch]
    every: dict[str, Any] = {}
    for each in (f for op in singles for f in msgspec.structs.fields(op) if f.name != "id"):
        known = every.get(each.encode_name, each.type)
        every[each.encode_name] = known if known == each.type else known | each.type
    yield javascript.typedef("AnyOp", javascript.shape({"do": str, "id": str}, every))
    for item in (*ADDED_BY, *STAGE_ITEMS):
        shape = javascript.shape(item_fields(item), MAY_HAVE.get(item, {}))
        yield javascript.typedef(f"{item.capitalize()}Fields", shape)
    for message in MESSAGES:
        yield javascript.typedef(javascript.type_of(message), javascript.read(message))


def _constants() -> Iterator[str]:
    for name, value in constants(messages.VERSION, codec.LIMITS).items():
        yield f"\n{javascript.constant(name, value)}"


def _ops() -> Iterator[str]:
    yield from ("| op | fields |", "|---|---|")
    for kind in get_args(Op):
        needed = len(kind.__struct_fields__) - len(kind.__struct_defaults__)
        names = [
            f"`{name}`" + ("?" if i >= needed else "") for i, name in enumerate(kind.__struct_encode_fields__)
        ]
        yield f"| `{kind.__struct_config__.tag}` | {', '.join(names)} |"


def _items() -> Iterator[str]:
    yield from ("| item | fields |", "|---|---|")
    for item in (*ADDED_BY, *STAGE_ITEMS):
        yield f"| {item} | {_listed(item_fields(item))} |"


def _kinds() -> Iterator[str]:
    yield (
        f"`kind` is one of {_listed(CARD_KINDS)}; `means` one of {_listed(LINK_MEANINGS)}, "
        "read from `start` to `end`. More may come."
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _tints() -> Iterator[str]:
    for kind in CARD_KINDS.values():
        yield f"    --{kind.tag}: {kind.tint};"


def _classes() -> Iterator[str]:
    for tag in CARD_KINDS:
        chosen = f'.takes-kind:has([value="{tag}"]:checked)'
        yield from (f"  .kind-{tag},", f"  {chosen} {{", f"    --k: var(--{tag});", "  }")


if __name__ == "__main__":
    main()
