"""What a page of records is about, loaded once for each request. Pages import this and never each other."""

from collections.abc import Callable, Mapping
from typing import Any

from litestar.response import Template
from msgspec import Struct

from app.access import NOT_FOUND, Code, Refused
from app.db import Tx, new_id
from app.phrases import day_now
from app.records import connected_store, store, taken_out_store
from app.records.core import ops, reviewing, told
from app.records.core.form_ops import PREFIX
from app.records.core.history import Change, Newer, replay_past, words_taken_out
from app.records.core.kinds import KINDS, kind_of
from app.records.core.ops import Op
from app.records.core.past import Past
from app.records.core.record import REVIEWS, Ending, Record, Row, Stands
from app.records.core.resting import is_refuted, refuted_below
from app.records.core.rules import may
from app.records.core.sight import see, see_history
from app.records.core.status import ENDINGS, word_of
from app.records.core.ties import MEANINGS, REPLACES
from app.records.core.wording import Before, can_go_back, reworded_by, reworded_lines, words_before
from app.records.hooks import RecordHooks
from app.spaces.page_frame import page_of
from app.spaces.space import Seat
from app.spaces.space_people import SpacePeople, load_space_people

SAMPLES: dict[str, Callable[[str], Op]] = {  # what a page asks `can` about
    "write": lambda _id: ops.Write(),
    "edit_row": lambda id: ops.EditRow(id, {}),
    "take_row": lambda id: ops.TakeRow(id),
    "leave_row": lambda id: ops.LeaveRow(id),
    "set_state": lambda _id: ops.SetState(""),
    "review": lambda id: ops.Review(ops.NewRow(id, REVIEWS, {}), None),
    "answer": lambda _id: ops.Answer(yes=True),
    "open": lambda _id: ops.Open(""),
    "put_back": lambda _id: ops.PutBack(0),
}

DOUBTED = (
    "Whoever looked last found that it is not true any more. Change its words, or close it with a reason."
)


class TieView(Struct, frozen=True):
    """A tie as read from a record: to another record, or to a goal. `id` is empty where the other has it."""

    id: str
    word: str
    title: str
    path: str
    kind: str
    says: str


class RecordContext(Struct, frozen=True):
    """A record as one person sees it, with all that its page shows."""

    people: SpacePeople
    record: Record
    others: dict[str, Record]  # all it is connected with, directly or by others
    goals: dict[str, str]

    @property
    def seat(self) -> Seat:
        return self.people.seat

    @property
    def tender_left(self) -> bool:
        return self.record.tender is not None and self.people.has_left(self.record.tender)

    @property
    def nobody_holds(self) -> bool:
        """Whether it stands and nobody keeps it true."""
        return self.record.stands is Stands.STANDING and (self.record.tender is None or self.tender_left)

    @property
    def refuted(self) -> list[Record]:
        """The refuted assumptions that it rests on."""
        return refuted_below(self.record, self.others)

    def tested(self) -> list[Record]:
        """The assumptions that it tests."""
        return [self.others[tie.other] for tie in self.record.tied("tests") if tie.other in self.others]

    def advice(self) -> list[str]:
        """What is worth a thought, and stands beside no list: never a refusal."""
        kind = kind_of(self.record)
        said = kind.advises(self.record) if kind else []
        doubted = reviewing.doubted(self.record) and self.record.stands is Stands.STANDING
        here = [say for name, say in said if kind and kind.row_list(name) is None]
        return [*([DOUBTED] if doubted else []), *here]

    @property
    def word(self) -> str:
        return word_of(self.record, refuted=bool(self.refuted))

    def can(self, do: str, id: str = "") -> bool:
        """Whether to offer an op; the action decides again."""
        return self.refusal(do, id) is None

    def refusal(self, do: str, id: str = "") -> Refused | None:
        """Why the person may not do an op; None where they may."""
        seat = self.seat
        return may(self.record, seat.actor, SAMPLES[do](id), seat.space.state, tender_left=self.tender_left)

    def ties(self) -> list[TieView]:
        """All that it is connected to, its own ties first."""
        found = []
        for tie in (one for one in self.record.ties if not one.removed):
            word = MEANINGS[tie.means].word
            if tie.kind == "goal" and tie.other in self.goals:
                path = f"/spaces/{self.record.space}/outcomes/goals/{tie.other}"
                found.append(TieView(tie.id, word, self.goals[tie.other], path, "outcome", "Outcome"))
            elif tie.other in self.others:
                own = "" if tie.means == REPLACES else tie.id  # that one is taken back by opening the other
                found.append(self._tie(own, word, self.others[tie.other]))
        for other in self.others.values():
            ties = [tie for tie in other.ties if tie.other == self.record.id and not tie.removed]
            found += [self._tie("", MEANINGS[tie.means].back, other) for tie in ties]
        return found

    def _tie(self, id: str, word: str, other: Record) -> TieView:
        kind = kind_of(other)
        what = f"{kind.word if kind else 'Record'}, {word_of(other).lower()}"
        path = f"/spaces/{other.space}/records/{other.id}"
        return TieView(id, word, other.title, path, other.kind, what)

    def page(self, name: str, status: int = 200, **more: Any) -> Template:
        """A page about the record."""
        context = {
            "at": self,
            "record": self.record,
            "kind": kind_of(self.record),
            "kinds": KINDS,
            "people": self.people,
            "can": self.can,
            "here": "records",
            "endings": ENDINGS,
            "Ending": Ending,
            "is_refuted": is_refuted,
            "reviewing": reviewing,
            "new_id": new_id,
            "today": day_now(),
            "typed": {},
            "prefixed": prefixed,
            "failed": None,
            "wrong_fields": {},
            **more,
        }
        return page_of(self.seat, name, status, **context)


async def record_context(tx: Tx, seat: Seat, record_id: str, hooks: RecordHooks) -> RecordContext:
    """Raises Refused (not_found), for drafts of others too."""
    around = await connected_store.connected(tx, seat.space.id, [record_id])
    seen = see(around[record_id], seat.actor) if record_id in around else None
    if seen is None:
        raise Refused(Code.NOT_FOUND, NOT_FOUND)
    if seen.replaced_by and seen.replaced_by not in around:
        around |= await store.find_many(tx, seat.space.id, [seen.replaced_by])
    others = {id: one for id, one in around.items() if id != record_id and see(one, seat.actor)}
    goals = dict(await hooks.goals(tx, seat))
    return RecordContext(await load_space_people(tx, seat), seen, others, goals)


def prefixed(fields: dict[str, str]) -> dict[str, str]:
    """The words of a row under the names that they have in a form."""
    return {f"{PREFIX}{name}": value for name, value in fields.items()}


class ChangeView(Struct, frozen=True):
    """One change of the history, as a page tells it: with the words that stood there before it.

    `mine` can be undone, and of somebody else's the words put back where `goes_back`.
    """

    revision: int
    by: str
    at: Any
    says: str
    mine: bool
    before: list[Before] = []
    goes_back: bool = False


class HistoryView(Struct, frozen=True):
    """What was done to the record, the latest first; who reworded it, and lines that were, as they began."""

    changes: list[ChangeView]
    reworded: list[str] = []
    lines: Mapping[str, Row] = {}


async def history_of(tx: Tx, context: RecordContext) -> HistoryView:
    record, actor = context.record, context.seat.actor
    try:
        history = await store.history(tx, record.id)
        past = replay_past(history, record.id, record.space)
    except Newer:
        heads = reversed(await taken_out_store.heads(tx, record.id))
        return HistoryView(
            [ChangeView(one, context.people.name(by), at, "changed it", mine=False) for one, by, at in heads]
        )
    asked = {one.deed.op.person for one in history if isinstance(one.deed.op, ops.Offer)}
    names = {id: one.name for id in asked if (one := context.people.people.get(id))}
    names |= {**context.goals, **{id: one.title for id, one in context.others.items()}}
    changes = reversed(see_history(history, past.records, actor))
    shown = not words_taken_out(history)
    views = [_change(context, one, past, names, shown=shown) for one in changes]
    return HistoryView(views, reworded_by(past.records), reworded_lines(past.records))


def _change(
    context: RecordContext, one: Change, past: Past, names: Mapping[str, str], *, shown: bool
) -> ChangeView:
    """`shown`: whether the words before it are: once any were taken out, earlier ones may repeat them."""
    op, after, actor = one.deed.op, past.records[one.revision - 1], context.seat.actor
    says = told.sentence(op, after, context.record, names)
    if isinstance(op, ops.PutBack):
        whose = past.records[op.revision - 1].changed_by
        own = whose == one.by.person
        says = "put a change of theirs back" if own else f"put back what {context.people.name(whose)} changed"
    shown = shown and one.revision > 1 and past.step(one.revision)[0].stands is not Stands.DRAFT
    was = words_before(past, one.revision) if shown else []
    mine = one.by.person == actor.person and one.revision > 1
    return ChangeView(
        one.revision,
        context.people.name(one.by.person),
        one.deed.at,
        says,
        mine,
        was,
        not mine and bool(was) and can_go_back(past, one.revision, actor),
    )
