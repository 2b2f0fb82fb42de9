"""What people can do to a board: one struct each, one closed union. An absent field is unchanged."""

from typing import Annotated, Literal, get_args, get_origin

from msgspec import UNSET, Meta, Struct, UnsetType, structs

from app.boards.core.live_status import LiveStatus
from app.boards.core.sizes import SECTION_H, SECTION_W
from app.boards.core.stage.ops import DestroyWords, OnItem, StageOp, TakenOutOp, ThemeOp

# Texts, with the most characters that fit. The rules refuse what is longer, in a sentence, not the type.
Text = Annotated[str, Meta(extra={"most": 4000})]
Title = Annotated[str, Meta(extra={"most": 200})]
Hint = Annotated[str, Meta(extra={"most": 600})]
Label = Annotated[str, Meta(extra={"most": 60})]

Layout = Literal["grid", "free"]  # how a section's cards lie: in rows as the outline has them, or by hand
GRID, FREE = "grid", "free"


class AddCard(OnItem, frozen=True, tag="add_card"):
    """Put a card on the board, last in its section; without `x` and `y` in the next free place there.

    A draft is seen by its author alone until published. What answers a `phase` of a workshop is seen as that
    promises; `paper` says that a facilitator typed it for somebody who wrote it by hand.
    """

    kind: str
    text: Text
    section: str | None = None
    x: float | UnsetType = UNSET
    y: float | UnsetType = UNSET
    draft: bool = False
    phase: str | None = None
    paper: bool = False


class EditCard(OnItem, frozen=True, tag="edit_card"):
    """Change the words or the kind of a card."""

    text: Text | UnsetType = UNSET
    kind: str | UnsetType = UNSET


class MoveCard(OnItem, frozen=True, tag="move_card"):
    """`section` None is outside all sections; `after` None is first; `x` and `y` never change the order."""

    section: str | None | UnsetType = UNSET
    x: float | UnsetType = UNSET
    y: float | UnsetType = UNSET
    after: str | None | UnsetType = UNSET


class ResizeCard(OnItem, frozen=True, tag="resize_card"):
    """`w` is the width in pixels."""

    w: float


class PublishCard(OnItem, frozen=True, tag="publish_card"):
    """Show one's own draft to everyone. There is no way back."""


class RemoveCard(OnItem, frozen=True, tag="remove_card"):
    pass


class RestoreCard(OnItem, frozen=True, tag="restore_card"):
    pass


class DuplicateCard(OnItem, frozen=True, tag="duplicate_card"):
    """Put a copy of the words and kind of `card` right after it, in one's own name.

    A copy of a draft is a draft; with `draft` a copy of anything is.
    """

    card: str
    draft: bool = False


class AddSection(OnItem, frozen=True, tag="add_section"):
    """A named area. `x`, `y`, `w`, `h` are pixels on the board; without `x` and `y` it gets a free place.

    The labels name the ends of two axes, where a free section is a map.
    """

    title: Title
    prompt: Hint = ""
    example: Hint = ""
    x: float | UnsetType = UNSET
    y: float | UnsetType = UNSET
    w: float = SECTION_W
    h: float = SECTION_H
    layout: Layout = "grid"
    axis_left: Label = ""
    axis_right: Label = ""
    axis_top: Label = ""
    axis_bottom: Label = ""


class EditSection(OnItem, frozen=True, tag="edit_section"):
    title: Title | UnsetType = UNSET
    prompt: Hint | UnsetType = UNSET
    example: Hint | UnsetType = UNSET
    layout: Layout | UnsetType = UNSET
    axis_left: Label | UnsetType = UNSET
    axis_right: Label | UnsetType = UNSET
    axis_top: Label | UnsetType = UNSET
    axis_bottom: Label | UnsetType = UNSET


class MoveSection(OnItem, frozen=True, tag="move_section"):
    """Where a section lies, how large it is, and (`after`, None is first) its turn in the outline."""

    x: float | UnsetType = UNSET
    y: float | UnsetType = UNSET
    w: float | UnsetType = UNSET
    h: float | UnsetType = UNSET
    after: str | None | UnsetType = UNSET


class RemoveSection(OnItem, frozen=True, tag="remove_section"):
    """The cards inside stay on the board: where they were, or below all where they do not fit there."""


class RestoreSection(OnItem, frozen=True, tag="restore_section"):
    """With the cards that lay in it, but for those that somebody has moved since."""


class LockSection(OnItem, frozen=True, tag="lock_section"):
    """Let only those who may set up the board move, rename or remove a section; False lets everyone."""

    locked: bool


class AddLink(OnItem, frozen=True, tag="add_link"):
    """Say how one card relates to another; `means` is one of `kinds.LINK_MEANINGS`."""

    start: str
    end: str
    means: str


class EditLink(OnItem, frozen=True, tag="edit_link"):
    means: str


class RemoveLink(OnItem, frozen=True, tag="remove_link"):
    pass


class RestoreLink(OnItem, frozen=True, tag="restore_link"):
    pass


class AddComment(OnItem, frozen=True, tag="add_comment"):
    """Comment on the card `card`."""

    card: str
    text: Text


class EditComment(OnItem, frozen=True, tag="edit_comment"):
    text: Text


class RemoveComment(OnItem, frozen=True, tag="remove_comment"):
    pass


class RestoreComment(OnItem, frozen=True, tag="restore_comment"):
    pass


SingleOp = (
    AddCard
    | EditCard
    | MoveCard
    | ResizeCard
    | PublishCard
    | RemoveCard
    | RestoreCard
    | DuplicateCard
    | AddSection
    | EditSection
    | MoveSection
    | RemoveSection
    | RestoreSection
    | LockSection
    | AddLink
    | EditLink
    | RemoveLink
    | RestoreLink
    | AddComment
    | EditComment
    | RemoveComment
    | RestoreComment
)


class Batch(Struct, frozen=True, tag_field="do", tag="batch", forbid_unknown_fields=True):
    """Several ops done as one, in turn: all of them, but for what is gone meanwhile, or none."""

    parts: tuple[SingleOp, ...]


Op = SingleOp | ThemeOp | StageOp | TakenOutOp | Batch
MAX_PARTS = 200  # of a batch


# The fields that two people's words are joined in, and how many characters fit.
TEXT_LIMITS: dict[str, int] = {
    field.name: get_args(field.type)[1].extra["most"]
    for op in get_args(Op)
    for field in structs.fields(op)
    if get_origin(field.type) is Annotated
}

# The other fields of ops: what a form that was refused also needs to be sent again.
OTHER_FIELDS = frozenset(
    field.name for op in get_args(Op) for field in structs.fields(op) if field.name not in TEXT_LIMITS
)


# Undo is not in the union that clients write as `op`: it travels as `undo_of` and names a deed, not an item.
class Undo(Struct, frozen=True, tag_field="do", tag="undo"):
    """Take back the deed `of` by the inverse the server stored, field by field where it is still theirs."""

    of: int


class TakeBack(Struct, frozen=True, tag_field="do", tag="take_back"):
    """Of `items` take back what `person` did by `deeds`: a part of the named act `act` (`taking_back`)."""

    act: str
    person: str
    deeds: tuple[int, ...]
    items: tuple[str, ...]


# Nor is this: no client may send it. Only jobs do it, in nobody's name, and nobody can undo it.
class SetFace(OnItem, frozen=True, tag="set_face"):
    """Show the live status of the goal that a card is linked to; None shows nothing again."""

    face: LiveStatus | None


Doing = Op | SetFace | DestroyWords | Undo | TakeBack  # all that can become a deed
