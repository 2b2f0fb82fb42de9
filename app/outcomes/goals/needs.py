"""Goals that others proposed to one's organisation, under what needs a person on the page of a space."""

from app.db import Tx
from app.outcomes.goals import owner_store
from app.phrases import ago, shorten
from app.spaces.hooks import NeedsYou
from app.spaces.page_frame import offers
from app.spaces.space import Seat
from app.spaces.store import organisation_names

MOST = 70  # characters of a title


async def needs(tx: Tx, seat: Seat) -> list[NeedsYou]:
    """One line for each, the oldest first: for stewards, who answer for their organisation."""
    own = seat.actor.organisation
    if own is None or not offers(seat)("goal.own"):
        return []
    waiting = await owner_store.asking(tx, seat.space.id, own)
    names = await organisation_names(tx, seat.space.id) if waiting else {}
    ours = f"proposes that {seat.organisation_name} owns"
    return [
        NeedsYou(
            f"{names.get(by or '', 'Somebody')} {ours} “{shorten(title, MOST)}”",
            f"Proposed {ago(at)}. You own it only once a steward says yes.",
            f"/spaces/{seat.space.id}/outcomes/goals/{goal_id}/own",
            "Answer",
            "outcome",
        )
        for goal_id, title, by, at in waiting
    ]
