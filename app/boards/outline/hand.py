"""What decides how a card of the outline looks, but for what is somebody's own. Pure."""

from msgspec import Struct

from app.access import Actor, Hat, Role, State, Thing, allowed
from app.boards.core.board import Board
from app.boards.core.offered_ops import offered
from app.boards.core.sight import Audience
from app.boards.core.stage.read import hat_of
from app.boards.outline.document import CardEntry


class Hand(Struct, frozen=True, cache_hash=True):
    """The tags of the ops that are offered, whether any words may be taken out, or cards stand for others.

    Who has the same hand and sees the same is shown the same card, unless it is apart for them.
    """

    audience: Audience
    may: frozenset[str]
    takes_out: bool
    may_stand: bool


def hand_of(actor: Actor, board: Board, state: State) -> Hand:
    hat = hat_of(board, actor.person)
    return Hand(
        Audience(actor.role, hat),
        frozenset(offered(actor, board, state)),
        actor.role is Role.STEWARD or hat is Hat.FACILITATOR,
        allowed(actor, "goal.card", Thing(state)),
    )


def people_apart(card: CardEntry, hand: Hand) -> set[str]:
    """The people to whom the card offers something else than to everyone: what is theirs on it."""
    people = {comment.by for comment in card.comments}
    if not hand.takes_out:
        people.add(card.by)
    if card.taken_out:
        people.add(str(card.taken_out.get("by")))
    return people


def is_apart(card: CardEntry, hand: Hand, person: str | None) -> bool:
    """Whether it is to be drawn for this person alone: it holds what only they see, or is theirs in part."""
    return card.private or (person is not None and person in people_apart(card, hand))
