"""Whatever people do to a record, in whatever order, R1, R2, R4 and R5 hold; a rule broken is noticed."""

from datetime import timedelta
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from msgspec import structs

from app.access import Actor, Refused, Role
from app.records.core import ops
from app.records.core.kinds import KINDS
from app.records.core.ops import NewRow, NewTie, Quote
from app.records.core.record import REVIEWS, SOURCES, Ending, Record, Row, Stands
from tests.records.people import ABE, ANA, AT, BEN, Kept

BO = Actor(Role.MEMBER, "bo", "south")
people = st.sampled_from([ANA, ABE, BEN, BO])
words = st.sampled_from(["a bed", "a room", "20 of 30", "5 of 30", "nobody"])
numbers = st.integers(0, 6)
CARDS = [Quote("b", "c", "a bed", "ben", "south", AT), Quote("b", "d", "a room", "ana", "north", AT)]


class Records(RuleBasedStateMachine):
    """Four people of two organisations at one record."""

    kept: Kept
    broken: ClassVar[str] = ""

    @initialize(kind=st.sampled_from(sorted(KINDS)), draft=st.booleans(), tend=st.booleans())
    def begin(self, kind: str, draft: bool, tend: bool) -> None:
        self.kept = Kept(kind=kind, draft=draft, tend=tend)
        self.wrote: dict[str, set[str]] = {}  # organisation -> the words its people wrote
        for quote in CARDS:
            self.wrote.setdefault(quote.organisation or "", set()).add(quote.text)
        self.known: set[str] = set()
        self.marks: list[str] = []

    def _do(self, by: Actor, op: ops.Op, *quotes: Quote) -> None:
        try:
            self.kept.do(by, op, *quotes)
        except Refused:
            return
        if self.broken:
            self._break(self.broken, by)

    def _break(self, how: str, by: Actor) -> None:
        """As if the rule were not there."""
        now = self.kept.now
        if how == "R1" and now.rows:
            now = structs.replace(now, rows=tuple(_forged(row, by) for row in now.rows))
        if how == "R2" and self.marks:
            now = structs.replace(now, fields={**now.fields, "threshold": "moved"})
        if how == "R4" and any(row.removed for row in now.rows):
            now = structs.replace(now, rows=tuple(row for row in now.rows if not row.removed))
        if how == "R5":
            now = structs.replace(now, title=f"{now.title}!")
        self.kept.past[-1] = now

    def _list(self, number: int) -> str:
        lists = [one.tag for one in KINDS[self.kept.now.kind].lists] + [SOURCES, REVIEWS]
        return lists[number % len(lists)]

    def _first(self, list_: str) -> str:
        found = KINDS[self.kept.now.kind].row_list(list_)
        return found.first if found else "text"

    @rule(by=people, title=words, name=numbers, value=words)
    def write(self, by: Actor, title: str, name: int, value: str) -> None:
        fields = [field for field in KINDS[self.kept.now.kind].fields if not field.choices]
        self._do(by, ops.Write(title, {fields[name % len(fields)].name: value}))

    @rule(by=people, id=numbers, list_=st.integers(0, 9), text=words, quote=st.sampled_from([None, *CARDS]))
    def add_row(self, by: Actor, id: int, list_: int, text: str, quote: Quote | None) -> None:
        tag = self._list(list_)
        place = (quote.board, quote.card) if quote else (None, None)
        self.wrote.setdefault(by.organisation or "", set()).add(text)
        self._do(by, ops.AddRow(NewRow(str(id), tag, {self._first(tag): text}, *place)), *CARDS)

    @rule(by=people, id=numbers, text=words)
    def edit_row(self, by: Actor, id: int, text: str) -> None:
        row = self.kept.now.row(str(id))
        if row:
            self.wrote.setdefault(by.organisation or "", set()).add(text)
            self._do(by, ops.EditRow(row.id, {self._first(row.list): text}))

    @rule(
        by=people, id=numbers, op=st.sampled_from([ops.RemoveRow, ops.RestoreRow, ops.TakeRow, ops.LeaveRow])
    )
    def change_row(self, by: Actor, id: int, op: type[ops.RemoveRow]) -> None:
        self._do(by, op(str(id)))

    @rule(by=people, id=numbers, add=st.booleans())
    def tie(self, by: Actor, id: int, add: bool) -> None:
        self._do(
            by,
            ops.AddTie(NewTie(str(id), "record", f"r{id + 2}", "led_to")) if add else ops.RemoveTie(str(id)),
        )

    @rule(by=people, number=numbers)
    def set_state(self, by: Actor, number: int) -> None:
        states = list(KINDS[self.kept.now.kind].states)
        self._do(by, ops.SetState(states[number % len(states)]))

    @rule(
        by=people, id=st.integers(20, 24), still=st.sampled_from(["yes", "no", "perhaps"]), dots=st.booleans()
    )
    def review(self, by: Actor, id: int, still: str, dots: bool) -> None:
        names = [name for name, _ in KINDS[self.kept.now.kind].spread(self.kept.now)] if dots else []
        fields = {"still": still, **dict.fromkeys(names, "3")}
        self.wrote.setdefault(by.organisation or "", set()).update(fields.values())
        self._do(by, ops.Review(NewRow(str(id), "reviews", fields), (AT + timedelta(days=9)).date()))

    @rule(by=people, other=people, op=st.sampled_from(["stand", "offer", "yes", "no", "take", "back"]))
    def tend(self, by: Actor, other: Actor, op: str) -> None:
        deeds: dict[str, ops.Op] = {
            "stand": ops.Stand(),
            "offer": ops.Offer(other.person or ""),
            "yes": ops.Answer(yes=True),
            "no": ops.Answer(yes=False),
            "take": ops.TakeOn(),
            "back": ops.HandBack(),
        }
        self._do(by, deeds[op])

    @rule(by=people, reason=st.sampled_from(["", "over"]), ending=st.sampled_from(Ending))
    def close(self, by: Actor, reason: str, ending: Ending) -> None:
        self._do(by, ops.Close(ending, reason, "r9" if ending is Ending.REPLACED else None))

    @rule(by=people, reason=st.sampled_from(["", "again"]))
    def open(self, by: Actor, reason: str) -> None:
        self._do(by, ops.Open(reason))

    @rule(by=people, revision=st.integers(0, 30))
    def put_back(self, by: Actor, revision: int) -> None:
        self._do(by, ops.PutBack(revision))

    @invariant()
    def R1_a_line_has_only_words_of_the_organisation_that_signs_it(self) -> None:
        for row in self.kept.now.rows:
            assert set(row.fields.values()) <= self.wrote.get(row.organisation or "", set()) | {"anecdote"}, (
                row
            )

    @invariant()
    def R2_a_mark_stays_from_the_first_result_on(self) -> None:
        now = self.kept.now
        if any(row.list == "results" for row in now.rows):
            self.marks.append(str(now.fields.get("threshold")))
        assert len(set(self.marks)) <= 1

    @invariant()
    def R4_nothing_is_deleted_and_nothing_closed_without_a_reason(self) -> None:
        now = self.kept.now
        assert self.known <= _ids(now)
        self.known = _ids(now)
        assert now.stands is not Stands.CLOSED or now.reason

    def teardown(self) -> None:
        """R5: the head equals the history. Once at the end, because it does everything again."""
        if hasattr(self, "kept"):
            assert self.kept.replayed() == self.kept.now


def _ids(record: Record) -> set[str]:
    return {row.id for row in record.rows} | {tie.id for tie in record.ties}


def _forged(row: Row, by: Actor) -> Row:
    return structs.replace(row, fields={**row.fields, next(iter(row.fields)): f"{by.person} was here"})


QUICK = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
# only seeking: what is found need not be made small
SEEKING = settings(QUICK, max_examples=400, database=None, phases=[Phase.generate])


def test_whatever_is_done_to_a_record_its_rules_hold() -> None:
    run_state_machine_as_test(Records, settings=QUICK)


@pytest.mark.parametrize("rule", ["R1", "R2", "R4", "R5"])
def test_a_rule_that_is_broken_is_noticed(rule: str) -> None:
    broken = type(f"Broken{rule}", (Records,), {"broken": rule})

    with pytest.raises(AssertionError):
        run_state_machine_as_test(broken, settings=SEEKING)
