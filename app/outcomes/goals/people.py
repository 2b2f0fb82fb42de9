"""The people and organisations of a space as goals need them: names, and who can own or look after one."""

from collections.abc import Collection

from app.db import Tx
from app.outcomes.goals.goal import Answer, Asked, Goal
from app.outcomes.goals.ownership import is_nobodys, may_withdraw, proposed_to
from app.outcomes.goals.rules import Candidates
from app.spaces import space_people
from app.spaces.space import Organisation, Seat
from app.spaces.space_people import WRITING


class SpacePeople(space_people.SpacePeople, frozen=True):
    """The organisations that own a space or did, its people by id, and the seat of the person who asks."""

    def candidates(self) -> Candidates:
        """Who may own and look after goals."""
        actor = self.seat.actor
        owners = {one.id: one.name for one in self.organisations}
        writing = {
            one.id: one.organisation
            for one in self.people.values()
            if one.role in WRITING and not one.former and one.organisation in owners
        }
        of_owners = {id: organisation for id, organisation in writing.items() if organisation}
        return Candidates(owners, of_owners, actor.organisation or "", actor.person or "")

    def owners(self, goal: Goal) -> list[Organisation]:
        """The organisations of a goal in alphabetical order, then those that are no longer here."""
        return [one for one in (*self.organisations, *self.gone) if one.id in goal.organisations]

    def asked(self, goal: Goal, answer: str = Answer.ASKED) -> list[tuple[Asked, Organisation]]:
        """Those that others named as owners, in alphabetical order: who has not answered, or said no."""
        by_id = {one.organisation: one for one in goal.asked if one.answer == answer}
        return [(by_id[one.id], one) for one in self.organisations if one.id in by_id]

    def not_owning(self, goal: Goal) -> list[tuple[str, str]]:
        """(id, name) of those that this person can propose it to: who neither owns it nor is asked."""
        named = {*goal.organisations, *(one.organisation for one in goal.proposed)}
        if self.nobodys(goal) and len(self.organisations) > 1:
            named.add(self.seat.actor.organisation or "")
        return [(one.id, one.name) for one in self.organisations if one.id not in named]

    def nobodys(self, goal: Goal) -> bool:
        """Whether all who owned the goal have gone."""
        return is_nobodys(goal, [one.id for one in self.organisations])

    def may_withdraw(self, goal: Goal, asked: Asked) -> bool:
        """Whether this person's organisation can take back that another was asked, if it may propose."""
        here = [one.id for one in self.organisations]
        return may_withdraw(goal, asked, self.seat.actor.organisation, here)

    def owned_by(self, goal: Goal) -> str:
        """'Northfield Trust, proposed to Vale Hospice': whose a goal is, in a line."""
        names = [one.name for one in self.owners(goal)]
        return ", ".join([*names, *proposed_to([one.name for _, one in self.asked(goal)])])

    def able_to_tend(self, organisations: Collection[str]) -> list[str]:
        """The ids of those who can look after a goal of these, by organisation and name."""
        held = self.candidates().people
        people = [self.people[id] for id, organisation in held.items() if organisation in organisations]
        people.sort(key=lambda one: one.organisation_name.casefold())  # they come by name already
        return [one.id for one in people]


async def load_people(tx: Tx, seat: Seat) -> SpacePeople:
    """Everybody who takes part in the space or did, so that what they wrote keeps its author."""
    known = await space_people.load_space_people(tx, seat)
    return SpacePeople(known.organisations, known.people, seat, known.gone)
