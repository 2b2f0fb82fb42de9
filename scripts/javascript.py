"""Types and values of Python as JavaScript: JSDoc of what a browser reads and writes, and constants."""

import types
from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec import Raw, Struct, UnsetType

from app.boards.core.ops import SingleOp
from app.boards.core.sight import View

WIDTH = 110  # characters of a line, as the formatter of the scripts has it
NONE = type(None)
PLAIN: dict[Any, str] = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    NONE: "null",
    Any: "any",
}
PLAIN |= {View: "Item", Raw: "Item[]"}  # raw in a message are items, which were encoded once for many
PLAIN |= {SingleOp: "AnyOp"}  # the parts of a batch


def typedef(name: str, shape: str) -> str:
    return f"/** @typedef {{{shape}}} {name} */"


def written(struct: type[Struct]) -> str:
    """The shape of a struct that a browser writes: what has a default may be left out."""
    fields = msgspec.structs.fields(struct)
    needed = {f.encode_name: f.type for f in fields if f.required}
    return shape({**_tag(struct), **needed}, {f.encode_name: f.type for f in fields if not f.required})


def read(struct: type[Struct]) -> str:
    """The shape of a struct that the server writes: absent is what is unset, or a default that is omitted."""
    fields = msgspec.structs.fields(struct)
    omits = struct.__struct_config__.omit_defaults
    absent = {
        f.encode_name: _without(NONE, f.type) if omits else f.type
        for f in fields
        if UnsetType in _members(f.type) or (omits and not f.required)
    }
    there = {f.encode_name: f.type for f in fields if f.encode_name not in absent}
    return shape({**_tag(struct), **there}, absent)


def shape(there: Mapping[str, Any], absent: Mapping[str, Any]) -> str:
    """An object's type: fields that are always there, and fields that may be absent."""
    fields = [f"{name}: {type_of(kind)}" for name, kind in there.items()]
    fields += [f"{name}?: {type_of(kind)}" for name, kind in absent.items()]
    return f"{{ {', '.join(fields)} }}"


def type_of(kind: Any) -> str:
    """A type as TypeScript has it; a struct is called by its name, and has a typedef of its own."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind in PLAIN:
        return PLAIN[kind]
    if origin is Annotated:
        return type_of(parts[0])
    if origin is Literal:
        return " | ".join(value(part) for part in parts)
    if origin in (Union, types.UnionType):
        return " | ".join(type_of(part) for part in parts if part is not UnsetType)
    if origin in (list, tuple):
        return f"{type_of(parts[0])}[]"
    if origin is dict:
        return f"Record<{type_of(parts[0])}, {type_of(parts[1])}>"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return " | ".join(value(each.value) for each in kind)
    return str(kind.__name__)


def constant(name: str, what: Any) -> str:
    return f"export const {name} = {value(what, len(f'export const {name} = '))}"


def value(what: Any, before: int = 0, indent: str = "") -> str:
    """A value, on one line where it fits after `before` characters; a list of objects has a line for each."""
    deeper = indent + "  "
    if isinstance(what, dict):
        keys = {name: name if name.isidentifier() else f'"{name}"' for name in what}
        flat = f"{{ {', '.join(f'{keys[k]}: {value(v)}' for k, v in what.items())} }}" if what else "{}"
        lines = [f"{deeper}{keys[k]}: {value(v, len(keys[k]) + 2, deeper)}," for k, v in what.items()]
    elif isinstance(what, list | tuple):
        flat = f"[{', '.join(value(v) for v in what)}]"
        lines = [f"{deeper}{value(v, 0, deeper)}," for v in what]
    else:
        whole = isinstance(what, float) and what.is_integer()
        return msgspec.json.encode(int(what) if whole else what).decode()
    rows = isinstance(what, list) and len(what) > 1 and isinstance(what[0], dict)
    if not rows and len(indent) + before + len(flat) < WIDTH:
        return flat
    return "\n".join([flat[0], *lines, indent + flat[-1]])


def _tag(struct: type[Struct]) -> dict[str, Any]:
    config = struct.__struct_config__
    return {config.tag_field: Literal[config.tag]} if config.tag_field else {}


def _members(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)


def _without(left_out: Any, kind: Any) -> Any:
    return Union[tuple(each for each in _members(kind) if each is not left_out)]  # noqa: UP007 - made at run time
