"""What may be written about spaces, and what a space never allows: pure checks."""

import unicodedata
from collections.abc import Collection, Mapping
from zlib import crc32

from msgspec import Struct

from app.access import Code, Refused, Role
from app.people.rules import check_name, check_password, tidy_name
from app.spaces.space import SpaceDraft

COLOURS = 12
MAX_NAME, MAX_PURPOSE, MAX_SCOPE, MAX_AGREEMENT, MAX_BRINGS = 120, 300, 500, 4000, 500
ROLES = (Role.MEMBER, Role.STEWARD, Role.OBSERVER)  # what invitations give; guests come by code
# Marks that turn the reading direction could make one name look like another.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")

Errors = dict[str, str]


class Newcomer(Struct, frozen=True):
    """Somebody invited who makes an account; the address is the invitation's."""

    name: str
    password: str


class GuestForm(Struct, frozen=True):
    """What a guest tells at the door."""

    name: str
    organisation: str
    brings: str = ""


def line(text: str) -> str:
    """One line without control signs; line breaks and tabs become spaces."""
    joined = " ".join(text.split())
    return " ".join("".join(s for s in joined if s not in TURNING and _plain(s)).split())


def lines(text: str) -> str:
    """Several lines; no sign that a database or a page could stumble over."""
    flat = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(s for s in flat if s == "\n" or _plain(s)).strip()


def _plain(sign: str) -> bool:
    return unicodedata.category(sign) not in ("Cc", "Cs")


def same(one: str, other: str) -> bool:
    """Whether two names of organisations are meant to be one."""
    return line(one).casefold() == line(other).casefold()


def check(value: str, limit: int, missing: str) -> str | None:
    """What is wrong with a field that must be filled, or None."""
    if not value:
        return missing
    return too_long(value, limit)


def too_long(value: str, limit: int) -> str | None:
    return (
        f"This can be at most {limit} characters long; it has {len(value)}." if len(value) > limit else None
    )


def read_draft(form: Mapping[str, str]) -> tuple[SpaceDraft, Errors]:
    """The words about a space, and what is wrong with them by field."""
    draft = SpaceDraft(
        line(form.get("name", "")),
        line(form.get("purpose", "")),
        line(form.get("scope", "")),
        lines(form.get("agreement", "")),
    )
    found = {
        "name": check(draft.name, MAX_NAME, "Give the space a name."),
        "purpose": check(draft.purpose, MAX_PURPOSE, "Say in one line what this group is for."),
        "scope": check(draft.scope, MAX_SCOPE, "Say what this group may decide, recommend, or only discuss."),
        "agreement": check(draft.agreement, MAX_AGREEMENT, "Say how you want to work together."),
    }
    return draft, only(found)


def read_guest_form(form: Mapping[str, str], *, known_name: str | None) -> tuple[GuestForm, Errors]:
    """What somebody says at the door; a signed-in person's name is known already."""
    name = known_name or tidy_name(form.get("name", ""))
    knock = GuestForm(name, line(form.get("organisation", "")), lines(form.get("brings", "")))
    found = {
        "name": check_name(knock.name),
        "organisation": check(knock.organisation, MAX_NAME, "Say which organisation you come from."),
        "brings": too_long(knock.brings, MAX_BRINGS),
    }
    return knock, only(found)


def read_newcomer(form: Mapping[str, str]) -> tuple[Newcomer, Errors]:
    """The account that somebody invited makes."""
    newcomer = Newcomer(tidy_name(form.get("name", "")), form.get("password", ""))
    found = {
        "name": check_name(newcomer.name),
        "password": check_password(newcomer.password),
    }
    return newcomer, only(found)


def only(found: Mapping[str, str | None]) -> Errors:
    """The fields that have something wrong with them."""
    return {name: sentence for name, sentence in found.items() if sentence}


def free_colour(taken: Collection[int]) -> int:
    """The first colour no other organisation has; with more than twelve they come round again."""
    free = [colour for colour in range(1, COLOURS + 1) if colour not in taken]
    return free[0] if free else len(taken) % COLOURS + 1


def guest_colour(organisation: str, taken: Collection[int]) -> int:
    """A colour for an organisation that a guest typed: always the same, and no owner's where one is free."""
    free = [colour for colour in range(1, COLOURS + 1) if colour not in taken] or list(range(1, COLOURS + 1))
    return free[crc32(line(organisation).casefold().encode()) % len(free)]


def keep_a_steward(organisation: str, role: Role, other_stewards: int) -> None:
    """An organisation is never left without somebody who speaks for it."""
    if role is Role.STEWARD and other_stewards == 0:
        raise Refused(Code.LOCKED, f"You are the last steward of {organisation}. Name another steward first.")


def give_role(role: str) -> Role:
    """The role of that name, where stewards may give it."""
    if role not in ROLES:
        raise Refused(Code.INVALID, "Choose member, steward or observer.")
    return Role(role)
