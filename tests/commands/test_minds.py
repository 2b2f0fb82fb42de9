"""What pretend people do: the same again for the same seed, in the time of a phase, and never too much."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.rehearse.workshop.minds import WITHIN, Question, acts

WRITES = Question("p", 5, True, False, "note", ("a", "b"), (), 0, 1)
SEEDS = st.integers(0, 1_000)


def test_the_same_seed_gives_the_same_words_and_another_does_not() -> None:
    assert [acts(WRITES, 1, i, 7) for i in range(40)] == [acts(WRITES, 1, i, 7) for i in range(40)]
    assert [acts(WRITES, 1, i, 7) for i in range(40)] != [acts(WRITES, 1, i, 8) for i in range(40)]


@given(SEEDS, st.integers(0, 30))
def test_nobody_writes_what_another_wrote_in_the_same_phase(seed: int, number: int) -> None:
    written = [one for person in range(40) for one in acts(WRITES, number, person, seed) if one.do == "note"]

    assert len(written) > 20
    assert len({one.text for one in written}) == len({one.id for one in written}) == len(written)
    assert {one.section for one in written} <= {"a", "b"}


@given(SEEDS, st.floats(0.5, 240), st.booleans(), st.integers(0, 12), st.integers(1, 20), st.integers(1, 5))
def test_all_is_done_within_the_phase_in_turn_and_within_the_rules_of_the_vote(
    seed: int, minutes: float, writes: bool, things: int, dots: int, most: int
) -> None:
    of = Question("p", minutes, writes, True, "note", (), tuple(map(str, range(things))), dots, most)

    done = acts(of, 3, 5, seed)

    assert [one.after for one in done] == sorted(one.after for one in done)
    assert 0 < done[-1].after <= minutes * 60 * WITHIN + 1e-6
    assert [one.do for one in done].count("finish") == 1
    assert done[-1].do == "finish"
    assert all(one.text.endswith("?") for one in done if one.do == "note")
    placed = [one for one in done if one.do == "dot"]
    assert [one.slot for one in placed] == list(range(1, len(placed) + 1))
    assert len(placed) <= dots
    assert set(Counter(one.choice for one in placed).values()) <= set(range(1, most + 1))
    assert {one.choice for one in placed} <= set(of.things)
