"""Who may do what, in what state: every action of the product in one table. What is not here is denied."""

from app.access_rule import (
    ALWAYS,
    ANYONE,
    JOBS,
    MEMBERS,
    OF_OWNERS,
    OP_CODES,
    OPEN,
    READERS,
    SCREENS,
    SIGNED_IN,
    STEWARDS,
    VIEWERS,
    WRITERS,
    Actor,
    Code,
    Hat,
    Refused,
    Role,
    Rule,
    SetsUp,
    State,
    Thing,
)

__all__ = [
    "ACTIONS",
    "NOT_ALLOWED",
    "NOT_FOUND",
    "OP_CODES",
    "READERS",
    "VIEWERS",
    "WRITERS",
    "Actor",
    "Code",
    "Hat",
    "Refused",
    "Role",
    "Rule",
    "SetsUp",
    "State",
    "Thing",
    "allowed",
    "decide",
]

ROLE_NAMES = {
    ANYONE: "people",
    SIGNED_IN: "people who are signed in",
    READERS: "people of this space",
    VIEWERS: "people of this space",
    READERS | {Role.WAITING}: "people of this space",
    WRITERS: "guests, members and stewards",
    OF_OWNERS: "observers, members and stewards",
    MEMBERS: "members and stewards",
    STEWARDS: "stewards",
    JOBS: "this server itself",
    SCREENS: "projectors",
}
FACILITATORS = "facilitators of this workshop"
SAME_ORGANISATION = "stewards of the same organisation"
GOAL_OWNERS = "people of an organisation that owns this goal"
TEAM = "the people who lead this workshop"
TENDER = "the person who looks after this goal"
IMPORTER = "the person who imported this file"
WRITER = "the person who wrote this comment"
KEEPER = "the person who keeps this true"
SIGNER = "the person who signed this line"
ASKED = "the person who was asked"


def _server(roles: frozenset[Role]) -> Rule:
    return Rule(roles, ALWAYS, scope="server")


def _page(roles: frozenset[Role], can: str, states: frozenset[State] = OPEN) -> Rule:
    return Rule(roles, states, can=can)


def _stewards_own(can: str) -> Rule:
    return Rule(STEWARDS, own_organisation=True, can=can, owner=SAME_ORGANISATION, owner_can=can)


def _goal_owners(can: str, owner_can: str) -> Rule:
    return Rule(MEMBERS, own_organisation=True, can=can, owner=GOAL_OWNERS, owner_can=owner_can)


def _person(owner: str, can: str, owner_can: str, states: frozenset[State] = OPEN) -> Rule:
    return Rule(MEMBERS, states, own=True, can=can, owner=owner, owner_can=owner_can)


def _board(roles: frozenset[Role], can: str, states: frozenset[State] = OPEN) -> Rule:
    return Rule(roles, states, scope="board", can=can)


def _op(can: str, owner: str = "", owner_can: str = "") -> Rule:
    return Rule(WRITERS, own=bool(owner), scope="board", way="op", can=can, owner=owner, owner_can=owner_can)


def _section(can: str) -> Rule:
    return Rule(WRITERS, scope="board", way="op", can=can, sets_up=SetsUp.ONCE_LOCKED)


def _lead(can: str) -> Rule:
    return Rule(WRITERS, scope="board", way="op", can=can, hat=Hat.FACILITATOR)


ACTIONS: dict[str, Rule] = {
    # this server
    "server.show": _server(ANYONE),  # front page, help, privacy, accessibility, static files, healthz, schema
    "server.outbox": _server(ANYONE),  # further bound to loopback where it is served
    "person.enter": _server(ANYONE),  # sign in, sign up, e-mailed links, password resets
    "person.leave": _server(ANYONE),  # sign out
    "person.self": _server(SIGNED_IN),  # my page, my devices, my data, erase me, claim
    "space.create": _server(SIGNED_IN),
    "space.join": _server(ANYONE),  # by code: the code is the key
    "space.return": _server(ANYONE),  # as a guest: the token in the browser's cookie is the key
    "space.accept": _server(ANYONE),  # by invitation: the token is the key
    # a space
    "space.show": _page(READERS, "see this space", ALWAYS),
    "space.people": _page(READERS, "see its people", ALWAYS),
    "space.log": _page(
        OF_OWNERS, "see the log", ALWAYS
    ),  # what stewards did; resets only those whom they concern
    "space.code": _page(MEMBERS, "see the join code"),  # guests and observers do not bring others in
    "space.describe": _page(STEWARDS, "edit the space"),
    "space.codes": _page(STEWARDS, "manage join codes"),  # make, renew, withdraw codes; the waiting room
    "space.admit": _page(STEWARDS, "let guests in"),
    "space.invite": _stewards_own("invite people"),
    "space.remove_person": _stewards_own("remove people"),
    "space.remove_guest": _page(STEWARDS, "remove guests"),  # of any organisation: guests came to all
    # a label and no right: anybody of the organisation that the guest named may say that they are theirs
    "space.confirm_guest": Rule(
        MEMBERS,
        own_organisation=True,
        can="confirm where guests come from",
        owner="people of the organisation that a guest named",
        owner_can="confirm it",
    ),
    "space.reset_link": _stewards_own("create a link for a new password"),
    "space.change_role": _stewards_own("change roles"),
    "space.propose_organisation": _page(STEWARDS, "propose organisations"),
    "space.leave": _page(READERS | {Role.WAITING}, "leave it", ALWAYS),
    "space.waiting": _page(OF_OWNERS, "see what waits for another organisation", ALWAYS),
    "space.decide": _page(STEWARDS, "decide for their organisation"),  # yes, no, and withdrawing
    "space.turn_out": _page(STEWARDS, "propose this of another organisation"),  # pausing what it writes too
    "space.pause": _page(STEWARDS, "pause codes and guests"),  # for a day, once; and lift it
    "space.end_organisation": _page(STEWARDS, "let their organisation leave", ALWAYS),
    "space.archive": _page(STEWARDS, "archive the space"),
    "space.restore": _page(STEWARDS, "restore the space", ALWAYS),
    "space.create_board": _page(MEMBERS, "create boards"),
    "space.import_board": _page(MEMBERS, "import boards"),
    # goals, measures and reports of a space
    "goal.show": _page(READERS, "see goals", ALWAYS),
    "goal.create": _page(MEMBERS, "create goals"),
    # say yes or no for their organisation where others named it as an owner; stop owning a goal
    "goal.own": _page(STEWARDS, "say whether their organisation owns a goal"),
    "goal.card": _page(MEMBERS, "choose the goal of a card"),  # an outcome card of a board
    "goal.change": _goal_owners("edit goals", "edit it"),  # of an organisation that owns the goal
    # to another organisation; where none that owns it is here any more, people of any may
    "goal.propose": _goal_owners("propose goals", "propose it to others"),
    # approve, rebase, set targets, let go: its tender alone
    "goal.tend": _person(TENDER, "look after goals", "decide this"),
    "goal.hand_on": _goal_owners("hand goals over", "hand it over"),  # to somebody of an owner
    "measure.enter": _goal_owners("enter numbers", "enter numbers"),  # numbers of one's own organisation
    "measure.import": _page(MEMBERS, "import numbers"),
    "measure.undo_import": _person(IMPORTER, "undo imports", "undo the import"),
    "measure.read_as": _page(STEWARDS, "choose how charts are read"),  # in the whole space
    "report.show": _page(READERS, "see reports", ALWAYS),
    "report.issue": _person(TENDER, "issue reports", "issue its report"),
    "report.share": _person(TENDER, "share reports", "share its report"),
    # a reader's link: what is archived is still read by it
    "report.close": _person(TENDER, "withdraw links to reports", "withdraw links to its report", ALWAYS),
    "report.plan": _person(TENDER, "schedule reports", "schedule its report"),  # when, and to whom by mail
    "report.read": _server(ANYONE),  # by a reader's link: its token is the key
    "report.stop": _server(ANYONE),  # get no more of it, by the link in each mail: its signature is the key
    # records of a space
    "record.show": _page(READERS, "see records", ALWAYS),
    "record.keep": _page(MEMBERS, "keep records"),  # make them, mend their title and what all share
    "record.sign": _person(SIGNER, "sign lines of records", "change it"),
    # its state, its day and its end; where nobody keeps it true anybody's
    "record.tend": _person(KEEPER, "keep records true", "decide this"),
    "record.answer": _person(ASKED, "keep records true", "answer"),
    # workshops as a space plans them, with their run-sheets
    "workshop.show": _page(READERS, "see workshops", ALWAYS),
    "workshop.plan": _page(MEMBERS, "plan workshops"),
    "workshop.correct": _page(READERS, "ask for corrections"),  # of minutes: whoever took part
    "workshop.prepare": _person(TEAM, "prepare workshops", "change it"),  # by those who lead it
    # a board
    "board.show": _board(VIEWERS, "see boards", ALWAYS),
    "board.follow": _board(VIEWERS, "follow boards", ALWAYS),
    "board.export": _board(MEMBERS, "download boards", ALWAYS),
    "board.rename": _board(MEMBERS, "rename boards"),
    "board.duplicate": _board(MEMBERS, "duplicate boards", ALWAYS),
    "board.set_up": Rule(MEMBERS, scope="board", can="lock how boards are set up", sets_up=SetsUp.ALWAYS),
    "board.who_sets_up": _board(STEWARDS, "say whether members set up a board"),
    "board.archive": _board(MEMBERS, "archive boards"),
    "board.restore": _board(MEMBERS, "restore boards", ALWAYS),
    # the one door: which op may be done is decided per op, below
    "board.act": _board(READERS, "use boards", ALWAYS),
    "board.cast": _board(WRITERS, "vote"),  # dots, and one's own of them
    "workshop.begin": _board(MEMBERS, "begin workshops"),
    "workshop.lead": Rule(WRITERS, ALWAYS, scope="board", can="see the console", hat=Hat.FACILITATOR),
    "workshop.say": _board(READERS, "send quiet words"),
    "workshop.arrive": _board(READERS, "say who is at their phone"),  # how many, and what would help them
    "screen.open": _server(ANYONE),  # a projector, by its link: the token is the key
    "screen.show": Rule(SCREENS, ALWAYS, scope="board", can="see the projector"),
    # items of a board
    "add_card": _op("add cards"),
    "edit_card": _op("edit cards"),
    "move_card": _op("move cards"),
    "resize_card": _op("resize cards"),
    "publish_card": _op("publish cards", "the person who wrote this card", "publish it"),
    "remove_card": _op("remove cards"),
    "restore_card": _op("restore cards"),
    "add_section": _section("add sections"),
    "edit_section": _section("edit sections"),
    "move_section": _section("move sections"),
    "remove_section": _section("remove sections"),
    "restore_section": _section("restore sections"),
    "lock_section": Rule(MEMBERS, scope="board", way="op", can="lock sections", sets_up=SetsUp.ALWAYS),
    "add_link": _op("add links"),
    "edit_link": _op("edit links"),
    "remove_link": _op("remove links"),
    "restore_link": _op("restore links"),
    "add_comment": _op("add comments"),
    "edit_comment": _op("edit comments", WRITER, "edit it"),
    "remove_comment": _op("remove comments", WRITER, "remove it"),
    "restore_comment": _op("restore comments", WRITER, "restore it"),
    "duplicate_card": _op("copy cards"),
    "batch": _op("make several changes at once"),  # each of them is decided as if it came alone
    "open_stage": Rule(MEMBERS, scope="board", way="op", can="begin workshops"),
    "open_phase": _lead("move on"),
    "reveal": _lead("reveal notes"),
    "close_vote": _lead("close votes"),
    "reopen_phase": _lead("go back"),
    "hold": _lead("choose what the workshop goes on with"),
    "set_clock": _lead("set the clock"),
    "offer_lead": _lead("offer the lead"),
    "take_lead": _lead("take the lead"),
    "take_part": _lead("choose whether they take part"),
    "give_up": _lead("stop facilitating"),
    "end": _lead("end the workshop"),
    "resume": _lead("go on with the workshop"),
    "set_screen": _lead("turn the pages of the projector"),
    "add_facilitator": _op("add facilitators"),  # facilitators, and stewards of the space
    "add_theme": _op("add themes"),
    "edit_theme": _op("rename themes"),
    "remove_theme": _op("remove themes"),
    "gather": _op("gather notes"),
    "merge_themes": _op("join themes"),
    "split": _op("take notes out of themes"),
    "undo": _op("undo what they did", "the person who did this", "undo it"),
    # of somebody, in one press: whatever members could each mend by hand
    "take_back": Rule(MEMBERS, scope="board", way="op", can="put back what others did"),
    "take_out": _op("take out words"),  # of a card: its author, facilitators, stewards
    "put_back": _op("put back words"),
    "agree_taken_out": _op("agree to destroy words"),
    # what no person does, on archived boards too: they say what is true
    "destroy_words": Rule(JOBS, ALWAYS, scope="board", way="job", can="destroy words"),
    "set_face": Rule(JOBS, ALWAYS, scope="board", way="job", can="say how a goal stands"),
}

# Who else knows that it is there: people in the waiting room see the space but none of its boards, a screen
# sees its board alone.
KNOWN_TO = {"space": frozenset({Role.WAITING}), "board": frozenset({Role.SCREEN})}

# What is new writing. Who is paused does none of it: they read, decide and leave as before.
WRITES = frozenset(name for name, rule in ACTIONS.items() if rule.way == "op") | {
    "board.cast",
    "board.duplicate",
    "board.rename",
    "board.set_up",
    "goal.card",
    "goal.change",
    "goal.create",
    "goal.propose",
    "measure.enter",
    "measure.import",
    "record.keep",
    "record.sign",
    "report.issue",
    "space.create_board",
    "space.import_board",
    "workshop.arrive",
    "workshop.begin",
    "workshop.correct",
    "workshop.plan",
    "workshop.prepare",
    "workshop.say",
}

NOT_FOUND = "That is not here, or not yours to see."
PAUSED = "What you write is paused for at most 24 hours. You can read on."
NOT_ALLOWED = "This cannot be done here."


def decide(actor: Actor, action: str, thing: Thing) -> Refused | None:
    """None when `actor` may do `action` to `thing`; else the refusal.

    Not found stands for things that do not exist and for those that the actor may not see: it must not show
    which of both it is.
    """
    rule = ACTIONS.get(action)
    if rule is None:
        return Refused(Code.NOT_ALLOWED, NOT_ALLOWED)
    if rule.scope != "server" and actor.role not in READERS | KNOWN_TO[rule.scope] | rule.roles:
        return Refused(Code.NOT_FOUND, NOT_FOUND)
    if actor.role not in rule.roles:
        return _only(ROLE_NAMES[rule.roles], rule.can)
    # The hat and the phase are known to all who see the board: no answer from here tells of a hidden item.
    if rule.hat is Hat.FACILITATOR and not thing.facilitates:
        return _only(FACILITATORS, rule.can)
    for_now = _not_now(actor, action, rule, thing)
    if for_now:
        return Refused(Code.NOT_ALLOWED, for_now)
    keepers = MEMBERS if thing.members_set_up else STEWARDS
    if _is_for_keepers(rule, thing) and actor.role not in keepers:
        return _only(ROLE_NAMES[keepers], rule.can, "This is locked. " if thing.locked else "")
    if rule.own and (actor.person is None or thing.owner != actor.person):
        return _only(rule.owner, rule.owner_can)
    if rule.own_organisation and (actor.organisation is None or thing.organisation != actor.organisation):
        return _only(rule.owner, rule.owner_can)
    if thing.state not in rule.states:
        return Refused(Code.LOCKED, "This is archived. Restore it to change it.")
    return None


def _not_now(actor: Actor, action: str, rule: Rule, thing: Thing) -> str:
    """Why somebody cannot do for now what their role may; empty where they can."""
    if actor.paused and action in WRITES:
        return PAUSED
    if rule.way == "op" and not _is_in_phase(action, thing):
        return f"While the workshop runs, only its facilitators can {rule.can}."
    return ""


def _is_in_phase(action: str, thing: Thing) -> bool:
    """Whether the workshop on the board, if one runs, leaves this op to whoever asks."""
    return thing.tools is None or thing.facilitates or action in thing.tools


def _is_for_keepers(rule: Rule, thing: Thing) -> bool:
    return rule.sets_up is SetsUp.ALWAYS or (rule.sets_up is SetsUp.ONCE_LOCKED and thing.locked)


def _only(people: str, can: str, why: str = "") -> Refused:
    return Refused(Code.NOT_ALLOWED, f"{why}Only {people} can {can}.")


def allowed(actor: Actor, action: str, thing: Thing) -> bool:
    """Whether to offer a button. The action itself decides again when it is done."""
    return decide(actor, action, thing) is None
