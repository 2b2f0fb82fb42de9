"""Whoever is no longer here is marked wherever the name stands: all pages and files of a space are walked."""

import io
import re
import zipfile
from collections import defaultdict
from html import unescape

import httpx
import pytest

from app.db import now
from app.demo.fill import SPACE, fill
from app.spaces import store
from app.spaces.space import Standing, marked
from app.spaces.together import carry_out
from tests.spaces.house import House, Person, house

NAME = "Zedwick Hospital"  # no words of the demo have it: where it stands, it was drawn from the organisation
MARKED = "Zedwick Hospital (no longer here)"
PATHS = re.compile(r'(?:href|src|hx-get|data-[a-z-]+)="(/(?:spaces|boards|records|workshops)[^"#]*)')
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/|$)")
DRAWINGS = re.compile(r"as/(pdf|.*\.(png|svg))$")  # of the same words as the page and the other files
EACH = 6  # pages of a kind, with ids of any space or board, that are looked at
# Where the name stands. Without one of these the walk would prove less than it says.
DRAWN = {
    "/boards/*/export.json",
    "/boards/*/outline",
    "/boards/*/people",  # from which the canvas takes its names
    "/spaces/*",
    "/spaces/*/find?q",
    "/spaces/*/log",
    "/spaces/*/log.csv",
    "/spaces/*/log.json",
    "/spaces/*/outcomes",
    "/spaces/*/outcomes/goals/*",
    "/spaces/*/outcomes/measures/*",
    "/spaces/*/records/*",
    *(f"/spaces/*/outcomes/{one}" for one in ("report", "*/report")),
    *(f"/spaces/*/outcomes/report/as/{one}" for one in ("csv", "docx", "json", "md", "xlsx")),
    *(f"/spaces/*/outcomes/*/report/as/{one}" for one in ("csv", "docx", "json", "md", "xlsx")),
    "/spaces/*/workshops/*/minutes",
    *(f"/spaces/*/workshops/*/minutes/as/{one}" for one in ("csv", "docx", "json", "md")),
}


@pytest.mark.parametrize("how", [Standing.TURNED_OUT, Standing.LEFT])
def test_only_those_that_are_gone_are_marked(how: Standing) -> None:
    assert marked(NAME, how) == MARKED
    assert marked(NAME, Standing.JOINED) == marked(NAME, Standing.PROPOSED) == marked(NAME, None) == NAME


@pytest.mark.timeout(180)
async def test_its_name_is_marked_on_every_page_and_in_every_file(sqlite_url: str) -> None:
    async with house(sqlite_url) as home:
        ana = await _demo(home)

        found = await _walk(ana)

    bare = {path: text for path, text in found.items() if NAME in text.replace(MARKED, "")}
    owners = bare.pop(f"/spaces/{SPACE}", "")  # the home alone says how it went, in place of the mark
    assert {path: _around(text) for path, text in bare.items()} == {}
    assert owners.replace(MARKED, "").count(NAME) == 1
    assert "Turned out by all others on" in owners
    drawn = {_kind(path) for path, text in found.items() if MARKED in text}
    assert DRAWN - drawn == set()


async def _demo(home: House) -> Person:
    """The demo's space after one of its organisations was turned out; somebody of another looks."""
    await fill(home.db, home.config)
    theirs = (await home.values("SELECT organisation_id FROM series WHERE organisation_id IS NOT NULL"))[0]
    await home.set(f"UPDATE organisation SET name = '{NAME}' WHERE id = '{theirs}'")
    async with home.db.write() as tx:
        await carry_out.end_organisation(tx, SPACE, theirs, Standing.TURNED_OUT, now())
        await store.bump(tx, SPACE)
    other = await home.person("Ada")
    others = (
        f"SELECT organisation_id FROM member WHERE space_id = '{SPACE}' AND organisation_id <> '{theirs}'"
    )
    await home.seat(SPACE, other, (await home.values(others))[0])
    return other


async def _walk(person: Person) -> dict[str, str]:
    """Every page and file that links lead to, a few of each kind, as text by path."""
    found: dict[str, str] = {}
    seen: dict[str, int] = defaultdict(int)
    boards = re.findall(r"/boards/[0-9a-f-]{36}", (await person.get(f"/spaces/{SPACE}")).text)
    ahead = [f"/spaces/{SPACE}", f"/spaces/{SPACE}/find?q=Zedwick", f"{boards[0]}/people"]
    while ahead:
        path = ahead.pop()
        if path in found or seen[_kind(path)] >= EACH or DRAWINGS.search(path):
            continue
        seen[_kind(path)] += 1
        answer = await person.get(path)
        found[path] = _text(answer)
        if "html" in answer.headers.get("content-type", ""):
            ahead += [unescape(one) for one in PATHS.findall(answer.text)]
    return found


def _text(answer: httpx.Response) -> str:
    """What it says: of a workbook or a Word file the texts in it; of others nothing."""
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
            return " ".join(file.read(name).decode(errors="replace") for name in file.namelist())
    kind = answer.headers.get("content-type", "")
    readable = kind.startswith("text/") or "json" in kind or "xml" in kind
    return unescape(answer.text) if readable else ""


def _kind(path: str) -> str:
    """'/spaces/*/log': a path without ids, and with the names of what it asks for."""
    way, _, asked = path.partition("?")
    names = sorted(part.partition("=")[0] for part in asked.split("&") if part)
    return "?".join((IDS.sub("*", way), *names))


def _around(text: str) -> list[str]:
    """The bare names with a little of what stands beside them."""
    at = [one.start() for one in re.finditer(NAME, text) if not text.startswith(MARKED, one.start())]
    return [" ".join(text[max(0, here - 80) : here + 60].split()) for here in at[:3]]
