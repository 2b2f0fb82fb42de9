"""What one group commit stores: ops in turn, each done once and answered (rules S1, S4, S7, C2, C3)."""

import logging
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, structs

from app.access import Actor, Code, Refused
from app.boards.core.board import Board, BoardChange, Clash, Deed, Inverse, Outside
from app.boards.core.ops import Doing, TakeBack, Undo
from app.boards.core.rules import apply

log = logging.getLogger(__name__)
ClientKey = tuple[str, str]  # (person, client): another person's client id starts afresh
LastNs = Mapping[ClientKey, int]
Inverses = Mapping[int, tuple[str, tuple[Inverse, ...]]]  # by seq, who did a deed and how to take it back
NOTHING = Outside()
FORGOTTEN = (
    "This reached us more than 30 days ago, and what became of it is no longer known. "
    "See whether it is on the board."
)
LONG_AGO = "That was more than 30 days ago, so it cannot be undone any more."


class OpRequest(Struct, frozen=True):
    """An op as it came in, with who asks for it. `op` is a Refused where it could not be read.

    `n` is the client's number of it; None, as from a form, may come at any time. `at` is in unix seconds.
    `base` and `read` are as in a `Deed`; `read` has words of others and is never stored.
    """

    actor: Actor
    client: str
    n: int | None
    op: Doing | Refused
    at: float
    base: int | None = None
    read: dict[str, str] | None = None

    @property
    def key(self) -> ClientKey:
        return (self.actor.person or "", self.client)

    def refused_as_unstorable(self) -> "OpRequest":
        """The same request, refused: for a deed that the database would not take (rule S7)."""
        return structs.replace(
            self, op=Refused(Code.INVALID, "The text has a character that cannot be saved.")
        )


class OpResult(Struct, frozen=True, omit_defaults=True):
    """The answer to one request, for ever the same: the deed it became, or why not. Sent as an ack."""

    n: int | None
    seq: int | None = None
    code: str | None = None
    say: str | None = None
    merged: tuple[str, ...] = ()
    conflict: dict[str, str] | None = None
    skipped: int = 0
    undo: bool = False  # whether undo_of may name this deed
    cleaned: tuple[str, ...] = ()  # fields whose text had characters that cannot be stored
    merged_with: str | None = None  # the person whose changes the merged fields have too
    left_out: dict[str, str] = {}  # of a batch: what was gone, by id, with its first words or ""


class Repeat(Struct, frozen=True):
    """This n was answered before; the stored answer holds."""

    n: int


def forgotten(n: int) -> OpResult:
    """The answer to an n that was answered so long ago that the answer is no longer kept (rule C11)."""
    return OpResult(n, code=Code.NOT_FOUND, say=FORGOTTEN)


class Gap(Struct, frozen=True):
    """An n before this one is missing: the client gets a fresh welcome and sends all above `last_n` again."""

    last_n: int


class DeedRecord(Struct, frozen=True):
    """A deed as the log keeps it; `destroyed` are items whose earlier words it must not keep."""

    seq: int
    request: OpRequest
    inverse: tuple[Inverse, ...]
    result: OpResult
    clash: Clash | None
    destroyed: tuple[str, ...] = ()


class GroupCommit(Struct, frozen=True):
    """What one transaction stores, and the answer to each request after it, in the order of the requests."""

    before: Board
    after: Board
    touched: tuple[str, ...]
    deeds: tuple[DeedRecord, ...]
    refused: tuple[tuple[OpRequest, OpResult], ...]
    last_n: dict[ClientKey, int]
    answers: tuple[OpResult | Repeat | Gap, ...]
    faults: tuple[int, ...]  # indexes of requests over which our own code failed


def decide_group(
    board: Board, requests: list[OpRequest], last_n: LastNs, inverses: Inverses, outside: Outside = NOTHING
) -> GroupCommit:
    """Decide and apply `requests` in turn. `inverses` has, by seq, who did a deed and how to take it back."""
    after = board
    answers: list[OpResult | Repeat | Gap] = []
    faults: list[int] = []
    deeds: list[DeedRecord] = []
    refused: list[tuple[OpRequest, OpResult]] = []
    touched: dict[str, None] = {}
    last = dict(last_n)
    known = dict(inverses)
    for i, request in enumerate(requests):
        not_now = _out_of_turn(request, last)
        if not_now is not None:
            answers.append(not_now)
            continue
        change = _try(after, request, known, outside)
        if isinstance(change, BoardChange):
            after = change.board
            deed = _record(request, change)
            # what was put back of others is undone as a whole, and no part of it as one's own
            own = not isinstance(request.op, TakeBack)
            known[deed.seq] = (request.actor.person or "", deed.inverse) if own else ("", ())
            deeds.append(deed)
            touched.update(dict.fromkeys(change.touched))
            answers.append(deed.result)
        else:
            if change.fault:
                faults.append(i)
            result = OpResult(request.n, code=change.code, say=change.say)
            refused.append((request, result))
            answers.append(result)
        if request.n is not None:
            last[request.key] = request.n
    raised = {key: n for key, n in last.items() if n != last_n.get(key, 0)}
    return GroupCommit(
        board, after, tuple(touched), tuple(deeds), tuple(refused), raised, tuple(answers), tuple(faults)
    )


class _Refusal(Struct, frozen=True):
    code: str
    say: str
    fault: bool = False


def _out_of_turn(request: OpRequest, last: Mapping[ClientKey, int]) -> Repeat | Gap | None:
    """None when it is this request's turn."""
    if request.n is None:
        return None
    before = last.get(request.key, 0)
    if request.n <= before:
        return Repeat(request.n)
    return Gap(before) if request.n > before + 1 else None


def _try(board: Board, request: OpRequest, known: Inverses, outside: Outside) -> BoardChange | _Refusal:
    if isinstance(request.op, Refused):
        return _Refusal(request.op.code, request.op.say)
    inverse: tuple[Inverse, ...] = ()
    if isinstance(request.op, Undo):
        if 0 < request.op.of <= board.seq and request.op.of not in known:
            return _Refusal(Code.NOT_FOUND, LONG_AGO)  # the log has no gap but before its beginning
        person, inverse = known.get(request.op.of, ("", ()))
        if person != request.actor.person or not person:
            return _Refusal(Code.NOT_FOUND, "There is nothing of yours to undo there.")
        if not inverse:
            return _Refusal(Code.NOT_FOUND, "There is nothing left to undo there.")
    try:
        deed = Deed(
            request.op,
            request.actor,
            request.client,
            request.at,
            request.base,
            inverse,
            request.read,
            outside,
            known if isinstance(request.op, TakeBack) else {},
        )
        return apply(board, deed)
    except Refused as refused:
        return _Refusal(refused.code, refused.say)
    except Exception:  # rule O3: one deed that breaks our own code must not break the board
        log.exception("A deed could not be decided: %s", type(request.op).__name__)
        return _Refusal(
            Code.UNAVAILABLE,
            "That could not be done because of a mistake on our side. We have logged it.",
            fault=True,
        )


def _record(request: OpRequest, change: BoardChange) -> DeedRecord:
    clash = change.clash
    conflict: dict[str, Any] | None = None
    if clash:
        conflict = {"id": clash.id, "field": clash.field, "yours": clash.yours, "theirs": clash.theirs}
    result = OpResult(
        request.n,
        seq=change.board.seq,
        merged=change.merged,
        conflict=conflict,
        skipped=change.skipped,
        undo=bool(change.inverse),
        cleaned=change.cleaned,
        merged_with=change.merged_with,
        left_out=change.left_out,
    )
    return DeedRecord(change.board.seq, request, change.inverse, result, clash, change.destroyed)
