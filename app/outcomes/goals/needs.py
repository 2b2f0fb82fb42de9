"""Goals proposed to one's organisation, and those of nobody, under what needs a person in a space."""

from collections.abc import Mapping

from app.characters import set_apart
from app.db import Tx
from app.outcomes.goals import owner_store
from app.outcomes.goals.owner_store import Waiting
from app.phrases import ago, in_quotes
from app.spaces.hooks import NeedsYou
from app.spaces.page_frame import offers
from app.spaces.space import Seat
from app.spaces.store import organisation_names

MOST = 70  # characters of a title


async def needs(tx: Tx, seat: Seat) -> list[NeedsYou]:
    """One line for each, the oldest first, nobody's last: for stewards, who answer for their organisation."""
    own = seat.actor.organisation
    if own is None or not offers(seat)("goal.own"):
        return []
    waiting = await owner_store.waiting(tx, seat.space.id, own)
    names = await organisation_names(tx, seat.space.id) if any(one.asked for one in waiting) else {}
    return [_asked(seat, one, names) if one.asked else _nobodys(seat, one) for one in waiting]


def _asked(seat: Seat, one: Waiting, names: Mapping[str, str]) -> NeedsYou:
    by, when = set_apart(names.get(one.by or "", "Somebody")), f"Proposed {ago(one.at)}. " if one.at else ""
    return NeedsYou(
        f"{by} proposes that {set_apart(seat.organisation_name)} owns {in_quotes(one.title, MOST)}",
        f"{when}You own it only once a steward says yes.",
        f"/spaces/{seat.space.id}/outcomes/goals/{one.id}/own",
        "Answer",
        "outcome",
    )


def _nobodys(seat: Seat, one: Waiting) -> NeedsYou:
    return NeedsYou(
        f"No organisation here owns {in_quotes(one.title, MOST)} any more",
        "Nobody can change it until one says that it owns it.",
        f"/spaces/{seat.space.id}/outcomes/goals/{one.id}#owners",
        "Propose it",
        "outcome",
    )
