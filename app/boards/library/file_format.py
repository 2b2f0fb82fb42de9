"""A board as a file: export has what one person sees; import checks the file and makes ops of it."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec import Struct, field, structs

from app.access import Code, Refused
from app.boards.core.board import Board, ends_of
from app.boards.core.delivery import LOOSE
from app.boards.core.ops import AddCard, AddComment, AddLink, AddSection, Op, ResizeCard
from app.boards.core.sight import View, Viewer, see
from app.boards.core.sizes import CARD_W
from app.boards.core.stage.read import is_not_kept
from app.boards.core.text import lenient_json
from app.boards.outline import document

FORMAT, VERSION = "throughline-board", 1
MAX_TITLE = 200
NOT_A_BOARD = "That file is not a board from Throughline. Nothing was changed."
NOT_UNICODE = "That file is not in UTF-8 or UTF-16. Save it again as UTF-8. Nothing was changed."


class Fields(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where an item came from. It is read, but not used: anybody can write such a file."""

    by: str = ""
    at: float = 0
    imported: bool = False


class CardFields(Fields, frozen=True, kw_only=True):
    """The last five tell what became of it, and are only read: who reworded it, its workshop, its words."""

    kind: str
    text: str
    x: float
    y: float
    section: str | None = None
    w: float = CARD_W
    draft: bool = False
    reworded: str = ""
    phase: str = ""
    theme: str | None = None
    paper: bool = False
    taken_out: dict[str, Any] | None = None


# The fields of the op that adds a section. Numbers are in every file; other fields may be newer than it.
SECTION_FIELDS = [field for field in structs.fields(AddSection) if field.name != "id"]
SectionFields = msgspec.defstruct(
    "SectionFields",
    [
        (f.name, f.type) if f.required or f.type is float else (f.name, f.type, f.default)
        for f in SECTION_FIELDS
    ],
    bases=(Fields,),
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
)


class LinkFields(Fields, frozen=True, kw_only=True):
    start: str
    end: str
    means: str


class CommentFields(Fields, frozen=True, kw_only=True):
    card: str
    text: str


class _Item(Struct, frozen=True, forbid_unknown_fields=True, tag_field="item"):
    id: str


class Section(_Item, frozen=True, tag="section"):
    fields: SectionFields  # type: ignore[valid-type]  # it is made from the op


class Card(_Item, frozen=True, tag="card"):
    fields: CardFields


class Link(_Item, frozen=True, tag="link"):
    fields: LinkFields


class Comment(_Item, frozen=True, tag="comment"):
    fields: CommentFields


class File(Struct, frozen=True, forbid_unknown_fields=True):
    """A board as a file, items in the order of the outline; `people` has a name for each id in it."""

    format: str
    version: int
    title: str
    items: list[Section | Card | Link | Comment]
    people: dict[str, str] = field(default_factory=dict)


_decoder = msgspec.json.Decoder(File)


def pack(board: Board, viewer: Viewer, title: str, names: dict[str, str]) -> dict[str, Any]:
    """What `viewer` sees of the board, ready to be written as JSON; `names` by person id."""
    views = list(ordered_views(board, viewer))
    wrote = {who for view in views for who in _people_of(view.fields)}
    return {
        "format": FORMAT,
        "version": VERSION,
        "title": title,
        "items": [{"id": v.id, "item": v.item, "fields": _plain(v.fields)} for v in views],
        "people": {id: name for id, name in sorted(names.items()) if id in wrote},
    }


def _people_of(fields: dict[str, Any]) -> Iterable[str]:
    """Who is named with an item: its author, who reworded it, and who took its words out."""
    return (fields["by"], fields.get("reworded", ""), str((fields.get("taken_out") or {}).get("by", "")))


def to_bytes(packed: dict[str, Any]) -> bytes:
    """The file's bytes: JSON with line breaks, so that people can read it."""
    return msgspec.json.format(msgspec.json.encode(packed), indent=1)


def ordered_views(board: Board, viewer: Viewer) -> Iterable[View]:
    """All that `viewer` sees: sections, then cards, each in their order, then links and comments.

    What a phase does not keep is left out, with what hangs on it: a file would outlive the promise.
    """
    sections = document.section_ids(board, viewer)
    yield from _seen(board, sections, viewer)
    parts = (*sections, LOOSE)
    seen = [card for part in parts for card in document.cards_of(board, viewer, part)]
    cards = {card.id: card for card in seen if not is_not_kept(board, board.items[card.id])}
    yield from cards.values()
    attached = (view for id in cards for view in document.attached_to(board, viewer, id))
    whole = (view for view in attached if cards.keys() >= set(ends_of(board.items[view.id])))
    yield from {view.id: view for view in whole}.values()


def unpack(data: bytes) -> File:
    """A file as `to_bytes` wrote it, also when an editor saved it again with a byte order mark or as UTF-16.

    Raises Refused with a sentence for anything else.
    """
    try:
        file = lenient_json.decode(_decoder, _decoded(data))
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        raise Refused(Code.INVALID, NOT_A_BOARD) from None
    if file.format != FORMAT or not file.title.strip() or len(file.title) > MAX_TITLE:
        raise Refused(Code.INVALID, NOT_A_BOARD)
    if file.version != VERSION:
        raise Refused(
            Code.INVALID, "That file was made by another version of Throughline. Nothing was changed."
        )
    return file


def _decoded(data: bytes) -> str:
    try:
        return data.decode(json.detect_encoding(data)).lstrip("\ufeff")
    except UnicodeError:
        raise Refused(Code.INVALID, NOT_UNICODE) from None


def ops_of(file: File, new_id: Callable[[], str]) -> list[Op]:
    """The ops that make the file's board on an empty one, every item under a new id. Raises Refused."""
    ids = {item.id: new_id() for item in file.items}
    if len(ids) != len(file.items):
        raise Refused(Code.INVALID, NOT_A_BOARD)
    ops: list[Op] = []
    for item in sorted(file.items, key=_rank):
        ops += _ops(item, ids)
    return ops


def _rank(item: Section | Card | Link | Comment) -> int:
    """Sections before cards, and cards before links and comments: each op needs what it points to."""
    return 0 if isinstance(item, Section) else 1 if isinstance(item, Card) else 2


def _ops(item: Section | Card | Link | Comment, ids: dict[str, str]) -> list[Op]:
    own = ids[item.id]
    match item:
        case Section(fields=f):
            return [AddSection(own, **{field.name: getattr(f, field.name) for field in SECTION_FIELDS})]
        case Card(fields=f):
            section = _other(ids, f.section) if f.section is not None else None
            add = AddCard(own, f.kind, f.text, section, f.x, f.y, f.draft)
            return [add] if f.w == CARD_W else [add, ResizeCard(own, f.w)]
        case Link(fields=f):
            return [AddLink(own, _other(ids, f.start), _other(ids, f.end), f.means)]
        case Comment(fields=f):
            return [AddComment(own, _other(ids, f.card), f.text)]


def _other(ids: dict[str, str], id: str) -> str:
    """The new id of an item that the file points to. Raises Refused where the file does not have it."""
    if id not in ids:
        raise Refused(
            Code.INVALID, "Something in that file refers to an item that is not in it. Nothing was changed."
        )
    return ids[id]


def _seen(board: Board, ids: Iterable[str], viewer: Viewer) -> Iterable[View]:
    for id in ids:
        view = see(board, board.items[id], viewer)
        if view:
            yield view


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """Without the order, which the file has by itself, the live status of a goal, and locks."""
    return {name: value for name, value in fields.items() if name not in ("order", "face", "locked")}
