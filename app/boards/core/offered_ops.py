"""Which ops a board offers to somebody, on the canvas and on the outline. Pure."""

from msgspec import structs

from app.access import ACTIONS, Actor, State, allowed
from app.boards.core.board import Board
from app.boards.core.locks import thing_of
from app.boards.core.stage.checks import on_stage


def offered(actor: Actor, board: Board, state: State) -> list[str]:
    """The tags of the ops. That one is offered grants nothing: each op is decided again when it is done."""
    thing = on_stage(board, thing_of(structs.replace(board, state=state), None, actor.person), actor)
    return [tag for tag, rule in ACTIONS.items() if rule.way == "op" and allowed(actor, tag, thing)]
