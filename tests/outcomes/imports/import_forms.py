"""Filling in the forms of an import as a browser does, and reading its pages, for tests."""

import re
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import text

from app.main import services
from app.outcomes.measures.measure import Definition
from tests.outcomes.given import HOME, a_goal, a_measure
from tests.spaces.conftest import Winter
from tests.spaces.house import House, Person
from tests.support.forms import fields_of, form_of

__all__ = ["fields_of", "form_of"]

CASES = Path(__file__).parent / "cases"
COLUMNS = ("period", "month", "period_end", "place", "first", "second", "part", "only_column")


async def measured(home: House, winter: Winter, code: str = "home", definition: Definition = HOME) -> str:
    goal = await a_goal(home.db, winter.id, winter.ana.id, winter.northfield, winter.hospice)
    await a_measure(home.db, winter.id, goal, winter.ana.id, definition, code)
    return f"{winter.path}/outcomes/imports"


async def bring(
    home: House, person: Person, imports: str, content: bytes | str, name: str = "numbers.csv"
) -> str:
    """Bring a file and wait for it; gives its page."""
    return await bring_all(home, person, imports, [(name, content)])


async def bring_all(home: House, person: Person, imports: str, files: list[tuple[str, bytes | str]]) -> str:
    """Bring several files at once and wait for them; gives the page of the first."""
    await person.get("/join")
    parts = [("file", (name, one.encode() if isinstance(one, str) else one)) for name, one in files]
    data = {"_csrf_token": person.http.cookies["tl_csrf"]}
    answer = await person.http.post(imports, data=data, files=parts)
    assert answer.status_code == 303, answer.text
    page = str(answer.headers["location"])
    await services(home.app).jobs.wait(page.rsplit("/", 1)[1], 120)
    return page


async def bring_case(home: House, person: Person, imports: str, name: str) -> str:
    """Bring one of the files of `cases/`."""
    return await bring(home, person, imports, (CASES / name).read_bytes(), name)


async def send(home: House, person: Person, path: str, **fields: Any) -> httpx.Response:
    """Send a form about a file or an import, and wait for what it starts."""
    answer = await person.post(path, **fields)
    await services(home.app).jobs.wait(path.split("/")[-2], 120)
    return answer


def letter_of(page: str, field: str, heading: str) -> str:
    """The value of the choice of a column with this heading, or the one that is the letter itself."""
    options = form_of(page, "/mapping").xpath(f'.//select[@name="{field}"]/option')
    values = [str(one.get("value")) for one in options]
    found = [
        str(one.get("value"))
        for one in options
        if re.match(rf".* · {re.escape(heading)}(:|$)", one.text_content())
    ]
    return found[0] if len(found) == 1 else heading if heading in values else "?"


async def choose(home: House, person: Person, file: str, **choices: str) -> httpx.Response:
    """Fill in what the columns mean, by heading or letter, and send it. Gives the answer to the form."""
    page = (await person.get(file)).text
    fields = fields_of(page)
    for name, value in choices.items():
        named = value and name in COLUMNS
        fields[name.replace("__", "-")] = letter_of(page, name, value) if named else value
    return await send(home, person, f"{file}/mapping", **fields)


async def keep_words(home: House, person: Person, file: str, *words: str) -> dict[str, str]:
    """The fields that tick these words in the lists of what the columns hold."""
    form = form_of((await person.get(file)).text, "/mapping")
    ticked = {}
    for label in form.xpath('.//fieldset[contains(@class, "words")]//label'):
        if label.find("span") is not None and label.find("span").text_content() in words:
            ticked[str(label.get("for")).removeprefix("f-")] = "yes"
    return ticked


async def values_of(home: House, area: str = "", code: str = "x") -> list[tuple[str, Decimal | None]]:
    """The current values of a measure for an area, or organisations where it is empty, as (start, value)."""
    async with home.db.read() as tx:
        rows = await tx.execute(
            text(
                "SELECT o.start, o.value FROM observation o JOIN series s ON s.id = o.series_id "
                "JOIN measure m ON m.id = s.measure_id "
                "LEFT JOIN batch b ON b.id = o.batch_id WHERE o.current AND b.undone_at IS NULL "
                "AND s.area = :area AND m.code = :code ORDER BY o.start"
            ),
            {"area": area, "code": code},
        )
        return [(str(start)[:10], None if value is None else Decimal(str(value))) for start, value in rows]


def tally(page: str) -> list[int]:
    """Added, changed, the same, refused."""
    return [int(count.replace(",", "")) for count in re.findall(r"<dd>([\d,]+)</dd>", page)]


def words(page: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub("</?bdi>", "", page))))
