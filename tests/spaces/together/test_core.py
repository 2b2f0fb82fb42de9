"""Who has a voice and what becomes of an act that waits, one sentence each; the time is given."""

from datetime import UTC, datetime, timedelta

import pytest

from app.access import Code, Refused
from app.spaces.together import core
from app.spaces.together.core import Ground, Kind, Outcome, Owner, Waiting

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def ground(*ages: int, days: int = 7) -> Ground:
    """Organisations a, b, c... that came so many days before the start, and were heard then last."""
    names = "abcdef"[: len(ages)]
    owners = {
        id: Owner(id, START - age * DAY, START - age * DAY) for id, age in zip(names, ages, strict=True)
    }
    return Ground(owners, {}, days)


def proposed(on: Ground, kind: Kind, by: str = "a", about: str = "", at: datetime = START) -> Ground:
    return core.propose(on, Waiting("act", kind, by, at, at, about), at)


def became(on: Ground, at: datetime = START) -> Outcome:
    return core.outcome(on, on.acts["act"], at)


def silent(on: Ground, id: str, notices: int = 3) -> Ground:
    """The same with one organisation that was asked so often and said nothing since it came."""
    one = on.owners[id]
    return Ground({**on.owners, id: Owner(id, one.joined_at, one.spoke_at, notices)}, on.acts, on.days)


@pytest.mark.parametrize("kind", [Kind.WORDS, Kind.ARCHIVE, Kind.DAYS, Kind.LET_IN])
def test_one_alone_decides_two_need_each_other_and_a_second_is_enough(kind: Kind) -> None:
    assert became(proposed(ground(0), kind)) is Outcome.DONE
    for on in (ground(5, 0), ground(90, 80, 70)):
        waiting = proposed(on, kind)
        assert became(waiting) is Outcome.WAITS
        assert became(core.answer(waiting, "act", "b", START, yes=True)) is Outcome.DONE


def test_what_nobody_seconds_lapses_at_its_date_and_not_before() -> None:
    waiting = proposed(ground(90, 80, days=3), Kind.WORDS)

    assert became(waiting, START + 3 * DAY - timedelta(seconds=1)) is Outcome.WAITS
    assert became(waiting, START + 3 * DAY) is Outcome.LAPSED
    with pytest.raises(Refused) as over:
        core.answer(waiting, "act", "b", START + 3 * DAY, yes=True)
    assert over.value.code is Code.CONFLICT


def test_a_new_one_has_no_voice_for_30_days_unless_it_is_the_second() -> None:
    on = ground(90, 80, 29)

    assert core.voices(on, START) == {"a", "b"}
    assert core.voices(on, START + DAY) == {"a", "b", "c"}
    assert core.voices(ground(5, 0), START) == {"a", "b"}
    assert core.voices(ground(90, 2, 1), START) == {"a", "b"}  # whoever came second keeps its voice
    with pytest.raises(Refused, match="30 days"):
        proposed(on, Kind.WORDS, by="c")
    with pytest.raises(Refused, match="30 days"):
        core.answer(proposed(on, Kind.WORDS), "act", "c", START, yes=True)


def test_with_two_neither_can_turn_the_other_out_or_pause_it() -> None:
    for kind in core.AGAINST:
        with pytest.raises(Refused, match="One can only leave"):
            proposed(ground(90, 80), kind, about="b")
        with pytest.raises(Refused, match="with others"):
            proposed(ground(90, 80, 70), kind, about="a")


def test_turning_out_needs_all_others_and_silence_is_not_enough() -> None:
    on = silent(ground(90, 80, 70, 60), "d")
    waiting = proposed(on, Kind.TURN_OUT, about="c")
    one = core.answer(waiting, "act", "b", START, yes=True)

    assert became(one) is Outcome.WAITS
    assert became(one, START + 7 * DAY) is Outcome.LAPSED
    assert became(core.answer(one, "act", "d", START, yes=True)) is Outcome.DONE
    assert became(core.answer(one, "act", "d", START, yes=False)) is Outcome.LAPSED
    with pytest.raises(Refused, match="another organisation"):
        core.answer(one, "act", "c", START, yes=False)


def test_silence_of_30_days_and_three_notices_abstains_and_a_word_ends_it() -> None:
    on = ground(90, 80)
    for notices, outcome in ((2, Outcome.LAPSED), (3, Outcome.DONE)):
        waiting = proposed(silent(on, "b", notices), Kind.WORDS)
        assert became(waiting) is Outcome.WAITS
        assert became(waiting, START + 7 * DAY) is outcome
    assert became(proposed(silent(on, "b"), Kind.LET_IN), START + 7 * DAY) is Outcome.LAPSED
    heard = {**on.owners, "b": Owner("b", START - 80 * DAY, START - DAY, 3)}
    assert became(proposed(Ground(heard, {}), Kind.WORDS), START + 7 * DAY) is Outcome.LAPSED


def test_however_much_is_proposed_within_a_day_it_is_one_notice() -> None:
    minute, night = timedelta(minutes=1), START.replace(hour=23, minute=59)

    assert core.notices([]) == 0
    assert core.notices(START + number * minute for number in range(1440)) == 1
    assert core.notices([night, night + 2 * minute]) == 1  # on both sides of midnight
    assert core.notices([START + 2 * DAY, START, START + DAY]) == 3


def test_only_who_proposed_it_withdraws_and_only_while_it_waits() -> None:
    waiting = proposed(ground(90, 80), Kind.ARCHIVE)

    assert core.withdraw(waiting, "act", "a", START).acts == {}
    with pytest.raises(Refused):
        core.withdraw(waiting, "act", "b", START)
    with pytest.raises(Refused):
        core.withdraw(waiting, "act", "a", START + 7 * DAY)
    with pytest.raises(Refused):
        proposed(waiting, Kind.ARCHIVE, by="b")


def test_a_yes_of_who_has_gone_or_lost_its_voice_does_not_count() -> None:
    waiting = proposed(ground(90, 80, 70), Kind.TURN_OUT, about="c")
    without_b = {id: one for id, one in waiting.owners.items() if id != "b"}
    without_a = {id: one for id, one in waiting.owners.items() if id != "a"}

    assert became(Ground(without_b, waiting.acts)) is Outcome.LAPSED
    assert became(Ground(without_a, waiting.acts)) is Outcome.LAPSED


def test_what_an_organisation_writes_is_paused_by_two_and_not_again_for_30_days() -> None:
    on = ground(90, 80, 70)
    waiting = proposed(on, Kind.PAUSE, about="c")
    lately = Owner("c", START - 70 * DAY, START - 70 * DAY, 0, START - 29 * DAY)

    assert became(waiting, START) is Outcome.WAITS
    assert became(core.answer(waiting, "act", "b", START, yes=True)) is Outcome.DONE
    assert became(silent(waiting, "b"), START + 7 * DAY) is Outcome.LAPSED
    with pytest.raises(Refused, match="in the last 30 days"):
        proposed(Ground({**on.owners, "c": lately}, {}), Kind.PAUSE, about="c")


def test_one_organisation_does_not_fill_the_page_of_all() -> None:
    on = ground(90, 80)
    for number in range(core.MOST_WAITING):
        on = core.propose(on, Waiting(str(number), Kind.WORDS, "a", START, START), START)
    with pytest.raises(Refused) as full:
        core.propose(on, Waiting("more", Kind.WORDS, "a", START, START), START)
    assert full.value.code is Code.FULL
