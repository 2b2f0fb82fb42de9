"""What is gone or shut while people take part: said in a sentence, and nothing is lost."""

from tests.workshops.conftest import Stage, text_of

CANARY = "three weeks in the wrong bed"


async def test_a_question_whose_section_is_gone_is_answered_all_the_same(stage: Stage) -> None:
    await stage.begin()
    section = await stage.desk.section(stage.winter.ana)
    phase = await stage.ask(sections=[section])
    await stage.op(stage.winter.ana, "remove_section", id=section)
    late = await stage.note(stage.winter.bo, phase, CANARY, section=section)

    assert late.status_code == 404
    assert CANARY in late.text, "the words stay in their box"
    assert section not in await stage.page(stage.winter.bo)
    assert (await stage.note(stage.winter.bo, phase, CANARY)).status_code == 303
    assert CANARY not in await stage.page(stage.winter.ana)


async def test_W5_when_the_only_facilitator_has_left_a_steward_can_go_on(stage: Stage) -> None:
    id, ana, bo, cleo = await stage.begin(), stage.winter.ana, stage.winter.bo, stage.winter.cleo
    phase = await stage.ask()
    await stage.op(ana, "add_facilitator", id=id, person=bo.id)
    await stage.op(ana, "give_up", id=id)
    await stage.wrote(cleo, phase, CANARY)
    left = await ana.post(f"{stage.winter.path}/people/{bo.id}/remove", sure="yes")
    assert left.status_code == 303, left.text

    await stage.wrote(cleo, phase, "Written while nobody leads")
    assert CANARY not in await stage.page(ana)
    await stage.op(ana, "add_facilitator", id=id, person=ana.id)
    await stage.reveal(phase)
    assert CANARY in await stage.page(ana)


async def test_a_vote_in_a_space_that_is_archived_meanwhile_goes_on_once_it_is_restored(stage: Stage) -> None:
    await stage.begin()
    vote = await stage.ask("Are we agreed?", write="off", vote={"how": "choice", "options": ["Yes", "No"]})
    bo, cleo = stage.winter.bo, stage.winter.cleo
    await bo.post(stage.path, do="place", phase=vote, choice="0")
    await stage.winter.ana.post(f"{stage.winter.path}/archive", sure="yes")
    await stage.winter.cleo.say_yes(stage.winter.path)
    shut = await cleo.post(stage.path, do="place", phase=vote, choice="1")

    assert shut.status_code in (403, 409)
    assert "archived" in text_of(shut.text)
    await stage.winter.ana.post(f"{stage.winter.path}/restore", sure="yes")
    assert 'data-thing="0" data-on="1"' in await stage.page(bo)
    assert (await cleo.post(stage.path, do="place", phase=vote, choice="1")).status_code == 303
