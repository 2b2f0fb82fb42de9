"""What the browser shows before the answer is what the server makes of it, whatever people do by chance."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from app.access import Actor, Code, Refused
from app.boards.core.board import Board, Item
from app.boards.core.delivery import everything
from app.boards.core.sight import viewer_in
from tests.boards.scripts import Done, play

ROOT = Path(__file__).parents[2]
PLAYS, ACTS = 40, 60  # about three seconds in all


def test_the_browser_shows_at_once_what_the_server_will_make_of_an_op() -> None:
    steps = [step for seed in range(PLAYS) for step in _steps(Random(seed))]
    wrong = _shown_otherwise(steps)

    assert len(steps) > PLAYS * ACTS / 2
    assert not wrong, json.dumps(wrong[0], indent=2)


def _steps(random: Random) -> Iterator[dict[str, Any]]:
    """Each act of a play with the board that its actor sees before it and after it."""
    drawn = [(random.randrange(7), 1, [random.randrange(1000) for _ in range(6)]) for _ in range(ACTS)]
    script = play(drawn, undo=False)
    for done, before, after in zip(script.done, script.boards, script.boards[1:], strict=False):
        if _is_foreseen(done) and not _gives_back(done, before, after):
            boards = {"board": _seen(before, done.who), "after": _seen(after, done.who)}
            yield {"who": done.who.person, "op": msgspec.to_builtins(done.op), **boards}


def _is_foreseen(done: Done) -> bool:
    """Not what was removed and comes back, nor refusals other than of what is not there."""
    if isinstance(done.came, Refused):
        return done.came.code == Code.NOT_FOUND
    return not str(done.op.__struct_config__.tag).startswith("restore_")


def _gives_back(done: Done, before: Board, after: Board) -> bool:
    """Whether a card has its author's own words again: only the server still knows them (T9)."""
    id = getattr(done.op, "id", "")
    return any(item.authored is None for item in _of(after, id)) and any(i.authored for i in _of(before, id))


def _of(board: Board, id: str) -> list[Item]:
    return [board.items[id]] if id in board.items else []


def _seen(board: Board, who: Actor) -> list[dict[str, Any]]:
    views = everything(board, viewer_in(who.role, who.person)).puts
    fields = [{name: value for name, value in view.fields.items() if name != "at"} for view in views]
    return [{"id": v.id, "item": v.item, "fields": f} for v, f in zip(views, fields, strict=True)]


def _shown_otherwise(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps after which the browser shows another board, with that."""
    path = os.pathsep.join(
        [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    )  # set-up puts node there
    script = ["--import", "./scripts/resolve_app.js", "tests/js/board/sync/predict_steps.js"]
    answer = subprocess.run(
        ["node", *script],
        input=json.dumps(steps),
        env={**os.environ, "PATH": path},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=50,
    )
    found: list[dict[str, Any]] = json.loads(answer.stdout)
    return found
