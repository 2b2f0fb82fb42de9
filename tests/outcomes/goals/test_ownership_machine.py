"""Whatever people of one organisation try with a goal, no other one becomes its owner or stops being it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from msgspec import structs

from app.access import Refused
from app.outcomes.goals import ownership
from app.outcomes.goals.goal import Answer, Asked, Goal, GoalState

AT = datetime(2026, 1, 1, tzinfo=UTC)
HERE = {id: id.upper() for id in "abcd"}
ACTS = 10_000


@dataclass
class World:
    """A goal of one organisation among four, as `owner_actions` would leave it after each act."""

    goal: Goal
    tender: str = "a"
    said_yes: set[str] = field(default_factory=lambda: {"a"})

    def act(self, by: str, what: str, about: str) -> None:
        """What people of `by` try. Raises Refused.

        Only owners ask and withdraw, or anybody where they have gone: the table of rights says.
        """
        goal = self.goal
        may = by in goal.organisations or (ownership.is_nobodys(goal, HERE) and what != "hand_on")
        if what in ("ask", "withdraw", "hand_on") and not may:
            return
        match what:
            case "ask":
                ownership.ask(goal, about, HERE, by)
                self._asked(about, Asked(about, Answer.ASKED, by, by, AT))
            case "withdraw":
                ownership.withdraw(goal, about, by, HERE)
                self._asked(about)
            case "yes":
                ownership.answer(goal, by)
                self._asked(by)
                self._own({*goal.organisations, by})
            case "no":
                ownership.answer(goal, by)
                self._asked(by, Asked(by, Answer.NO, by, by, AT))
            case "give_up":
                wrong = ownership.why_not_give_up(goal, by, HERE, self.tender)
                if by in goal.organisations and not wrong:
                    self._own({one for one in goal.organisations if one != by})
            case "hand_on" if about in goal.organisations:
                self.tender = about

    def _asked(self, about: str, new: Asked | None = None) -> None:
        kept = [one for one in self.goal.asked if one.organisation != about]
        self.goal = structs.replace(self.goal, asked=(*kept, *([new] if new else [])))

    def _own(self, owners: set[str]) -> None:
        self.goal = structs.replace(self.goal, organisations=tuple(sorted(owners)))


def world(owner: str = "a") -> World:
    words: dict[str, Any] = dict.fromkeys(("title", "aim", "start", "to", "for_whom", "person", "theory"), "")
    more: dict[str, Any] = {"by_when": None, "tender": "p", "state": GoalState.OPEN, "changed_at": AT}
    return World(Goal(id="g", space="s", organisations=(owner,), **words, **more))


@pytest.mark.parametrize("seed", range(5))
def test_no_act_of_one_makes_or_ends_the_owning_of_another(seed: int) -> None:
    random, here = Random(seed), world()
    refused = answers = 0
    for _ in range(ACTS):
        by, what = (
            random.choice("abcd"),
            random.choice(("ask", "withdraw", "yes", "no", "give_up", "hand_on")),
        )
        before, about = here.goal, random.choice("abcd")
        try:
            here.act(by, what, about)
        except Refused:
            refused += 1
            assert here.goal == before
        moved = set(here.goal.organisations) ^ set(before.organisations)
        answers += what in ("yes", "no") and here.goal != before
        assert moved <= {by}
        assert here.goal.organisations
        assert here.tender in here.goal.organisations
        assert not {one.organisation for one in here.goal.asked} & set(here.goal.organisations)
        if what != "no":
            gone = {one.organisation for one in before.proposed} - {
                one.organisation for one in here.goal.proposed
            }
            assert gone <= {by, about if what == "withdraw" else by}
    assert min(refused, answers) > ACTS // 50


@pytest.mark.parametrize("seed", range(200))
def test_nobody_takes_alone_what_nobody_owns_any_more(seed: int) -> None:
    random, here = Random(seed), world("gone")
    for _ in range(ACTS // 100):
        by, what = random.choice("abcd"), random.choice(("ask", "withdraw", "yes", "no", "give_up"))
        before = here.goal
        try:
            here.act(by, what, random.choice("abcd"))
        except Refused:
            assert here.goal == before
        gained = set(here.goal.organisations) - set(before.organisations)
        if gained:
            (asked,) = (one for one in before.proposed if one.organisation == by)
            assert gained == {by}
            assert asked.by_organisation != by
            return
        assert here.goal.organisations == ("gone",)
    pytest.fail("Nobody ever took it on.")


def test_the_only_organisation_left_takes_it_on_by_itself() -> None:
    goal = world("gone").goal

    ownership.ask(goal, "a", {"a": "A"}, "a")
    with pytest.raises(Refused, match="Ask another organisation"):
        ownership.ask(goal, "a", HERE, "a")
