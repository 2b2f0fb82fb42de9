"""What was done is said once, on the page that comes next."""

import re

from app.config import ROOT
from app.db import new_id
from app.notices import NOTICES
from tests.spaces.house import Person, house


async def after(one: Person, path: str) -> str:
    """What the page after a deed says was done."""
    answer = await one.post(path)
    assert answer.status_code == 303, answer.text
    return flash((await one.get(answer.headers["location"])).text)


def flash(page: str) -> str:
    found = re.search(r'<p class="flash good" role="status">([^<]*)</p>', page)
    return found.group(1) if found else ""


async def test_archiving_restoring_and_leaving_are_said_on_the_next_page(sqlite_url: str) -> None:
    async with house(sqlite_url) as home:
        ana, bo, board = await home.person("Ana"), await home.person("Bo"), new_id()
        space = await home.space(ana)
        await home.seat(space, bo, str(await home.value("SELECT id FROM organisation")))
        await ana.post(f"/spaces/{space}/boards", title="Leaving well", template="blank", id=board)
        canvas = f"/boards/{board}?view=canvas"

        open_board = (await ana.get(canvas)).text
        said = {"board-archived": await after(ana, f"/boards/{board}/archive")}
        archived_board = (await ana.get(canvas)).text
        said["board-restored"] = await after(ana, f"/boards/{board}/restore")
        said["board-set-up"] = await after(ana, f"/boards/{board}/set-up")
        said["space-archived"] = await after(ana, f"/spaces/{space}/archive")
        said["space-restored"] = await after(ana, f"/spaces/{space}/restore")
        said["space-left"] = await after(bo, f"/spaces/{space}/leave")
        said["board-cleaned"] = flash((await ana.get(f"/spaces/{space}/boards?done=board-cleaned")).text)
        other = (await ana.get(f"/spaces/{space}?done=You+have+won")).text
        plain = (await ana.get(f"/spaces/{space}")).text

    assert said.items() <= NOTICES.items()  # those of deciding together are seen in their own tests
    sources = "".join(path.read_text() for path in (ROOT / "app").rglob("*.py") if path.name != "notices.py")
    ends = [word for word in NOTICES if not word.startswith("workshop-")]  # those are put together there
    assert [word for word in ends if not re.search(rf"""["'=]{word}["'}}#]""", sources)] == []
    assert flash(other) == flash(plain) == ""
    assert "You have won" not in other
    assert '<span class="badge">Archived</span>' in archived_board
    assert "Archived" not in open_board
    assert '<p class="board-saved" id="saved" data-state="waiting"></p>' in open_board
