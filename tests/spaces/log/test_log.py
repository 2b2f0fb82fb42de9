"""The log of a space: what stewards did, read by its people, by HTTP on both databases."""

import csv
import io
import re

import pytest
from sqlalchemy.exc import DBAPIError

from app.access import Role
from app.db import now
from app.spaces.members import actions as members
from tests.spaces.conftest import Winter
from tests.spaces.house import House

WORDS = {
    "name": "Home sooner",
    "purpose": "So that nobody waits for a bed they do not need.",
    "scope": "This group may decide its tests.",
    "agreement": "We ask before we answer.",
}
SAID = re.compile(r"<li id=\"entry-\d+\">\s*<p><b[^>]*>(.*?)</b>(.*?)</p>", re.DOTALL)


def lines(page: str) -> list[str]:
    """Each line of the log as a reader sees it."""
    return [" ".join(re.sub("<[^>]*>", "", f"{by}{rest}").split()) for by, rest in SAID.findall(page)]


async def log(person, winter: Winter, **asked: str) -> list[str]:  # type: ignore[no-untyped-def]
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return lines((await person.get(f"{winter.path}/log?{query}")).text)


async def guest(home: House, winter: Winter, name: str) -> str:
    """A guest who joined by a code; gives the id."""
    code = await home.code(winter.id, winter.ana, now().replace(year=now().year + 1))
    await home.stranger().post(f"/join/{code.code}", name=name, organisation="Elsewhere")
    return str(await home.value(f"SELECT id FROM person WHERE name = '{name}'"))


async def test_what_stewards_did_stands_there_with_who_and_what_stood_before(
    home: House, winter: Winter
) -> None:
    dee = await guest(home, winter, "Dee")
    await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/role", role="steward")
    await winter.cleo.post(f"{winter.path}/codes", days="7", uses="10", waiting_room="yes")
    await winter.cleo.post(f"{winter.path}/people/{dee}/remove")
    await winter.ana.post(f"{winter.path}/invite", email="fay@example.org", role="member")

    found = await log(winter.bo, winter)

    assert found[0] == "Ana, Northfield Trust invited a member for Northfield Trust"
    assert found[1] == "Cleo, Vale Hospice removed Dee, Guest, says: Elsewhere"
    assert re.fullmatch(
        r"Cleo, Vale Hospice made a join code, good until .*, for 10 people, with a waiting room", found[2]
    )
    assert found[3] == "Ana, Northfield Trust made Bo, Northfield Trust a steward, before a member"
    assert found[4] == "Ana, Northfield Trust made the space"


async def test_it_holds_no_addresses_and_no_codes(home: House, winter: Winter) -> None:
    await winter.cleo.post(f"{winter.path}/codes", days="7")
    await winter.ana.post(f"{winter.path}/invite", email="fay@example.org", role="member")
    await winter.ana.post(f"{winter.path}/organisations/propose", name="Borough", email="x@example.org")
    code = await home.value("SELECT code FROM join_code")
    rows = await home.value("SELECT count(*) FROM space_log")
    stored = [
        await home.value(f"SELECT about || before || after FROM space_log WHERE n = {n}")
        for n in range(1, rows + 1)
    ]

    assert rows > 3
    assert not [row for row in stored if "@" in row or code in row]


async def test_only_people_of_the_owners_read_it(home: House, winter: Winter) -> None:
    eve, mallory = await home.person("Eve"), await home.person("Mallory")
    await home.seat(winter.id, eve, winter.hospice, Role.OBSERVER)
    code = await home.code(winter.id, winter.ana, now().replace(year=now().year + 1))
    dee = home.stranger()
    await dee.post(f"/join/{code.code}", name="Dee", organisation="Vale Hospice")

    for path in ("log", "log.csv", "log.json"):
        answers = [(await one.get(f"{winter.path}/{path}")).status_code for one in (eve, dee, mallory)]
        assert answers == [200, 403, 404], path


async def test_its_page_says_once_whose_clock_it_goes_by(
    home: House, winter: Winter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIME_ZONE", "America/New_York")

    assert (await winter.ana.get(f"{winter.path}/log")).text.count("All hours are New York time.") == 1


async def test_names_are_drawn_as_they_are_now_and_the_erased_have_none(home: House, winter: Winter) -> None:
    dan = await home.person("Dan")
    await home.seat(winter.id, dan, winter.hospice, Role.STEWARD)
    await dan.post(f"{winter.path}/codes", days="7")
    async with home.db.write() as tx:
        await members.on_erase(tx, dan.id)

    page = (await winter.ana.get(f"{winter.path}/log")).text

    assert "Dan" not in page
    assert lines(page)[0].startswith("Former participant of Vale Hospice made a join code")


async def test_a_link_for_a_password_is_told_to_its_own_stewards_and_the_person(
    home: House, winter: Winter
) -> None:
    await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/reset-link")
    gil = await home.person("Gil")
    await home.seat(winter.id, gil, winter.northfield)
    says = "Ana, Northfield Trust made a link for a new password of Bo, Northfield Trust"

    assert says in await log(winter.ana, winter)
    assert says in await log(winter.bo, winter)
    for other in (gil, winter.cleo):
        assert says not in await log(other, winter)
        assert "password" not in (await other.get(f"{winter.path}/log.csv")).text
        assert "reset" not in (await other.get(f"{winter.path}/log.json")).text


async def test_the_database_itself_refuses_to_change_it(home: House, winter: Winter) -> None:
    with pytest.raises(DBAPIError, match="never changed"):
        await home.set("UPDATE space_log SET act = 'restored'")


async def test_an_act_that_is_refused_leaves_no_line(home: House, winter: Winter) -> None:
    before = await home.count("space_log")
    await winter.bo.post(f"{winter.path}/codes", days="7")
    await winter.ana.post(f"{winter.path}/people/{winter.ana.id}/role", role="member")
    await winter.cleo.post(f"{winter.path}/people/{winter.bo.id}/remove")

    assert await home.count("space_log") == before


async def test_it_is_narrowed_and_read_a_page_at_a_time(home: House, winter: Winter) -> None:
    for _ in range(30):
        await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/role", role="observer")
        await winter.ana.post(f"{winter.path}/people/{winter.bo.id}/role", role="member")
    await winter.cleo.post(f"{winter.path}/codes", days="7")

    assert len(await log(winter.ana, winter)) == 50
    assert len(await log(winter.ana, winter, before="13")) == 12
    assert len(await log(winter.ana, winter, topic="ways_in")) == 1
    assert len(await log(winter.ana, winter, organisation=winter.hospice)) == 1
    assert await log(winter.ana, winter, organisation=winter.hospice, topic="people") == []
    assert len(await log(winter.ana, winter, topic="'; --", before="-1", organisation="%")) == 0


async def test_files_have_all_of_it_and_no_formula(home: House, winter: Winter) -> None:
    alone = await home.person("Olu")
    space = await home.space(alone, "=cmd()")
    words = {**WORDS, "purpose": "=HYPERLINK(1)"}
    await alone.post(f"/spaces/{space}/edit", **words)

    text = (await alone.get(f"/spaces/{space}/log.csv")).content.decode("utf-8-sig")
    told = (await alone.get(f"/spaces/{space}/log.json")).json()["log"]
    rows = list(csv.reader(io.StringIO(text)))

    assert [row[5] for row in rows[1:5]] == ["Purpose", "Scope", "Working agreement", "Name"]
    assert rows[1][7] == "'=HYPERLINK(1)"
    assert rows[1][3] == "'=cmd()"
    assert [one["act"] for one in told] == ["words", "words", "created"]
    assert told[0]["words"][0]["after"] == "=HYPERLINK(1)"


async def test_words_that_stood_before_are_put_back_from_it(home: House, winter: Winter) -> None:
    olu = await home.person("Olu")
    space = await home.space(olu)
    await olu.post(f"/spaces/{space}/edit", **WORDS)
    await olu.post(f"/spaces/{space}/edit", **{**WORDS, "agreement": "We shout."})
    n = int(await home.value(f"SELECT max(n) FROM space_log WHERE space_id = '{space}'"))

    back = await olu.post(f"/spaces/{space}/log/{n}/put-back")
    absent = await olu.post(f"/spaces/{space}/log/99/put-back")
    no_words = await olu.post(f"/spaces/{space}/log/1/put-back")

    assert back.status_code == 303
    assert absent.status_code == no_words.status_code == 404
    assert await home.value(f"SELECT agreement FROM space WHERE id = '{space}'") == WORDS["agreement"]
    assert await home.value(f"SELECT name FROM space WHERE id = '{space}'") == WORDS["name"]
    newest = f"SELECT act FROM space_log WHERE space_id = '{space}' AND n = {n + 1}"
    assert await home.value(newest) == "words"
