"""A private page is its author's alone: tried by everybody, and looked for in all the product says."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.backup import actions as backup
from app.db import Database
from app.records.immunity.page import NAMES
from tests.access.scene import Scene, scene
from tests.access.test_draft_canaries import told, words_in
from tests.access.test_matrix import ALL_WAYS
from tests.spaces.house import House, house

CANARY = "Xanthippe"
AUTHOR = "member of North"
OWN = [way for way in ALL_WAYS if "{page_id" in way.path]
ABSENT = "33333333-3333-4333-8333-333333333333"
THEIRS = {"immunity_page", "immunity_version"}


@pytest.fixture
async def found(sqlite_url: str) -> AsyncIterator[Scene]:
    async with scene(sqlite_url) as made:
        yield made


async def write(home: House, author: object, goal: str) -> str:
    """A page with these words in each box, that has a version too. Gives its id."""
    begun = (await author.post("/me/immunity")).headers["location"]  # type: ignore[attr-defined]
    words = {f"box-{name}": f"{goal} {name}" for name in NAMES}
    assert (await author.post(begun, **words)).status_code == 303  # type: ignore[attr-defined]
    seen = (await author.get(begun)).text  # type: ignore[attr-defined]
    marks = {f"seen-{name}": seen.split(f'name="seen-{name}" value="')[1][:16] for name in NAMES}
    less = words | marks | {"box-goal": goal[:9]}
    assert (await author.post(begun, **less)).status_code == 303  # type: ignore[attr-defined]
    assert await home.value("SELECT count(*) FROM immunity_version") == 1
    return str(begun).rpartition("/")[2]


def test_the_ways_to_a_private_page_are_these() -> None:
    assert {(way.method, way.path.removeprefix("/me/immunity/{page_id:str}")) for way in OWN} == {
        ("GET", ""),
        ("POST", ""),
        ("POST", "/put-back"),
        ("POST", "/remove"),
        ("POST", "/restore"),
        ("POST", "/erase"),
        ("GET", "/hand-on"),
        ("POST", "/hand-on"),
    }
    assert {way.action for way in OWN} == {"person.self"}


async def test_at_every_way_everybody_else_is_answered_as_if_it_were_not_there(found: Scene) -> None:
    page = await write(found.home, found.people[AUTHOR], f"{CANARY} and more than twenty signs")
    forms = {"box-goal": "Mine now", "version": "2", "title": "Theirs", "space": found.space}
    for name, person in found.people.items():
        if name == AUTHOR:
            continue
        await person.get("/join")
        for way in OWN:
            before = found.print()
            answers = []
            for id in (page, ABSENT):
                path = way.at(page_id=id)
                answers.append(
                    await (person.get(path) if way.method == "GET" else person.post(path, **forms))
                )

            assert found.print() == before, (name, way)
            assert CANARY not in answers[0].text
            assert answers[0].status_code in (303, 401, 404), (name, way)
            assert answers[0].text.replace(page, ABSENT) == answers[1].text, (name, way)
            if answers[0].status_code == 303:
                assert answers[0].headers["location"].startswith("/sign-in"), (name, way)
        assert CANARY not in (await person.get("/me/immunity")).text
    assert CANARY in (await found.people[AUTHOR].get(f"/me/immunity/{page}")).text


@pytest.mark.timeout(180)
async def test_its_words_stand_on_no_other_page_in_no_file_no_other_table_and_no_log(
    found: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)  # as the product writes its log
    author = found.people[AUTHOR]
    page = await write(found.home, author, f"{CANARY} and more than twenty signs")

    for name in ("steward of North", "member of South", "observer", "guest"):
        assert await told(found, found.people[name], {"page": page}) == [], name
    mine = await told(found, author, {"page": page})
    assert mine == ["/me/data.json", "/me/immunity"]
    assert page in words_in((await author.get("/me/immunity")).content)
    for name, person in found.people.items():
        if name != AUTHOR:
            assert page not in (await person.get("/me/data.json")).text

    tables = found.watch.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    spread = {
        name
        for (name,) in tables
        if any(one in repr(found.watch.execute(f"SELECT * FROM {name}").fetchall()) for one in (CANARY, page))
    }
    assert spread == THEIRS
    assert CANARY not in caplog.text


async def test_a_backup_brings_it_back(database_url: str, tmp_path: Path) -> None:
    async with house(database_url) as home:
        ana = await home.person("Ana")
        page = await write(home, ana, f"{CANARY} and more than twenty signs")
        await backup.backup(home.db, tmp_path / "copy.zip")
        await ana.post(f"/me/immunity/{page}/remove")
        await ana.post(f"/me/immunity/{page}/erase")
        assert await home.value("SELECT count(*) FROM immunity_page") == 0

    db = Database(database_url)
    await backup.restore(db, tmp_path / "copy.zip", replace=True)
    await db.close()

    async with house(database_url) as home:
        assert CANARY in await home.value("SELECT words FROM immunity_page")
        assert await home.value("SELECT count(*) FROM immunity_version") > 0


async def test_its_author_downloads_it_and_it_is_gone_once_they_erase_themselves(database_url: str) -> None:
    async with house(database_url) as home:
        ana, ben = await home.person("Ana"), await home.person("Ben")
        page = await write(home, ana, f"{CANARY} and more than twenty signs")
        mine = (await ana.get("/me/data.json")).json()["immunity_to_change"]
        assert [one["words"]["assumption"] for one in mine] == [
            f"{CANARY} and more than twenty signs assumption"
        ]
        assert mine[0]["earlier"][0]["words"]["goal"] == f"{CANARY} and more than twenty signs goal"
        assert (await ben.get("/me/data.json")).json()["immunity_to_change"] == []
        assert (await ana.post("/me/erase", sure="yes")).status_code == 200

        assert await home.value("SELECT count(*) FROM immunity_page") == 0
        assert await home.value("SELECT count(*) FROM immunity_version") == 0
        assert (await ben.get(f"/me/immunity/{page}")).status_code == 404
