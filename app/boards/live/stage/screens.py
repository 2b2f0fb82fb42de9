"""How screens of a workshop are drawn: given to boards from above, since boards know no workshops."""

from collections.abc import Awaitable, Callable, Mapping

from msgspec import Struct

from app.access import Hat
from app.boards.core.board import Board
from app.boards.core.sight import Audience


class Screen(Struct, frozen=True):
    """One kind of screen: how its shared part is drawn, as HTML, and the hat without which it is empty."""

    draw: Callable[[Board, Audience], Awaitable[str]]
    needs: Hat = Hat.NONE


class Screens(Struct, frozen=True):
    """The kinds of screen by name: "phone", "console", "projector"."""

    kinds: Mapping[str, Screen] = {}

    async def draw(self, board: Board, audience: Audience, kind: str) -> str:
        """The shared part of this kind of screen; empty for who may not see it, and where there is none."""
        screen = self.kinds.get(kind)
        if screen is None or (screen.needs is not Hat.NONE and audience.hat is not screen.needs):
            return ""
        return await screen.draw(board, audience)


NO_SCREENS = Screens()
