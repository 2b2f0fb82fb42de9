"""Each mistake that kills systems like this one, made on purpose: the seed named here notices it."""

import pytest

from tests.simulator.horizon_world import HorizonWorld
from tests.simulator.mistakes import Mistake
from tests.simulator.stage_world import StageWorld
from tests.simulator.world import World, run
from tests.simulator.writing_world import WritingWorld

# The seed, and what it finds. Where a change of the rules has made a seed blind,
# `python -m tests.soak.simulator --seeds 200 --find` names others.
CAUGHT: dict[Mistake, tuple[int, str]] = {
    Mistake.NO_DEDUPLICATION: (1, "A deed was done twice"),
    Mistake.ACK_BEFORE_COMMIT: (10, "was told that 2 is done, and it is lost"),
    Mistake.REFUSAL_KEEPS_N: (2, "It never came to rest; unanswered"),
    Mistake.PUBLISH_WITHOUT_TOUCH: (2, "lacks|holds something else than the board"),
    Mistake.AUDIENCE_WITHOUT_RECHECK: (3, "ola1 holds something else than the board"),
    Mistake.RESUME_ACROSS_A_CHANGE: (0, "ola1 holds something else than the board"),
    Mistake.HIDDEN_SKIPPED: (0, "was sent frames that do not follow on each other"),
    Mistake.LATE_SUBSCRIPTION: (0, "holds something else than the board"),
    Mistake.QUEUE_DROPPED: (0, "that were not answered"),
    Mistake.CLOSED_BY_PERSON: (0, "It never came to rest"),
    Mistake.OPEN_FILTER: (5, "What must not be sent was"),
    Mistake.EARLY_BOARD: (0, "which is not stored"),
    Mistake.NO_ECHO: (1, "ana1 holds something else than the board"),
    Mistake.REFUSED_BEHIND: (10, "What was right was refused"),
}

# The same in the world in which people type in each other's texts.
CAUGHT_IN_TEXTS: dict[Mistake, tuple[int, str]] = {
    Mistake.LATER_TEXT_WINS: (0, "Words without a place"),
    Mistake.SAME_PLACE_CLASHES: (5, "Two who only added were told that they clash"),
    Mistake.FINER_THAN_SPACES: (0, "Words that nobody wrote"),
    Mistake.CHOICE_OVERWRITES: (3, "Words without a place"),
    Mistake.READ_AHEAD: (1, "Words without a place"),
    Mistake.PROXY_ENDS_BOARD: (9, "ana1 is out, and the board never said so"),
    Mistake.ONE_HOLDS_UP_ALL: (18, "It never came to rest; unanswered: {'ben1': 4"),
    Mistake.REFUSED_WORDS_DROPPED: (1, "Words without a place"),
    Mistake.ARCHIVE_DROPS_WORDS: (4, "Words without a place"),
    Mistake.REMOVAL_DROPS_WORDS: (33, "Words without a place"),
    Mistake.RELOAD_DROPS_WORDS: (8, "Words without a place"),
    Mistake.LAPSE_FORGETS_QUEUE: (2, "Words without a place: .*of gil"),
    Mistake.KEPT_WITHOUT_OWNER: (2, "hal was shown unsaved words of {'gil'}"),
}
# The same in the world in which a workshop runs.
CAUGHT_ON_STAGE: dict[Mistake, tuple[int, str]] = {
    Mistake.REVEAL_WITHOUT_TOUCH: (0, "ana1 holds something else than the board"),
    Mistake.FACILITATOR_READS_ALL: (0, "What must not be sent was: .*dan was sent card"),
    Mistake.LATE_NOTE_SHOWN: (1, "is shown, and nobody has revealed it"),
}
# The same in the world in which logs and answers end.
CAUGHT_AT_HORIZONS: dict[Mistake, tuple[int, str]] = {
    Mistake.RESUME_ACROSS_A_HORIZON: (0, "holds something else than the board"),
    Mistake.FORGOTTEN_IS_SILENT: (0, "It never came to rest"),
}
# Of its two halves, what was not saved and what was not sent, another seed finds the other.
SENT_BY_ANOTHER = (28, "hal sent 118:30, which is somebody else's")

# Seeds that once found a mistake of ours, and what it was.
FOUND: dict[int, str] = {
    15: "a process that was behind never heard of what had been cleared away meanwhile",
    2405: "a client that came to a process which was behind was sent back in time",
    3567: "a process that was behind repeated an answer whose effect it did not have",
}


@pytest.mark.parametrize("mistake", Mistake, ids=lambda mistake: mistake.name)
def test_a_mistake_made_on_purpose_is_noticed_by_its_seed(mistake: Mistake) -> None:
    worlds = (
        *((World, CAUGHT), (WritingWorld, CAUGHT_IN_TEXTS), (StageWorld, CAUGHT_ON_STAGE)),
        (HorizonWorld, CAUGHT_AT_HORIZONS),
    )
    kind, (seed, finding) = next((kind, caught[mistake]) for kind, caught in worlds if mistake in caught)

    with pytest.raises(AssertionError, match=finding):
        run(seed, mistake, kind)
    run(seed, None, kind)


def test_who_comes_back_after_a_change_of_sight_in_a_workshop_gets_the_whole_board() -> None:
    with pytest.raises(AssertionError, match="ola1 holds something else than the board"):
        run(1, Mistake.RESUME_ACROSS_A_CHANGE, StageWorld)
    run(1, None, StageWorld)


def test_a_guest_who_sends_what_another_left_in_the_browser_is_noticed() -> None:
    seed, finding = SENT_BY_ANOTHER

    with pytest.raises(AssertionError, match=finding):
        run(seed, Mistake.KEPT_WITHOUT_OWNER, WritingWorld)


@pytest.mark.parametrize("seed", FOUND)
def test_a_seed_that_once_found_something_finds_nothing_any_more(seed: int) -> None:
    run(seed)
