"""Taking part on a phone without JavaScript: writing, reading, voting and what is said when it cannot be."""

import re
from datetime import timedelta

import pytest

from app.db import new_id, now
from tests.boards.storage.test_taken_out_words import CANARY as NAMED
from tests.boards.storage.test_taken_out_words import tables_with
from tests.workshops.conftest import Stage, text_of

CANARY = "a bed on the corridor for nine days"


async def test_without_a_workshop_the_page_says_so(stage: Stage) -> None:
    assert "No workshop is running here" in await stage.page(stage.winter.bo)


async def test_before_the_first_question_one_is_at_the_doors(stage: Stage) -> None:
    await stage.begin()
    page = text_of(await stage.page(stage.winter.bo))

    assert "So that people are home." in page
    assert "The first question comes up here by itself." in page
    assert "Led by Ana" in page
    assert "You are here as Bo , Northfield Trust ." in page


async def test_at_the_doors_one_tries_the_box_out_and_nothing_of_it_is_kept(stage: Stage) -> None:
    await stage.begin()
    bo = stage.winter.bo
    assert "nothing of it is kept" in await stage.page(bo)
    answer = await bo.post(stage.path, do="try", text=NAMED)
    assert answer.status_code == 200
    assert f"You wrote: “ {NAMED} ”" in text_of(answer.text)

    assert NAMED not in await stage.page(bo)
    assert await tables_with(stage.desk, NAMED) == set()
    assert "Try it out" not in await stage.page(stage.oli), "an observer will not write"
    await stage.ask()
    assert "Try it out" not in await stage.page(bo)


async def test_W1_a_note_is_private_until_it_is_revealed_and_then_shows_its_author(stage: Stage) -> None:
    await stage.begin()
    phase = await stage.ask()
    note = await stage.wrote(stage.winter.bo, phase, CANARY)
    bo, cleo = stage.winter.bo, stage.winter.cleo

    assert CANARY in await stage.page(bo)
    assert "Nobody reads this before it is revealed" in await stage.page(bo)
    for other in (stage.winter.ana, cleo, stage.oli):
        for path in (stage.path, f"{stage.desk.path}/outline", f"{stage.desk.path}/changes?client=c&from=0"):
            shown = (await other.get(path)).text
            assert CANARY not in shown
            assert note not in shown
    await stage.reveal(phase)
    for who in (stage.winter.ana, cleo, stage.oli):
        page = text_of(await stage.page(who))
        assert CANARY in page
        assert "Bo , Northfield Trust" in page


async def test_my_own_notes_are_marked_to_me_alone(stage: Stage) -> None:
    await stage.begin()
    phase = await stage.ask()
    note = await stage.wrote(stage.winter.bo, phase, "Mine")
    await stage.reveal(phase)
    mark = re.compile(rf'data-note="{note}" class="[^"]*\bmine\b')

    assert mark.search(await stage.page(stage.winter.bo))
    assert not mark.search(await stage.page(stage.winter.cleo))


async def test_a_note_is_changed_and_taken_away(stage: Stage) -> None:
    await stage.begin()
    phase = await stage.ask()
    note = await stage.wrote(stage.winter.bo, phase, "First words")
    changed = await stage.winter.bo.post(
        stage.path, do="edit_card", id=note, phase=phase, text="Second words"
    )

    assert changed.status_code == 303
    assert "Second words" in await stage.page(stage.winter.bo)
    gone = await stage.winter.bo.post(stage.path, do="remove_card", id=note, phase=phase, text="Second words")
    assert gone.status_code == 303
    assert "Second words" not in await stage.page(stage.winter.bo)


async def test_a_note_that_is_too_long_stays_in_its_box(stage: Stage) -> None:
    await stage.begin()
    phase = await stage.ask()
    answer = await stage.note(stage.winter.bo, phase, "long " * 1000)

    assert answer.status_code == 422
    assert "long long" in answer.text
    assert 'aria-invalid="true"' in answer.text


async def test_no_question_where_one_is_asked_for_can_be_turned_into_one(stage: Stage) -> None:
    await stage.begin()
    phase = await stage.ask("How is it that we do both?", question=True, kinds=["question"])
    refused = await stage.note(stage.winter.bo, phase, "We do both.", kind="question")

    assert refused.status_code == 422
    assert "This asks for a question" in refused.text
    assert "We do both." in refused.text
    assert "Add it with a question mark" in refused.text
    taken = await stage.note(stage.winter.bo, phase, "We do both.", kind="question", as_question="yes")
    assert taken.status_code == 303
    assert "We do both?" in await stage.page(stage.winter.bo)


async def test_W2_a_late_note_goes_under_the_promise_it_was_written_with(stage: Stage) -> None:
    await stage.begin()
    first = await stage.ask("First?")
    second = await stage.ask("Second?", first)
    answer = await stage.note(stage.winter.bo, first, CANARY)

    assert answer.status_code == 303
    assert CANARY not in await stage.page(stage.winter.bo), "it answers the first question, not this one"
    assert CANARY not in await stage.page(stage.winter.cleo)
    assert "Second?" in await stage.page(stage.winter.bo)
    assert second != first


async def test_words_for_a_question_that_is_gone_are_shown_to_be_copied(stage: Stage) -> None:
    await stage.begin()
    await stage.ask()
    answer = await stage.note(stage.winter.bo, new_id(), CANARY)

    assert answer.status_code == 404
    assert CANARY in answer.text
    assert "That question is no longer here." in answer.text


async def test_what_is_written_once_voting_is_on_is_refused_and_kept(stage: Stage) -> None:
    await stage.begin()
    first = await stage.ask("First?", write="off")
    answer = await stage.note(stage.winter.bo, first, CANARY)

    assert answer.status_code == 409
    assert CANARY in answer.text
    assert "Nothing is written in this part of the workshop." in answer.text


async def test_in_an_archived_space_it_is_said_and_the_words_are_kept(stage: Stage) -> None:
    await stage.begin()
    phase = await stage.ask()
    await stage.winter.ana.post(f"{stage.winter.path}/archive", sure="yes")
    await stage.winter.cleo.say_yes(stage.winter.path)
    answer = await stage.note(stage.winter.bo, phase, CANARY)

    assert answer.status_code in (403, 409)
    assert CANARY in answer.text
    assert "archived" in answer.text


async def test_finishing_and_going_on(stage: Stage) -> None:
    await stage.begin()
    phase = await stage.ask()
    bo = stage.winter.bo
    assert 'value="finish"' in await stage.page(bo)

    assert (await bo.post(stage.path, do="finish", phase=phase)).status_code == 303
    assert 'value="go_on"' in await stage.page(bo)
    assert 'value="finish"' in await stage.page(stage.winter.cleo)
    assert (await bo.post(stage.path, do="go_on", phase=phase)).status_code == 303
    assert 'value="finish"' in await stage.page(bo)


async def test_dots_are_placed_taken_back_and_come_to_totals(stage: Stage) -> None:
    await stage.begin()
    first = await stage.ask()
    note = await stage.wrote(stage.winter.bo, first, "Nobody owns the journey")
    await stage.reveal(first)
    vote = await stage.ask(
        "Which do we hold?", first, write="off", vote={"how": "dots", "dots": 2, "most": 1}, about=[first]
    )
    bo = stage.winter.bo
    assert "2 of your 2 dots left" in text_of(await stage.page(bo))

    assert (await bo.post(stage.path, do="place", phase=vote, choice=note)).status_code == 303
    assert "1 of your 2 dots left" in text_of(await stage.page(bo))
    again = await bo.post(stage.path, do="place", phase=vote, choice=note)
    assert again.status_code == 409
    assert "One thing takes at most 1 of your dots." in again.text
    await bo.post(stage.path, do="take_back", phase=vote, choice=note)
    assert "2 of your 2 dots left" in text_of(await stage.page(bo))
    await bo.post(stage.path, do="place", phase=vote, choice=note)
    await stage.op(stage.winter.ana, "close_vote", id=vote)
    await stage.op(stage.winter.ana, "hold", id=vote, thing=note)
    page = text_of(await stage.page(stage.winter.cleo))
    assert "1 person voted" in page
    assert "We go on with Nobody owns the journey" in page
    late = await bo.post(stage.path, do="place", phase=vote, choice=note)
    assert late.status_code == 409
    assert "does not count" in late.text


async def test_of_a_list_one_answer_is_chosen_and_can_be_changed(stage: Stage) -> None:
    await stage.begin()
    vote = await stage.ask(
        "Are we agreed?", write="off", vote={"how": "choice", "options": ["Yes", "Not yet"]}
    )
    bo = stage.winter.bo
    await bo.post(stage.path, do="place", phase=vote, choice="0")
    await bo.post(stage.path, do="place", phase=vote, choice="1")
    page = await stage.page(bo)

    assert re.search(r'data-thing="1" data-on="1"', page)
    assert re.search(r'data-thing="0" data-on="0"', page)
    await stage.op(stage.winter.ana, "close_vote", id=vote)
    assert "Fewer than five people answered" in await stage.page(bo)


async def test_observers_read_and_are_offered_nothing_to_write_or_choose(stage: Stage) -> None:
    await stage.begin()
    phase = await stage.ask()
    page = await stage.page(stage.oli)

    assert 'data-writes="no"' in page
    assert 'data-casts="no"' in page
    refused = await stage.note(stage.oli, phase, "From an observer")
    assert refused.status_code == 403
    assert "From an observer" in refused.text


async def test_facilitators_find_their_console_and_others_do_not(stage: Stage) -> None:
    await stage.begin()

    assert "/console" in await stage.page(stage.winter.ana)
    assert "/console" not in await stage.page(stage.winter.bo)


async def test_when_it_has_ended_the_page_says_so(stage: Stage) -> None:
    id = await stage.begin()
    phase = await stage.ask("Why do people wait?")
    await stage.note(stage.winter.bo, phase, "A word that nobody revealed")
    await stage.op(stage.winter.ana, "end", id=id)

    assert "The workshop has ended" in await stage.page(stage.winter.bo)


async def test_the_parts_for_the_script_hold_no_token_and_nothing_of_others(stage: Stage) -> None:
    await stage.begin()
    phase = await stage.ask()
    await stage.wrote(stage.winter.bo, phase, CANARY)
    parts = (await stage.winter.cleo.get(stage.path, **{"HX-Request": "true"})).text

    assert 'id="stage-ask"' in parts
    assert "_csrf_token" not in parts
    assert CANARY not in parts


@pytest.mark.parametrize("form", [{"do": "shout"}, {"do": "place", "phase": "x"}, {}])
async def test_a_form_that_cannot_be_read_is_said_on_the_page(stage: Stage, form: dict[str, str]) -> None:
    await stage.begin()
    await stage.ask()
    answer = await stage.winter.bo.post(stage.path, **form)

    assert answer.status_code in (409, 422)
    assert "What makes it hard?" in answer.text


async def test_the_outline_and_the_canvas_lead_to_a_workshop_that_runs(stage: Stage) -> None:
    bo, outline, canvas = stage.winter.bo, f"{stage.desk.path}/outline", f"{stage.desk.path}?view=canvas"
    hidden = re.compile(r'id="workshop" hidden')
    assert 'id="workshop"' not in (await bo.get(outline)).text
    assert hidden.search((await bo.get(canvas)).text)
    id = await stage.begin()

    for path in (outline, canvas):
        page = (await bo.get(path)).text
        assert "A workshop is running." in page
        assert not hidden.search(page)
    await stage.op(stage.winter.ana, "end", id=id)
    assert 'id="workshop"' not in (await bo.get(outline)).text


async def test_a_guest_who_joins_while_a_workshop_runs_lands_in_its_present_phase(stage: Stage) -> None:
    guest = stage.desk.home.stranger()
    code = await stage.desk.home.code(stage.winter.id, stage.winter.ana, now() + timedelta(days=1))
    await stage.begin()
    await stage.ask("What makes it hard?")
    joining = await guest.post(
        f"/join/{code.code}?board={stage.desk.id}",
        name="Kofi",
        organisation="Riverside Housing",
        agreed="yes",
        board=stage.desk.id,
    )
    assert joining.status_code == 303, joining.text
    board = await guest.get(joining.headers["location"])
    page = await guest.get(board.headers["location"])

    assert page.url.path == stage.path
    words = text_of(page.text)
    assert "You are in, Kofi ." in words
    assert "This is what everybody is looking at now." in words
    assert "What makes it hard?" in words


async def test_W1_on_the_outline_a_new_card_answers_the_phase_and_nobody_is_offered_to_publish_it(
    stage: Stage,
) -> None:
    await stage.begin()
    phase = await stage.ask(kinds=["question", "note"])
    bo = stage.winter.bo
    page = await stage.desk.outline(bo)
    assert f'name="phase" value="{phase}"' in page
    assert "Only you see it until it is revealed." in text_of(page)
    assert "Keep as draft" not in page
    assert 'value="problem"' not in page

    await stage.desk.card(bo, CANARY, phase=phase)
    page = await stage.desk.outline(bo)
    assert CANARY in page
    assert "publish_card" not in page
    assert ">Move…<" not in page
    assert CANARY not in await stage.desk.outline(stage.winter.cleo)
    await stage.ask("Which?", phase, write="off")
    assert 'name="phase"' not in await stage.desk.outline(bo)
    assert 'name="do" value="add_card"' not in await stage.desk.outline(bo)


async def test_words_that_were_taken_out_say_by_whom_and_when(stage: Stage) -> None:
    await stage.begin()
    phase = await stage.ask()
    note = await stage.wrote(stage.winter.bo, phase, CANARY)
    await stage.reveal(phase)
    await stage.op(stage.winter.ana, "take_out", id=note, why="patient")
    for who in (stage.winter.cleo, stage.winter.bo, stage.oli):
        page = text_of(await stage.page(who))
        assert CANARY not in page
        assert "Taken out by Ana, Northfield Trust , just now" in page
    assert "Change" not in text_of(await stage.page(stage.winter.bo)), "no other words can take their place"


async def test_a_vote_that_is_closed_has_no_clock_any_more(stage: Stage) -> None:
    await stage.begin()
    vote = {"how": "choice", "options": ["Yes", "No"]}
    phase = await stage.ask("Which?", write="off", vote=vote, minutes=3)
    assert "data-ends-at" in await stage.page(stage.winter.bo)
    await stage.op(stage.winter.ana, "close_vote", id=phase)
    assert "data-ends-at" not in await stage.page(stage.winter.bo)
    console = (await stage.winter.ana.get(f"{stage.desk.path}/console")).text
    assert "clock-more" not in console
