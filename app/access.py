"""Who may do what, in what state: every action of the product in one table. What is not here is denied."""

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


class State(StrEnum):
    OPEN = "open"
    ARCHIVED = "archived"


class Actor(Struct, frozen=True):
    """Who asks: a person in a role, for an organisation of the space."""

    role: Role
    person: str | None = None
    organisation: str | None = None


class Thing(Struct, frozen=True):
    """What an action is done to. `owner` and `organisation` matter to actions for one's own things only."""

    state: State = State.OPEN
    owner: str | None = None
    organisation: str | None = None


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


# What a board answers to an op, over its socket and over HTTP. Programs rely on these; the other codes
# are for pages.
OP_CODES = frozenset(Code) - {Code.CONFLICT, Code.DUPLICATE}


class Refused(Exception):  # a refusal is an ordinary answer, not an error
    """The only exception that a rule raises. `say` is a sentence, shown to the person as it is."""

    def __init__(self, code: Code, say: str) -> None:
        super().__init__(say)
        self.code, self.say = code, say


class Rule(Struct, frozen=True):
    """Which roles may, in which states, and whether only with what is one's own."""

    roles: frozenset[Role]
    states: frozenset[State] = frozenset({State.OPEN})
    own: bool = False  # only for the owner of the thing
    own_organisation: bool = False  # only for things of one's own organisation
    scope: str = "space"  # server, space or board: where the role is held
    way: str = "page"  # page, op or job: how it is reached


ANYONE = frozenset(Role) - {Role.JOB}
SIGNED_IN = ANYONE - {Role.STRANGER}
READERS = frozenset({Role.GUEST, Role.OBSERVER, Role.MEMBER, Role.STEWARD})
WRITERS = READERS - {Role.OBSERVER}
MEMBERS = frozenset({Role.MEMBER, Role.STEWARD})
STEWARDS = frozenset({Role.STEWARD})
ALWAYS, OPEN = frozenset(State), frozenset({State.OPEN})


def _server(roles: frozenset[Role]) -> Rule:
    return Rule(roles, ALWAYS, scope="server")


def _page(roles: frozenset[Role], states: frozenset[State] = OPEN, *, own_organisation: bool = False) -> Rule:
    return Rule(roles, states, own_organisation=own_organisation)


def _board(roles: frozenset[Role], states: frozenset[State] = OPEN) -> Rule:
    return Rule(roles, states, scope="board")


def _op(*, own: bool = False) -> Rule:
    return Rule(WRITERS, own=own, scope="board", way="op")


ACTIONS: dict[str, Rule] = {
    # this server
    "server.show": _server(ANYONE),  # front page, help, privacy, accessibility, static files, healthz, schema
    "server.outbox": _server(ANYONE),  # further bound to loopback where it is served
    "person.enter": _server(ANYONE),  # sign in, sign up, e-mailed links, password resets
    "person.leave": _server(ANYONE),  # sign out
    "person.self": _server(SIGNED_IN),  # my page, my devices, my data, erase me, claim
    "space.create": _server(SIGNED_IN),
    "space.join": _server(ANYONE),  # by code: the code is the key
    "space.accept": _server(ANYONE),  # by invitation: the token is the key
    # a space
    "space.show": _page(READERS, ALWAYS),
    "space.people": _page(READERS, ALWAYS),
    "space.code": _page(MEMBERS),  # the join code itself: guests and observers do not bring others in
    "space.describe": _page(STEWARDS),
    "space.codes": _page(STEWARDS),  # make, renew, withdraw codes; the waiting room
    "space.admit": _page(STEWARDS),
    "space.invite": _page(STEWARDS, own_organisation=True),
    "space.remove_person": _page(STEWARDS, own_organisation=True),
    "space.remove_guest": _page(STEWARDS),  # guests came to all, so any steward may ask them to go
    "space.reset_link": _page(STEWARDS, own_organisation=True),
    "space.change_role": _page(STEWARDS, own_organisation=True),
    "space.propose_organisation": _page(STEWARDS),
    "space.leave": _page(READERS | {Role.WAITING}, ALWAYS),
    "space.archive": _page(STEWARDS),
    "space.restore": _page(STEWARDS, ALWAYS),
    "space.create_board": _page(MEMBERS),
    "space.import_board": _page(MEMBERS),
    # goals, measures and reports of a space
    "goal.show": _page(READERS, ALWAYS),
    "goal.create": _page(MEMBERS),
    "goal.card": _page(MEMBERS),  # say which goal an outcome card of a board stands for
    "goal.change": _page(MEMBERS, own_organisation=True),  # of an organisation that owns the goal
    "goal.tend": Rule(MEMBERS, own=True),  # approve, rebase, set targets, stop: only its tender
    "goal.hand_on": _page(MEMBERS, own_organisation=True),  # another tender, of an owning organisation
    "measure.enter": _page(MEMBERS, own_organisation=True),  # numbers of one's own organisation
    "measure.import": _page(MEMBERS),
    "measure.undo_import": Rule(MEMBERS, own=True),
    "measure.read_as": _page(STEWARDS),  # by which rules the charts of the space are read
    "report.show": _page(READERS, ALWAYS),
    "report.issue": Rule(MEMBERS, own=True),
    "report.share": Rule(MEMBERS, own=True),
    "report.close": Rule(MEMBERS, ALWAYS, own=True),  # a reader's link: what is archived is still read by it
    "report.plan": Rule(MEMBERS, own=True),  # when it is due, and who gets it by mail
    "report.read": _server(ANYONE),  # by a reader's link: its token is the key
    "report.stop": _server(ANYONE),  # get no more of it, by the link in each mail: its signature is the key
    # a board
    "board.show": _board(READERS, ALWAYS),
    "board.follow": _board(READERS, ALWAYS),
    "board.export": _board(MEMBERS, ALWAYS),
    "board.rename": _board(MEMBERS),
    "board.duplicate": _board(MEMBERS, ALWAYS),
    "board.archive": _board(MEMBERS),
    "board.restore": _board(MEMBERS, ALWAYS),
    "board.act": _board(READERS, ALWAYS),  # send an op; whether it may be done is decided for each op, below
    # items of a board
    "add_card": _op(),
    "edit_card": _op(),
    "move_card": _op(),
    "resize_card": _op(),
    "publish_card": _op(own=True),
    "remove_card": _op(),
    "restore_card": _op(),
    "add_section": _op(),
    "edit_section": _op(),
    "move_section": _op(),
    "remove_section": _op(),
    "restore_section": _op(),
    "add_link": _op(),
    "edit_link": _op(),
    "remove_link": _op(),
    "restore_link": _op(),
    "add_comment": _op(),
    "edit_comment": _op(own=True),
    "remove_comment": _op(own=True),
    "restore_comment": _op(own=True),
    "undo": _op(own=True),
    # done by jobs only, also on archived boards, so that they show what is true
    "set_face": Rule(frozenset({Role.JOB}), ALWAYS, scope="board", way="job"),
}

# People in the waiting room see the space, but none of its boards.
WAITING_ROOM = {"space": frozenset({Role.WAITING}), "board": frozenset()}

NOT_FOUND = "That is not here, or not yours to see."
NOT_ALLOWED = "That is not yours to do here."


def decide(actor: Actor, action: str, thing: Thing) -> Refused | None:
    """None when `actor` may do `action` to `thing`; else the refusal.

    Not found stands for things that do not exist and for those that the actor may not see: it must not show
    which of both it is.
    """
    rule = ACTIONS.get(action)
    if rule is None:
        return Refused(Code.NOT_ALLOWED, NOT_ALLOWED)
    if rule.scope != "server" and actor.role not in READERS | WAITING_ROOM[rule.scope] | rule.roles:
        return Refused(Code.NOT_FOUND, NOT_FOUND)
    if actor.role not in rule.roles:
        return Refused(Code.NOT_ALLOWED, NOT_ALLOWED)
    if rule.own and (actor.person is None or thing.owner != actor.person):
        return Refused(Code.NOT_ALLOWED, NOT_ALLOWED)
    if rule.own_organisation and (actor.organisation is None or thing.organisation != actor.organisation):
        return Refused(Code.NOT_ALLOWED, NOT_ALLOWED)
    if thing.state not in rule.states:
        return Refused(Code.LOCKED, "This is archived. Restore it to change it.")
    return None


def allowed(actor: Actor, action: str, thing: Thing) -> bool:
    """Whether to offer a button. The action itself decides again when it is done."""
    return decide(actor, action, thing) is None
