"""An op on its way through the room, and the answer that comes back."""

from collections.abc import Callable

from msgspec import Struct

from app.boards.core.group_commit import Gap, OpRequest, OpResult, Repeat
from app.boards.storage import commit


class Answer(Struct, frozen=True):
    """What became of a request: its result, or None where a welcome must come first.

    After that welcome the client sends again all that is above `resend_after`. `fault` says that our own code
    failed over the op.
    """

    result: OpResult | None
    resend_after: int | None = None
    fault: bool = False


class Ticket(Struct, eq=False):
    """A request in the room's queue. `on_answer` is called once its result is durable, or is a refusal.

    `login` is the sign-in it came by, and `epoch` that of the space when its rights were read: when they have
    changed meanwhile, the op is decided by what that sign-in may do now. `epoch` None is the server itself.
    """

    request: OpRequest
    login: str
    epoch: int | None
    on_answer: Callable[[Answer], None]


def answer_in(
    tx: commit.SyncTx, board_id: str, request: OpRequest, answer: OpResult | Repeat | Gap
) -> Answer:
    """The answer to a request within its transaction: a repeated one has what was stored."""
    if isinstance(answer, Gap):
        return Answer(None, resend_after=answer.last_n)
    if isinstance(answer, Repeat):
        return Answer(commit.stored_result(tx, board_id, request.key, answer.n))
    return Answer(answer)
