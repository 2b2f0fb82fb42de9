"""What a space is: the values that pages, boards and rules pass around."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from app.access import Actor, Role, State

NO_COLOUR = 0  # of guests: a colour would show them as people of an organisation
SCOPE = (
    "This group may decide how its shared tests run, recommend changes of practice, and discuss anything. "
    "Each organisation commits only itself."
)
AGREEMENT = """We come as people first. Job titles stay at the door.
Everyone gets a turn, and anyone may pass.
We ask before we answer.
What is said here may be used outside. Who said it may not, unless they agree.
Nobody gives work to another person or organisation. We ask, and they answer.
We say it when something does not feel right, and thank whoever does."""


class Space(Struct, frozen=True):
    """`epoch` rises with every change, `content` with those that alter only what pages show.

    So `rights` rises with every change of what anyone of the space may do. A version that knows no `content`
    raises `rights` with all changes, which costs a look and hides nothing. `rehearses` is the space that this
    is a copy of, where a workshop is tried with pretend people.
    """

    id: str
    name: str
    purpose: str
    scope: str
    agreement: str
    state: State
    epoch: int
    content: int = 0
    rehearses: str | None = None

    @property
    def rights(self) -> int:
        """The epoch of rights."""
        return self.epoch - self.content


class SpaceDraft(Struct, frozen=True):
    """What stewards write about their space."""

    name: str
    purpose: str
    scope: str = SCOPE
    agreement: str = AGREEMENT


class MySpace(Struct, frozen=True):
    """One of a person's spaces, as the front page lists it; `waiting` until a steward admits them."""

    id: str
    name: str
    purpose: str
    state: State
    role: Role
    organisation: str
    waiting: bool


class Standing(StrEnum):
    """How far an organisation has come towards owning the space."""

    PROPOSED = "proposed"
    JOINED = "joined"
    WITHDRAWN = "withdrawn"
    LEFT = "left"  # it owned the space, and left it with all its people
    TURNED_OUT = "turned_out"  # the same, and all others decided it


ENDED = (Standing.LEFT, Standing.TURNED_OUT)


def marked(name: str, standing: str | None) -> str:
    """The name of an organisation as all pages and files show it: what its people wrote stays, with a mark.

    The home of the space and its log say how it went.
    """
    return f"{name} (no longer here)" if standing in ENDED else name


class Organisation(Struct, frozen=True):
    """An organisation and its seat. `colour` is 1 to 12; `stewards` and `people` are 0 where not counted.

    The name of one that is no longer here is marked.
    """

    id: str
    name: str
    colour: int
    standing: Standing
    stewards: int = 0
    people: int = 0


class Membership(StrEnum):
    WAITING = "waiting"
    ACTIVE = "active"
    FORMER = "former"
    DECLINED = "declined"  # asked to join, and was not admitted


class Member(Struct, frozen=True):
    """One person's place in one space.

    Guests have no `organisation`: `organisation_name` is what they typed, or the name of the organisation
    whose people confirmed them. `confirmed_by` is the person who did.
    """

    space_id: str
    person_id: str
    role: Role
    membership: Membership
    organisation: str | None
    organisation_name: str
    colour: int
    brings: str
    joined_at: datetime
    expires_at: datetime | None = None
    removed: bool = False
    erased: bool = False
    left_at: datetime | None = None  # for one who waits again: when they left before
    moved: bool = False  # they had this place for another organisation, or for none, before
    guest_since: datetime | None = None  # when they last began to be a guest, if they had a place before
    confirmed_for: str | None = None
    confirmed_by: str | None = None
    code: str | None = None  # by which a guest joined
    paused_until: datetime | None = None  # until then they read and do not write

    @property
    def returns(self) -> bool:
        """Whether they wait to join again after they took part: what they wrote is still theirs."""
        return self.membership is Membership.WAITING and self.left_at is not None


NEVER = (0.0, 0.0)


class Participant(Struct, frozen=True):
    """A person as others of the space see them: now, or as the author of what they wrote.

    `confirmed_by` is the name of who confirmed that a guest comes from the organisation they typed.
    """

    id: str
    name: str
    organisation: str | None
    organisation_name: str
    colour: int
    role: Role
    former: bool
    brings: str = ""
    confirmed_by: str = ""
    confirmed_for: str | None = None
    paused: bool = False  # they read, and do not write for now
    was_paused: bool = False  # a guest is paused only once
    guest_time: tuple[float, float] = NEVER  # from when until when they were last a guest
    erased: bool = False  # their name is words of ours, with their organisation in them

    @property
    def label(self) -> str:
        """What stands beside their name; see `label`."""
        return label(self.role, self.organisation_name, self.confirmed_by)

    def was_guest(self, at: float) -> bool:
        """Whether they were a guest then, whatever they are by now."""
        return self.guest_time[0] <= at < self.guest_time[1]

    @property
    def was_member(self) -> bool:
        """Whether they are or were here for an organisation."""
        return self.role is not Role.GUEST or self.guest_time[0] > 0.0

    @property
    def full_name(self) -> str:
        """'Ana Okafor, Northfield Trust', 'Dee, Guest, says: Vale Hospice'."""
        return f"{self.name}, {self.label}" if self.label and not self.erased else self.name


def label(role: Role, organisation: str, confirmed_by: str = "") -> str:
    """The organisation of a person in words; of a guest what they say, since nobody has checked it.

    Empty for a guest who was erased: what they said of themselves is gone.
    """
    if role is not Role.GUEST or not organisation:
        return organisation
    if confirmed_by:
        return f"Guest of {organisation}, confirmed by {confirmed_by}"
    return f"Guest, says: {organisation}"


class Seat(Struct, frozen=True):
    """A person's right to a space: who, in which role, for which organisation.

    It holds for the sign-in `login`, and at most `until` then.
    """

    actor: Actor
    name: str
    organisation_name: str
    colour: int
    space: Space
    login: str
    until: datetime
    confirmed_by: str = ""

    @property
    def label(self) -> str:
        """What others see beside the name of the person."""
        return label(self.actor.role, self.organisation_name, self.confirmed_by)


class JoinCode(Struct, frozen=True):
    """A code by which guests join. `max_uses` None is without limit."""

    id: str
    space_id: str
    code: str
    expires_at: datetime
    max_uses: int | None
    used: int
    waiting_room: bool
    paused_until: datetime | None = None
    paused_by: str | None = None


class InvitationKind(StrEnum):
    PERSON = "person"  # to take part for an organisation of the space
    ORGANISATION = "organisation"  # to bring an organisation in, as its first steward


class Invitation(Struct, frozen=True):
    """An invitation for one person. Of its token only a hash is stored."""

    id: str
    space_id: str
    organisation: str
    organisation_name: str
    role: Role
    email: str
    kind: InvitationKind
    invited_by: str
    expires_at: datetime
