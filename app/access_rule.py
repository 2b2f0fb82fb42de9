"""The words that the table of actions is written in: roles, hats, states, things, refusals, rules. Pure."""

from enum import StrEnum

from msgspec import Struct


class Role(StrEnum):
    """A person's role in a space or, outside of spaces, on this server."""

    STRANGER = "stranger"  # signed out
    PERSON = "person"  # signed in, but not of this space
    WAITING = "waiting"  # a guest in the waiting room
    GUEST = "guest"
    OBSERVER = "observer"
    MEMBER = "member"
    STEWARD = "steward"
    FORMER = "former"  # was removed or has left
    JOB = "job"  # no person: a job of this server
    SCREEN = "screen"  # no person: a projector, by the link of one board; reads what an observer reads


class Hat(StrEnum):
    """What somebody is to the workshop that runs on a board, beside their role in the space."""

    NONE = "none"
    FACILITATOR = "facilitator"


class State(StrEnum):
    OPEN = "open"
    ARCHIVED = "archived"


class Actor(Struct, frozen=True):
    """Who asks: a person in a role, for an organisation of the space. Who is `paused` reads on."""

    role: Role
    person: str | None = None
    organisation: str | None = None
    paused: bool = False


class Thing(Struct, frozen=True):
    """What an action is done to. `owner` and `organisation` matter to actions for one's own things only.

    `locked` and `members_set_up` matter to what changes the set-up of a board: whether that is locked, and
    whether members may set it up as well as stewards. `facilitates` is whether the actor wears the hat of the
    workshop that runs there, `tools` the ops that its phase gives to all others; None where none runs.
    """

    state: State = State.OPEN
    owner: str | None = None
    organisation: str | None = None
    locked: bool = False
    members_set_up: bool = True
    facilitates: bool = False
    tools: frozenset[str] | None = None


class SetsUp(StrEnum):
    """Whether an action is for those alone who may set up a board."""

    NEVER = "never"
    ONCE_LOCKED = "once_locked"
    ALWAYS = "always"


class Code(StrEnum):
    """Why not: the stable word that goes with every refusal. Boards give only those of `OP_CODES`."""

    INVALID = "invalid"
    CONFLICT = "conflict"  # somebody else changed it meanwhile
    DUPLICATE = "duplicate"  # it exists already
    NOT_FOUND = "not_found"
    NOT_ALLOWED = "not_allowed"
    TOO_LONG = "too_long"
    FULL = "full"
    LOCKED = "locked"
    UNAVAILABLE = "unavailable"
    SOMEBODY_ELSE = "somebody_else"  # the page was made for another person than is signed in now


# What a board answers to an op, over its socket and over HTTP. Programs rely on these; the other codes
# are for pages.
OP_CODES = frozenset(Code) - {Code.CONFLICT, Code.DUPLICATE, Code.SOMEBODY_ELSE}


class Refused(Exception):  # a refusal is an ordinary answer, not an error
    """The only exception that a rule raises. `say` is a sentence, shown to the person as it is."""

    def __init__(self, code: Code, say: str) -> None:
        super().__init__(say)
        self.code, self.say = code, say


class Rule(Struct, frozen=True):
    """Which roles may, in which states, whether only with what is one's own, and how a refusal says it.

    It says "Only stewards can {can}.", or to those who have the role "Only {owner} can {owner_can}." instead.
    """

    roles: frozenset[Role]
    states: frozenset[State] = frozenset({State.OPEN})
    own: bool = False  # only for the owner of the thing
    own_organisation: bool = False  # only for things of one's own organisation
    scope: str = "space"  # server, space or board: where the role is held
    way: str = "page"  # page, op or job: how it is reached
    can: str = "do this"
    owner: str = ""
    owner_can: str = ""
    sets_up: SetsUp = SetsUp.NEVER
    hat: Hat = Hat.NONE  # only for those who wear it


ANYONE = frozenset(Role) - {Role.JOB, Role.SCREEN}
SIGNED_IN = ANYONE - {Role.STRANGER}
READERS = frozenset({Role.GUEST, Role.OBSERVER, Role.MEMBER, Role.STEWARD})
VIEWERS = READERS | {Role.SCREEN}
WRITERS = READERS - {Role.OBSERVER}
OF_OWNERS = READERS - {Role.GUEST}  # who is there for an organisation that owns the space
MEMBERS = frozenset({Role.MEMBER, Role.STEWARD})
STEWARDS = frozenset({Role.STEWARD})
JOBS = frozenset({Role.JOB})
SCREENS = frozenset({Role.SCREEN})
ALWAYS, OPEN = frozenset(State), frozenset({State.OPEN})
