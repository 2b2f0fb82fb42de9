"""Two thousand runs in which everything goes wrong, and nothing is lost, doubled or shown too early."""

import pytest

from tests.simulator.world import run

SEEDS, AT_ONCE = 2_000, 100


@pytest.mark.parametrize("first", range(0, SEEDS, AT_ONCE))
def test_after_all_faults_everyone_holds_the_board_and_nothing_acknowledged_is_missing(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        run(seed)


@pytest.mark.parametrize("seed", [2405, 3567, 11484, 13520, 62385, 63577, 80727])
def test_what_went_wrong_in_a_long_run_does_so_no_more(seed: int) -> None:
    run(seed)


def test_a_seed_always_gives_the_same_run() -> None:
    one, two = run(7), run(7)

    assert one.store.log == two.store.log
    assert one.lines == two.lines


def test_a_run_is_worth_running() -> None:
    """Between them a few seeds do everything that the rules speak of."""
    worlds = [run(seed) for seed in range(60)]
    ops = {type(row.op).__name__ for world in worlds for row in world.store.log}
    outcomes = [outcome for world in worlds for outcome in world.store.outcomes.values()]

    assert len(ops) >= 19
    assert {outcome.code for outcome in outcomes} >= {None, "not_found", "not_allowed", "locked", "invalid"}
    assert any(outcome.merged for outcome in outcomes)
    assert any(outcome.conflict for outcome in outcomes)
    assert any(outcome.skipped for outcome in outcomes)
    assert sum(len(world.store.log) for world in worlds) > 1_500
