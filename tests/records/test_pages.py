"""Keeping and what follows, as people do it on pages, without any JavaScript."""

import re
from collections.abc import AsyncIterator

import pytest

from app.boards.core.ops import AddSection, EditCard, RemoveCard
from app.db import new_id
from app.people.passwords import hash_password
from app.records import status_job
from tests.people.steps import PASSWORD
from tests.records.desk import Desk, desk_at
from tests.support.forms import fields_of


@pytest.fixture
async def desk(sqlite_url: str) -> AsyncIterator[Desk]:
    async with desk_at(sqlite_url) as made:
        yield made


@pytest.fixture
async def either(database_url: str) -> AsyncIterator[Desk]:
    """The same, once on each database."""
    async with desk_at(database_url) as made:
        yield made


async def test_a_card_is_kept_after_it_was_read_back_and_then_wears_the_record(desk: Desk) -> None:
    card = await desk.card(desk.ben, "Quick and slow at once")
    choose = await desk.ana.get(f"{desk.base}/keep?cards={desk.board}/{card}")
    form = await desk.ana.get(f"{desk.base}/keep?kind=dilemma&cards={desk.board}/{card}")
    fields = {
        "cards": f"{desk.board}/{card}",
        "kind": "dilemma",
        "title": "Quick and slow",
        "tender": "nobody",
    }
    preview = await desk.ana.post(
        f"{desk.base}/keep", **fields, **{"field-pole_a": "Flow", "field-pole_b": "Choice"}
    )

    assert "Keep as a dilemma" in choose.text
    assert fields_of(form.text, "/keep")["title"] == "Quick and slow at once"
    assert "Does anyone see it differently?" in preview.text
    assert "Ben, South" in preview.text
    assert await desk.home.count("record") == 0

    id = await desk.keep(desk.ana, "dilemma", "Quick and slow", card)
    record = await desk.record(id)
    face = await desk.face(card)

    assert [(row.list, row.fields["text"], row.by) for row in record.rows] == [
        ("sources", "Quick and slow at once", desk.ben.id)
    ]
    assert (face["record"], face["title"], face["kind"], face["word"]) == (
        id,
        "Quick and slow",
        "Dilemma",
        "Named",
    )
    assert face["date"] == "Look again 14 February 2090"


async def test_the_words_of_such_a_card_are_changed_in_the_record_alone(desk: Desk) -> None:
    card = await desk.card(desk.ana, "Quick and slow")
    id = await desk.keep(desk.ana, "dilemma", "Quick and slow", card)
    refused = await desk.op(desk.ana, EditCard(card, text="Mine"))
    await desk.ben.post(f"{desk.base}/{id}/edit", title="Quick, and with time", seen="1")
    outline = await desk.ben.get(f"/boards/{desk.board}/outline")

    assert refused == "This card stands for a dilemma. Change it there."
    assert (await desk.face(card))["title"] == "Quick, and with time"
    assert "Quick, and with time" in outline.text


async def test_a_card_that_changed_or_went_meanwhile_is_said_and_the_words_stay(desk: Desk) -> None:
    card = await desk.card(desk.ana, "First words")
    page = await desk.ana.get(f"{desk.base}/keep?kind=dilemma&cards={desk.board}/{card}")
    said = re.search(r'name="said" value="([^"]*)"', page.text).group(1)  # type: ignore[union-attr]
    fields = {
        "cards": f"{desk.board}/{card}",
        "said": said,
        "kind": "dilemma",
        "title": "My title",
        "step": "stand",
    }
    await desk.op(desk.ben, EditCard(card, text="Other words"))
    reworded = await desk.ana.post(f"{desk.base}/keep", **fields)
    await desk.op(desk.ben, RemoveCard(card))
    gone = await desk.ana.post(f"{desk.base}/keep", **fields)

    assert reworded.status_code == gone.status_code == 422
    assert "Somebody reworded the card" in reworded.text
    assert "Other words" in reworded.text
    assert "removed meanwhile" in gone.text
    kept = fields_of(gone.text, "/keep")
    assert (kept["title"], kept["cards"]) == ("My title", "")
    assert await desk.home.count("record") == 0


async def test_what_is_kept_already_is_not_kept_twice(desk: Desk) -> None:
    card = await desk.card(desk.ana, "Quick and slow")
    await desk.keep(desk.ana, "dilemma", "Quick and slow", card)
    page = await desk.ben.get(f"{desk.base}/keep?kind=dilemma&cards={desk.board}/{card}")
    said = re.search(r'name="said" value="([^"]*)"', page.text).group(1)  # type: ignore[union-attr]
    fields = {
        "cards": f"{desk.board}/{card}",
        "said": said,
        "kind": "dilemma",
        "title": "Again",
        "step": "stand",
    }
    again = await desk.ben.post(f"{desk.base}/keep", **fields)

    assert again.status_code == 422
    assert "stands for “<bdi>Quick and slow</bdi>” already" in again.text


async def test_a_reworded_card_is_signed_by_whoever_reworded_it(desk: Desk) -> None:
    card = await desk.card(desk.ben, "Ben's words")
    await desk.op(desk.abe, EditCard(card, text="Abe's words"))
    record = await desk.record(await desk.keep(desk.ana, "dilemma", "A title", card))

    assert record.rows[0].by == desk.abe.id


async def test_sections_carry_the_lists_of_a_dilemma_with_each_writer(desk: Desk) -> None:
    section, card = new_id(), await desk.card(desk.ana, "Quick and slow")
    await desk.op(desk.ana, AddSection(section, "Upsides A"))
    await desk.card(desk.ben, "A bed tonight", section)
    form = await desk.ana.get(f"{desk.base}/keep?kind=dilemma&cards={desk.board}/{card}")
    id = await desk.keep(desk.ana, "dilemma", "Quick and slow", card, **{"section-ups_a": section})
    rows = (await desk.record(id)).of("ups_a")

    assert f'<option value="{section}" selected>Upsides A</option>' in form.text
    assert [(row.fields["text"], row.by) for row in rows] == [("A bed tonight", desk.ben.id)]


async def test_a_draft_is_on_no_page_of_anybody_else_and_on_no_card(desk: Desk) -> None:
    card = await desk.card(desk.ana, "Canary in the cage")
    id = await desk.keep(desk.ana, "dilemma", "Canary in the draft", card, step="draft")
    paths = [
        desk.base,
        f"{desk.base}/{id}",
        f"{desk.base}.json",
        f"/records/{id}.json",
        f"{desk.base}/{id}/edit",
    ]
    paths += [
        f"/spaces/{desk.space}",
        f"/spaces/{desk.space}/find?words=Canary",
        f"{desk.base}/cards/{desk.board}/{card}",
    ]

    for path in paths:
        assert "Canary in the draft" not in (await desk.abe.get(path)).text, path
    assert (await desk.ana.get(f"{desk.base}/{id}")).status_code == 200
    assert await desk.face(card) == {}
    assert await desk.do(desk.abe, id, "stand") == 404

    assert await desk.do(desk.ana, id, "stand") == 303
    page = await desk.abe.get(f"{desk.base}/{id}")
    assert "Canary in the draft" in page.text
    assert "began this" not in page.text
    assert (await desk.face(card))["record"] == id


async def test_two_who_change_one_text_are_both_kept_and_choose(either: Desk) -> None:
    id = await either.keep(either.ana, "dilemma", "A title")
    await either.ben.post(
        f"{either.base}/{id}/edit", title="Ben's title", seen="1", **{"field-purpose": "Ben's purpose"}
    )
    late = {"title": "Ana's title", "seen": "1", "field-fear": "Ana's fear"}
    asked = await either.ana.post(f"{either.base}/{id}/edit", **late)

    assert asked.status_code == 422
    assert "Ben&#39;s title" in asked.text
    assert "Ana&#39;s title" in asked.text
    assert (await either.record(id)).title == "Ben's title"

    await either.ana.post(f"{either.base}/{id}/edit", **late, **{"choose-title": "both"})
    record = await either.record(id)
    assert record.title == "Ben's title / Ana's title"
    assert (record.fields["purpose"], record.fields["fear"]) == ("Ben's purpose", "Ana's fear")


async def test_what_is_refused_is_said_and_what_was_typed_stays(desk: Desk) -> None:
    id = await desk.keep(desk.ana, "dilemma", "A title")
    answer = await desk.ana.post(f"{desk.base}/{id}/ops", do="look_again", on="2001-01-01")
    long = {"do": "add_row", "id": new_id(), "list": "warnings_a", "field-sign": "x" * 301}
    too_long = await desk.ana.post(f"{desk.base}/{id}/ops", **long)

    assert answer.status_code == too_long.status_code == 422
    assert "Choose a day that is still to come." in answer.text
    assert "x" * 301 in too_long.text


async def test_one_who_is_asked_to_keep_it_true_says_yes(desk: Desk) -> None:
    id = await desk.keep(desk.ana, "dilemma", "A title", tender="other", person=desk.ben.id)
    before = await desk.ben.get(f"{desk.base}/{id}")

    assert "You were asked to keep this true" in before.text
    assert "Nobody holds this" in before.text
    assert await desk.do(desk.abe, id, "answer", answer="yes") == 403
    assert await desk.do(desk.ben, id, "answer", answer="yes") == 303
    assert (await desk.record(id)).tender == desk.ben.id
    assert await desk.do(desk.ana, id, "close", ending="let_go", reason="Over") == 403


async def test_what_its_tender_left_behind_is_held_by_nobody(desk: Desk) -> None:
    id = await desk.keep(desk.ben, "dilemma", "A title")
    await desk.home.set(f"UPDATE member SET state = 'former' WHERE person_id = '{desk.ben.id}'")
    held = await desk.ana.get(f"{desk.base}?kind=nobody")

    assert "A title" in held.text
    assert await desk.do(desk.ana, id, "take_on") == 303
    assert (await desk.record(id)).tender == desk.ana.id


async def test_from_a_dilemma_to_a_supported_assumption_by_a_test(either: Desk) -> None:
    dilemma = await either.keep(either.ana, "dilemma", "Quick and slow")
    page = await either.ana.get(f"{either.base}/{dilemma}")
    assert "What must be true?" in page.text

    asks = {"from": dilemma, "means": "rests_on", "mine": "yes"}
    assumption = await either.keep(either.ana, "assumption", "Families hear too late", **asks)
    plan = {"field-do": "Ring", "field-threshold": "20 of 30 say yes", "from": assumption, "means": "tests"}
    test = await either.keep(either.ana, "test", "Ring early", **plan)
    assert await either.do(either.ana, test, "set_state", state="running") == 303
    result = {"id": new_id(), "list": "results", "field-saw": "24 of 30 said yes"}
    assert await either.do(either.ana, test, "add_row", **result) == 303
    assert "End the test" in (await either.ana.get(f"{either.base}/{test}")).text
    conclusion = {"state": "adopted", "field-learned": "Early is enough", "assumption": "supported"}
    assert await either.do(either.ana, test, "conclude", **conclusion) == 303

    believed = await either.record(assumption)
    assert (await either.record(dilemma)).tied("rests_on")[0].other == assumption
    assert (await either.record(test)).state == "adopted"
    assert believed.state == "supported"
    assert believed.of("evidence")[0].fields == {
        "what": "24 of 30 said yes",
        "source": "Ring early",
        "strength": "tested",
    }


async def test_what_rests_on_a_refuted_assumption_says_so_wherever_it_stands(desk: Desk) -> None:
    card = await desk.card(desk.ana, "Quick and slow")
    dilemma = await desk.keep(desk.ana, "dilemma", "Quick and slow", card)
    assumption = await desk.keep(
        desk.ana,
        "assumption",
        "Families hear too late",
        **{"from": dilemma, "means": "rests_on", "mine": "yes"},
    )
    evidence = {"id": new_id(), "list": "evidence", "field-what": "They knew", "field-strength": "local"}
    await desk.do(desk.ana, assumption, "add_row", **evidence)
    await desk.do(desk.ana, assumption, "set_state", state="refuted")
    page, index = await desk.ben.get(f"{desk.base}/{dilemma}"), await desk.ben.get(desk.base)

    assert "Rests on a refuted assumption" in page.text
    assert "Rests on a refuted assumption" in index.text
    assert (await desk.face(card))["word"] == "Rests on a refuted assumption"


async def test_a_circle_of_ties_is_refused(desk: Desk) -> None:
    one, two = await desk.keep(desk.ana, "dilemma", "One"), await desk.keep(desk.ana, "dilemma", "Two")
    first = {"id": new_id(), "other": f"record:{two}", "means": "led_to"}
    back = {"id": new_id(), "other": f"record:{one}", "means": "led_to"}

    assert await desk.do(desk.ana, one, "add_tie", **first) == 303
    answer = await desk.ana.post(f"{desk.base}/{two}/ops", do="add_tie", **back)
    assert answer.status_code == 422
    assert "lead back to where it began" in answer.text


async def test_a_record_that_replaces_another_is_told_on_both(either: Desk) -> None:
    old, new = (
        await either.keep(either.ana, "dilemma", "Old one"),
        await either.keep(either.ana, "dilemma", "New one"),
    )
    closing = {"ending": "replaced", "by": new, "reason": "Better put"}

    assert await either.do(either.ana, old, "close", **closing) == 303
    assert (await either.record(old)).replaced_by == new
    assert [tie.other for tie in (await either.record(new)).tied("replaces")] == [old]
    assert "New one" in (await either.ben.get(f"{either.base}/{old}")).text

    newest = await either.keep(either.ana, "dilemma", "Newest one")
    assert await either.do(either.ana, new, "close", **{**closing, "by": newest}) == 303
    assert await either.do(either.ana, old, "open", reason="It is another one after all") == 303
    assert (await either.record(old)).replaced_by is None
    assert not (await either.record(new)).tied("replaces")
    assert "Old one" not in (await either.ben.get(f"{either.base}/{new}")).text


async def test_no_record_says_alone_that_it_replaces_another_and_none_takes_it_back_alone(desk: Desk) -> None:
    old, new = [await desk.keep(desk.ana, "question", title) for title in ("Old one", "New one")]
    alone = {"id": new_id(), "other": f"record:{old}", "means": "replaces"}
    assert await desk.do(desk.ana, new, "add_tie", **alone) == 422
    assert await desk.do(desk.ana, old, "close", ending="replaced", by=new, reason="Better put") == 303
    tie = (await desk.record(new)).tied("replaces")[0]

    assert await desk.do(desk.ana, new, "remove_tie", id=tie.id) == 422
    assert await desk.do(desk.ana, new, "put_back", revision=str((await desk.record(new)).revision)) == 422
    assert (await desk.record(new)).tied("replaces") == [tie]
    assert "Disconnect" not in (await desk.ana.get(f"{desk.base}/{new}")).text
    itself = {"id": new_id(), "other": f"record:{new}", "means": "led_to"}
    answer = await desk.ana.post(f"{desk.base}/{new}/ops", do="add_tie", **itself)
    assert "This is the same record" in answer.text


async def test_other_programs_read_one_record_and_all_of_a_kind(desk: Desk) -> None:
    id = await desk.keep(
        desk.ana, "dilemma", "Quick and slow", **{"field-pole_a": "Flow", "field-pole_b": "Choice"}
    )
    await desk.keep(desk.ana, "assumption", "Families hear too late")
    one = (await desk.ben.get(f"/records/{id}.json")).json()
    many = (await desk.ben.get(f"{desk.base}.json?kind=assumption&state=untested")).json()

    assert (one["id"], one["title"], one["state"], one["tender"]) == (id, "Quick and slow", "named", "Ana")
    assert one["summary"] == "A dilemma between Flow and Choice, named."
    assert [record["title"] for record in many["records"]] == ["Families hear too late"]
    assert (await desk.ben.get(f"/records/{id}")).headers["location"] == f"{desk.base}/{id}"


async def test_a_card_can_be_tied_to_a_record_there_is_and_taken_off_again(desk: Desk) -> None:
    id, card = await desk.keep(desk.ana, "dilemma", "Quick and slow"), await desk.card(desk.ben, "The same")
    path = f"{desk.base}/cards/{desk.board}/{card}"

    assert "Quick and slow" in (await desk.ben.get(path)).text
    assert (await desk.ben.post(path, record=id)).status_code == 303
    assert (await desk.face(card))["record"] == id
    assert "Leaving well" in (await desk.ana.get(f"{desk.base}/{id}")).text
    await desk.ben.post(path, record=id, do="leave")
    assert await desk.face(card) == {}


async def test_a_removed_card_takes_no_record_with_it(desk: Desk) -> None:
    card = await desk.card(desk.ana, "Quick and slow")
    id = await desk.keep(desk.ana, "dilemma", "Quick and slow", card)
    await desk.op(desk.ana, RemoveCard(card))
    await status_job.refresh_space(desk.home.db, desk.rooms, desk.space)

    assert (await desk.ana.get(f"{desk.base}/{id}")).status_code == 200


async def test_observers_read_and_are_offered_nothing(desk: Desk) -> None:
    id = await desk.keep(desk.ana, "dilemma", "Quick and slow")
    page = await desk.gus.get(f"{desk.base}/{id}")

    assert page.status_code == 200
    assert "<summary>Add" not in page.text
    assert "/ops" not in page.text
    assert (await desk.gus.get(f"{desk.base}/keep")).status_code == 403


async def test_ones_data_has_what_one_kept_and_signed_and_nobody_elses(desk: Desk) -> None:
    id = await desk.keep(desk.ana, "dilemma", "Quick and slow")
    warning = {"id": new_id(), "list": "warnings_a", "field-sign": "More than 3 a week"}
    await desk.do(desk.ben, id, "add_row", **warning)
    hers = (await desk.ana.get("/me/data.json")).json()["records"]
    his = (await desk.ben.get("/me/data.json")).json()["records"]

    assert hers["keeps_true"] == ["Quick and slow"]
    assert [one["did"]["do"] for one in hers["changes"]] == ["keep"]
    assert hers["lines"] == []
    assert [one["did"]["do"] for one in his["changes"]] == ["add_row"]
    assert his["lines"][0]["words"] == {"sign": "More than 3 a week"}


async def test_who_is_erased_leaves_their_words_and_takes_their_name(desk: Desk) -> None:
    id = await desk.keep(desk.ben, "dilemma", "Quick and slow")
    warning = {"id": new_id(), "list": "warnings_a", "field-sign": "More than 3 a week"}
    await desk.do(desk.ben, id, "add_row", **warning)
    secret = await hash_password(PASSWORD)
    await desk.home.set(f"UPDATE person SET password_hash = '{secret}' WHERE id = '{desk.ben.id}'")
    erased = await desk.ben.post("/me/erase", sure="yes", password=PASSWORD)
    page = (await desk.ana.get(f"{desk.base}/{id}")).text

    assert "You are erased" in erased.text
    assert "More than 3 a week" in page
    assert "Ben" not in page
    assert "Former participant of South" in page
    assert "Nobody holds this" in page
