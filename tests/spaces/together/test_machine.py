"""One organisation's people do what they can, for years: no other loses its seat or its say.

The attackers are organisation `a` and those it brings in; `b` and `c` are others, who may be silent, may be
talked into letting one of the attackers' friends in, and never say yes to anything else.
"""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec import structs

from app.access import Refused
from app.spaces.together import core
from app.spaces.together.core import Ground, Kind, Outcome, Owner, Waiting

START = datetime(2026, 1, 1, tzinfo=UTC)
HONEST = ("b", "c")
KINDS = st.sampled_from(list(Kind))
PAUSE = timedelta(hours=24)


class Attack(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.at = START
        self.ground = Ground({}, {})
        self.honest: tuple[str, ...] = ()
        self.made = 0
        self.kept: list[str] = []
        self.pauses: dict[str, list[datetime]] = {}

    @initialize(
        honest=st.sampled_from((1, 2)),
        ages=st.lists(st.integers(0, 400), min_size=3, max_size=3),
        friend=st.booleans(),
    )
    def begin(self, honest: int, ages: list[int], friend: bool) -> None:
        """Beside two honest ones a friend of the attackers' may be there already."""
        self.honest = HONEST[:honest]
        for id, age in zip(("a", *self.honest), ages, strict=False):
            came = START - timedelta(days=age)
            self.owners({**self.ground.owners, id: Owner(id, came, came)})
        if friend and honest == 2:
            self.owners({**self.ground.owners, "s0": Owner("s0", START, START)})

    @rule(days=st.integers(0, 45))
    def wait(self, days: int) -> None:
        self.at += timedelta(days=days, hours=1)
        self.settle()

    @rule(who=st.integers(0, 5), kind=KINDS, about=st.integers(0, 7), days=st.integers(1, 30))
    def propose(self, who: int, kind: Kind, about: int, days: int) -> None:
        by, self.made = self.attacker(who), self.made + 1
        whom = sorted(self.ground.owners)[about % len(self.ground.owners)] if self.ground.owners else ""
        target = f"s{self.made}" if kind is Kind.LET_IN else whom if kind in core.AGAINST else ""
        act = Waiting(f"act{self.made}", kind, by, self.at, self.at, target)
        self.attempt(lambda: core.propose(self.ground, act, self.at))
        for id, one in self.ground.owners.items():
            if id != by and act.id in self.ground.acts:
                asked = structs.replace(one, notices=one.notices + 1)
                self.owners({**self.ground.owners, id: asked})
        self.settle()

    @rule(who=st.integers(0, 5), which=st.integers(0, 20), yes=st.booleans())
    def answer(self, who: int, which: int, yes: bool) -> None:
        by, act = self.attacker(who), self.act(which)
        self.attempt(lambda: core.answer(self.ground, act, by, self.at, yes=yes))
        self.settle()

    @rule(who=st.integers(0, 1), which=st.integers(0, 20))
    def talked_into_letting_in(self, who: int, which: int) -> None:
        """Where there are two honest ones: a friend beside a single one makes two against one."""
        act = self.ground.acts.get(self.act(which))
        if len(self.honest) == 2 and act and act.kind is Kind.LET_IN:
            self.attempt(lambda: core.answer(self.ground, act.id, self.honest[who], self.at, yes=True))
            self.spoke(self.honest[who])
            self.settle()

    @rule(who=st.integers(0, 1))
    def somebody_honest_speaks(self, who: int) -> None:
        self.spoke(self.honest[who % len(self.honest)])

    @rule(who=st.integers(0, 5), which=st.integers(0, 20))
    def withdraw(self, who: int, which: int) -> None:
        by, act = self.attacker(who), self.act(which)
        self.attempt(lambda: core.withdraw(self.ground, act, by, self.at))

    @rule(who=st.integers(1, 5))
    def a_friend_leaves(self, who: int) -> None:
        gone = self.attacker(who)
        if gone != "a":
            self.owners({id: one for id, one in self.ground.owners.items() if id != gone})

    @invariant()
    def no_other_loses_its_seat(self) -> None:
        assert set(self.honest) <= set(self.ground.owners)

    @invariant()
    def no_friend_owns_the_space_without_a_yes_of_another(self) -> None:
        assert len(self.honest) == 2 or set(self.ground.owners) <= {"a", *self.honest}

    @invariant()
    def no_other_loses_its_voice(self) -> None:
        now_heard = {id for id in self.honest if id in core.voices(self.ground, self.at)}
        assert set(self.kept) <= now_heard
        self.kept = sorted(now_heard)

    @invariant()
    def nobody_is_kept_from_writing_for_more_than_a_day_in_a_month(self) -> None:
        for times in self.pauses.values():
            assert all(later - sooner > timedelta(days=30) for sooner, later in pairwise(times))

    @invariant()
    def there_is_a_way_to_decide(self) -> None:
        heard = core.voices(self.ground, self.at)
        assert heard or not self.ground.owners
        for by in heard:
            free = structs.replace(self.ground, acts={})
            asked = core.propose(free, Waiting("way", Kind.WORDS, by, self.at, self.at), self.at)
            for other in core.others(asked, asked.acts["way"], self.at):
                if core.outcome(asked, asked.acts["way"], self.at) is Outcome.WAITS:
                    asked = core.answer(asked, "way", other, self.at, yes=True)
            assert core.outcome(asked, asked.acts["way"], self.at) is Outcome.DONE

    def settle(self) -> None:
        for act in list(self.ground.acts.values()):
            outcome = core.outcome(self.ground, act, self.at)
            if outcome is Outcome.DONE:
                self.done(act)
            elif outcome is Outcome.LAPSED:
                self.ground = core.without(self.ground, act.id)

    def done(self, act: Waiting) -> None:
        if act.kind in core.AGAINST and act.about in self.honest:
            assert act.yes & set(self.honest) or act.kind is Kind.PAUSE
        friends = [self.ground.owners[id] for id in act.yes - {"a", *self.honest} if id in self.ground.owners]
        assert all(one.joined_at + timedelta(days=30) <= self.at for one in friends)
        self.ground = core.carried_out(self.ground, act, 30)
        if act.kind is Kind.LET_IN:
            joined = Owner(act.about, self.at, self.at)
            self.owners({**self.ground.owners, act.about: joined})
        if act.kind is Kind.PAUSE:
            paused = structs.replace(self.ground.owners[act.about], paused_until=self.at + PAUSE)
            self.owners({**self.ground.owners, act.about: paused})
            self.pauses.setdefault(act.about, []).append(self.at)

    def attempt(self, deed: Callable[[], Ground]) -> None:
        """What is refused changes nothing; whoever does something has spoken."""
        try:
            self.ground = deed()
        except Refused:
            return

    def spoke(self, id: str) -> None:
        heard = structs.replace(self.ground.owners[id], spoke_at=self.at, notices=0)
        self.owners({**self.ground.owners, id: heard})

    def owners(self, owners: dict[str, Owner]) -> None:
        self.ground = structs.replace(self.ground, owners=owners)

    def attacker(self, who: int) -> str:
        """The organisation `a` or one of its friends."""
        ours = [id for id in sorted(self.ground.owners) if id not in self.honest]
        return ours[who % len(ours)] if ours else "a"

    def act(self, which: int) -> str:
        acts = sorted(self.ground.acts)
        return acts[which % len(acts)] if acts else ""


TestAttack = Attack.TestCase

BREAKS: dict[str, tuple[str, Any]] = {
    "silence lets friends in": ("NEEDS_YES", core.AGAINST),
    "new ones have a voice": ("NEW_FOR", timedelta(0)),
    "silence turns out": ("outcome", None),
    "pauses have no end": ("PAUSE_AGAIN", timedelta(0)),
    "who proposes it is asked too": ("others", None),
}


def _silence_turns_out(ground: Ground, act: Waiting, at: datetime) -> Outcome:
    """The rule as it would be if silence counted as a yes to turning out."""
    asked = core.others(ground, act, at)
    silent = {id for id in asked if core.abstains(ground.owners[id], at)}
    counted = structs.replace(act, yes=act.yes | silent) if at >= act.until else act
    return TRUE_OUTCOME(ground, counted, at)


def _no_one_is_asked_of_two(ground: Ground, act: Waiting, at: datetime) -> frozenset[str]:
    """The rule as it would be if whoever proposes were asked too."""
    return core.voices(ground, at) - {act.about}


TRUE_OUTCOME = core.outcome


@pytest.mark.parametrize("broken", BREAKS)
def test_each_rule_that_is_broken_is_noticed(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, value = BREAKS[broken]
    wrong = {"outcome": _silence_turns_out, "others": _no_one_is_asked_of_two}.get(name, value)
    monkeypatch.setattr(core, name, wrong)

    with pytest.raises(AssertionError):
        walks(600)


def test_a_long_walk_finds_nothing() -> None:
    walks(40)


def walks(most: int) -> None:
    for seed in range(most):
        walk(seed)


def walk(seed: int, steps: int = 150) -> None:
    """The same acts as above, at random and without Hypothesis, which thinks longer about each."""
    dice, attack = random.Random(seed), Attack()
    attack.begin(dice.choice((1, 2)), [dice.randint(0, 400) for _ in range(3)], dice.random() < 0.7)
    for _ in range(steps):
        who, which = dice.randint(0, 5), dice.randint(0, 20)
        match dice.randint(0, 8):
            case 0 | 1:
                attack.wait(dice.choice((0, 1, 3, 31)))
            case 2 | 3:
                attack.propose(who, dice.choice([*Kind, Kind.PAUSE, Kind.LET_IN]), dice.randint(0, 7), 30)
            case 4 | 5:
                attack.answer(who, which, dice.random() < 0.8)
            case 6:
                attack.talked_into_letting_in(who % 2, which)
            case 7:
                attack.withdraw(who, which) if dice.random() < 0.3 else None
            case 8:
                attack.somebody_honest_speaks(who % 2) if dice.random() < 0.2 else None
        attack.no_other_loses_its_seat()
        attack.no_friend_owns_the_space_without_a_yes_of_another()
        attack.no_other_loses_its_voice()
        attack.nobody_is_kept_from_writing_for_more_than_a_day_in_a_month()
        attack.there_is_a_way_to_decide()
