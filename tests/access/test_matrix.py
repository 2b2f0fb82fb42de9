"""Who may do what, tried: every route, by everybody, in every state; what is denied changes nothing."""

from collections.abc import AsyncIterator
from itertools import product
from uuid import uuid4

import httpx
import pytest

from app.access import ACTIONS, Actor, Code, Role, State, Thing, decide
from app.boards.outline.form_ops import OPS
from app.main import create_app
from tests.access.routes import UNSAFE, Way, ways
from tests.access.scene import FACILITATOR, SCREEN, Scene, scene
from tests.support.counted import counted

STATES = [(State.OPEN, State.OPEN), (State.ARCHIVED, State.OPEN), (State.ARCHIVED, State.ARCHIVED)]
ALL_WAYS = ways(create_app())
PLACED = [way for way in ALL_WAYS if way.method != "WS" and ACTIONS[way.action].scope != "server"]
OF_SCREEN = [way for way in PLACED if ACTIONS[way.action].roles == {Role.SCREEN}]
NOBODY = "nobody who is not in the table"


@pytest.fixture
async def found(sqlite_url: str) -> AsyncIterator[Scene]:
    async with scene(sqlite_url) as made:
        yield made


def test_every_route_stands_in_the_table() -> None:
    missing = [f"{way.method} {way.path}" for way in ALL_WAYS if way.action not in ACTIONS]

    assert missing == []


def test_every_action_of_the_table_is_reached_by_something() -> None:
    reached = {way.action for way in ALL_WAYS} | set(OPS) | {"undo", "take_back"}
    inside = {"space.remove_guest"}  # decided within another action, for a guest instead of a member
    inside |= {"record.sign", "record.tend", "record.answer"}  # decided by what is done to which record
    inside |= {"set_face", "destroy_words"}  # no way leads there: jobs do it

    assert set(ACTIONS) - reached == inside


def test_every_op_of_the_wire_stands_in_the_table() -> None:
    assert {tag for tag, rule in ACTIONS.items() if rule.way == "op"} == set(OPS) | {"undo", "take_back"}


def test_what_has_a_space_or_a_board_in_its_path_is_decided_by_the_role_held_there() -> None:
    loose = [way for way in ALL_WAYS if "{space_id" in way.path or "{board_id" in way.path]

    # Where one waits to be let in, one is not yet of the space: that page looks for the person's own place.
    # A guest who comes back is signed out until then: the token in their browser's cookie is the key.
    assert [(way.method, way.path) for way in loose if ACTIONS[way.action].scope == "server"] == [
        ("GET", "/join/again/{space_id:str}"),
        ("POST", "/join/again/{space_id:str}"),
        ("POST", "/join/again/{space_id:str}/other"),
        ("GET", "/join/waiting/{space_id:str}"),
    ]


@pytest.mark.timeout(180)
@pytest.mark.parametrize(("board", "space"), STATES, ids=["open", "archived board", "archived space"])
async def test_each_route_answers_each_person_as_the_table_says(
    found: Scene, board: State, space: State
) -> None:
    await found.be(board, space)
    wrong = []
    for name, way in product(found.people, [way for way in PLACED if way not in OF_SCREEN]):
        of_board = "{board_id" in way.path
        state = State.ARCHIVED if State.ARCHIVED in ((board, space) if of_board else (space,)) else State.OPEN
        actor = found.actors[name]
        leads = name == FACILITATOR and of_board
        thing = Thing(state, actor.person, actor.organisation, facilitates=leads)
        expected = decide(actor, way.action, thing)
        before = found.print()
        answer = await _knock(found, name, way)
        if not _fits(answer, actor, expected.code if expected else None):
            wrong.append(f"{name}: {way.method} {way.path} gave {answer.status_code}, expected {expected!r}")
        if expected is not None and found.print() != before:
            wrong.append(f"{name}: {way.method} {way.path} was denied and changed something")
        if expected is None and way.method in UNSAFE:
            found.put_back()

    assert wrong == []


async def test_a_projector_is_shown_its_own_page_by_its_cookie_and_nobody_else_is(found: Scene) -> None:
    assert [(way.method, way.path) for way in OF_SCREEN] == [("GET", "/present")]
    for name, person in found.people.items():
        answer = await person.get("/present")

        assert answer.status_code == (200 if name == SCREEN else 404), name
        assert ("What makes it hard?" in answer.text) is (name == SCREEN), name


ABSENT = "33333333-3333-4333-8333-333333333333"


async def test_foreign_and_absent_answer_alike_by_the_same_queries(found: Scene) -> None:
    person = found.people["steward elsewhere"]
    for way in PLACED:
        with counted() as of_foreign:
            foreign = await _knock(found, "steward elsewhere", way)
        with counted() as of_absent:
            absent = await _ask(person, way, way.at(board_id=ABSENT))

        assert of_foreign == of_absent, way  # so that it takes as long, too
        assert foreign.status_code == absent.status_code, way
        # a page says which board was asked for, which whoever asked knows
        assert _body(foreign).replace(found.board, "") == _body(absent).replace(ABSENT, ""), way
        assert _headers(foreign) == _headers(absent), way


async def test_no_unsafe_route_is_done_without_the_right_origin_and_token(found: Scene) -> None:
    steward = found.people["steward of North"]
    await steward.get("/join")
    token = steward.http.cookies["tl_csrf"]
    for way in [way for way in ALL_WAYS if way.method in UNSAFE]:
        path = way.at(space_id=found.space, board_id=found.board)
        tries = [
            ({"Origin": "http://evil.example"}, {"_csrf_token": token}),
            ({"Origin": "null"}, {"_csrf_token": token}),
            ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, {"_csrf_token": token}),
            ({"Origin": "http://127.0.0.1:8000.evil.example"}, {"_csrf_token": token}),
            ({"Origin": "https://127.0.0.1:8000"}, {"_csrf_token": token}),
            ({}, {}),
            ({}, {"_csrf_token": "f" * len(token)}),
        ]
        before = found.print()
        for headers, data in tries:
            answer = await steward.http.request(way.method, path, data=data, headers=headers)

            assert answer.status_code == 403, (way, headers, data)
        assert found.print() == before, way


async def test_reading_changes_nothing(found: Scene) -> None:
    for name in found.people:
        for way in [way for way in ALL_WAYS if way.method == "GET"]:
            path = way.at(space_id=found.space, board_id=found.board)
            before = found.print()
            await _ask(found.people[name], way, path)

            assert found.print() == before, (name, way)


async def test_every_answer_carries_the_safe_headers(found: Scene) -> None:
    steward = found.people["steward of North"]
    for way in [*ALL_WAYS, Way("GET", "/nothing/here", "")]:
        if way.method == "WS" or way.path.startswith("/static"):
            continue
        answer = await _ask(steward, way, way.at(space_id=found.space, board_id=found.board))
        policy = answer.headers["content-security-policy"]

        assert "unsafe" not in policy
        assert "frame-ancestors 'none'; " in f"{policy}; "
        assert "base-uri 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "no-store" in answer.headers["cache-control"] or way.path == "/sw.js", way
        found.put_back() if way.method in UNSAFE and found.file.with_suffix(".kept").exists() else None


@pytest.mark.parametrize("tag", sorted({*OPS, "take_back"}))
async def test_ops_are_refused_over_http_to_whoever_may_not(found: Scene, tag: str) -> None:
    for name in ("observer", SCREEN, "signed out", "steward elsewhere", "former member", "waiting guest"):
        person = found.people[name]
        await person.get("/join")
        before = found.print()
        body = {"client": "c", "ops": [{"n": 1, "op": {"do": tag, "id": str(uuid4())}}]}
        headers = {"x-csrftoken": person.http.cookies["tl_csrf"]}
        answer = await person.http.post(f"/boards/{found.board}/ops", json=body, headers=headers)
        acks = answer.json().get("acks", []) if answer.status_code == 200 else []

        assert answer.status_code in (401, 403, 404) or (acks and all("code" in ack for ack in acks)), name
        if name != "observer":  # an observer's refusal is an answer that must stay the same: it is kept
            assert found.print() == before, name


def test_unknown_actions_and_roles_without_a_place_are_denied() -> None:
    for role in Role:
        refusal = decide(Actor(role, "p", "o"), NOBODY, Thing())

        assert refusal is not None
        assert refusal.code == Code.NOT_ALLOWED
    for action, rule in ACTIONS.items():
        if rule.scope != "server":
            for role in (Role.STRANGER, Role.PERSON, Role.FORMER):
                refusal = decide(Actor(role, "p", "o"), action, Thing(owner="p", organisation="o"))

                assert refusal is not None, (action, role)
                assert refusal.code == Code.NOT_FOUND, (action, role)


async def _knock(found: Scene, name: str, way: Way) -> httpx.Response:
    known = {
        "space_id": found.space,
        "board_id": found.board,
        "record_id": found.record,
        "name": found.record,
    }
    return await _ask(found.people[name], way, way.at(**known))


async def _ask(person, way: Way, path: str) -> httpx.Response:  # type: ignore[no-untyped-def]
    if way.method == "GET":
        return await person.get(path)
    return await person.post(path)  # all forms of the product are posted


def _fits(answer: httpx.Response, actor: Actor, code: str | None) -> bool:
    if code is None:
        return answer.status_code not in (401, 403, 500) and "/sign-in" not in answer.headers.get(
            "location", ""
        )
    if actor.role is Role.STRANGER:
        return answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")
    return answer.status_code == {"not_found": 404, "not_allowed": 403, "locked": 409}[code]


def _body(answer: httpx.Response) -> str:
    return answer.text


def _headers(answer: httpx.Response) -> dict[str, str]:
    """Without the length of the compressed body: that depends on the id that was asked for."""
    left_out = ("date", "set-cookie", "content-length")
    return {name: value for name, value in answer.headers.items() if name not in left_out}
