"""A private page: what two windows write is kept, words that go can come back, one sentence is handed on."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from app.db import Database, now
from app.people import actions as people
from app.records.core.record import Stands
from app.records.immunity import actions, store
from app.records.immunity.page import (
    BOXES,
    KEPT,
    MOST_PAGES,
    MOST_VERSIONS,
    MOST_WORDS,
    NAMES,
    is_version,
    join,
    mark,
    marks,
    read_words,
    too_long,
    too_long_together,
)
from tests.records.desk import Desk, desk_at
from tests.spaces.house import Person

AT = datetime(2026, 11, 29, 9, tzinfo=UTC)
TEXTS = st.fixed_dictionaries({name: st.sampled_from(["", "A", "B", "A\nB"]) for name in NAMES})


@pytest.fixture
async def at(sqlite_url: str):  # type: ignore[no-untyped-def]
    async with desk_at(sqlite_url) as made:
        yield made


async def begin(person: Person) -> str:
    answer = await person.post("/me/immunity")
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def form(words: dict[str, str], shown: dict[str, str], **more: str) -> dict[str, str]:
    """What a page sends that showed `shown` and now holds `words`."""
    whole = {**shown, **words}
    boxes = {f"box-{name}": whole.get(name, "") for name in NAMES}
    return boxes | {f"seen-{name}": one for name, one in marks(shown).items()} | more


def test_the_boxes_take_35_minutes_and_no_two_are_called_the_same() -> None:
    assert sum(one.minutes for one in BOXES) == 35
    assert len({one.label for one in BOXES}) == len(NAMES) == 6


@given(shown=TEXTS, mine=TEXTS, theirs=TEXTS)
def test_no_word_that_either_window_wrote_is_lost_before_its_writer_chose(
    shown: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    joined = join(mine, marks(shown), theirs, {})
    after = {**theirs, **joined.words}

    for name in NAMES:
        asked = any(one.field == name for one in joined.conflicts)
        wrote_here, wrote_there = mine[name] != shown[name], theirs[name] != shown[name]
        if wrote_here and wrote_there and mine[name] != theirs[name]:
            assert asked
            assert after[name] == theirs[name]
        else:
            assert not asked
            assert after[name] == (mine[name] if wrote_here else theirs[name])


@given(shown=TEXTS, mine=TEXTS, theirs=TEXTS, later=TEXTS)
def test_a_window_that_goes_on_writing_takes_nothing_for_its_own_that_it_never_showed(
    shown: dict[str, str], mine: dict[str, str], theirs: dict[str, str], later: dict[str, str]
) -> None:
    first = join(mine, marks(shown), theirs, {})
    stood = {**theirs, **first.words}
    second = join(mine, first.seen, later, {})  # sent again while others stand there

    for name in NAMES:
        changed_there = later[name] not in (shown[name], stood[name], mine[name])
        if changed_there and name in second.words:
            raise AssertionError(f"{name} was overwritten unseen")


@pytest.mark.parametrize(
    ("choice", "stands"), [("mine", "Here"), ("theirs", "There"), ("both", "There\n\nHere")]
)
def test_whoever_is_asked_chooses(choice: str, stands: str) -> None:
    now_there = {"goal": "There"}

    joined = join({"goal": "Here"}, marks({"goal": "Before"}), now_there, {"goal": choice})

    assert {**now_there, **joined.words} == {"goal": stands}
    assert not joined.conflicts


def test_both_texts_are_not_taken_where_they_are_too_long_together() -> None:
    long, choices = "x" * (MOST_WORDS // 2), {"goal": "both"}

    joined = join({"goal": f"{long}, mine"}, marks({"goal": "Before"}), {"goal": f"{long}, theirs"}, choices)

    assert not joined.words
    assert "Shorten yours" in too_long_together(joined, choices)["goal"]


def test_a_version_is_kept_when_words_go_or_time_has_passed_and_of_nothing_never() -> None:
    long = {"goal": "I want to ask before I answer"}
    grown = {"goal": "I want to ask before I answer, always"}

    assert is_version(long, {"goal": ""}, AT, AT)
    assert not is_version(long, grown, AT, AT + timedelta(seconds=5))
    assert is_version(long, grown, AT, AT + timedelta(minutes=2))
    assert is_version(long, grown, None, AT)
    assert not is_version({"goal": ""}, long, None, AT)


def test_what_a_form_sends_beside_the_boxes_and_cannot_be_stored_is_left_out() -> None:
    words = read_words({"box-goal": "A\r\nB\ud800", "box-other": "no", "goal": "no"})

    assert words == {"goal": "A\nB"}
    assert too_long({"goal": "x" * 2001, "doing": "x" * 2000}).keys() == {"goal"}
    assert mark("") == ""


async def test_a_page_is_written_saved_and_listed(at: Desk) -> None:
    assert "You have no page yet" in (await at.ana.get("/me/immunity")).text
    page = await begin(at.ana)

    saved = await at.ana.post(page, **form({"goal": "Ask first\nand wait"}, {}))

    assert saved.headers["location"] == page
    assert "Ask first\nand wait</textarea>" in (await at.ana.get(page)).text
    listed = (await at.ana.get("/me/immunity")).text
    assert "Ask first" in listed
    assert (
        "<title>Immunity to change" in (await at.ana.get(page)).text
    )  # a history of a browser has no word of it
    assert await begin(at.ana) != page
    assert await begin(at.ana) == await begin(at.ana)  # an empty page is taken again


async def test_as_one_types_only_marks_and_state_come_back(at: Desk) -> None:
    page = await begin(at.ana)

    answer = await at.ana.http.post(
        page,
        data=form({"goal": "Ask first"}, {}),
        headers={"hx-request": "true", "x-csrftoken": at.ana.http.cookies["tl_csrf"]},
    )

    assert answer.status_code == 200
    assert "<textarea" not in answer.text
    assert f'name="seen-goal" value="{mark("Ask first")}"' in answer.text
    assert "Saved" in answer.text


async def test_two_windows_that_write_in_one_box_lose_nothing(at: Desk) -> None:
    page = await begin(at.ana)
    await at.ana.post(page, **form({"goal": "Ask first", "doing": "I listen"}, {}))
    stood = {"goal": "Ask first", "doing": "I listen"}

    await at.ana.post(page, **form({"goal": "Ask first, always"}, stood))
    asked = await at.ana.post(page, **form({"goal": "Ask twice", "worry": "To seem slow"}, stood))

    assert asked.status_code == 422
    assert "You wrote in this box in another window too" in asked.text
    assert "Ask first, always</blockquote>" in asked.text
    assert "Ask twice</textarea>" in asked.text
    assert "To seem slow</textarea>" in (await at.ana.get(page)).text  # what met nothing is saved
    both = form({"goal": "Ask twice", "worry": "To seem slow"}, stood) | {"choose-goal": "both"}
    assert (await at.ana.post(page, **both)).status_code == 303
    assert "Ask first, always\n\nAsk twice</textarea>" in (await at.ana.get(page)).text


async def test_words_that_went_are_restored_and_what_stood_then_is_kept_too(at: Desk) -> None:
    page = await begin(at.ana)
    whole = {"goal": "I want to ask before I answer"}
    await at.ana.post(page, **form(whole, {}))
    await at.ana.post(page, **form({"goal": "Oh"}, whole))

    assert "I want to ask before I answer" in (await at.ana.get(page)).text
    back = await at.ana.post(f"{page}/put-back", version="2")

    assert back.status_code == 303
    now_there = (await at.ana.get(page)).text
    assert "I want to ask before I answer</textarea>" in now_there
    assert ">Oh</span>" in now_there
    for wrong in ("", "99", "-1", "٣", "9" * 40):
        assert (await at.ana.post(f"{page}/put-back", version=wrong)).status_code == 404


async def test_of_very_many_versions_the_oldest_go(db: Database) -> None:
    person = await _somebody(db)
    page_id = await actions.begin(db, person)
    shown = {"goal": ""}
    for n in range(2 * MOST_VERSIONS + 6):
        words = {"goal": f"{n} " + "word " * (20 * (n % 2))}
        await actions.save(db, person, page_id, words, marks(shown), {})
        shown = words
    async with db.read() as tx:
        kept = await store.versions(tx, person, await actions.load(tx, person, page_id))

    assert len(kept) == MOST_VERSIONS
    assert kept[0].words["goal"].startswith(f"{2 * MOST_VERSIONS + 3} ")


async def test_a_removed_page_comes_back_is_erased_or_is_cleared_after_thirty_days(db: Database) -> None:
    person = await _somebody(db)
    ids = []
    for goal in ("One", "Two", "Three"):
        ids.append(await actions.begin(db, person))
        await actions.save(db, person, ids[-1], {"goal": goal}, {}, {})
        await actions.save(db, person, ids[-1], {"goal": f"{goal}, {'x' * 30}"}, marks({"goal": goal}), {})
        await actions.save(db, person, ids[-1], {"goal": goal}, marks({"goal": f"{goal}, {'x' * 30}"}), {})
        await actions.set_removed(db, person, ids[-1], removed=True)

    await actions.set_removed(db, person, ids[0], removed=False)
    await actions.erase(db, person, ids[1])
    await actions.clear(db, now() + KEPT - timedelta(minutes=1))
    assert await _left(db, person) == {ids[0], ids[2]}
    await actions.clear(db, now() + KEPT + timedelta(minutes=1))

    assert await _left(db, person) == {ids[0]}
    async with db.read() as tx:
        rows = (await tx.exec_driver_sql("SELECT DISTINCT page_id FROM immunity_version")).scalars().all()
    assert list(rows) == [ids[0]]


async def test_pages_of_somebody_whom_an_older_process_erased_are_cleared(db: Database) -> None:
    gone = await _somebody(db)
    async with db.write() as tx:
        here = await people.create_person(tx, "Gus", "gus@example.org")
    for person in (gone, here):
        await actions.save(db, person, await actions.begin(db, person), {"goal": "Mine"}, {}, {})
    async with db.write() as tx:
        await tx.execute(text("UPDATE person SET erased_at = :at WHERE id = :id"), {"at": now(), "id": gone})

    await actions.clear(db, now())

    async with db.read() as tx:
        assert await store.authors(tx) == [here]


async def test_two_windows_that_save_at_once_both_have_their_words(db: Database) -> None:
    person = await _somebody(db)
    page_id = await actions.begin(db, person)
    await asyncio.gather(*(actions.save(db, person, page_id, {name: f"Of {name}"}, {}, {}) for name in NAMES))
    async with db.read() as tx:
        page = await actions.load(tx, person, page_id)

    assert page.words == {name: f"Of {name}" for name in NAMES}


async def test_somebody_who_has_many_pages_is_told_so(at: Desk) -> None:
    async with at.home.db.write() as tx:
        for n in range(MOST_PAGES):
            id = f"{n:08d}-1111-4111-8111-111111111111"
            await store.add(tx, at.ana.id, id, now())
            page = await actions.load(tx, at.ana.id, id)
            await store.write(tx, at.ana.id, page, {"goal": "Full"}, now())

    answer = await at.ana.post("/me/immunity")

    assert answer.status_code == 409
    assert "Erase one that you removed" in answer.text


async def test_the_assumption_alone_is_handed_on_as_a_draft_that_knows_nothing_of_the_page(at: Desk) -> None:
    page = await begin(at.ana)
    await at.ana.post(
        page, **form({"goal": "Secret goal", "assumption": "I assume that if I wait, they leave"}, {})
    )
    offered = (await at.ana.get(f"{page}/hand-on")).text
    assert ">\nif I wait, they leave</textarea>" in offered
    assert "Secret goal" not in offered

    answer = await at.ana.post(f"{page}/hand-on", title="If we wait, they leave", space=at.space, then="test")

    where = str(answer.headers["location"])
    assert where.startswith(f"{at.base}/keep?kind=test&from=")
    record = where.partition("from=")[2].partition("&")[0]
    seen = (await at.ana.get(f"{at.base}/{record}")).text
    assert "If we wait, they leave" in seen
    assert (await at.record(record)).stands is Stands.DRAFT
    assert "Secret goal" not in seen
    assert "immunity" not in seen.replace('href="/me/immunity"', "")
    assert (await at.ben.get(f"{at.base}/{record}")).status_code == 404
    assert f'href="/records/{record}"' in (await at.ana.get(page)).text
    assert "For <a" in (await at.ana.get(where)).text  # the card of its test


async def test_what_is_wrong_with_handing_on_is_said_and_the_words_stay(at: Desk) -> None:
    page = await begin(at.ana)
    nowhere = await at.ana.post(f"{page}/hand-on", title="They leave", space="")
    empty = await at.ana.post(f"{page}/hand-on", title=" ", space=at.space)
    long = await at.ana.post(f"{page}/hand-on", title="x" * 161, space=at.space)
    foreign = await at.ana.post(f"{page}/hand-on", title="They leave", space="no such space")
    guest = await begin(at.gus)

    assert [one.status_code for one in (nowhere, empty, long, foreign)] == [422, 422, 422, 404]
    assert "They leave</textarea>" in nowhere.text
    assert "x" * 161 in long.text
    assert "you are neither in any space" in (await at.gus.get(f"{guest}/hand-on")).text
    assert (await at.gus.post(f"{guest}/hand-on", title="They", space=at.space)).status_code == 403
    assert await at.home.value("SELECT count(*) FROM record") == 0


async def _somebody(db: Database) -> str:
    async with db.write() as tx:
        return await people.create_person(tx, "Ana", "ana@example.org")


async def _left(db: Database, person: str) -> set[str]:
    async with db.read() as tx:
        return {one.id for one in await store.of_person(tx, person)}
