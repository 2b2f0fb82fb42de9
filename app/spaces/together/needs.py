"""What waits for the answer of a steward's organisation."""

from app.characters import set_apart
from app.db import Tx
from app.spaces.hooks import NeedsYou
from app.spaces.page_frame import offers
from app.spaces.space import Seat
from app.spaces.together import view


async def needs(tx: Tx, seat: Seat) -> list[NeedsYou]:
    """One line for each, the oldest first."""
    if not offers(seat)("space.decide"):
        return []
    found = [one for one in await view.lines(tx, seat) if one.may_answer and not one.said_yes]
    link = f"/spaces/{seat.space.id}/waiting"
    detail = "It waits for a second organisation. Nothing changes until then."
    return [
        NeedsYou(
            f"{set_apart(one.by)} proposes {one.wish}", detail, link, "Answer", "ask", f"Ends {one.until}"
        )
        for one in found
    ]
