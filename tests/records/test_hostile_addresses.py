"""Addresses of registers as somebody hostile writes them: each door answers, no draft comes out."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qsl

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.records.core.kinds import KINDS
from app.records.core.register import ALL, CLOSED, LONGEST, ME, NOBODY, OPEN, SORTS, Asked, read_asked
from tests.records.desk import Desk, desk_at

NAMES = Asked.__struct_fields__
SIGNS = (
    "",
    "'",
    '"',
    "%",
    "_",
    "\\",
    "\x00",
    "\ud800",
    "-1",
    "0",
    "9" * 30,
    "1e9",
    "٣",
    "…/..",
    "' OR 1=1 --",
)
ODD = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            "'",
            '"',
            "%",
            "_",
            "\\",
            "\x00",
            "\ud800",
            "-1",
            "0",
            "9" * 30,
            "1e9",
            "٣",
            "…/..",
            "' OR 1=1 --",
        ]
    ),
    st.sampled_from([*KINDS, OPEN, CLOSED, ALL, ME, NOBODY, *(name for name, _ in SORTS), "yes"]),
    st.text(alphabet="a *:&|!()<>'\"\\%", min_size=200, max_size=400),
)
QUERY = st.dictionaries(st.sampled_from([*NAMES, "edit", "look", "x"]), ODD, max_size=6)
DOORS = ("", ".json", "/as/csv", "/as/json", "/as/md", "/keep", "/keep/several", "/due")


@given(QUERY)
def test_an_address_is_read_and_written_to_the_same_again(query: dict[str, str]) -> None:
    asked = read_asked(query)
    storable = all(ord(sign) < 0xD800 or ord(sign) > 0xDFFF for value in query.values() for sign in value)

    assert asked.page >= 1
    assert all(len(getattr(asked, name)) <= LONGEST for name in NAMES if name != "page")
    if storable:
        assert read_asked(dict(parse_qsl(asked.address()[1:], keep_blank_values=True))) == asked


@pytest.fixture
async def desk(database_url: str) -> AsyncIterator[Desk]:
    async with desk_at(database_url) as made:
        yield made


@pytest.mark.timeout(120)
async def test_every_door_answers_odd_filters_sorts_pages_and_ids(desk: Desk) -> None:
    kept = await desk.keep(desk.ana, "assumption", "They hear too late")
    await desk.keep(desk.ana, "dilemma", "Canary", step="draft")
    doors = [*(f"{desk.base}{door}" for door in DOORS), f"{desk.base}/{kept}", f"/spaces/{desk.space}/find"]
    queries: list[dict[str, str]] = []

    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(QUERY)
    def gather(query: dict[str, str]) -> None:
        queries.append({name: value.encode("utf-8", "replace").decode() for name, value in query.items()})

    gather()
    wrong = []
    for at, query in enumerate(queries):
        door = doors[at % len(doors)]
        answer = await desk.ben.http.get(door, params=query)
        if answer.status_code not in (200, 403, 404) or "Canary" in answer.text:
            wrong.append((door, query, answer.status_code))
    for id in ("x", "%00", "..%2f", "9" * 300, "'", kept.upper()):
        for path in (f"{desk.base}/{id}", f"/records/{id}.json", f"{desk.base}/as/{id}"):
            answer = await desk.ben.get(path)
            if answer.status_code != 404:
                wrong.append((path, {}, answer.status_code))
    assert wrong == []
