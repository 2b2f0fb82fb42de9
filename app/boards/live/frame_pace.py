"""When the next frame of a board may go: at once, unless telling everybody takes too much (rule D9)."""

from time import monotonic, thread_time

from app.boards.live.room import GROUP
from app.realtime.pace import Lag

SHARE = 0.4  # of a core that telling everybody may take
LONGEST = 0.1  # seconds from frame to frame, whatever that takes
WEIGHT = 0.2  # of the latest frame in the mean
LATE = 0.010  # seconds that the loop may be late before deeds are gathered on any board
FLOOR = 0.015  # seconds from frame to frame, then


class FramePace:
    """Of one board: what telling everybody takes, when its last frame went, how late the loop was then."""

    __slots__ = ("_cost", "_lag", "_last_frame")

    def __init__(self) -> None:
        self._cost, self._lag, self._last_frame = 0.0, Lag(), 0.0

    def begin(self) -> float:
        """A frame goes now; `end` wants what this gives once everybody was told."""
        self._last_frame = monotonic()
        self._lag.measure()
        return thread_time()

    def end(self, began: float) -> None:
        """Everybody was told. Processor counts, not time: what else the machine does is no reason to wait."""
        self._cost += WEIGHT * (thread_time() - began - self._cost)

    def pause(self, waiting: int) -> float:
        """Seconds to wait before the next frame.

        Once the `waiting` ops fill a whole group there is nothing more to wait for.
        """
        if waiting >= GROUP:
            return 0.0
        gap = min(self._cost / SHARE, LONGEST)
        if self._lag.seconds > LATE:
            gap = max(gap, FLOOR)
        return max(0.0, self._last_frame + gap - monotonic())
