"""What `make prove` runs: everything long, and one table of what came of it.

Each lane is a process of its own with a time limit; one runs after the other, for most want all processors.
`--short` is a tenth of it, to see that the lanes themselves run.
"""

import argparse
import os
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from subprocess import PIPE

from msgspec import Struct

TESTS = Path(__file__).parent.parent


class Lane(Struct, frozen=True):
    """One long run: what it shows, its words, the minutes it may take, and how many lines its figures are."""

    shows: str
    words: tuple[str, ...]
    minutes: int
    lines: int = 1


def lanes(seeds: int, kills: int, *, short: bool) -> Iterator[Lane]:
    less = ("--sockets", "500", "--rounds", "10", "--seconds", "60") if short else ()
    yield Lane("Clients, servers and faults, simulated", ("tests.soak.simulator", "--seeds", str(seeds)), 30)
    yield Lane("Killed with -9 while people write", ("tests.soak.kills", "--kills", str(kills)), 45, 2)
    yield Lane("Crowds that are cut, come and go, sit still", ("tests.soak.crowds", *less), 20, 3)
    some = ("--boards", "20", "--sockets", "200", "--seconds", "20", "--rounds", "20") if short else ()
    yield Lane("Many boards at once, one archived elsewhere", ("tests.soak.many_boards", *some), 30, 3)
    yield Lane("Guesses at passwords beside honest people", ("tests.soak.guessers",), 3)
    yield Lane("What is not there takes as long to say", ("tests.soak.timing",), 5)
    few = ("--boards", "10", "--seconds", "10") if short else ()
    yield Lane("Databases that stop, lines that die, a full disk", ("tests.soak.faults", *few), 15, 4)
    day = ("one text",) if short else ()
    yield Lane("A day of writing at the legal pace", ("tests.soak.growth", *day), 45, 2 if short else 12)
    brief = ("--seconds", "10") if short else ()
    yield Lane("Memory after heavy reads and large files", ("tests.soak.memory_back", *brief), 15, 2)
    quick = ("--speed", "2000") if short else ()
    yield Lane("Agendas with forty phones, broken meanwhile", ("tests.soak.agendas", *quick), 20, 4)
    if not short:
        yield Lane("Properties of the rules, 3,000 examples each", ("pytest", *properties()), 20)
        yield Lane("One statement of the core less", ("tests.soak.mutate",), 45)
        yield Lane("One line less of the scripts that hold words", ("tests.soak.mutate_lines",), 30)
        yield Lane("Focus, menus and words that stay, broken", ("tests.soak.breaks",), 20)


def properties() -> list[str]:
    """pytest's words for all tests that hold for anything Hypothesis thinks of."""
    found = [
        str(path) for path in sorted(TESTS.rglob("test_*.py")) if "from hypothesis import" in path.read_text()
    ]
    return ["-q", "-n", "2", "-p", "no:cacheprovider", "--timeout=900", "--hypothesis-profile=prove", *found]


def run(lane: Lane) -> tuple[bool, str, float]:
    """Whether it ended well, its figures, and the seconds it took."""
    began = time.monotonic()
    command = [sys.executable, "-m", *lane.words]
    with subprocess.Popen(command, stdout=PIPE, stderr=PIPE, text=True, start_new_session=True) as process:
        try:
            out, err = process.communicate(timeout=lane.minutes * 60)
        except subprocess.TimeoutExpired:
            _end(process)
            return False, f"not done within {lane.minutes} minutes", time.monotonic() - began
    lines = [line for line in out.splitlines() if line.strip()]
    if process.returncode:
        print(out[-4000:], err[-4000:], file=sys.stderr)
    told = "; ".join(lines[-lane.lines :]) or "nothing was printed"
    return process.returncode == 0, told, time.monotonic() - began


def _end(process: subprocess.Popen[str]) -> None:
    """As by Ctrl-C, so that it ends the servers it started; only then for good."""
    for how in (signal.SIGINT, signal.SIGKILL):
        os.killpg(process.pid, how)
        try:
            process.communicate(timeout=30)
            return
        except subprocess.TimeoutExpired:
            continue


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int)
    parser.add_argument("--kills", type=int)
    parser.add_argument("--short", action="store_true")
    given = parser.parse_args()
    seeds = given.seeds or (10_000 if given.short else 100_000)
    kills = given.kills or (50 if given.short else 500)
    well = True
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {machine}\n\n| what | figures | took |\n|---|---|---|", flush=True)
    for lane in lanes(seeds, kills, short=given.short):
        good, told, seconds = run(lane)
        well = well and good
        print(f"| {lane.shows} | {told}{'' if good else ' (FAILED)'} | {seconds / 60:.0f} min |", flush=True)
    raise SystemExit(0 if well else 1)


if __name__ == "__main__":
    main()
