"""What one entry of the log of a space is: an act, who did it, what it was about, before and after. Pure."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct

Values = dict[str, Any]


class Act(StrEnum):
    """Everything that is written down of a space."""

    CREATED = "created"
    WORDS = "words"
    ARCHIVED = "archived"
    RESTORED = "restored"
    CODE_MADE = "code_made"
    CODE_RENEWED = "code_renewed"
    CODE_WITHDRAWN = "code_withdrawn"
    ADMITTED = "admitted"
    DECLINED = "declined"
    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    JOINED = "joined"
    ROLE = "role"
    REMOVED = "removed"
    LEFT = "left"
    RESET = "reset"
    PROPOSED = "organisation_proposed"
    PROPOSAL_WITHDRAWN = "organisation_withdrawn"
    SET_UP = "who_sets_up"
    READ_AS = "read_as"
    OWNERS = "goal_owners"
    OWNER_PROPOSED = "goal_owner_proposed"
    OWNER_WITHDRAWN = "goal_owner_withdrawn"
    OWNER_ACCEPTED = "goal_owner_accepted"
    OWNER_DECLINED = "goal_owner_declined"
    OWNER_GAVE_UP = "goal_owner_gave_up"
    TENDER = "goal_tender"
    GOAL_STATE = "goal_state"
    GOAL_ARCHIVED = "goal_archived"
    GOAL_RESTORED = "goal_restored"
    ISSUED = "issued"
    LINK_MADE = "link_made"
    LINK_WITHDRAWN = "link_withdrawn"
    PLANNED = "report_planned"
    PLAN_ENDED = "report_plan_ended"
    WAITS = "waits"
    SECONDED = "seconded"
    OPPOSED = "opposed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    DAYS = "days"
    TURNED_OUT = "turned_out"
    ORGANISATION_LEFT = "organisation_left"
    PAUSED = "paused"
    LIFTED = "lifted"
    PUT_BACK = "put_back"
    PUT_BACK_UNDONE = "put_back_undone"


class Topic(StrEnum):
    """By what the log can be narrowed."""

    SPACE = "space"
    PEOPLE = "people"
    ORGANISATIONS = "organisations"
    WAYS_IN = "ways_in"
    OUTCOMES = "outcomes"
    TOGETHER = "together"


TOPICS: dict[Topic, tuple[Act, ...]] = {
    Topic.SPACE: (Act.CREATED, Act.WORDS, Act.ARCHIVED, Act.RESTORED, Act.SET_UP),
    Topic.PEOPLE: (
        Act.ADMITTED,
        Act.DECLINED,
        Act.CONFIRMED,
        Act.UNCONFIRMED,
        Act.JOINED,
        Act.ROLE,
        Act.REMOVED,
        Act.LEFT,
        Act.RESET,
        Act.PUT_BACK,
        Act.PUT_BACK_UNDONE,
    ),
    Topic.ORGANISATIONS: (
        Act.PROPOSED,
        Act.PROPOSAL_WITHDRAWN,
        Act.TURNED_OUT,
        Act.ORGANISATION_LEFT,
        Act.PAUSED,
        Act.LIFTED,
    ),
    Topic.WAYS_IN: (
        Act.CODE_MADE,
        Act.CODE_RENEWED,
        Act.CODE_WITHDRAWN,
        Act.INVITED,
        Act.INVITATION_WITHDRAWN,
    ),
    Topic.OUTCOMES: (
        Act.READ_AS,
        Act.OWNERS,
        Act.OWNER_PROPOSED,
        Act.OWNER_WITHDRAWN,
        Act.OWNER_ACCEPTED,
        Act.OWNER_DECLINED,
        Act.OWNER_GAVE_UP,
        Act.TENDER,
        Act.GOAL_STATE,
        Act.GOAL_ARCHIVED,
        Act.GOAL_RESTORED,
        Act.ISSUED,
        Act.LINK_MADE,
        Act.LINK_WITHDRAWN,
        Act.PLANNED,
        Act.PLAN_ENDED,
    ),
    Topic.TOGETHER: (Act.WAITS, Act.SECONDED, Act.OPPOSED, Act.WITHDRAWN, Act.LAPSED, Act.DAYS),
}
WORDS = ("name", "purpose", "scope", "agreement")  # of a space, in the order in which pages show them


class Noted(Struct, frozen=True):
    """An act as it is written down; `about` is a kind and an id, such as "person:...".

    `by` is the person and organisation whose act it is, where that is not who makes the change.
    """

    act: Act
    about: str = ""
    before: Values = {}
    after: Values = {}
    by: tuple[str | None, str | None] | None = None


class Entry(Struct, frozen=True):
    """One line of the log. `by` is None for what the server did by itself."""

    n: int
    at: datetime
    by: str | None
    organisation: str | None
    act: str
    about: str
    before: Values
    after: Values

    @property
    def has_words(self) -> bool:
        """Whether words of the space stood before it, that can be put back."""
        return self.act == Act.WORDS and bool(self.before)


def changed(before: Values, after: Values) -> tuple[Values, Values]:
    """Of two states what differs between them."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}
