"""How guests come to a board now: a join code, and an address with the board in it."""

from msgspec import Struct

from app.boards.seats import BoardSeat
from app.config import Config
from app.db import Database
from app.spaces.joining import join
from app.spaces.joining.paths import path_to_join
from app.spaces.joining.qr_code import qr
from app.spaces.space import JoinCode


class BoardInvitation(Struct, frozen=True):
    """How guests come to a board now."""

    code: JoinCode
    address: str  # with the board in it
    short: str  # to type: the code brings one to the space, and its link to the board

    @property
    def picture(self) -> str:
        return qr(self.address)


async def invitation_to(db: Database, settings: Config, seat: BoardSeat) -> BoardInvitation | None:
    """What to show to guests; None where no code works now."""
    code = await db.run_read(lambda tx: join.active_code(tx, seat.space.id))
    if code is None:
        return None
    address = settings.base_url + path_to_join(code.code, seat.board_id)
    return BoardInvitation(code, address, f"{settings.base_url}/join")
