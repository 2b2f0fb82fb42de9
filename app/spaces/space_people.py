"""The people and organisations of a space by id, with the names that pages show."""

from collections.abc import Mapping

from msgspec import Struct

from app.access import Role
from app.db import Tx
from app.spaces import seats
from app.spaces.actions import owners_and_gone
from app.spaces.rules import former_of
from app.spaces.space import Organisation, Participant, Seat

WRITING = (Role.MEMBER, Role.STEWARD)
GONE = "Somebody who has left"


class SpacePeople(Struct, frozen=True):
    """The organisations that own a space, its people by id, and the seat of the person who asks.

    `people` come by name; `gone` are the organisations that owned it before.
    """

    organisations: list[Organisation]
    people: Mapping[str, Participant]
    seat: Seat
    gone: list[Organisation] = []

    def name(self, person_id: str | None) -> str:
        """The name alone; GONE for somebody unknown."""
        person = self.people.get(person_id or "")
        return person.name if person else GONE

    def full_name(self, person_id: str | None) -> str:
        """'Ana Okafor, Northfield Trust'; GONE for somebody unknown."""
        person = self.people.get(person_id or "")
        return person.full_name if person else GONE

    def signed(self, person_id: str, organisation_id: str | None) -> str:
        """Their name with the organisation for which they signed, wherever they went since."""
        person, then = self.people.get(person_id), self.organisation(organisation_id)
        if person is None or then is None or person.organisation == then.id:
            return self.full_name(person_id)
        return former_of(then.name) if person.erased else f"{person.name}, {then.name}"

    def has_left(self, person_id: str) -> bool:
        """Whether somebody cannot act here any more."""
        person = self.people.get(person_id)
        return person is None or person.former

    def organisation(self, organisation_id: str | None) -> Organisation | None:
        """One that owns the space or did; the name of one that is gone is marked."""
        known = (*self.organisations, *self.gone)
        return next((one for one in known if one.id == organisation_id), None)

    def writers(self) -> list[Participant]:
        """Members and stewards who take part now, by organisation and name."""
        found: dict[str, list[Participant]] = {}
        for one in self.people.values():  # they come by name already
            if one.role in WRITING and not one.former:
                found.setdefault(one.organisation_name, []).append(one)
        return [one for name in sorted(found, key=str.casefold) for one in found[name]]


async def load_space_people(tx: Tx, seat: Seat) -> SpacePeople:
    """Everybody who takes part in the space or did, so that what they wrote keeps its author."""
    people = await seats.people_by_id(tx, seat.space.id)
    owners, gone = await owners_and_gone(tx, seat.space.id)
    return SpacePeople(owners, people, seat, gone)
