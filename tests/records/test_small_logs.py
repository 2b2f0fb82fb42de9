"""Problems, decisions, questions, parked thoughts, terms and who is missing: states, advice and pages."""

from collections.abc import AsyncIterator

import pytest

from app.access import Refused
from app.boards.core.ops import AddCard
from app.db import new_id
from app.records.core import ops
from app.records.core.kinds import KINDS
from tests.records.desk import Desk, desk_at
from tests.records.people import ABE, ANA, BEN, Kept, row


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with desk_at(sqlite_url) as made:
        yield made


@pytest.mark.parametrize(
    ("kind", "states", "field"),
    [
        ("problem", ["held", "better", "held", "open"], "better"),
        ("question", ["answered", "open", "dropped"], "became"),
        ("parked", ["answered", "open", "dropped"], "became"),
        ("missing", ["answered", "open", "dropped"], "became"),
        ("term", ["agreed", "open"], "working"),
    ],
)
def test_a_state_that_ends_something_needs_its_words_and_these_stay(
    kind: str, states: list[str], field: str
) -> None:
    kept, (first, *_) = Kept(kind=kind), [one for one in states if one != "held"]
    if states[0] == "held":
        kept.do(ANA, ops.SetState("held"))

    with pytest.raises(Refused, match="Write first"):
        kept.do(ANA, ops.SetState(first))
    kept.do(ANA, ops.Write(fields={field: "Whoever is there says so"}))
    for state in states[states[0] == "held" :]:
        assert kept.do(ANA, ops.SetState(state)).state == state
    with pytest.raises(Refused, match="Write a few words"):
        kept.do(ANA, ops.Write(fields={field: ""}))


def test_a_decision_has_one_state_and_a_concern_is_its_writers_alone() -> None:
    kept = Kept(kind="decision")
    kept.do(BEN, row("c", "dissent", concern="It binds us without asking"))

    assert KINDS["decision"].face(kept.now) == "Stands"
    for state in ("stands", "open"):
        with pytest.raises(Refused, match="cannot become that"):
            kept.do(ANA, ops.SetState(state))
    for who in (ANA, ABE):
        with pytest.raises(Refused):
            kept.do(who, ops.EditRow("c", {"concern": "Fine"}))


def test_a_decision_is_advised_until_it_says_whom_it_binds_and_who_saw_it_differently() -> None:
    bare = Kept(kind="decision")
    kept = Kept(kind="decision", fields={"authority": "own"})
    kept.do(ANA, row("p", "part", organisation="North"))
    kept.do(BEN, row("c", "dissent", concern="Too early"))

    assert len(KINDS["decision"].checks(bare.now)) == 4
    assert KINDS["decision"].checks(kept.now) == ["Choose a day to look again at it."]
    assert KINDS["decision"].summary(kept.now) == (
        "A decision (each organisation commits only itself): Quick and slow"
    )


def test_a_problem_is_advised_and_never_refused() -> None:
    kept = Kept(kind="problem", title="We need more beds", fields={"better": "The service hits its targets"})
    said = KINDS["problem"].checks(kept.now)
    kept.do(ANA, ops.Write("Leaving takes long", {"better": "People are home when they are ready"}))
    kept.do(ANA, row("1", "seen_from", problem="Nobody tells me", whose="The daughter"))
    kept.do(BEN, row("2", "seen_from", problem="Nobody asks us", whose="The night nurse"))
    kept.do(BEN, row("3", "tried", what="A list", unwanted="Two lists"))

    assert [one.split(" ")[0] for one in said] == ["The", "It", "Nothing", "“Better”"]
    assert KINDS["problem"].checks(kept.now) == []


def test_questions_parked_thoughts_terms_and_missing_voices_are_advised() -> None:
    kept = Kept(kind="missing", fields={"matters": "They know"})
    kept.do(ANA, row("1", "invitations", how="Ring"))
    before = KINDS["missing"].checks(kept.now)
    kept.do(BEN, ops.TakeRow("1"))
    term = Kept(kind="term")
    term.do(ANA, row("1", "meanings", meaning="Out of bed"))
    alone = KINDS["term"].checks(term.now)
    term.do(BEN, row("2", "meanings", meaning="Out of the house"))

    assert (len(before), KINDS["missing"].checks(kept.now)) == (1, [])
    assert (len(alone), KINDS["term"].checks(term.now)) == (1, [])
    assert KINDS["question"].checks(Kept(kind="question", title="Who rings").now)
    assert not KINDS["question"].checks(Kept(kind="question", title="Who rings?").now)
    assert KINDS["parked"].checks(Kept(kind="parked").now)
    assert not KINDS["parked"].checks(Kept(kind="parked", fields={"back": "March"}).now)


@pytest.mark.parametrize("tag", KINDS)
async def test_every_kind_has_a_page_with_all_its_words_and_a_face(desk: Desk, tag: str) -> None:
    kind, card = KINDS[tag], await desk.card(desk.ana, "As it was said")
    words = {
        f"field-{one.name}": f"Words of {one.name}"
        for one in kind.fields
        if not one.choices and not one.later and one.most > 20
    }
    id = await desk.keep(desk.ana, tag, "As it was said", card, **words)
    for one in kind.lists:
        fields = {f"field-{one.first}": f"A line of {one.tag}"}
        assert await desk.do(desk.ana, id, "add_row", list=one.tag, id=new_id(), **fields) == 303
    page = (await desk.ana.get(f"{desk.base}/{id}")).text

    assert [said for said in words.values() if said not in page] == []
    assert [one.tag for one in kind.lists if f"A line of {one.tag}" not in page] == []
    assert (await desk.face(card))["word"] == kind.states[kind.first_state].word


@pytest.mark.parametrize("tag", ["problem", "dilemma", "assumption", "question"])
async def test_a_card_is_offered_to_be_kept_as_what_it_is_already(desk: Desk, tag: str) -> None:
    card = new_id()
    await desk.op(desk.ana, AddCard(card, tag, "As it was said", None))
    page = (await desk.ana.get(f"{desk.base}/keep?cards={desk.board}/{card}")).text
    places = {one: page.index(f"keep?kind={one}&") for one in KINDS}

    assert min(places, key=lambda one: places[one]) == tag


async def test_meanings_of_a_word_stand_beside_each_other_by_organisation(desk: Desk) -> None:
    id = await desk.keep(desk.ana, "term", "Discharge")
    for who, meaning in ((desk.ana, "Out of bed"), (desk.ben, "Out of the house")):
        await desk.do(who, id, "add_row", list="meanings", id=new_id(), **{"field-meaning": meaning})
    page = (await desk.ana.get(f"{desk.base}/{id}")).text
    beside = page.partition('class="beside-each-other"')[2].partition("</div>")[0]

    assert [beside.count(words) for words in ("North", "Out of bed", "South", "Out of the house")] == [1] * 4
