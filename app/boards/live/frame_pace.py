"""When the next frame of a board may go: at once, unless the board is hot or the loop late (rule D9)."""

from time import monotonic

from app.boards.live.room import GROUP
from app.realtime.pace import Lag, Rate

HOT = 30_000  # viewers x deeds a second above which deeds are gathered for a while before they go
FLOOR = 0.015  # seconds from frame to frame of a hot board, at least
EACH = 0.000_04  # and so long for each viewer: sending costs 10 us, so it takes a quarter of a core at most
LATE = 0.010  # seconds that the loop may be late before a board counts as hot


class FramePace:
    """Of one board: how many deeds it had lately, when its last frame went, how late the loop was then."""

    __slots__ = ("_deeds", "_lag", "_last_frame")

    def __init__(self) -> None:
        self._deeds, self._lag, self._last_frame = Rate(), Lag(), 0.0

    def note_frame(self, deeds: int) -> None:
        """A frame goes now, with so many deeds of this process."""
        self._last_frame = monotonic()
        self._deeds.add(deeds, self._last_frame)
        self._lag.measure()

    def pause(self, viewers: int, waiting: int) -> float:
        """Seconds to wait before the next frame.

        Once the `waiting` ops fill a whole group there is nothing more to wait for.
        """
        now = monotonic()
        wait = self._last_frame + max(FLOOR, viewers * EACH) - now
        if wait <= 0 or waiting >= GROUP:
            return 0.0
        hot = self._deeds.at(now) * viewers > HOT or self._lag.seconds > LATE
        return wait if hot else 0.0
