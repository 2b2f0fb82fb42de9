"""Cards, boards, goals and measures are found by their words, alike on both databases."""

import asyncio
import json
from pathlib import Path

import pytest

from app.access import Role
from app.boards.retention import job as sweep
from app.boards.retention.clearing import KEPT
from app.boards.storage import find_store
from app.db import now
from app.find import catch_up as catching_up
from app.find.catch_up import catch_up
from app.main import services
from tests.boards.conftest import Desk
from tests.find.looking import cards, found
from tests.outcomes.given import a_goal, a_measure
from tests.spaces.house import Person

EXAMPLES = json.loads((Path(__file__).parents[1] / "boards" / "find_examples.json").read_text())
MATCHES = [(asked, texts[0], hit) for asked, texts, hit in EXAMPLES["matches"] if len(texts) == 1]


async def test_both_databases_find_what_the_examples_say(desk: Desk) -> None:
    ana = desk.winter.ana
    ids = {text: await desk.card(ana, text) for text in {text for _, text, _ in MATCHES}}

    for asked, text, hit in MATCHES:
        assert (ids[text] in await cards(desk, ana, asked)) is hit, (asked, text)


async def test_a_card_is_found_by_its_kind_author_organisation_and_section_too(desk: Desk) -> None:
    ana, cleo = desk.winter.ana, desk.winter.cleo
    section = await desk.section(ana, "What must be true")
    mine = await desk.card(ana, "Beds are free", kind="problem", section=section)
    other = await desk.card(cleo, "Beds are made")

    assert await cards(desk, ana, "beds") == {mine, other}
    assert await cards(desk, ana, "problem beds") == {mine}
    assert await cards(desk, ana, "hospice") == {other}
    assert await cards(desk, ana, "cleo vale") == {other}
    assert await cards(desk, ana, "beds must") == {mine}
    assert await cards(desk, ana, "beds problem hospice") == set()


async def test_results_stand_by_board_with_their_section_and_what_was_found_is_marked(desk: Desk) -> None:
    ana = desk.winter.ana
    card = await desk.card(ana, "Beds <b>are</b> free", section=await desk.section(ana, "Wards"))
    page = (await ana.get(f"{desk.winter.path}/find?q=free")).text

    assert f'href="/boards/{desk.id}?card={card}#card-{card}"' in page
    assert "Beds &lt;b&gt;are&lt;/b&gt; <mark>free</mark>" in page
    assert "1 result Leaving well 1 Note" in await found(desk, ana, "free")
    assert "Northfield Trust Ana in Wards" in await found(desk, ana, "free")


async def test_boards_goals_and_measures_are_found_by_their_words(desk: Desk) -> None:
    winter, db = desk.winter, desk.home.db
    goal = await a_goal(db, winter.id, winter.ana.id, winter.northfield, title="Home sooner")
    measure = await a_measure(db, winter.id, goal, winter.ana.id)

    assert await found(desk, winter.bo, "leaving") == "1 result Leaving well"
    assert f"outcomes/goals/{goal}" in (await winter.bo.get(f"{winter.path}/find?q=soon")).text
    assert f"outcomes/measures/{measure}" in (await winter.bo.get(f"{winter.path}/find?q=two+days")).text


async def test_htmx_gets_what_was_found_alone(desk: Desk) -> None:
    answer = await desk.winter.ana.get(f"{desk.winter.path}/find?q=free", **{"HX-Request": "true"})

    assert answer.text.strip().startswith('<div id="found"')


async def test_what_holds_no_word_finds_nothing_and_says_so(desk: Desk) -> None:
    await desk.card(desk.winter.ana, "Anything")

    assert await found(desk, desk.winter.ana, "?!") == "Type at least one word or number."
    assert await found(desk, desk.winter.ana, "nowhere") == "Nothing found. Try fewer or other words."


async def test_quotes_and_signs_of_a_query_language_are_no_part_of_a_query(desk: Desk) -> None:
    card = await desk.card(desk.winter.ana, 'It\'s 100% "free" OR not')

    for asked in ("it's", 'free" OR', "':* | x", "100%", "NOT free*", "a\\'b"):
        assert await cards(desk, desk.winter.ana, asked) in ({card}, set())
    assert await cards(desk, desk.winter.ana, 'free" or') == {card}


async def test_more_cards_than_are_shown_are_told_of(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.find.cards.MOST", 3)
    for _ in range(4):
        await desk.card(desk.winter.ana, "Beds")

    assert (await found(desk, desk.winter.ana, "beds")).startswith("3 results and more.")


async def test_an_archived_board_is_found_and_called_so(desk: Desk) -> None:
    card = await desk.card(desk.winter.ana, "Beds")
    await desk.winter.ana.post(f"{desk.path}/archive")
    await desk.winter.cleo.say_yes(desk.winter.path)

    assert await cards(desk, desk.winter.bo, "beds") == {card}
    assert "Leaving well 1 Archived" in await found(desk, desk.winter.bo, "beds")


@pytest.mark.parametrize("portion", [1, 3, 500])
async def test_a_board_of_before_the_index_is_found_whole_in_portions(
    desk: Desk, portion: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_store, "PORTION", portion)
    ids = {await desk.card(desk.winter.ana, f"Beds {n}") for n in range(7)}
    await desk.home.set("DELETE FROM find_board")
    await desk.home.set("DELETE FROM find_entry")

    assert await catch_up(desk.home.db)
    assert await cards(desk, desk.winter.ana, "beds") == ids
    assert await desk.home.count("find_entry") == 7


async def test_a_search_that_would_have_to_wait_says_that_boards_are_still_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.card(desk.winter.ana, "Beds")
    monkeypatch.setattr("app.find.pages.AT_ONCE", 0)

    assert "Some boards are still being read" in await found(desk, desk.winter.ana, "beds")


async def test_what_is_removed_leaves_the_index_in_the_same_transaction(desk: Desk) -> None:
    ana = desk.winter.ana
    section = await desk.section(ana, "Wards")
    card = await desk.card(ana, "Beds", section=section)
    assert await cards(desk, ana, "beds") == {card}

    await desk.act(ana, "remove_card", id=card)

    assert await desk.home.value(f"SELECT count(*) FROM find_entry WHERE item_id = '{card}'") == 0
    assert await cards(desk, ana, "beds") == set()
    await desk.act(ana, "restore_card", id=card)
    assert await cards(desk, ana, "beds") == {card}


async def test_words_that_are_cleared_away_are_in_no_byte_of_the_index(desk: Desk) -> None:
    ana, db = desk.winter.ana, desk.home.db
    kept = await desk.card(ana, "Kept beds")
    gone = [await desk.card(ana, f"ZQXCÁNÁRY {n} beds") for n in range(40)]
    assert len(await cards(desk, ana, "zqxcanary")) == 40
    assert not db.sqlite or b"canary" in await _file(desk)
    for card in gone:
        await desk.act(ana, "remove_card", id=card)

    await sweep.sweep(db, services(desk.home.app).relay.ring, now() + 2 * KEPT)

    assert not db.sqlite or b"canary" not in await _file(desk)
    assert await cards(desk, ana, "beds") == {kept}


async def test_the_drafts_of_an_erased_person_are_in_no_byte_of_the_index(desk: Desk) -> None:
    winter, db = desk.winter, desk.home.db
    kept = await desk.card(winter.ana, "Kept beds")
    await desk.card(winter.bo, "ZQXCÁNÁRY beds", draft="true")
    assert len(await cards(desk, winter.bo, "zqxcanary")) == 1

    answer = await winter.bo.post("/me/erase", password="", sure="yes")

    assert "You are erased" in answer.text
    assert not db.sqlite or b"canary" not in await _file(desk)
    assert await cards(desk, winter.ana, "beds") == {kept}
    assert await cards(desk, winter.ana, "zqxcanary") == set()


async def test_the_name_of_an_erased_person_finds_nothing(desk: Desk) -> None:
    card = await desk.card(desk.winter.bo, "Beds")
    assert await cards(desk, desk.winter.ana, "bo") == {card}

    await desk.winter.bo.post("/me/erase", password="", sure="yes")

    assert await cards(desk, desk.winter.ana, "bo") == set()
    assert await cards(desk, desk.winter.ana, "northfield") == {card}


async def test_only_people_of_the_space_find_anything(desk: Desk) -> None:
    await desk.card(desk.winter.ana, "Beds")
    dora: Person = await desk.home.person("Dora")

    assert (await dora.get(f"{desk.winter.path}/find?q=beds")).status_code == 404
    other = await desk.home.space(dora)
    assert "Beds" not in (await dora.get(f"/spaces/{other}/find?q=beds")).text
    observer = await desk.home.person("Olu")
    await desk.home.seat(desk.winter.id, observer, desk.winter.northfield, Role.OBSERVER)
    assert len(await cards(desk, observer, "beds")) == 1


async def _file(desk: Desk) -> bytes:
    """The file of the database, with all that was committed in it."""
    async with desk.home.db.engine.connect() as connection:
        await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return await asyncio.to_thread(Path(desk.home.db.url.split("///", 1)[-1]).read_bytes)


def test_a_search_waits_for_ten_thousand_items_at_most() -> None:
    assert catching_up.AT_ONCE * find_store.PORTION == 10_000
