"""The doors: how many share a phone is counted, and what would help somebody only the facilitators read."""

import pytest

from app.boards.storage import door_store
from app.db import now
from app.main import services
from tests.people.account.test_erasing import SURE
from tests.workshops.conftest import Stage, text_of

CANARY = "I cannot climb the stairs"


async def tell(stage: Stage, who: object, **form: str) -> int:
    answer = await who.post(f"{stage.desk.path}/doors", **form)  # type: ignore[attr-defined]
    return int(answer.status_code)


async def console(stage: Stage) -> str:
    """The words of the console, once who looks is written down."""
    await services(stage.home.app).rooms.looks.write({})
    shown = await stage.winter.ana.get(f"{stage.desk.path}/console")
    assert shown.status_code == 200
    return text_of(shown.text)


async def test_how_many_share_a_phone_is_asked_at_the_doors_changed_and_counted(stage: Stage) -> None:
    await stage.begin()
    bo, cleo = stage.winter.bo, stage.winter.cleo
    page = await stage.page(bo)
    await stage.page(cleo)
    assert "How many people use this phone?" in page
    assert 'name="people" type="text" inputmode="numeric"' in page
    assert "Here: 2 people" in await console(stage)

    assert await tell(stage, bo, do="people", people="4") == 303
    assert 'value="4"' in await stage.page(bo)
    words = await console(stage)
    assert "Here: 5 people" in words
    assert "More at shared phones 3" in words
    assert await tell(stage, bo, do="people", people="2") == 303
    assert "Here: 3 people" in await console(stage)
    assert await tell(stage, bo, do="people", people="1") == 303
    assert "Here: 2 people" in await console(stage)
    assert await stage.home.count("shared_phone") == 0


async def test_several_people_at_one_phone_have_the_dots_and_the_part_of_one(stage: Stage) -> None:
    await stage.begin()
    bo = stage.winter.bo
    await stage.page(bo)
    await tell(stage, bo, do="people", people="5")
    vote = await stage.ask("Which?", vote={"how": "choice", "options": ["This", "That"]}, write="off")
    await bo.post(stage.path, do="place", phase=vote, choice="0")
    await stage.op(stage.winter.ana, "close_vote", id=vote)
    ended = await console(stage)
    assert "1 person" in ended
    assert "5 people" not in ended.replace("Here: 5 people", "")


@pytest.mark.parametrize("people", ["0", "31", "-1", "many", "", "1e1", "٣", "9999"])
async def test_a_number_that_is_none_is_said_and_stays_in_its_field(stage: Stage, people: str) -> None:
    await stage.begin()
    answer = await stage.winter.bo.post(f"{stage.desk.path}/doors", do="people", people=people)
    assert answer.status_code == 422
    assert "Give a number from 1 to 30" in answer.text
    assert f'aria-describedby="people-why" value="{people}"' in answer.text
    assert await stage.home.count("shared_phone") == 0


async def test_what_would_help_is_read_by_the_facilitators_alone_and_gone_at_the_end(stage: Stage) -> None:
    id = await stage.begin()
    ana, bo, cleo, path = stage.winter.ana, stage.winter.bo, stage.winter.cleo, stage.desk.path
    before = await stage.page(bo)
    assert "Only the facilitators read this, with your name. It is in no minutes" in before
    assert await tell(stage, bo, do="need", need=f" {CANARY} ") == 303
    assert CANARY in await stage.page(bo)
    words = await console(stage)
    assert "1 person said what would help them" in words
    assert f"Bo {CANARY}" in words

    for who in (cleo, stage.oli):
        for page in (f"{path}/take-part", f"{path}?mode=outline", path, f"{path}/people"):
            assert CANARY not in (await who.get(page)).text, page
        assert (await who.get(f"{path}/console")).status_code == 403
    assert CANARY not in (await ana.get(f"{path}/take-part")).text
    assert CANARY not in (await ana.get(f"{path}/export.json")).text

    await stage.op(ana, "end", id=id)
    assert await stage.home.count("access_need") == 0
    await stage.op(ana, "resume", id=id)
    assert CANARY not in await console(stage)


async def test_what_arrives_in_the_moment_of_the_end_is_not_for_those_who_lead_the_next(stage: Stage) -> None:
    id = await stage.begin()
    await stage.op(stage.winter.ana, "end", id=id)
    async with stage.home.db.write() as tx:  # another process had not heard of the end yet
        await door_store.set_need(tx, stage.desk.id, stage.winter.bo.id, CANARY, now())
    await stage.begin()

    assert await stage.home.count("access_need") == 0
    assert CANARY not in await console(stage)


async def test_words_are_taken_back_by_an_empty_field_and_too_many_stay_in_it(stage: Stage) -> None:
    await stage.begin()
    bo = stage.winter.bo
    await tell(stage, bo, do="need", need=CANARY)
    long = await bo.post(f"{stage.desk.path}/doors", do="need", need="x" * 501)
    assert long.status_code == 422
    assert "at most 500 characters" in long.text
    assert "x" * 501 in long.text
    assert CANARY in await console(stage)
    back = await bo.post(f"{stage.desk.path}/doors", do="need", need="  ")
    assert "Taken back." in (await bo.get(back.headers["location"])).text
    assert "would help" not in await console(stage)
    assert await tell(stage, bo, do="other") == 422


async def test_nobody_is_asked_where_no_workshop_runs_and_who_leads_is_not_asked(stage: Stage) -> None:
    bo = stage.winter.bo
    assert "How many people" not in await stage.page(bo)
    early = await bo.post(f"{stage.desk.path}/doors", do="need", need=CANARY)
    assert early.status_code == 409
    assert "No workshop is running here now." in early.text
    assert CANARY in early.text, "no word is lost"
    id = await stage.begin()
    assert "phone-doors" not in await stage.page(stage.winter.ana)
    observer = await stage.page(stage.oli)
    assert "How many people" not in observer
    assert "What would help you" in observer
    await stage.op(stage.winter.ana, "end", id=id)
    assert await tell(stage, bo, do="people", people="3") == 409


async def test_who_is_erased_leaves_nothing_of_it_and_can_download_it_before(stage: Stage) -> None:
    await stage.begin()
    bo = stage.winter.bo
    await tell(stage, bo, do="need", need=CANARY)
    await tell(stage, bo, do="people", people="3")
    assert CANARY in (await bo.get("/me/data.json")).text
    assert CANARY not in (await stage.winter.cleo.get("/me/data.json")).text
    await bo.post("/me/erase", **SURE)
    assert await stage.home.count("access_need") == 0
    assert await stage.home.count("shared_phone") == 0
