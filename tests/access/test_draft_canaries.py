"""Words of drafts stand nowhere but with their author: no page, search, file, calendar, mail or report."""

import io
import zipfile
from collections.abc import AsyncIterator

import pytest

from app.records.core.kinds import KINDS
from tests.access.scene import FACILITATOR, Scene, scene
from tests.access.test_matrix import ALL_WAYS
from tests.records.desk import read_said
from tests.spaces.house import Person

CANARY = "Xanthippe"
AUTHOR = "member of North"
THEIRS = {"record", "record_row", "record_change", "find_record"}  # the tables of records themselves


@pytest.fixture
async def found(sqlite_url: str) -> AsyncIterator[Scene]:
    async with scene(sqlite_url) as made:
        yield made


async def draft(found: Scene, kind: str, card: str) -> str:
    """A draft with the canary as title, in each field and line, due since long; made of a card."""
    author, base = found.people[AUTHOR], f"/spaces/{found.space}/records"
    fields = {f"field-{one.name}": CANARY for one in KINDS[kind].fields if not one.choices and not one.later}
    cards = f"{found.board}/{card}"
    page = await author.get(f"{base}/keep?kind={kind}&cards={cards}")
    given = {
        "kind": kind,
        "title": f"{CANARY} {kind}",
        "cards": cards,
        "said": read_said(page.text),
        **fields,
    }
    answer = await author.post(f"{base}/keep", tender="me", step="draft", **given)
    assert answer.status_code == 303, answer.text
    id = str(answer.headers["location"]).rpartition("/")[2]
    await found.home.set(f"UPDATE record SET look_again = '2020-01-31' WHERE id = '{id}'")
    return id


def words_in(content: bytes) -> str:
    """All that a file says; a workbook is a bundle of files."""
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        return " ".join(bundle.read(name).decode(errors="replace") for name in bundle.namelist())


async def told(found: Scene, who: Person, drafts: dict[str, str]) -> list[str]:
    """The addresses that told somebody the canary."""
    base = f"/spaces/{found.space}"
    # the beginning of the word, for pages repeat what was looked for
    asked = [f"{base}/find?q={CANARY[:7]}", f"{base}/records?q={CANARY[:7]}&state=all", f"{base}?done="]
    asked += [f"{base}/records/as/{form}?state=all" for form in ("csv", "xlsx", "json", "md")]
    asked += [f"{base}/records/keep?from={id}&kind=test&means=tests" for id in drafts.values()]
    asked += [f"/boards/{found.board}/console?look={id}" for id in drafts.values()]
    for id in drafts.values():
        known = {"space_id": found.space, "board_id": found.board, "record_id": id, "name": f"{id}.json"}
        asked += [way.at(**known) for way in ALL_WAYS if way.method == "GET"]
    return [path for path in dict.fromkeys(asked) if CANARY in words_in((await who.get(path)).content)]


@pytest.mark.timeout(180)
async def test_no_way_of_the_product_tells_anybody_else_and_no_other_table_has_the_words(
    found: Scene,
) -> None:
    card = await a_card(found)
    drafts = {kind: await draft(found, kind, card) for kind in ("dilemma", "assumption", "term")}

    for name in ("steward of North", "member of South", "observer", "guest", "former member"):
        assert await told(found, found.people[name], drafts) == [], name
    assert await told(found, found.people[AUTHOR], drafts)  # else nothing was looked at
    tables = found.watch.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    spread = [
        name
        for (name,) in tables
        if name not in THEIRS and not name.startswith("find_record_words")
        if CANARY in repr(found.watch.execute(f"SELECT * FROM {name}").fetchall())
    ]
    assert spread == []


async def a_card(found: Scene) -> str:
    """A card that everyone sees; it gets no status while what was made of it is a draft."""
    leads = found.people[FACILITATOR]  # who may add one outside the phase that runs
    id = "55555555-5555-4555-8555-555555555555"
    answer = await leads.post(f"/boards/{found.board}/ops", do="add_card", id=id, kind="note", text="A note")
    assert answer.status_code == 303, answer.text
    return id
