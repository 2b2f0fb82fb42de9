"""What `make prove` runs: everything long, and one table of what came of it.

The simulator and the mutator want all processors, the killings mostly wait: each lane runs on its own, one
after the other, in processes of their own with a time limit.
"""

import argparse
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from os import cpu_count

from msgspec import Struct


class Lane(Struct, frozen=True):
    """One long run: what it shows, its words, the minutes it may take, and how many lines its figures are."""

    shows: str
    words: tuple[str, ...]
    minutes: int
    lines: int = 1


def lanes(seeds: int, kills: int) -> list[Lane]:
    return [
        Lane("Clients, servers and faults, simulated", ("tests.soak.simulator", "--seeds", str(seeds)), 30),
        Lane("Killed with -9 while people write", ("tests.soak.kills", "--kills", str(kills)), 20, 2),
        Lane("Crowds that are cut, come and go, sit still", ("tests.soak.crowds",), 20, 3),
        Lane("One statement of the core less", ("tests.soak.mutate",), 30),
    ]


def run(lane: Lane) -> tuple[bool, str, float]:
    """Whether it ended well, the last line it printed, and the seconds it took."""
    began = time.monotonic()
    command = [sys.executable, "-m", *lane.words]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=lane.minutes * 60, check=False)
    except subprocess.TimeoutExpired:
        return False, f"not done within {lane.minutes} minutes", time.monotonic() - began
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    if done.returncode:
        print(done.stdout[-4000:], done.stderr[-4000:], file=sys.stderr)
    told = "; ".join(lines[-lane.lines :]) or "nothing was printed"
    return done.returncode == 0, told, time.monotonic() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=200)
    options = parser.parse_args()
    well = True
    machine = f"{cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {machine}")
    print("\n| what | figures | took |\n|---|---|---|", flush=True)
    for lane in lanes(options.seeds, options.kills):
        good, told, seconds = run(lane)
        well = well and good
        print(f"| {lane.shows} | {told}{'' if good else ' (FAILED)'} | {seconds / 60:.0f} min |", flush=True)
    raise SystemExit(0 if well else 1)


if __name__ == "__main__":
    main()
