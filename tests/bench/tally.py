"""Counts deliveries and how long they took, for many viewers in one process."""

import re
from collections.abc import Callable, Sequence
from typing import Any

STAMP = re.compile(rb"\bt=(\d+)")
STEP = 50_000  # nanoseconds in one step of the histogram
STEPS = 400_000  # up to 20 s; later ones count as that

Stamps = Callable[[bytes], Sequence[int]]


def stamps_in_text(payload: bytes) -> Sequence[int]:
    """Every `t=<time.monotonic_ns()>` in a payload: one for each update it delivers."""
    return [int(found) for found in STAMP.findall(payload)]


class Tally:
    """What all viewers together received since the last `clear`."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.frames = 0
        self.bytes = 0
        self.deliveries = 0
        self._steps: dict[int, int] = {}
        self._seen: dict[int, int] = {}  # stamp -> how often it was delivered
        self._latest: dict[int, int] = {}  # stamp -> when it was last delivered
        self._by_viewer: dict[int, tuple[int, int]] = {}

    def add(self, viewer: int, frames: int, size: int, stamps: Sequence[int], now: int) -> None:
        """`viewer` received so many frames and bytes, holding `stamps`, at `now` (monotonic nanoseconds)."""
        self.frames += frames
        self.bytes += size
        if not stamps:
            return
        self.deliveries += len(stamps)
        for stamp in stamps:
            step = min((now - stamp) // STEP, STEPS)
            self._steps[step] = self._steps.get(step, 0) + 1
            self._seen[stamp] = self._seen.get(stamp, 0) + 1
            self._latest[stamp] = now
        count, total = self._by_viewer.get(viewer, (0, 0))
        self._by_viewer[viewer] = (count + len(stamps), total + sum(stamps))

    def report(self, viewers: int) -> dict[str, Any]:
        """Milliseconds to each viewer and to the last one, and what did not arrive everywhere once."""
        whole = (len(self._seen), sum(self._seen))
        steps = sorted(self._steps.items())
        last = sorted(self._latest[s] - s for s, count in self._seen.items() if count >= viewers)
        return {
            "frames": self.frames,
            "bytes": self.bytes,
            "deliveries": self.deliveries,
            "updates": len(self._seen),
            "updates_not_at_all": sum(count < viewers for count in self._seen.values()),
            "updates_doubled": sum(count > viewers for count in self._seen.values()),
            "viewers_uneven": sum(got != whole for got in self._by_viewer.values())
            + (viewers - len(self._by_viewer) if self._seen else 0),
            "each_ms": {p: _from_steps(steps, self.deliveries, p) for p in (50, 95, 99, 100)},
            "last_ms": {p: _from_sorted(last, p) for p in (50, 95, 99, 100)},
        }


def _from_steps(steps: list[tuple[int, int]], total: int, percent: int) -> float | None:
    wanted, seen = total * percent / 100, 0
    for step, count in steps:
        seen += count
        if seen >= wanted:
            return round((step + 1) * STEP / 1e6, 2)
    return None


def _from_sorted(values: list[int], percent: int) -> float | None:
    return round(values[max(0, -(-len(values) * percent // 100) - 1)] / 1e6, 2) if values else None
