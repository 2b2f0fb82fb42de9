"""What may be written about spaces, and what a space never allows: pure checks."""

from collections.abc import Collection, Mapping

from msgspec import Struct

from app.access import Code, Refused, Role
from app.characters import one_line, storable
from app.people.rules import check_name, check_password, tidy_name
from app.spaces.space import Participant, SpaceDraft

COLOURS = 12
MAX_NAME, MAX_PURPOSE, MAX_SCOPE, MAX_AGREEMENT, MAX_BRINGS = 120, 300, 500, 4000, 500
ROLES = (Role.MEMBER, Role.STEWARD, Role.OBSERVER)  # what invitations give; guests come by code

Errors = dict[str, str]


class Newcomer(Struct, frozen=True):
    """Somebody invited who makes an account; the address is the invitation's."""

    name: str
    password: str


class GuestForm(Struct, frozen=True):
    """What a guest writes in order to join."""

    name: str
    organisation: str
    brings: str = ""


def tidy_line(text: str) -> str:
    """One line without invisible characters, such as those that turn the direction of reading."""
    return one_line(text)


def tidy_text(text: str) -> str:
    """Several lines, without what cannot be stored."""
    return storable(text).strip()


def check_required(value: str, limit: int, missing: str) -> str | None:
    """What is wrong with a required field, or None. `missing` is the sentence for an empty one."""
    if not value:
        return missing
    return check_length(value, limit)


def check_length(value: str, limit: int) -> str | None:
    """A sentence when the text has more characters than `limit`, else None."""
    return (
        f"This can be at most {limit} characters long; it has {len(value)}." if len(value) > limit else None
    )


def read_draft(form: Mapping[str, str]) -> tuple[SpaceDraft, Errors]:
    """The words about a space, and what is wrong with them by field."""
    draft = SpaceDraft(
        tidy_line(form.get("name", "")),
        tidy_line(form.get("purpose", "")),
        tidy_line(form.get("scope", "")),
        tidy_text(form.get("agreement", "")),
    )
    found = {
        "name": check_required(draft.name, MAX_NAME, "Give the space a name."),
        "purpose": check_required(draft.purpose, MAX_PURPOSE, "Say in one line what this group is for."),
        "scope": check_required(
            draft.scope, MAX_SCOPE, "Say what this group may decide, recommend, or only discuss."
        ),
        "agreement": check_required(draft.agreement, MAX_AGREEMENT, "Say how you want to work together."),
    }
    return draft, only_wrong(found)


def read_guest_form(form: Mapping[str, str], *, known_name: str | None) -> tuple[GuestForm, Errors]:
    """The form of a guest, and what is wrong by field; the name of a signed-in person is known already."""
    name = known_name or tidy_name(form.get("name", ""))
    guest = GuestForm(name, tidy_line(form.get("organisation", "")), tidy_text(form.get("brings", "")))
    found = {
        "name": check_name(guest.name),
        "organisation": check_required(guest.organisation, MAX_NAME, "Say which organisation you come from."),
        "brings": check_length(guest.brings, MAX_BRINGS),
    }
    return guest, only_wrong(found)


def read_newcomer(form: Mapping[str, str]) -> tuple[Newcomer, Errors]:
    """The account that an invited person makes, and what is wrong by field."""
    newcomer = Newcomer(tidy_name(form.get("name", "")), form.get("password", ""))
    found = {
        "name": check_name(newcomer.name),
        "password": check_password(newcomer.password),
    }
    return newcomer, only_wrong(found)


def only_wrong(found: Mapping[str, str | None]) -> Errors:
    """Of sentences by field, those that are there."""
    return {name: sentence for name, sentence in found.items() if sentence}


def free_colour(taken: Collection[int]) -> int:
    """The first colour, 1 to 12, that no other organisation has; after twelve they are used again."""
    free = [colour for colour in range(1, COLOURS + 1) if colour not in taken]
    return free[0] if free else len(taken) % COLOURS + 1


def keep_a_steward(organisation: str, role: Role, other_stewards: int) -> None:
    """Raise Refused (locked) when its last steward would go: an organisation always has one."""
    if role is Role.STEWARD and other_stewards == 0:
        raise Refused(
            Code.LOCKED, f"You are the last steward of {organisation}. Make somebody else a steward first."
        )


def read_role(role: str) -> Role:
    """The role of that name. Raises Refused unless stewards may give it."""
    if role not in ROLES:
        raise Refused(Code.INVALID, "Choose member, steward or observer.")
    return Role(role)


def only_says(one: Participant) -> bool:
    """Whether nobody but themselves says which organisation they come from."""
    return one.role is Role.GUEST and not one.confirmed_by


def counts_as(one: Participant) -> str:
    """The name of the organisation that they are counted with; "" where only they say so."""
    return "" if only_says(one) else one.organisation_name


def former_of(organisation: str) -> str:
    """What stands for the name of somebody who was erased and was there for an organisation."""
    return f"Former participant of {organisation}"
