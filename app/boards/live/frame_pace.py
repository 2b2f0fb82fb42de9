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
    """Of one board: what telling everybody takes, when its last frame went, how late the loop was then.

    Storing comes before telling and needs no pause: a turn may begin as long before its frame as that takes.
    """

    __slots__ = ("_cost", "_lag", "_last_frame", "_storing", "_turn")

    def __init__(self) -> None:
        self._cost, self._lag, self._last_frame = 0.0, Lag(), 0.0
        self._storing, self._turn = 0.0, 0.0  # what it takes of late; when the present turn was to begin

    def begin(self) -> float:
        """A frame goes now; `end` wants what this gives once everybody was told."""
        self._last_frame = monotonic()
        if self._turn:
            took = min(self._last_frame - self._turn, LONGEST)
            self._storing, self._turn = self._storing + WEIGHT * (took - self._storing), 0.0
        self._lag.measure()
        return thread_time()

    def end(self, began: float) -> None:
        """Everybody was told. Processor counts, not time: what else the machine does is no reason to wait."""
        self._cost += WEIGHT * (thread_time() - began - self._cost)

    def pause(self, waiting: int) -> float:
        """Seconds to wait before the next turn.

        Once the `waiting` ops fill a whole group there is nothing more to wait for.
        """
        now = monotonic()
        pause = 0.0 if waiting >= GROUP else max(0.0, self._last_frame + self._gap() - self._storing - now)
        self._turn = now + pause
        return pause

    def _gap(self) -> float:
        """Seconds from frame to frame."""
        gap = min(self._cost / SHARE, LONGEST)
        return max(gap, FLOOR) if self._lag.seconds > LATE else gap
