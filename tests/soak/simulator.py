"""The long run of the simulator: `python -m tests.soak.simulator --seeds 100000` prints one line of figures.

`--find` tells instead, for every mistake, how many of the seeds catch it and the first that do.
"""

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import product

from msgspec import Struct

from tests.simulator.horizon_world import HorizonWorld
from tests.simulator.mistakes import Mistake
from tests.simulator.stage_world import StageWorld
from tests.simulator.world import World, run
from tests.simulator.writing_world import WritingWorld

AT_ONCE = 100
KINDS = (World, WritingWorld, StageWorld, HorizonWorld)


class Figures(Struct):
    """What came of some seeds."""

    runs: int = 0
    deeds: int = 0
    answers: int = 0
    connections: int = 0
    failed: dict[tuple[str, int], str] = {}  # by world and seed

    def add(self, other: "Figures") -> None:
        self.runs += other.runs
        self.deeds += other.deeds
        self.answers += other.answers
        self.connections += other.connections
        self.failed = self.failed | other.failed


def some(first: int, mistake: Mistake | None = None) -> Figures:
    """The figures of the next seeds from `first`, each in all worlds."""
    figures = Figures()
    for seed, kind in product(range(first, first + AT_ONCE), KINDS):
        figures.runs += 1
        try:
            world = run(seed, mistake, kind)
        except AssertionError as wrong:
            figures.failed = figures.failed | {(kind.__name__, seed): str(wrong)}
            continue
        figures.deeds += len(world.store.log)
        figures.answers += len(world.store.outcomes)
        figures.connections += world.numbers
    return figures


def many(seeds: int, first: int = 0, mistake: Mistake | None = None) -> Figures:
    """All seeds, on two processors."""
    total = Figures()
    with ProcessPoolExecutor(2) as pool:
        for figures in pool.map(partial(some, mistake=mistake), range(first, first + seeds, AT_ONCE)):
            total.add(figures)
    return total


def main(args: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--find", action="store_true")
    given = parser.parse_args(args)
    if given.find:
        for mistake in Mistake:
            found = many(given.seeds, given.first, mistake)
            print(f"{mistake.name}: {len(found.failed)} of {found.runs}, first {sorted(found.failed)[:3]}")
        return 0
    began = time.monotonic()
    total = many(given.seeds, given.first)
    for wrong in list(total.failed.values())[:5]:
        print(wrong)
    print(
        f"simulator: {given.seeds} seeds in {len(KINDS)} worlds, {total.deeds} deeds, "
        f"{total.answers} answers, {total.connections} connections, "
        f"{len(total.failed)} failed, {time.monotonic() - began:.0f} s"
    )
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
