"""Whatever people do in a workshop, what it promises holds. Broken on purpose, it is noticed."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.access import Actor, Hat, Refused, Role
from app.boards.core import ops as o
from app.boards.core.board import Outside
from app.boards.core.delivery import parts, since
from app.boards.core.sight import viewer_of
from app.boards.core.stage import checks, lead, phases, read, votes
from app.boards.core.stage import notes as stage_notes
from app.boards.core.stage import ops as s
from app.boards.core.stage.do import DO
from app.boards.core.stage.votes import Cast, Count, check_cast
from tests.boards.core.stage.workshop import STAGE, Workshop
from tests.boards.play import ANA, BEN, EVERYONE, GIL, OLA, SUE, assert_same, reloaded, uid

WRITING = (ANA, BEN, GIL, SUE)
LOOKS = (*EVERYONE, Actor(Role.SCREEN))
FEW = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
people = st.sampled_from(WRITING)
leads = st.sampled_from((ANA, ANA, ANA, BEN))  # or little would ever be done
rarely = st.sampled_from((False, False, False, True))
small = st.integers(0, 5)


class Promises(RuleBasedStateMachine):
    """Remembers what each note was promised, and who has read it."""

    def __init__(self) -> None:
        super().__init__()
        self.workshop = Workshop()
        self.promised: dict[str, str] = {}  # private notes by id, with their phase
        self.revealed: set[str] = set()  # phases that somebody has revealed
        self.read: set[str] = set()  # notes that everyone has been shown
        self.named = {"ana"}  # whom somebody has let facilitate
        self.dots: dict[tuple[str, str], dict[int, str]] = {}
        self.still: dict[str, Any] = {}  # what is voted on, as it was when the vote was opened

    @initialize(voting=st.booleans())
    def begin(self, voting: bool) -> None:
        """Half the time with notes to gather and vote on, so that much happens in few steps."""
        if not voting:
            return
        first = self.workshop.ask(write="shared")
        for who in (ANA, BEN, GIL):
            self.workshop.note(who, first)
        self.workshop.theme(ANA, *self.note_ids()[:2])
        self.workshop.ask(write="private", about=(first,), vote=s.Vote("dots", dots=2, most=1))
        self.note_what_is_voted_on()

    # -- what people do --------------------------------------------------------------------------------

    def act(self, who: Actor, op: o.Doing) -> bool:
        """Whether it was done."""
        before = self.workshop.board
        counts = {id: self._count(id) for id in {phase for phase, _ in self.dots}}
        self.workshop.outside = Outside(b"chance", self.workshop.outside.roles, counts)
        try:
            self.workshop.act(who, op)
        except Refused:
            assert self.workshop.board is before
            return False
        return True

    def _count(self, phase: str) -> Count:
        chosen = [choice for (id, _), own in self.dots.items() if id == phase for choice in own.values()]
        return Count({choice: chosen.count(choice) for choice in chosen}, len(chosen))

    def phase_ids(self) -> list[str]:
        return [phase.id for phase in read.phases_of(self.workshop.board)]

    def note_ids(self) -> list[str]:
        return [i.id for i in self.workshop.board.items.values() if i.item == "card"]

    def theme_ids(self) -> list[str]:
        return [theme.id for theme in read.themes_of(self.workshop.board)]

    @rule(
        who=leads,
        write=st.sampled_from(["off", "private", "shared"]),
        vote=st.booleans(),
        stale=rarely,
        move=st.sampled_from(["nobody", "facilitators", "everyone"]),
    )
    def move_on(self, who: Actor, write: s.Write, vote: bool, stale: bool, move: s.Move) -> None:
        stage = self.workshop.stage
        earlier = tuple(self.phase_ids())
        from_ = uid(700) if stale else stage.now
        how = s.Vote("dots", dots=2, most=1) if vote else s.Vote()
        id = uid(next(self.workshop.ids))
        done = self.act(
            who, s.OpenPhase(id, from_, "Which?", write=write, vote=how, about=earlier, move=move)
        )
        if done:
            assert not stale, "W8: who did not know where the workshop stood has moved it"
            assert who.person in stage.facilitators
            self.note_what_is_voted_on()

    def note_what_is_voted_on(self) -> None:
        phase = read.present_phase(self.workshop.board)
        things = phase.things if phase and phase.vote_open else ()
        self.still = {id: self.as_it_stands(id) for id in things}

    def as_it_stands(self, id: str) -> Any:
        board = self.workshop.board
        fields = board.items[id].fields
        inside = sorted(
            i.id for i in board.items.values() if i.fields.get("theme") == id and i.removed is None
        )
        return fields.get("text"), fields.get("title"), fields.get("theme"), inside

    @rule(who=people, late=small, base=small)
    def write(self, who: Actor, late: int, base: int) -> None:
        ids = self.phase_ids()
        if not ids:
            return
        phase = self.workshop.phase(ids[-1 - late % len(ids)])
        private = phase.write == "private" and not phase.revealed
        id = uid(next(self.workshop.ids))
        if self.act(who, o.AddCard(id, "note", f"Words {base}", phase=phase.id)) and private:
            self.promised[id] = phase.id

    @rule(who=people, which=small, do=st.sampled_from(["edit", "remove", "undo", "restore", "take_out"]))
    def handle(self, who: Actor, which: int, do: str) -> None:
        ids = self.note_ids()
        if not ids:
            return
        id = ids[which % len(ids)]
        mine = self.workshop.item(id).owner == who.person
        if do == "undo":
            done = [seq for seq, (person, _) in self.workshop.inverses.items() if person == who.person]
            if done:
                self.act(who, o.Undo(done[-1 - which % len(done)]))
            self.read &= {i for i in self.read if self.workshop.item(i).removed is None}
            return
        ops: dict[str, o.Op] = {
            "edit": o.EditCard(id, text=f"Other words {which}"),
            "remove": o.RemoveCard(id),
            "restore": o.RestoreCard(id),
            "take_out": s.TakeOut(id),
        }
        if self.act(who, ops[do]) and do in ("edit", "remove", "restore"):
            assert mine or self.workshop.stage.ended, "W7: the words of others are changed by nobody"
        self.read &= {i for i in self.read if self.workshop.item(i).removed is None}
        if do == "take_out":
            self.note_what_is_voted_on()

    @rule(who=leads, which=small)
    def reveal(self, who: Actor, which: int) -> None:
        ids = self.phase_ids()
        if ids and self.act(who, s.Reveal(ids[which % len(ids)])):
            self.revealed.add(ids[which % len(ids)])

    @rule(who=leads, which=small)
    def go_back(self, who: Actor, which: int) -> None:
        ids = self.phase_ids()
        if ids and self.act(who, s.ReopenPhase(ids[which % len(ids)], self.workshop.stage.now)):
            self.note_what_is_voted_on()

    @rule(
        who=leads,
        other=people,
        do=st.sampled_from(["add", "give_up", "take_lead", "end", "resume", "close"]),
    )
    def lead(self, who: Actor, other: Actor, do: str) -> None:
        stage = self.workshop.stage
        ops: dict[str, o.Op] = {
            "add": s.AddFacilitator(STAGE, other.person or ""),
            "give_up": s.GiveUp(STAGE),
            "take_lead": s.TakeLead(STAGE),
            "end": s.EndStage(STAGE),
            "resume": s.ResumeStage(STAGE),
            "close": s.CloseVote(stage.now or STAGE),
        }
        if self.act(who, ops[do]):
            if do == "add":
                self.named.add(other.person or "")
            self.note_what_is_voted_on()

    @rule(
        who=leads,
        which=small,
        into=small,
        do=st.sampled_from(["add", "gather", "split", "merge", "remove", "edit"]),
    )
    def gather(self, who: Actor, which: int, into: int, do: str) -> None:
        notes, themes = self.note_ids(), self.theme_ids()
        card = (notes[which % len(notes)],) if notes else ()
        if do == "add":
            self.act(who, s.AddTheme(uid(next(self.workshop.ids)), "A theme", cards=card))
        if not themes or not card:
            return
        theme, other = themes[into % len(themes)], themes[which % len(themes)]
        ops: dict[str, o.Op] = {
            "gather": s.Gather(theme, card),
            "split": s.Split(theme, card),
            "merge": s.MergeThemes(theme, other),
            "remove": s.RemoveTheme(theme),
            "edit": s.EditTheme(theme, f"Another title {which}"),
        }
        if do in ops:
            self.act(who, ops[do])

    @rule(
        who=st.sampled_from((GIL, GIL, BEN, ANA, OLA)),
        dots=st.lists(st.tuples(st.integers(-1, 4), small, rarely), min_size=1, max_size=5),
    )
    def place_dots(self, who: Actor, dots: list[tuple[int, int, bool]]) -> None:
        phase = read.present_phase(self.workshop.board)
        if phase is None or not phase.things:
            return
        own = self.dots.setdefault((phase.id, who.person or ""), {})
        for slot, which, back in dots:
            cast = Cast(phase.id, slot, None if back else phase.things[which % len(phase.things)])
            try:
                check_cast(self.workshop.board, who, cast, own)
            except Refused:
                continue
            own.pop(slot, None)
            if cast.choice is not None and slot > 0:
                own[slot] = cast.choice

    # -- what holds ------------------------------------------------------------------------------------

    @invariant()
    def private_notes_are_their_authors(self) -> None:
        """W1 and W2: until somebody reveals the phase it was written in, only its author has a note."""
        board = self.workshop.board
        for id, phase in self.promised.items():
            note = board.items[id]
            if note.shown is not None:
                assert phase in self.revealed, "W2: shown, and nobody has revealed its phase"
                continue
            for look in LOOKS:
                viewer = viewer_of(look, board)
                told = since(board, viewer, 0)
                ids = {view.id for view in told.puts} | set(told.dels)
                assert (id in ids) <= (look.person == note.owner), "W1: told to somebody else"
                if look.person != note.owner:
                    assert not parts(board, board, {id}, viewer)

    @invariant()
    def what_was_read_stays(self) -> None:
        """W3: but for what its own author removed."""
        for id in self.read:
            assert self.workshop.item(id).shown is not None, "W3: hidden again"
        self.read |= {
            i.id
            for i in self.workshop.board.items.values()
            if i.item == "card" and i.shown and i.removed is None
        }

    @invariant()
    def somebody_facilitates(self) -> None:
        """W5: and nobody whom no other has named."""
        stage = self.workshop.stage
        assert stage.facilitators
        assert set(stage.facilitators) <= self.named
        assert stage.lead in stage.facilitators

    @invariant()
    def nobody_has_too_many_dots(self) -> None:
        for (id, person), own in self.dots.items():
            phase = self.workshop.phase(id)
            assert len(own) <= phase.vote.dots, "W6: too many"
            assert all(list(own.values()).count(choice) <= phase.vote.most for choice in own.values())
            leads = read.hat_of(self.workshop.board, person) is Hat.FACILITATOR
            assert leads or phase.totals is None or not phase.vote_open, "W6: totals of an open vote"

    @precondition(lambda self: self.still)
    @invariant()
    def what_is_voted_on_stands_still(self) -> None:
        phase = read.present_phase(self.workshop.board)
        if phase is not None and phase.vote_open:
            assert {id: self.as_it_stands(id) for id in self.still} == self.still, (
                "W7: changed under the vote"
            )

    @invariant()
    def it_comes_back_as_it_was(self) -> None:
        assert_same(self.workshop.board, reloaded(self.workshop.board))


def test_W1_W2_W3_W5_W6_W7_W8_what_a_workshop_promises_holds() -> None:
    run_state_machine_as_test(Promises, settings=FEW)


def nothing(*_: Any, **__: Any) -> None:
    return None


MISTAKES: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "W1: a private note is shown at once": (read, "is_private_now", lambda phase: False),
    "W2: a late note goes under the promise of the present phase": (
        stage_notes,
        "phase_of",
        lambda board, id: read.present_phase(board),
    ),
    "W5: the last facilitator may go": (
        lead,
        "give_up",
        lambda work, op: lead.set_stage(
            work,
            lead.stage_on(work),
            facilitators=[p for p in lead.stage_on(work).facilitators if p != work.me],
        ),
    ),
    "W6: nobody counts the dots": (votes, "_check_dot", nothing),
    "W7: words change under a vote": (checks, "_check_vote", nothing),
    "W7: facilitators may reword": (checks, "OWN_NOTE", frozenset()),  # type: ignore[dict-item]
    "W8: nobody asks where the workshop stood": (phases, "_check_from", nothing),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_broken_promise_is_noticed(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, name, instead = MISTAKES[mistake]
    monkeypatch.setattr(where, name, instead)
    if where is read:  # where it was imported by its name
        monkeypatch.setattr("app.boards.core.cards.is_private_now", instead)
    if where is lead:  # where it stands in the table
        monkeypatch.setitem(DO, s.GiveUp, instead)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            Promises, settings=settings(FEW, max_examples=300, phases=[Phase.generate], print_blob=False)
        )
