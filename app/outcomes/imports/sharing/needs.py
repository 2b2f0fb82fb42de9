"""Rows that others brought and that wait for one's organisation, under what needs a person in a space."""

from app.access import Thing, allowed
from app.characters import set_apart
from app.db import Tx
from app.outcomes.imports.sharing import store
from app.phrases import ago, in_quotes
from app.spaces.hooks import NeedsYou
from app.spaces.space import Seat

MOST = 50  # characters of the name of a file


async def needs(tx: Tx, seat: Seat) -> list[NeedsYou]:
    """One line for all that waits, for those who may import."""
    actor = seat.actor
    if not allowed(actor, "measure.import", Thing(seat.space.state, actor.person, actor.organisation)):
        return []
    waiting = [
        one for one in await store.waiting(tx, seat.space.id) if one.organisation_id == actor.organisation
    ]
    if not waiting:
        return []
    files = in_quotes(waiting[0].file_name, MOST) if len(waiting) == 1 else f"{len(waiting)} files"
    say = f"Confirm the numbers of {set_apart(seat.organisation_name)} from {files}"
    detail = f"Uploaded {ago(waiting[0].at)} by somebody else. They do not count before."
    link = f"/spaces/{seat.space.id}/outcomes/imports#to-confirm"
    return [NeedsYou(say, detail, link, "See them", "outcome")]
