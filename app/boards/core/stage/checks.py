"""What a running stage forbids, and which ops its phases give to people who do not facilitate. Pure."""

from msgspec import structs

from app.access import Actor, Code, Refused, Role, Thing
from app.boards.core import ops as o
from app.boards.core.board import Board, Deed, Item
from app.boards.core.stage.ops import AddFacilitator
from app.boards.core.stage.read import Phase, phase_of, present_phase, running_stage, stage_of

OWN_NOTE = frozenset({"edit_card", "remove_card", "restore_card"})
THEMES = frozenset({"add_theme", "edit_theme", "remove_theme", "gather", "merge_themes", "split"})
ALWAYS = frozenset(
    {"batch", "undo", "take_out", "put_back", "agree_taken_out"}
)  # each part, and each field, is decided by itself
WORDS = OWN_NOTE | THEMES  # what stands still while a vote on it is open


def on_stage(board: Board, thing: Thing, actor: Actor) -> Thing:
    """The thing with what the stage says of the person: whether they facilitate, else what they may do."""
    stage = stage_of(board)
    if stage is None:
        return thing
    if actor.person in stage.facilitators:  # of one that has ended too: they can go on with it
        return structs.replace(thing, facilitates=True)
    return thing if stage.ended else structs.replace(thing, tools=_tools(present_phase(board)))


def on_stage_for(board: Board, thing: Thing, deed: Deed, item: Item | None) -> Thing:
    """The same for one op: by the phase that it names, or that its note was written in (rule W2)."""
    if not board.stage:
        return thing
    thing = on_stage(board, thing, deed.actor)
    if thing.tools is None:
        return thing
    return structs.replace(thing, tools=_tools_for(board, deed, item))


def check(board: Board, deed: Deed, item: Item | None) -> None:
    """Raise Refused for what facilitators may not do either: change others' notes, or what is voted on."""
    if not board.stage or running_stage(board) is None:
        return
    tag = str(deed.op.__struct_config__.tag)
    if item is not None and item.shown is None and item.owner != deed.actor.person:
        item = None  # the answer must be the same as for what is not there (rule O4)
    _check_vote(board, deed, tag, item)
    if item is None or item.item != "card" or not item.fields.get("phase"):
        return
    if tag == "publish_card" and item.shown is None:
        raise Refused(Code.NOT_ALLOWED, "An answer is shown to everyone when its question is revealed.")
    mine = item.owner == (deed.actor.person or "") or bool(item.fields.get("paper"))
    if tag in OWN_NOTE and not mine:
        raise Refused(Code.NOT_ALLOWED, "Only the person who wrote this note can change it.")


def _tools(phase: Phase | None) -> frozenset[str]:
    """The op tags that a phase offers to everyone who writes."""
    if phase is None:
        return ALWAYS
    writing = OWN_NOTE | {"add_card"} if phase.write != "off" else frozenset()
    return ALWAYS | writing | (THEMES if phase.move == "everyone" else frozenset())


def _tools_for(board: Board, deed: Deed, item: Item | None) -> frozenset[str]:
    op, present = deed.op, present_phase(board)
    tools = ALWAYS | (_tools(present) & THEMES)
    if isinstance(op, AddFacilitator) and deed.actor.role is Role.STEWARD:
        return tools | {"add_facilitator"}  # so that a workshop whose facilitators have left can go on
    if isinstance(op, o.AddCard):
        return tools | {"add_card"} if op.phase else tools  # whether that phase takes notes, `notes` says
    if isinstance(op, o.Undo):
        return tools if _may_undo(board, deed, gathers="gather" in tools) else tools - {"undo"}
    return tools | OWN_NOTE if _is_own_note(board, deed, item) else tools


def _is_own_note(board: Board, deed: Deed, item: Item | None) -> bool:
    """Whether it is a note of one's own that can be changed now: a private one, or of the present phase."""
    if item is None or item.item != "card" or item.owner != deed.actor.person:
        return False
    phase, present = phase_of(board, item.fields.get("phase")), present_phase(board)
    is_writing = phase is not None and present is not None and phase.id == present.id and phase.write != "off"
    return phase is not None and (item.shown is None or is_writing)


def _may_undo(board: Board, deed: Deed, *, gathers: bool) -> bool:
    """Whether it is all about notes of one's own, or about themes while everybody gathers."""
    items = ((board.items.get(inverse.id), inverse.field) for inverse in deed.inverse)
    return all(
        (gathers and item is not None and (item.item == "theme" or field == "theme"))
        or _is_own_note(board, deed, item)
        for item, field in items
    )


def _check_vote(board: Board, deed: Deed, tag: str, item: Item | None) -> None:
    """Rule W7: what is voted on, and what belongs to a theme, stands still while the vote is open."""
    phase = present_phase(board)
    if phase is None or not phase.vote_open:
        return
    undone = (board.items.get(inverse.id) for inverse in deed.inverse)
    undoes = isinstance(deed.op, o.TakeBack) or any(
        one is not None and (_is_voted_on(phase, one) or one.item == "theme") for one in undone
    )
    undoes = undoes or any(inverse.field == "theme" for inverse in deed.inverse)
    voted_on = tag in WORDS and item is not None and _is_voted_on(phase, item)
    if tag in THEMES or voted_on or undoes:
        raise Refused(Code.LOCKED, "While voting is open, what is voted on stands still.")


def _is_voted_on(phase: Phase, item: Item) -> bool:
    """A thing of the vote, a note of the phases it is about, and whatever else lies in one of its themes."""
    return (
        item.id in phase.things
        or item.fields.get("phase") in phase.about
        or item.fields.get("theme") in phase.things
    )
