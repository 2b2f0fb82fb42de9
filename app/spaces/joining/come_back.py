"""Coming back as the guest that this browser knows, or saying that one is somebody else."""

from msgspec import Struct

from app.db import Database
from app.people import actions as people
from app.spaces import return_tokens


class CameBack(Struct, frozen=True):
    """A guest who is back: their session token, and whether they still wait to be let in."""

    token: str
    waiting: bool


async def come_back(db: Database, space_id: str, return_token: str, device: str) -> CameBack | None:
    """Start a session for the guest of a return token; None when the token is not good."""
    async with db.write() as tx:
        guest = await return_tokens.use(tx, space_id, return_token)
        if guest is None:
            return None
        return CameBack(await people.start_session(tx, guest.person_id, device), guest.waiting)


async def be_somebody_else(db: Database, space_id: str, return_token: str) -> None:
    """End the return token of this browser: nobody comes back by it any more."""
    async with db.write() as tx:
        await return_tokens.end(tx, space_id, return_token)
