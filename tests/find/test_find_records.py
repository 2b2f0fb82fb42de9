"""Records are found by the search of the space and of registers, the same ones on both databases."""

import re
from collections.abc import AsyncIterator
from html import unescape

import pytest
from msgspec import structs
from sqlalchemy import delete, select, update

from app.boards.core.stage.ops import TakeOut
from app.db import new_id
from app.find.catch_up import catch_up_records
from app.people.tables import login as login_table
from app.records import index_store, register_store
from app.records.core.register import ALL, COUNTED, PAGE, Asked
from app.records.pages.register import reader_of
from app.records.tables import find_record, record
from app.records.taken_out_job import settle
from app.spaces import seats
from app.spaces.space_people import load_space_people
from tests.commands.statistics import forget, known
from tests.records.desk import Desk, desk_at
from tests.spaces.house import Person

ROW = re.compile(r'<th scope="row".*?<a href="[^"]*" dir="auto">([^<]*)</a>', re.DOTALL)


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    """Once on each database."""
    async with desk_at(database_url) as made:
        yield made


async def titles(desk: Desk, words: str, who: Person | None = None, **filters: str) -> list[str]:
    """What a register shows, and Find shows no other."""
    who = who or desk.ana
    asked = {"q": words, "state": "all", "sort": "title", **filters}
    page = await who.http.get(desk.base, params=asked)
    assert page.status_code == 200, page.text
    shown = [unescape(one) for one in ROW.findall(page.text)]
    if not filters:
        assert sorted(await found(desk, words, who)) == sorted(shown)
    return shown


async def found(desk: Desk, words: str, who: Person) -> list[str]:
    page = await who.http.get(f"/spaces/{desk.space}/find", params={"q": words})
    assert page.status_code == 200, page.text
    links = re.findall(rf'href="{desk.base}/[0-9a-f-]+" dir="auto">(.*?)</a>', page.text)
    return [unescape(re.sub("</?mark>", "", one)) for one in links]


async def test_words_are_found_whatever_their_case_accents_and_beginning(desk: Desk) -> None:
    quoted = 'It\'s "free" OR not'
    for title in (
        "Tŷ cynnes i bawb",
        "Äpfel für Zoë",
        "Straße frei",
        quoted,
        "病院の待ち時間",
    ):
        await desk.keep(desk.ana, "assumption", title)

    assert await titles(desk, "ty") == await titles(desk, "TŶ cyn") == ["Tŷ cynnes i bawb"]
    assert await titles(desk, "zoe apfel") == ["Äpfel für Zoë"]
    assert await titles(desk, "STRASSE") == ["Straße frei"]
    assert await titles(desk, "it's") == await titles(desk, 'free" or') == [quoted]
    assert await titles(desk, "待ち") == ["病院の待ち時間"]
    assert await titles(desk, "ynnes") == await titles(desk, "cyn bawb") == await titles(desk, "ち待") == []


async def test_words_joined_by_signs_are_found_only_where_they_stand_together(desk: Desk) -> None:
    await desk.keep(desk.ana, "assumption", "A follow-up call helps")
    await desk.keep(desk.ana, "assumption", "Up to us to follow")
    await desk.keep(desk.ana, "assumption", "We follow", **{"field-sinks": "Up the hill"})

    assert await titles(desk, "follow-up") == ["A follow-up call helps"]
    assert await titles(desk, "follow-u") == ["A follow-up call helps"]
    assert len(await titles(desk, "follow up")) == 3


async def test_all_words_of_a_record_are_found_and_its_kind_and_who_keeps_it_true(desk: Desk) -> None:
    id = await desk.keep(desk.ana, "assumption", "They hear too late", **{"field-sinks": "The whole ward"})
    await desk.keep(desk.ben, "question", "Who rings?")
    line = {"field-what": "Thirty calls", "field-strength": "local"}
    await desk.do(desk.ben, id, "add_row", id=new_id(), list="evidence", **line)

    assert await titles(desk, "ward") == await titles(desk, "thirty calls late") == ["They hear too late"]
    assert await titles(desk, "local data") == await titles(desk, "assumption") == ["They hear too late"]
    assert await titles(desk, "ben") == await titles(desk, "question south") == ["Who rings?"]
    page = await desk.ana.get(f"/spaces/{desk.space}/find?q=thirty")
    assert "<mark>Thirty</mark> calls" in page.text


async def test_what_was_changed_is_found_by_what_it_says_now(desk: Desk) -> None:
    id = await desk.keep(desk.ana, "assumption", "They hear too late")
    row = new_id()
    await desk.do(desk.ana, id, "add_row", id=row, list="evidence", **{"field-what": "Thirty calls"})
    await desk.do(desk.ana, id, "remove_row", id=row)
    await desk.ana.post(f"{desk.base}/{id}/edit", title="Families hear late", seen="1")
    await desk.do(desk.ana, id, "close", ending="let_go", reason="It is over")

    assert await titles(desk, "families") == ["Families hear late"]
    assert await titles(desk, "too") == await titles(desk, "thirty") == []
    assert await titles(desk, "families", state="") == []


async def test_a_search_of_ten_thousand_signs_is_answered_by_its_beginning(desk: Desk) -> None:
    await desk.keep(desk.ana, "assumption", "They hear too late")

    assert await titles(desk, "late " + "x" * 10_000) == []
    assert await titles(desk, "late " * 2_000) == ["They hear too late"]
    assert await titles(desk, "'%_\\\" & | ! ( :* " * 500) == []
    assert "Type at least one word" in (await desk.ana.get(f"{desk.base}?q=%3F")).text


async def test_drafts_are_found_by_their_author_alone(desk: Desk) -> None:
    await desk.keep(desk.ana, "dilemma", "Canary of mine", step="draft")

    assert await titles(desk, "canary") == ["Canary of mine"]
    for who in (desk.abe, desk.ben, desk.gus):
        assert await titles(desk, "canary", who) == []
        pages = [await who.get(f"{desk.base}/as/{form}?q=canary&state=all") for form in ("csv", "json", "md")]
        assert "Canary" not in "".join(one.text for one in pages)
    page = await desk.ben.get(f"/spaces/{desk.space}/find?q=canary")
    assert "Nothing found" in page.text


async def test_filters_and_pages_go_with_a_search_and_find_leads_to_the_rest(desk: Desk) -> None:
    await desk.keep(desk.ana, "dilemma", "Late 00")
    id = await desk.keep(desk.ana, "assumption", "Late 01")
    await desk.copies(id, [f"Late {number:02}" for number in range(2, 52)])
    await desk.keep(desk.ana, "assumption", "Early")

    first = await desk.ana.get(f"{desk.base}?q=late&sort=title")
    assert "1 to 50 of 52" in first.text
    assert await titles(desk, "late", page="2") == ["Late 50", "Late 51"]
    assert await titles(desk, "late", kind="dilemma") == ["Late 00"]
    page = await desk.ana.get(f"/spaces/{desk.space}/find?q=late")
    assert "52 results" in page.text
    assert "All 52 in the register" in page.text


async def test_more_than_a_thousand_are_not_counted_and_all_their_pages_are_there(desk: Desk) -> None:
    """The last page is full."""
    id = await desk.keep(desk.ana, "assumption", "Late again")
    await desk.copies(id, ["Late again"] * (COUNTED + PAGE - 1))
    first, last, beyond = [
        (await desk.ana.get(f"{desk.base}?q=late&sort=changed&page={page}")).text for page in (1, 21, 22)
    ]
    page = (await desk.ana.get(f"/spaces/{desk.space}/find?q=late")).text
    exact = await desk.ana.get(f"/spaces/{desk.space}/records.json?q=late")

    assert "1 to 50 of more than 1,000" in first
    assert "1001 to 1050 of more than 1,000" in last
    assert ("Next page" in first, "Next page" in last) == (True, False)
    assert "There are fewer pages now." in beyond
    assert "More than 1,000 results. Add a word to find fewer." in page
    assert '<span class="number">more than 1,000</span>' in page
    assert ">All in the register</a>" in page
    assert exact.json()["count"] == COUNTED + PAGE


async def test_words_that_are_taken_out_are_gone_from_the_index_and_its_file(desk: Desk) -> None:
    card = await desk.card(desk.ben, "Zqxcanary of bed nine")
    await desk.keep(desk.ana, "dilemma", "Zqxcanary of bed nine", card)
    assert await titles(desk, "zqxcanary") == ["Zqxcanary of bed nine"]
    await desk.op(desk.ana, TakeOut(card, "patient"))
    await settle(desk.home.db, desk.rooms, lambda _topic, _number: None, desk.board)

    assert await titles(desk, "zqxcanary") == []
    assert len(await titles(desk, "patient")) == 1
    stored = [str(await desk.home.value("SELECT words FROM find_record"))]
    if desk.home.db.sqlite:
        async with desk.home.db.read() as tx:
            blocks = await tx.exec_driver_sql("SELECT block FROM find_record_words_data")
            stored += [str(one) for one in blocks.scalars()]
    assert "zqxcanary" not in "".join(stored)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_what_somebody_changes_just_now_is_not_indexed_by_its_words_before(desk: Desk) -> None:
    db = desk.home.db
    await desk.keep(desk.ana, "dilemma", "Zqxcanary of bed nine")
    await desk.keep(desk.ana, "dilemma", "Another")
    await desk.home.set("DELETE FROM find_record")
    async with db.write() as tx:  # as when words are taken out: the revision stays
        head = update(record).where(record.c.title.contains("Zqxcanary"))
        await tx.execute(head.values(title="Taken out"))
        await catch_up_records(db)
        assert await desk.home.count("find_record") == 1
    await catch_up_records(db)

    assert await titles(desk, "zqxcanary") == []
    assert await titles(desk, "taken") == ["Taken out"]
    assert await titles(desk, "another") == ["Another"]


async def test_records_of_before_the_index_are_found_in_portions(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_store, "PORTION", 2)
    for number in range(5):
        await desk.keep(desk.ana, "assumption", f"Late {number}")
    await desk.home.set("DELETE FROM find_record WHERE id % 2 = 0")
    await desk.home.set("UPDATE find_record SET revision = 0")
    assert len(await titles(desk, "late")) < 5

    await catch_up_records(desk.home.db)

    assert len(await titles(desk, "late")) == 5
    assert await desk.home.value("SELECT min(revision) FROM find_record") == 1


async def test_a_record_with_texts_that_hold_no_word_is_kept_and_found_by_the_others(desk: Desk) -> None:
    await desk.keep(desk.ana, "decision", "???")
    await desk.keep(desk.ana, "dilemma", "Quick, and chosen", **{"field-purpose": "—"})

    assert await titles(desk, "chosen") == ["Quick, and chosen"]


async def test_all_that_is_counted_is_found_on_pages_of_any_size_and_once(desk: Desk) -> None:
    """In words, kinds and names, so many or few that each way of looking is gone."""
    in_title = ("ben", "ana", "question", "north", "south")
    kept = []
    for number in range(24):
        who, kind = (desk.ana, desk.ben)[number % 2], ("assumption", "question")[number % 3 > 0]
        title = f"Late {in_title[number % 5]} {number}"
        kept.append((title, f"{title} {kind} {('ana', 'ben south')[number % 2]}".lower().split()))
        await desk.keep(who, kind, title)
    await desk.keep(desk.ben, "question", "Late and hidden", step="draft")

    for words in ("late", "late ben", "ben", "late question", "question ben", "ben south question 1", "no x"):
        *whole, begun = words.split()
        fits = [title for title, said in kept if set(whole) <= set(said) and _begins(said, begun)]
        shown = [await pages_of(desk, words, size) for size in (1, 7, 50)]
        assert shown[0] == shown[1] == shown[2]
        assert sorted(shown[0]) == sorted(fits)


def _begins(said: list[str], word: str) -> bool:
    return any(one.startswith(word) for one in said)


async def pages_of(desk: Desk, words: str, size: int) -> list[str]:
    """The titles on all pages of a register that Ana reads, of that many rows each."""
    async with desk.home.db.read() as tx:
        login = str(await tx.scalar(select(login_table.c.id).where(login_table.c.person_id == desk.ana.id)))
        seat = await seats.seat(tx, login, desk.space)
        assert seat is not None
        reader = reader_of(await load_space_people(tx, seat), words)
        asked = Asked(q=words, state=ALL)
        count = await register_store.count(tx, desk.space, asked, reader)
        found = []
        for page in range(1, count // size + 2):
            one = structs.replace(asked, page=page)
            found += await register_store.page(tx, desk.space, one, reader, count, size)
    assert len(found) == count
    return [one.title for one in found]


async def test_once_many_records_are_in_the_index_the_database_knows_what_stands_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        await desk.keep(desk.ana, "question", f"Who knows {number}?", "")
    async with desk.home.db.write() as tx:
        await tx.execute(delete(find_record))
    monkeypatch.setattr("app.db.MUCH", 4)
    monkeypatch.setattr(index_store, "PORTION", 4)
    await forget(desk.home.db.url)
    await catch_up_records(desk.home.db)

    assert "find_record" in await known(desk.home.db.url)
