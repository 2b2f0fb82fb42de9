"""What several people might do on one board in turn, drawn by Hypothesis and played on the pure core."""

from itertools import cycle

from hypothesis import strategies as st
from msgspec import Struct

from app.access import Actor, Refused
from app.boards.core import ops as o
from app.boards.core.board import Board, BoardChange
from app.boards.core.delivery import everything
from tests.boards.play import EVERYONE, Play, sees, uid
from tests.boards.random_ops import MORE_VERBS, Below, Known, random_op, unseen

Step = tuple[int, int, list[int]]  # who, whether to go back instead, and the numbers that choose

steps = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 9), st.lists(st.integers(0, 999), min_size=6, max_size=6)),
    max_size=40,
)


class Done(Struct):
    """One act and what came of it. `back` names, for an undo, the place of the act it takes back."""

    who: Actor
    op: o.Op | o.Undo
    came: BoardChange | Refused
    back: int | None = None


class Script(Struct):
    """A play that is over: its acts, and the board before the first and after each."""

    play: Play
    done: list[Done]
    boards: list[Board]


def play(drawn: list[Step], *, undo: bool = True) -> Script:
    """Everybody acts on what they see; each tenth act or so takes back one of their own."""
    script = Script(Play(), [], [Board("b1", "s1")])
    for place, (who, back, numbers) in enumerate(drawn):
        actor = (*EVERYONE, *EVERYONE[:2])[who]
        below = _below(numbers)
        own = [i for i, d in enumerate(script.done) if d.who == actor and isinstance(d.came, BoardChange)]
        if undo and back == 0 and own:
            at = own[-1 - below(min(3, len(own)))]
            change = script.done[at].came
            assert isinstance(change, BoardChange)
            _try(script, actor, o.Undo(change.board.seq), at)
        else:
            views = everything(script.play.board, sees(actor)).puts
            known = Known.of(views, unseen(script.play.board, views))
            _try(script, actor, random_op(below, known, uid(place), f"w{place}", MORE_VERBS))
    return script


def _try(script: Script, who: Actor, op: o.Op | o.Undo, back: int | None = None) -> None:
    try:
        came: BoardChange | Refused = script.play.act(who, op)
    except Refused as refused:
        came = refused
    script.done.append(Done(who, op, came, back))
    script.boards.append(script.play.board)


def _below(numbers: list[int]) -> Below:
    turning = cycle(numbers)
    return lambda n: next(turning) % n
