"""A sign-in that ends mid-sentence loses no word, without JavaScript too."""

import html
import logging
import re

import pytest

from app.access import Role
from app.unsent_form import MOST, UnsentForm, read_unsent
from tests.people.steps import PASSWORD, is_in
from tests.spaces.house import House, Person

FIELD = re.compile(
    r'<(?:input type="hidden"|textarea)[^>]* name="([^"]+)"(?: value="([^"]*)"| rows="4">\n([^<]*))'
)
WORDS = 'Half a thought, with "<script>alert(1)</script>" & more\nand a second line'


@pytest.fixture
async def ops(home: House, ana: Person) -> str:
    """Where forms of a board of Ana's go."""
    space = await home.space(ana)
    await ana.post(f"/spaces/{space}/boards", title="Leaving well", template="blank")
    return f"/boards/{await home.value('SELECT id FROM board')}/ops"


async def out(home: House, ana: Person) -> None:
    await home.set("DELETE FROM login")
    assert not await is_in(ana)


async def test_words_sent_after_the_sign_in_ended_are_shown_and_can_be_sent_again(
    home: House, ana: Person, ops: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    card = "7c2f1e0a-0000-4000-8000-000000000001"
    await out(home, ana)

    shown = await ana.post(ops, do="add_card", id=card, kind="note", part="loose", slot="add", text=WORDS)

    assert (shown.status_code, shown.headers["cache-control"]) == (401, "no-store")
    assert 'href="/sign-in" target="_blank"' in shown.text
    assert "<script>alert" not in shown.text
    assert "Half a thought" not in caplog.text + str(shown.headers)
    fields = {name: html.unescape(value or text) for name, value, text in FIELD.findall(shown.text)}
    assert fields["text"] == WORDS

    await ana.post("/sign-in", email="ana@example.org", password=PASSWORD)
    sent = await ana.http.post(ops, data=fields)
    assert sent.status_code == 303
    assert await home.value(f"SELECT id FROM item WHERE id = '{card}'") == card
    assert "Half a thought" in (await ana.get(ops.replace("/ops", "/outline"))).text


async def test_what_one_person_wrote_is_never_sent_or_shown_as_anothers(
    home: House, ana: Person, ops: str
) -> None:
    outline = await ana.get(ops.replace("/ops", "/outline"))
    mine = re.search(r'<input type="hidden" name="_by" value="([^"]+)">', outline.text)
    assert mine
    await out(home, ana)
    form = {"do": "add_card", "id": "7c2f1e0a-0000-4000-8000-000000000001", "kind": "note"}
    shown = await ana.post(ops, **form, part="loose", slot="add", text=WORDS, _by=mine[1])
    fields = {name: html.unescape(value or text) for name, value, text in FIELD.findall(shown.text)}

    bo = await home.person("Bo")
    space, north = await home.value("SELECT id FROM space"), await home.value("SELECT id FROM organisation")
    await home.seat(space, bo, north)
    ana.http.cookies.set("tl_session", bo.http.cookies["tl_session"])  # Bo signs in in Ana's browser
    again = await ana.http.post(ops, data=fields)
    by_htmx = await ana.http.post(
        ops, data=fields | {"_by": ""}, headers={"HX-Request": "true", "X-By": mine[1]}
    )

    assert "Half a thought" in shown.text
    assert fields["_by"] == mine[1]
    assert (again.status_code, by_htmx.status_code) == (403, 403)
    assert "Bo is signed in here now. Somebody else opened this page" in again.text
    token = {"X-By": mine[1], "X-CSRFToken": ana.http.cookies["tl_csrf"], "Accept": "application/json"}
    op = {"do": "add_card", "id": form["id"], "kind": "note", "text": WORDS}
    by_canvas = await ana.http.post(ops, json={"client": "a-tab", "ops": [{"n": 1, "op": op}]}, headers=token)
    refusal = by_canvas.json()
    assert (by_canvas.status_code, refusal["code"], refusal.get("board")) == (
        403,
        "somebody_else",
        ops.split("/")[2],
    )
    assert "Half a thought" not in again.text + by_htmx.text
    assert await home.count("item") == 0


async def test_the_page_that_a_browser_keeps_for_anybody_is_nobodys(home: House, ana: Person) -> None:
    assert "data-me" not in (await ana.get("/shell")).text
    assert "data-me" in (await ana.get("/me")).text


async def test_without_words_and_by_htmx_and_for_programs_all_is_as_before(
    home: House, ana: Person, ops: str
) -> None:
    await out(home, ana)
    token = ana.http.cookies["tl_csrf"]
    data = {"_csrf_token": token, "do": "add_card", "text": "Half a thought"}

    plain = await ana.post(ops, do="remove_card", id="x")
    fragment = await ana.http.post(ops, data=data, headers={"HX-Request": "true"})
    program = await ana.http.post(ops, data=data, headers={"Accept": "application/json"})

    assert (plain.status_code, plain.headers["location"]) == (303, "/sign-in?next=/")
    assert (fragment.status_code, fragment.headers["hx-redirect"]) == (401, "/sign-in?next=/")
    board = ops.split("/")[2]
    assert program.json() == {"code": "signed_out", "say": "Sign in to continue.", "board": board}
    assert "Half a thought" not in fragment.text


async def test_passwords_and_tokens_are_never_shown_again(home: House, ana: Person) -> None:
    await out(home, ana)

    shown = await ana.post("/me/name", name="Ana Brook", password=PASSWORD, current="a b c", code="k7")

    assert shown.status_code == 401
    assert "Ana Brook" in shown.text
    assert "Send again" not in shown.text
    for secret in (PASSWORD, "a b c", "k7"):
        assert f">{secret}" not in shown.text
        assert f'"{secret}"' not in shown.text


async def test_words_for_a_board_that_is_closed_to_one_now_are_shown_to_copy(
    home: House, ana: Person, ops: str
) -> None:
    bo = await home.person("Bo")
    space, north = await home.value("SELECT id FROM space"), await home.value("SELECT id FROM organisation")
    await home.seat(space, bo, north, Role.MEMBER)
    await home.set(f"UPDATE member SET state = 'former' WHERE person_id = '{bo.id}'")

    shown = await bo.post(ops, do="add_card", id="x", text="My careful words")

    assert shown.status_code == 404
    assert "My careful words" in shown.text
    assert "Send again" not in shown.text


async def test_another_sites_form_is_not_shown(home: House, ana: Person, ops: str) -> None:
    await out(home, ana)
    data = {"_csrf_token": ana.http.cookies["tl_csrf"], "do": "add_card", "text": "Put into your mouth"}

    answer = await ana.http.post(ops, data=data, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 403
    assert "Put into your mouth" not in answer.text


def test_no_more_is_kept_of_a_field_than_fits_anywhere() -> None:
    kept = read_unsent({"text": "x" * (MOST + 1), "title": " ", "do": "edit_card"})

    assert kept.words == (("text", "Your words", "x" * MOST),)
    assert kept.rest == (("do", "edit_card"), ("title", ""))
    assert read_unsent({"_csrf_token": "t"}) == UnsentForm(whole=True)
