"""An op on its way through the room, and the answer that comes back."""

from collections.abc import Callable

from msgspec import Struct

from app.access import Code, Refused
from app.boards.core.group_commit import OpRequest, OpResult

OUR_FAULT = Refused(
    Code.UNAVAILABLE, "That could not be done because of a mistake on our side. We have logged it."
)


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

    def give_up(self) -> None:
        """Nobody will do it here any more: its client must come again."""
        self.on_answer(Answer(None))
