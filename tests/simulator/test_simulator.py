"""Two thousand runs in which everything goes wrong, and nothing is lost, doubled or shown too early."""

import pytest

from app.boards.core.group_commit import FORGOTTEN
from app.boards.core.stage import ops as s
from tests.simulator.horizon_world import HorizonWorld
from tests.simulator.stage_world import StageWorld
from tests.simulator.texts import words_of
from tests.simulator.world import run
from tests.simulator.writing_world import SHARED, WritingWorld

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


@pytest.mark.parametrize("first", range(0, SEEDS // 2, AT_ONCE))
def test_no_word_that_anybody_typed_is_lost_or_made_up_or_sent_by_somebody_else(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        run(seed, None, WritingWorld)


@pytest.mark.parametrize("first", range(0, SEEDS // 4, AT_ONCE))
def test_W1_W2_W3_what_a_workshop_promises_holds_through_kills_and_cut_lines(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        run(seed, None, StageWorld)


@pytest.mark.parametrize("first", range(0, SEEDS // 4, AT_ONCE))
def test_C11_T10_while_logs_and_answers_end_nothing_is_lost_doubled_or_left_unanswered(first: int) -> None:
    for seed in range(first, first + AT_ONCE):
        run(seed, None, HorizonWorld)


def test_a_run_with_horizons_is_worth_running() -> None:
    """Between them a few seeds end logs, undo across that, and ask for answers that are gone."""
    runs = [run(seed, None, HorizonWorld) for seed in range(40)]
    worlds = [world for world in runs if isinstance(world, HorizonWorld)]
    answers = [answer for world in worlds for one in world.clients for answer in one.answered.values()]

    assert sum(answer.say == FORGOTTEN for answer in answers) > 5
    assert sum(world.thinned for world in worlds) > 300
    assert sum(world.ended for world in worlds) > 300
    assert sum(world.store.floor > 0 for world in worlds) > 20


def test_a_run_with_a_workshop_is_worth_running() -> None:
    """Between them a few seeds write in private, late too, reveal, go back and gather."""
    runs = [run(seed, None, StageWorld) for seed in range(40)]
    worlds = [world for world in runs if isinstance(world, StageWorld)]
    ops = [type(row.op) for world in worlds for row in world.store.log]

    assert sum(len(world.promises()[0]) for world in worlds) > 300
    assert {s.Reveal, s.ReopenPhase, s.AddTheme, s.Gather} <= set(ops)
    assert ops.count(s.Reveal) > 30


def test_a_run_with_typing_is_worth_running() -> None:
    """Between them a few seeds join texts, keep words from being saved, and bring guests back."""
    runs = [run(seed, None, WritingWorld) for seed in range(40)]
    worlds = [world for world in runs if isinstance(world, WritingWorld)]
    results = [result for world in worlds for result in world.store.outcomes.values()]
    drafts = [draft for world in worlds for writer in world.writers for draft in writer.unsaved]
    texts = [
        world.store.items[id].fields["text"] for world in worlds for id in SHARED if id in world.store.items
    ]

    assert sum(len(result.merged) for result in results) > 100
    assert sum(result.conflict is not None for result in results) > 40
    assert {result.code for result in results} >= {None, "not_found", "not_allowed", "locked", "invalid"}
    assert len({draft.person for draft in drafts}) > 4
    assert sum(any(row.person == "hal" for row in world.store.log) for world in worlds) > 3
    assert max(len(words_of(text)) for text in texts) > 25
