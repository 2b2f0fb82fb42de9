"""Each kind is one file and one template, and says all that there is to know of it."""

import pytest

from app.config import ROOT
from app.records.core.kind import Kind
from app.records.core.kinds import KINDS, kind_of
from app.records.core.status import status, word_of
from tests.records.people import ANA, Kept, row

FOLDER = ROOT / "app/records/core/kinds"
EACH = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


def test_a_kind_is_one_file_and_one_template_and_is_named_nowhere_else() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    templates = {path.stem for path in (ROOT / "templates/records/kinds").glob("*.html")}
    others = [path for path in (ROOT / "app/records/core").glob("*.py") if path.stem != "concluding"]
    named = [(path.name, tag) for path in others for tag in KINDS if f'"{tag}"' in path.read_text()]

    assert files == templates == set(KINDS)
    assert named == []


@EACH
def test_every_state_can_be_reached_and_leads_only_to_states_that_there_are(kind: Kind) -> None:
    reached = [kind.first_state]
    for state in reached:
        reached += [one for one in kind.states[state].next if one not in reached]

    assert set(reached) == set(kind.states)


@EACH
def test_its_face_and_its_summary_are_words_for_people(kind: Kind) -> None:
    record = Kept(kind=kind.tag).now
    shown = status(record)

    assert shown
    assert (shown.kind, shown.word, shown.title) == (
        kind.word,
        kind.states[kind.first_state].word,
        "Quick and slow",
    )
    assert kind.summary(record).startswith(("A ", "An "))
    assert kind_of(record) is kind


@EACH
def test_every_field_has_words_and_the_life_of_a_record_ends_where_it_is(kind: Kind) -> None:
    fields = [kind.title, *kind.fields, *(field for list_ in kind.lists for field in list_.fields)]

    assert all(field.label[0].isupper() and field.most for field in fields)
    assert all(state in kind.life(state) for state in kind.states)
    assert all(lead.kind in KINDS for lead in kind.leads)


def test_the_life_of_a_record_is_told_as_one_way() -> None:
    assert KINDS["dilemma"].life("named") == ["named", "mapped", "held", "reviewed"]
    assert KINDS["assumption"].life("supported") == ["untested", "testing", "supported"]
    assert KINDS["test"].life("adopted") == ["planned", "running", "adopted"]


def test_a_dilemma_is_advised_where_one_side_is_named_with_contempt_or_has_all_the_steps() -> None:
    kept = Kept(fields={"pole_a": "Chaos", "pole_b": "Choice"})
    kept.do(ANA, row("s", "steps_a", step="Ring"))
    kept.do(ANA, row("u", "ups_a", text="A bed"))
    kept.do(ANA, row("d", "downs_b", text="a bed"))
    said = KINDS["dilemma"].checks(kept.now)

    assert len(said) == 3
    assert "contempt" in said[0]
    assert "one side only" in said[1]
    assert "same as an upside" in said[2]


def test_a_mark_without_a_number_is_asked_about_and_not_refused() -> None:
    kept = Kept(kind="test", fields={"threshold": "Most say yes", "stop": "Harm"})

    assert KINDS["test"].checks(kept.now) == [
        "The mark has no number in it. Which number would show that you are right?"
    ]


def test_how_a_closed_one_and_a_draft_stand() -> None:
    assert word_of(Kept(draft=True).now) == "Draft"
    assert status(Kept(draft=True).now) is None
    assert word_of(Kept().now, refuted=True) == "Rests on a refuted assumption"
