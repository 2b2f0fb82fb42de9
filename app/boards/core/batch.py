"""What one group commit is made of: deeds in turn, each done once and answered (rules S1, S4, S7, C2, C3)."""

import logging
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, structs

from app.access import Actor, Code, Refused
from app.boards.core.board import Board, BoardChange, Clash, Deed, Inverse
from app.boards.core.ops import Doing, Undo
from app.boards.core.rules import apply

log = logging.getLogger(__name__)
ClientKey = tuple[str, str]  # (person, client): another person's client id starts afresh


class OpRequest(Struct, frozen=True):
    """One wish as it came in. `op` is a Refused where it could not be read; `n` None has no turn to keep."""

    actor: Actor
    client: str
    n: int | None
    op: Doing | Refused
    at: float
    base: int | None = None

    @property
    def key(self) -> ClientKey:
        return (self.actor.person or "", self.client)


class OpResult(Struct, frozen=True, omit_defaults=True):
    """The answer to one n, for ever the same: the deed it became, or why not. Sent as an ack."""

    n: int | None
    seq: int | None = None
    code: str | None = None
    say: str | None = None
    merged: tuple[str, ...] = ()
    conflict: dict[str, str] | None = None
    skipped: int = 0
    undo: bool = False  # whether undo_of may name this deed


class Repeat(Struct, frozen=True):
    """This n was answered before; the stored answer holds."""

    n: int


class Gap(Struct, frozen=True):
    """An n before this one is missing: the client is welcomed afresh and sends again from `last_n`."""

    last_n: int


class Done(Struct, frozen=True):
    """A deed that took a place in the log."""

    seq: int
    asked: OpRequest
    inverse: tuple[Inverse, ...]
    outcome: OpResult
    clash: Clash | None


class Batch(Struct, frozen=True):
    """What one transaction stores, and what each asker is told after it (in the order of asking)."""

    before: Board
    after: Board
    touched: tuple[str, ...]
    done: tuple[Done, ...]
    refused: tuple[tuple[OpRequest, OpResult], ...]
    last_n: dict[ClientKey, int]
    answers: tuple[OpResult | Repeat | Gap, ...]
    faults: tuple[int, ...]  # places of askers whose deed broke a rule of ours, not of theirs


def settle(
    board: Board,
    asked: list[OpRequest],
    last_n: Mapping[ClientKey, int],
    inverses: Mapping[int, tuple[str, tuple[Inverse, ...]]],
) -> Batch:
    """Decide and apply `asked` in turn. `inverses` has, by seq, who did a deed and how to take it back."""
    now = board
    answers: list[OpResult | Repeat | Gap] = []
    faults: list[int] = []
    done: list[Done] = []
    refused: list[tuple[OpRequest, OpResult]] = []
    touched: dict[str, None] = {}
    last = dict(last_n)
    known = dict(inverses)
    for place, ask in enumerate(asked):
        turn = _turn(ask, last)
        if turn is not None:
            answers.append(turn)
            continue
        change = _try(now, ask, known)
        if isinstance(change, BoardChange):
            now = change.board
            deed = _done(ask, change)
            known[deed.seq] = (ask.actor.person or "", deed.inverse)
            done.append(deed)
            touched.update(dict.fromkeys(change.touched))
            answers.append(deed.outcome)
        else:
            if change.fault:
                faults.append(place)
            outcome = OpResult(ask.n, code=change.code, say=change.say)
            refused.append((ask, outcome))
            answers.append(outcome)
        if ask.n is not None:
            last[ask.key] = ask.n
    moved = {key: n for key, n in last.items() if n != last_n.get(key, 0)}
    said = (tuple(answers), tuple(faults))
    return Batch(board, now, tuple(touched), tuple(done), tuple(refused), moved, *said)


class _No(Struct, frozen=True):
    code: str
    say: str
    fault: bool = False


def _turn(ask: OpRequest, last: Mapping[ClientKey, int]) -> Repeat | Gap | None:
    """None when it is this deed's turn."""
    if ask.n is None:
        return None
    before = last.get(ask.key, 0)
    if ask.n <= before:
        return Repeat(ask.n)
    return Gap(before) if ask.n > before + 1 else None


def _try(
    board: Board, ask: OpRequest, known: Mapping[int, tuple[str, tuple[Inverse, ...]]]
) -> BoardChange | _No:
    if isinstance(ask.op, Refused):
        return _No(ask.op.code, ask.op.say)
    inverse: tuple[Inverse, ...] = ()
    if isinstance(ask.op, Undo):
        person, inverse = known.get(ask.op.of, ("", ()))
        if person != ask.actor.person or not person:
            return _No(Code.NOT_FOUND, "There is nothing of yours to undo there.")
        if not inverse:
            return _No(Code.NOT_FOUND, "There is nothing left to undo there.")
    try:
        return apply(board, Deed(ask.op, ask.actor, ask.client, ask.at, ask.base, inverse))
    except Refused as refused:
        return _No(refused.code, refused.say)
    except Exception:  # rule O3: one deed that breaks our own code must not break the board
        log.exception("A deed could not be decided: %s", type(ask.op).__name__)
        return _No(
            Code.UNAVAILABLE,
            "That could not be done because of a mistake on our side. We have logged it.",
            fault=True,
        )


def _done(ask: OpRequest, change: BoardChange) -> Done:
    clash = change.clash
    told: dict[str, Any] | None = None
    if clash:
        told = {"id": clash.id, "field": clash.field, "yours": clash.yours, "theirs": clash.theirs}
    outcome = OpResult(
        ask.n,
        seq=change.board.seq,
        merged=change.merged,
        conflict=told,
        skipped=change.skipped,
        undo=bool(change.inverse),
    )
    return Done(change.board.seq, ask, change.inverse, outcome, clash)


def alone(asked: OpRequest) -> OpRequest:
    """The same wish, refused: for a deed that the database would not take (rule S7)."""
    return structs.replace(asked, op=Refused(Code.INVALID, "The text has a character that cannot be saved."))
