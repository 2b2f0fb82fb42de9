"""One table says who may do what in which state; what is not in it is denied."""

import re
from itertools import product
from pathlib import Path

import pytest
from msgspec import structs

from app.access import (
    ACTIONS,
    OP_CODES,
    READERS,
    WRITERS,
    Actor,
    Code,
    Hat,
    Role,
    Rule,
    State,
    Thing,
    allowed,
    decide,
)

SERVER = {name for name, rule in ACTIONS.items() if rule.scope == "server"}
SIGNED_OUT = {"person.self", "space.create"}  # of the server's, not for those who are signed out
EVERY_READER = {"space.show", "space.people", "space.leave", "board.show", "board.follow", "board.act"}
EVERY_READER |= {"goal.show", "report.show", "record.show", "workshop.say", "workshop.show"}
EVERY_READER |= {"workshop.correct", "workshop.arrive"}
OF_OWNERS = {"space.log", "space.waiting"}  # all readers but guests
MEMBERS = {"space.code", "space.create_board", "space.import_board", "board.export", "board.rename"}
MEMBERS |= {"board.duplicate", "board.archive", "board.restore", "board.set_up", "workshop.begin"}
MEMBERS |= {"space.confirm_guest"}
WORKSHOPS = {"workshop.plan", "workshop.prepare"}
MEMBERS |= WORKSHOPS
GOALS = {
    "goal.create",
    "goal.card",
    "goal.change",
    "goal.propose",
    "goal.tend",
    "goal.hand_on",
    "measure.enter",
    "measure.import",
}
GOALS |= {"measure.undo_import", "report.issue", "report.share", "report.close"}
GOALS |= {"report.plan"}
MEMBERS |= GOALS
RECORDS = {"record.keep", "record.sign", "record.tend", "record.answer"}
MEMBERS |= RECORDS
STEWARDS = {"space.describe", "space.codes", "space.admit", "space.invite", "space.remove_person"}
STEWARDS |= {
    "space.remove_guest",
    "space.reset_link",
    "space.change_role",
    "space.propose_organisation",
    "space.archive",
    "space.restore",
    "space.decide",
    "goal.own",
    "space.turn_out",
    "space.pause",
    "space.end_organisation",
    "measure.read_as",
    "board.who_sets_up",
}
OPS = {name for name, rule in ACTIONS.items() if rule.way == "op"}
# For those who facilitate the workshop of the board, whatever their role but that they write.
LED = {"open_phase", "reveal", "close_vote", "reopen_phase", "hold", "set_clock", "set_screen", "offer_lead"}
LED |= {"take_lead", "take_part", "give_up", "end", "resume", "workshop.lead"}
CASTS = {"board.cast"}  # all who write
FOR_MEMBERS = {"open_stage", "take_back"}  # ops that guests have not
SCREENS = {"screen.show"}  # of projectors alone
SET_UP = {"lock_section", "board.set_up"}  # for those who may set up a board, always
SECTIONS = {"add_section", "edit_section", "move_section", "remove_section", "restore_section"}
JOBS = {"set_face", "destroy_words"}  # of this server itself, and of nobody else
OWN = {"publish_card", "edit_comment", "remove_comment", "restore_comment", "undo"}
OWN_ORGANISATION = {"space.invite", "space.remove_person", "space.reset_link", "space.change_role"}
OWN_ORGANISATION |= {"space.confirm_guest"}
# by whose the thing is, alone
TENDED = {"goal.tend", "measure.undo_import", "report.issue", "report.share", "report.close", "report.plan"}
TENDED |= {"record.sign", "record.tend", "record.answer", "workshop.prepare"}
# by any member of an owning organisation
OWNED_TOGETHER = {"goal.change", "goal.propose", "goal.hand_on", "measure.enter"}
ARCHIVED_TOO = {
    "space.show",
    "space.log",
    "space.people",
    "space.leave",
    "space.restore",
    "board.show",
    "board.follow",
}
ARCHIVED_TOO |= {"space.waiting", "space.end_organisation"}
ARCHIVED_TOO |= {"goal.show", "report.show", "report.close", "record.show", "workshop.show"} | JOBS
ARCHIVED_TOO |= {"board.export", "board.duplicate", "board.restore", "board.act", "workshop.lead"} | SCREENS

# Said once more, by role, so that a slip in the table shows.
MAY: dict[Role, set[str]] = {
    Role.STRANGER: SERVER - SIGNED_OUT,
    Role.PERSON: SERVER,
    Role.FORMER: SERVER,
    Role.WAITING: SERVER | {"space.leave"},
    Role.OBSERVER: SERVER | EVERY_READER | OF_OWNERS,
    Role.GUEST: SERVER | EVERY_READER | CASTS | OPS - SET_UP - FOR_MEMBERS - LED,
    Role.MEMBER: SERVER | EVERY_READER | OF_OWNERS | CASTS | (OPS - LED) | MEMBERS,
    Role.STEWARD: SERVER | EVERY_READER | OF_OWNERS | CASTS | (OPS - LED) | MEMBERS | STEWARDS,
    Role.JOB: JOBS,
    Role.SCREEN: {"board.show", "board.follow"} | SCREENS,
}

ANA = {role: Actor(role, "ana", "north") for role in Role}
OWNED = Thing(State.OPEN, "ana", "north")


def code(actor: Actor, action: str, thing: Thing) -> Code | None:
    refusal = decide(actor, action, thing)
    assert allowed(actor, action, thing) is (refusal is None)
    return refusal.code if refusal else None


def sentence(role: Role, action: str) -> str:
    """What somebody in that role is told of what belongs to Ben of another organisation."""
    refusal = decide(ANA[role], action, Thing(State.OPEN, "ben", "south"))
    assert refusal is not None
    return refusal.say


def test_every_action_of_the_table_is_in_these_tests() -> None:
    placed = EVERY_READER | OF_OWNERS | MEMBERS | STEWARDS | OPS | JOBS | LED | CASTS | SCREENS
    assert set(ACTIONS) == SERVER | placed
    assert not SERVER & placed
    assert {name for name, rule in ACTIONS.items() if rule.hat is Hat.FACILITATOR} == LED


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_with_their_own_what_is_theirs_to_do_and_nothing_else(
    role: Role, action: str
) -> None:
    assert (code(ANA[role], action, OWNED) is None) is (action in MAY[role])


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", Role)
def test_what_is_archived_can_be_looked_at_left_and_brought_back(role: Role, action: str) -> None:
    refused = code(ANA[role], action, Thing(State.ARCHIVED, "ana", "north"))

    if action in MAY[role]:
        assert refused is (None if action in SERVER | ARCHIVED_TOO else Code.LOCKED)
    else:
        assert refused in (Code.NOT_FOUND, Code.NOT_ALLOWED)


@pytest.mark.parametrize(("action", "owner"), [*product(sorted(OPS), ["ben", None])])
def test_some_things_are_only_for_whose_they_are(action: str, owner: str | None) -> None:
    for role in WRITERS:
        refused = code(ANA[role], action, Thing(State.OPEN, owner, "north"))
        denied = action in OWN or action not in MAY[role]
        assert refused is (Code.NOT_ALLOWED if denied else None)


@pytest.mark.parametrize("action", sorted(OPS | SET_UP))
def test_once_locked_sections_are_for_those_who_may_set_up_the_board(action: str) -> None:
    for members, locked, role in product((True, False), (True, False), WRITERS):
        keepers = {Role.STEWARD, Role.MEMBER} if members else {Role.STEWARD}
        thing = Thing(State.OPEN, "ana", locked=locked, members_set_up=members)
        for_keepers = action in SET_UP or (locked and action in SECTIONS)

        given = action in MAY[role] | SET_UP and (role in keepers or not for_keepers)
        assert (code(ANA[role], action, thing) is None) is given


def test_a_refusal_for_a_lock_says_so_and_who_can() -> None:
    locked = Thing(locked=True, members_set_up=False)
    says = {role: str(decide(ANA[role], "move_section", locked)) for role in (Role.GUEST, Role.MEMBER)}

    assert set(says.values()) == {"This is locked. Only stewards can move sections."}
    assert str(decide(ANA[Role.GUEST], "lock_section", Thing())) == (
        "Only members and stewards can lock sections."
    )


@pytest.mark.parametrize(("action", "organisation"), [*product(sorted(STEWARDS), ["south", None])])
def test_a_steward_acts_for_their_own_organisation(action: str, organisation: str | None) -> None:
    refused = code(ANA[Role.STEWARD], action, Thing(State.OPEN, "ana", organisation))

    assert refused is (Code.NOT_ALLOWED if action in OWN_ORGANISATION else None)


@pytest.mark.parametrize("action", sorted(GOALS | RECORDS | WORKSHOPS))
@pytest.mark.parametrize("role", [Role.MEMBER, Role.STEWARD])
def test_goals_and_records_are_tended_by_one_person_and_goals_changed_by_those_who_own_them(
    role: Role, action: str
) -> None:
    of_another = code(ANA[role], action, Thing(State.OPEN, "ben", "north"))
    elsewhere = code(ANA[role], action, Thing(State.OPEN, "ana", "south"))

    assert of_another is (Code.NOT_ALLOWED if action in TENDED else None)
    assert elsewhere is (Code.NOT_ALLOWED if action in OWNED_TOGETHER else None)


FACILITATES = Thing(State.OPEN, "ana", "north", facilitates=True, tools=frozenset())


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", Role)
def test_a_facilitator_may_do_what_their_role_may_whatever_the_phase_gives_to_others(
    role: Role, action: str
) -> None:
    for state in State:
        refused = code(ANA[role], action, structs.replace(FACILITATES, state=state))
        if action in LED and role in WRITERS:
            is_open = state is State.OPEN or action in ARCHIVED_TOO
            assert refused is (None if is_open else Code.LOCKED)
        else:
            assert refused is code(ANA[role], action, structs.replace(OWNED, state=state))


@pytest.mark.parametrize("action", sorted(LED))
def test_what_facilitators_do_nobody_else_may_whatever_their_role_and_phase(action: str) -> None:
    for role, tools, state in product(Role, (None, frozenset[str](), frozenset({action})), State):
        refused = code(ANA[role], action, structs.replace(OWNED, tools=tools, state=state))
        of_board = READERS | {Role.SCREEN}
        assert refused is (Code.NOT_ALLOWED if role in of_board else Code.NOT_FOUND), (role, tools)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", Role)
def test_while_a_workshop_runs_others_have_the_ops_of_its_phase_and_no_op_more(
    role: Role, action: str
) -> None:
    for tools in (frozenset[str](), frozenset({action}), OPS - {action}):
        thing = structs.replace(OWNED, tools=tools)
        given = action in MAY[role] and (action not in OPS or action in tools)

        assert (code(ANA[role], action, thing) is None) is given


def test_a_refusal_for_a_phase_says_who_can_and_is_the_same_whosever_it_is() -> None:
    say = "While the workshop runs, only its facilitators can edit cards."
    for owner, locked, state in product(("ana", "ben", None), (True, False), State):
        thing = Thing(state, owner, locked=locked, members_set_up=False, tools=frozenset({"add_card"}))

        assert str(decide(ANA[Role.STEWARD], "edit_card", thing)) == say
        assert code(ANA[Role.PERSON], "edit_card", thing) is Code.NOT_FOUND
        assert str(decide(ANA[Role.OBSERVER], "edit_card", thing)) == (
            "Only guests, members and stewards can edit cards."
        )


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_who_is_paused_writes_nothing_and_reads_decides_and_leaves_as_before(action: str) -> None:
    """Said once more, so that a new action of writing is thought of."""
    stays = SERVER | EVERY_READER | OF_OWNERS | STEWARDS | ARCHIVED_TOO | LED & {"workshop.lead"}
    stays |= {"space.code", "space.confirm_guest", "goal.tend", "goal.hand_on", "board.archive"}
    stays |= {"record.tend", "record.answer", "measure.undo_import"}
    stays |= {"report.share", "report.close", "report.plan"}
    stays -= {"workshop.say", "workshop.arrive", "workshop.correct", "board.duplicate"}
    for role in READERS & {role for role in READERS if action in MAY[role]}:
        paused = structs.replace(ANA[role], paused=True)
        refused = code(paused, action, OWNED)

        assert refused is (None if action in stays else Code.NOT_ALLOWED), role


def test_what_is_for_a_hat_is_for_nobody_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = Rule(READERS, scope="board", way="op", can="open the next phase", hat=Hat.FACILITATOR)
    monkeypatch.setitem(ACTIONS, "open_it", rule)
    for role, facilitates in product(Role, (True, False)):
        for tools in (None, frozenset[str](), frozenset({"open_it"})):
            refusal = decide(ANA[role], "open_it", Thing(facilitates=facilitates, tools=tools))

            assert (refusal is None) is (role in READERS and facilitates)
            if role in READERS and not facilitates:
                assert str(refusal) == "Only facilitators of this workshop can open the next phase."
    archived = Thing(State.ARCHIVED, facilitates=True, tools=frozenset())
    assert code(ANA[Role.MEMBER], "open_it", archived) is Code.LOCKED


@pytest.mark.parametrize("action", ACTIONS)
def test_a_screen_reads_its_board_does_nothing_and_learns_nothing_of_the_space(action: str) -> None:
    scope, shown = ACTIONS[action].scope, {"board.show", "board.follow"} | SCREENS
    things = [Thing(state, "ana", facilitates=hat) for state, hat in product(State, (True, False))]
    for actor, thing in product((Actor(Role.SCREEN), ANA[Role.SCREEN]), things):
        refused = Code.NOT_FOUND if scope == "space" else Code.NOT_ALLOWED

        assert code(actor, action, thing) is (None if action in shown else refused)


def test_what_jobs_do_no_person_may() -> None:
    assert {name for name, rule in ACTIONS.items() if rule.way == "job"} == JOBS
    for role, action in product(READERS, JOBS):
        assert code(ANA[role], action, OWNED) is Code.NOT_ALLOWED


def test_nobody_is_not_the_owner_of_what_is_nobodys() -> None:
    nobody = Actor(Role.STEWARD)

    for action in OWN | OWN_ORGANISATION | TENDED | OWNED_TOGETHER:
        assert code(nobody, action, Thing()) is Code.NOT_ALLOWED


@pytest.mark.parametrize("action", sorted(set(ACTIONS) - SERVER))
def test_who_is_not_of_the_space_learns_nothing_of_it(action: str) -> None:
    for role in (Role.STRANGER, Role.PERSON, Role.FORMER):
        for state in State:
            assert code(ANA[role], action, Thing(state, "ana", "north")) is Code.NOT_FOUND


@pytest.mark.parametrize("action", sorted(set(ACTIONS) - SERVER - {"space.leave"}))
def test_who_waits_to_be_let_in_knows_of_the_space_but_of_no_board(action: str) -> None:
    is_board = ACTIONS[action].scope == "board"

    assert code(ANA[Role.WAITING], action, OWNED) is (Code.NOT_FOUND if is_board else Code.NOT_ALLOWED)


@pytest.mark.parametrize(
    "action", ["", "space", "space.explode", "board.show ", "ADD_CARD", "server.show.more"]
)
def test_O3_what_is_not_in_the_table_is_denied_to_everyone(action: str) -> None:
    for actor in ANA.values():
        assert code(actor, action, OWNED) is Code.NOT_ALLOWED


def test_every_refusal_is_a_sentence_for_people() -> None:
    says: dict[Code, set[str]] = {}
    for actor, action, state in product(ANA.values(), ACTIONS, State):
        if refusal := decide(actor, action, Thing(state)):
            says.setdefault(refusal.code, set()).add(refusal.say)

    assert set(says) == {Code.NOT_FOUND, Code.LOCKED, Code.NOT_ALLOWED}
    assert len(says[Code.NOT_FOUND]) == len(says[Code.LOCKED]) == 1
    assert all(say[0].isupper() and say.endswith(".") for say in set().union(*says.values()))


def test_a_refusal_by_role_says_who_can_and_what() -> None:
    assert sentence(Role.MEMBER, "space.invite") == "Only stewards can invite people."
    assert sentence(Role.GUEST, "goal.create") == "Only members and stewards can create goals."
    assert sentence(Role.OBSERVER, "add_card") == "Only guests, members and stewards can add cards."
    for action, rule in ACTIONS.items():
        for role in READERS - rule.roles:
            assert re.fullmatch(r"Only [a-z, ]+ can (?!do this)[a-z ]+\.", sentence(role, action)), action


def test_a_refusal_of_what_is_not_ones_own_says_whose_it_is() -> None:
    tender = "Only the person who looks after this goal can decide this."

    assert sentence(Role.MEMBER, "goal.tend") == sentence(Role.STEWARD, "goal.tend") == tender
    assert sentence(Role.GUEST, "edit_comment") == "Only the person who wrote this comment can edit it."
    assert (
        sentence(Role.STEWARD, "space.invite") == "Only stewards of the same organisation can invite people."
    )
    for action, rule in ACTIONS.items():
        assert bool(rule.owner and rule.owner_can) is (rule.own or rule.own_organisation), action


def test_foreign_hidden_and_absent_have_one_sentence() -> None:
    for role, action in product((Role.STRANGER, Role.PERSON, Role.FORMER), set(ACTIONS) - SERVER):
        refusal = decide(ANA[role], action, OWNED)
        assert refusal is not None
        assert str(refusal) == refusal.say == "That is not here, or not yours to see."


def test_a_rule_by_itself_is_for_open_things_of_a_space_and_reached_by_a_page() -> None:
    rule = Rule(READERS)

    assert (rule.states, rule.own, rule.own_organisation) == (frozenset({State.OPEN}), False, False)
    assert (rule.scope, rule.way) == ("space", "page")


def test_observers_read_and_all_other_readers_write() -> None:
    assert {Role.GUEST, Role.OBSERVER, Role.MEMBER, Role.STEWARD} == READERS
    assert READERS - {Role.OBSERVER} == WRITERS


def test_boards_answer_ops_with_seven_codes_and_never_with_those_of_pages() -> None:
    boards = Path(__file__).parents[1] / "app" / "boards"
    sources = [path for path in boards.rglob("*.py") if path.parent.name != "library"]
    of_pages = [f"Code.{code.name}" for code in set(Code) - OP_CODES]

    assert {code.value for code in OP_CODES} == {
        "invalid",
        "not_found",
        "not_allowed",
        "too_long",
        "full",
        "locked",
        "unavailable",
    }
    assert sources
    assert not [path.name for path in sources if any(code in path.read_text() for code in of_pages)]
