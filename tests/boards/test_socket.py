"""Boards over real sockets against a real server, on both databases."""

import asyncio
import contextlib
import json
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import uuid4

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from app.db import Database
from tests.conftest import Running
from tests.support.server import Server
from tests.support.wire import Tab, tab
from tests.support.world import World, make_world


@dataclass
class Place:
    server: Server
    world: World
    url: str

    def tab(self, name: str, **hello: Any) -> AbstractAsyncContextManager[Tab]:
        return tab(self.server, self.world, name, **hello)

    async def changes(self, name: str, **query: Any) -> dict[str, Any]:
        """What somebody without a socket is answered."""
        address = f"{self.server.url}/boards/{self.world.board}/changes"
        async with httpx.AsyncClient(headers=self.world.cookie(name)) as http:
            answer = await http.get(address, params={"client": "without", **query})
            found: dict[str, Any] = answer.json()
            return found


@pytest.fixture
async def place(running: Running) -> Place:
    server, url = running
    return Place(server, await make_world(url), url)


async def test_two_people_of_two_organisations_share_a_board(place: Place) -> None:
    async with place.tab("Ana") as ana, place.tab("Cat") as cat:
        id = await ana.card("People wait for days.")
        seen = await cat.see(id)

        assert seen["fields"]["text"] == "People wait for days."
        assert seen["fields"]["by"] == place.world.people["Ana"]
        assert seen == ana.items[id]


async def test_C2_asking_twice_does_it_once(place: Place) -> None:
    async with place.tab("Ana") as ana:
        id = str(uuid4())
        first = await ana.act(do="add_card", id=id, kind="note", text="Once")
        ana.acks.clear()
        await ana.op(n=1, do="add_card", id=id, kind="note", text="Once")
        await ana.until(lambda _: 1 in ana.acks)

        assert ana.acks[1] == first
        assert len(ana.items) == 1


async def test_C2_a_missing_n_brings_a_fresh_welcome(place: Place) -> None:
    async with place.tab("Ana") as ana:
        await ana.card("one")
        await ana.op(n=7, do="add_card", id=str(uuid4()), kind="note", text="seven")
        welcome = await ana.until(lambda frame: frame["type"] == "welcome")

        assert welcome["last_n"] == 1


async def test_C3_a_refusal_consumes_n_and_the_socket_stays(place: Place) -> None:
    async with place.tab("Ana") as ana:
        refused = await ana.act(do="edit_card", id=str(uuid4()), text="nothing there")
        unknown = await ana.act(do="paint_card", id=str(uuid4()))
        too_long = await ana.act(do="add_card", id=str(uuid4()), kind="note", text="x" * 20_000)
        long_text = await ana.act(do="add_card", id=str(uuid4()), kind="note", text="x" * 5_000)
        blank = await ana.act(do="add_card", id=str(uuid4()), kind="note", text="\0")
        id = await ana.card("still here")

        assert [a["code"] for a in (refused, unknown, too_long, long_text, blank)] == [
            "not_found",
            "invalid",
            "too_long",
            "too_long",
            "invalid",
        ]
        assert id in ana.items


async def test_a_message_that_cannot_be_read_is_answered_and_the_socket_stays(place: Place) -> None:
    async with place.tab("Ana") as ana:
        for junk in ("{", "[" * 100_000, '{"type": "op", "n": "one"}', '"\\ud800"'):
            await ana.socket.send(junk)
            frame = await ana.until(lambda frame: frame["type"] == "changes" and frame["acks"])

            assert frame["acks"][0]["code"] == "invalid"
        await ana.card("still here")


async def test_C8_a_sign_that_cannot_be_stored_is_left_out_and_holds_up_nothing(place: Place) -> None:
    async with place.tab("Ana") as ana:
        section, card = str(uuid4()), str(uuid4())
        await ana.act(do="add_section", id=section, title="T\x02itle\ud800", prompt="\ud83d")
        ack = await ana.act(do="add_card", id=card, kind="note", text="a\x02b\ud83d \U0001f600 \\ud800")

        assert ana.items[section]["fields"]["title"] == "Title"
        assert ana.items[section]["fields"]["prompt"] == ""
        assert ana.items[card]["fields"]["text"] == "ab \U0001f600 \\ud800"
        assert ack["cleaned"] == ["text"]
        assert "cleaned" not in await ana.act(do="edit_card", id=card, text="plain")


async def test_whoever_says_more_than_any_page_does_is_read_more_slowly(place: Place) -> None:
    async with place.tab("Dan") as dan:
        began = monotonic()
        await asyncio.gather(*(dan.socket.send('{"type": "ping"}') for _ in range(200)))
        for _ in range(200):
            await dan.until(lambda frame: frame["type"] == "pong")

    assert monotonic() - began > 0.9


async def test_private_drafts_are_sent_to_nobody_else_until_published(place: Place) -> None:
    async with place.tab("Ana") as ana, place.tab("Cat") as cat:
        secret = await ana.card("not ready yet", draft=True)
        open_ = await cat.card("shown to all")
        await ana.see(open_)
        await cat.socket.send('{"type": "ping"}')
        await cat.until(lambda frame: frame["type"] == "pong")
        refusal = await cat.act(do="edit_card", id=secret, text="found you")
        before = json.dumps(cat.frames)
        await ana.act(do="publish_card", id=secret)
        shown = await cat.see(secret)

        assert secret not in before
        assert refusal["code"] == "not_found"
        assert ana.items[secret]["fields"].get("draft") is None
        assert shown["fields"]["text"] == "not ready yet"


async def test_D4_a_client_resumes_from_its_cursor(place: Place) -> None:
    async with place.tab("Ana") as ana:
        kept, gone = await ana.card("kept"), await ana.card("gone")
        async with place.tab("Cat") as cat:
            cursor, audience = cat.cursor, cat.audience
        await ana.act(do="remove_card", id=gone)
        new = await ana.card("new")
        async with place.tab("Cat", **{"from": cursor, "audience": audience}) as again:
            welcome = again.frames[0]

            assert welcome["full"] is False
            assert {view["id"] for view in welcome["puts"]} == {new}
            assert welcome["dels"] == [gone]
            assert kept not in json.dumps(welcome)


async def test_T2_two_people_changing_different_words_both_survive(place: Place) -> None:
    async with place.tab("Ana") as ana, place.tab("Cat") as cat:
        id = await ana.card("the quick brown fox jumps")
        base = (await cat.see(id))["seq"]
        await ana.act(do="edit_card", id=id, text="the slow brown fox jumps", base=base)
        ack = await cat.act(do="edit_card", id=id, text="the quick brown fox sleeps", base=base)

        assert ack["merged"] == ["text"]
        assert ack["merged_with"] == place.world.people["Ana"]
        assert cat.items[id]["fields"]["text"] == "the slow brown fox sleeps"


async def test_T2_what_a_client_says_it_had_read_is_not_its_own_change(place: Place) -> None:
    async with place.tab("Ana") as ana, place.tab("Cat") as cat:
        id = await ana.card("the fox")
        base = (await cat.see(id))["seq"]
        await ana.act(do="edit_card", id=id, text="the fox jumps", base=base)
        read = {"text": "the fox jumps"}
        ack = await cat.act(do="edit_card", id=id, text="the fox jumps high", base=base, read=read)

        assert "conflict" not in ack
        assert "merged" not in ack
        assert cat.items[id]["fields"]["text"] == "the fox jumps high"


async def test_T2_a_clash_is_told_to_both(place: Place) -> None:
    async with place.tab("Ana") as ana, place.tab("Cat") as cat:
        id = await ana.card("the quick fox")
        base = (await cat.see(id))["seq"]
        await ana.act(do="edit_card", id=id, text="the slow fox", base=base)
        ack = await cat.act(do="edit_card", id=id, text="the clever fox", base=base)
        told = await ana.until(lambda frame: frame["type"] == "conflict")

        assert ack["conflict"] == {
            "id": id,
            "field": "text",
            "yours": "the clever fox",
            "theirs": "the slow fox",
        }
        assert told == {
            "type": "conflict",
            **ack["conflict"],
            "yours": "the slow fox",
            "theirs": "the clever fox",
        }


async def test_T2_whoever_was_away_is_told_when_they_come_back(place: Place) -> None:
    async with place.tab("Cat") as cat:
        async with place.tab("Ana") as ana:
            id, gone, back = [await ana.card("the quick fox") for _ in range(3)]
            cards = {card: (await cat.see(card))["seq"] for card in (id, gone, back)}
            for card, base in cards.items():
                await ana.act(do="edit_card", id=card, text="the slow fox", base=base)
            away: dict[str, Any] = {"from": ana.cursor, "audience": ana.audience}
        for card, base in cards.items():
            await cat.act(do="edit_card", id=card, text="the clever fox", base=base)
        await cat.act(do="remove_card", id=gone)
        await cat.act(do="edit_card", id=back, text="the slow fox", base=cat.cursor)
        await cat.act(do="edit_card", id=id, text="the clever fox jumps", base=cat.cursor)
        async with place.tab("Ana", **away) as again:
            told = again.frames[0]["conflicts"]
            later = {"from": again.cursor, "audience": again.audience}
        by_post = await place.changes("Ana", **away)
        async with place.tab("Ana", **later) as ana, place.tab("Ben", **away) as ben:
            assert "conflicts" not in ana.frames[0]
            assert "conflicts" not in ben.frames[0]

        assert [(one["id"], one["yours"], one["theirs"]) for one in told] == [
            (id, "the slow fox", "the clever fox jumps")  # what stands now; not what is gone or put back
        ]
        assert by_post["conflicts"] == told


async def test_T6_undo_takes_back_ones_own_deed_only(place: Place) -> None:
    async with place.tab("Ana") as ana, place.tab("Cat") as cat:
        id = await ana.card("first words")
        edit = await ana.act(do="edit_card", id=id, text="second words")
        await cat.see(id)
        foreign = await cat.undo(edit["seq"])
        back = await ana.undo(edit["seq"])

        assert foreign["code"] == "not_found"
        assert back["seq"] > edit["seq"]
        assert ana.items[id]["fields"]["text"] == "first words"


async def test_observers_read_and_cannot_write(place: Place) -> None:
    async with place.tab("Dan") as dan:
        ack = await dan.act(do="add_card", id=str(uuid4()), kind="note", text="from the side")

        assert ack["code"] == "not_allowed"
        assert dan.you["may"] == []


async def test_presence_names_who_points_where(place: Place) -> None:
    async with place.tab("Ana") as ana, place.tab("Cat") as cat:
        await ana.socket.send('{"type": "here", "x": 10, "y": 20}')
        frame = await cat.until(lambda f: f["type"] == "here" and any(p["x"] == 10 for p in f["people"]))

        assert place.world.people["Ana"] in {one["id"] for one in frame["people"]}


async def test_parts_are_told_and_not_items(place: Place) -> None:
    async with place.tab("Ana") as ana, place.tab("Cat", want="parts") as cat:
        section = str(uuid4())
        await ana.act(do="add_section", id=section, title="What makes this so hard?")
        await ana.card("inside", section=section)
        frame = await cat.until(lambda f: f["type"] == "parts" and section in f["parts"])

        assert set(frame) == {"type", "to", "parts"}


async def test_O5_whoever_is_removed_is_out_within_a_second(place: Place) -> None:
    async with place.tab("Ana") as ana, place.tab("Ben") as ben:
        await ana.card("before")
        db = Database(place.url)
        async with db.write() as tx:
            await tx.exec_driver_sql(
                f"UPDATE member SET state='former' WHERE person_id='{place.world.people['Ben']}'"
            )
            await tx.exec_driver_sql(f"UPDATE space SET epoch = epoch + 1 WHERE id='{place.world.space}'")
        await db.close()
        loop = asyncio.get_running_loop()
        start = loop.time()
        n = ben.n + 1
        with contextlib.suppress(ConnectionClosed):
            await ben.op(n=n, do="add_card", id=str(uuid4()), kind="note", text="after")
            await ben.until(lambda _: False)

        assert ben.acks.get(n, {}).get("code") in ("not_allowed", "not_found", None)
        assert "seq" not in ben.acks.get(n, {})
        assert ben.socket.close_code == 4403
        assert loop.time() - start < 1.5


async def test_sockets_of_other_sites_and_of_strangers_are_refused(place: Place) -> None:
    url = f"{place.server.ws}/boards/{place.world.board}/live"
    for origin in (
        None,
        "http://evil.example",
        "null",
        place.server.url + ".evil.example",
        "https://127.0.0.1",
    ):
        with pytest.raises(InvalidStatus) as refused:
            async with connect(
                url, origin=Origin(origin) if origin else None, additional_headers=place.world.cookie("Ana")
            ):
                pass

        assert refused.value.response.status_code == 403
    async with connect(url, origin=Origin(place.server.url)) as stranger:
        assert (await _closing(stranger)) == 4401
    absent = f"{place.server.ws}/boards/{uuid4()}/live"
    async with connect(
        absent, origin=Origin(place.server.url), additional_headers=place.world.cookie("Ana")
    ) as lost:
        assert (await _closing(lost)) == 4404


async def test_C9_the_same_over_plain_http(place: Place) -> None:
    headers = {**place.world.cookie("Ana"), "Origin": place.server.url}
    async with httpx.AsyncClient(base_url=place.server.url, headers=headers) as http:
        path = f"/boards/{place.world.board}"
        await http.get("/healthz")
        token = {
            "x-csrftoken": http.cookies["tl_csrf"],
            "Cookie": f"{headers['Cookie']}; tl_csrf={http.cookies['tl_csrf']}",
        }
        id = str(uuid4())
        card = {"do": "add_card", "id": id, "kind": "note", "text": "by post"}
        op = {"n": 1, "op": card}
        first = await http.post(f"{path}/ops", json={"client": "c1", "ops": [op]}, headers=token)
        again = await http.post(f"{path}/ops", json={"client": "c1", "ops": [op]}, headers=token)
        whole = (await http.get(f"{path}/changes?client=c1&from=0", headers=headers)).json()

        odd = json.dumps(
            {"client": "c2", "ops": [{**op, "op": {**card, "id": str(uuid4()), "text": "\ud800x"}}]}
        )
        post = {**token, "content-type": "application/json"}
        mended = (await http.post(f"{path}/ops", content=odd, headers=post)).json()

        edit = {"do": "edit_card", "id": id, "text": "by post now"}
        body = {"client": "c3", "ops": [{"n": 1, "op": edit, "base": 0, "read": {"text": "by post"}}]}
        edited = await http.post(f"{path}/ops", json=body, headers=token)

        assert edited.json()["acks"] == [{"n": 1, "seq": 3, "undo": True}]
        assert mended["acks"] == [{"n": 1, "seq": 2, "undo": True, "cleaned": ["text"]}]
        assert first.json()["acks"] == again.json()["acks"] == [{"n": 1, "seq": 1, "undo": True}]
        assert [view["id"] for view in whole["puts"]] == [id]
        assert whole["last_n"] == 1


async def _closing(socket) -> int:  # type: ignore[no-untyped-def]
    with contextlib.suppress(ConnectionClosed):
        async for _ in socket:
            pass
    await socket.wait_closed()
    return int(socket.close_code)


async def test_C9_a_refusal_names_the_board_so_that_no_proxys_answer_is_taken_for_it(place: Place) -> None:
    there, absent = place.world.board, str(uuid4())
    async with httpx.AsyncClient(base_url=place.server.url, headers={"Accept": "application/json"}) as http:
        stranger = await http.get(f"/boards/{there}/changes")
        http.headers.update(place.world.cookie("Ana"))
        gone = await http.get(f"/boards/{absent}/changes")
        people = await http.get(f"/boards/{absent}/people")
        removed = await http.get(f"/boards/{absent}/removed.json")
        forged = await http.post(f"/boards/{there}/ops", json={})
        nowhere = await http.get("/nothing/here")

    assert (stranger.status_code, stranger.json()["code"]) == (401, "signed_out")
    assert stranger.json()["board"] == there
    assert [answer.json()["board"] for answer in (gone, people, removed)] == [absent] * 3
    assert gone.json()["code"] == "not_found"
    assert (forged.status_code, forged.json()["board"]) == (403, there)
    assert "board" not in nowhere.json()


async def test_C9_an_empty_op_uses_up_its_number_so_that_those_behind_it_are_taken(place: Place) -> None:
    """As when a proxy does not let the op itself through; one that had arrived is answered as it was."""
    async with place.tab("Ana") as ana:
        first = await ana.card("here already")
        await ana.socket.send(json.dumps({"type": "op", "n": 1}))
        await ana.until(lambda frame: frame["type"] == "changes" and frame["acks"])
        before = ana.acks[1]
        await ana.socket.send(json.dumps({"type": "op", "n": 2}))
        await ana.until(lambda _: 2 in ana.acks)
        await ana.op(n=3, do="edit_card", id=first, text="and changed")
        await ana.until(lambda _: 3 in ana.acks)

        assert "seq" in before
        assert ana.acks[2]["code"] == "invalid"
        assert "seq" in ana.acks[3]


async def test_a_board_of_thousands_arrives_in_parts(place: Place) -> None:
    async with place.tab("Ana") as ana:
        for i in range(55):
            await ana.op(do="add_card", id=str(uuid4()), kind="note", text=f"{i} " + "word " * 400)
        await ana.until(lambda _: len(ana.acks) == 55, within=20)
        async with place.tab("Cat") as cat:
            assert len(cat.items) == 55
            assert cat.frames[0]["part"]["of"] > 1


def test_the_client_refuses_a_frame_that_does_not_fit() -> None:
    one = Tab(None, "c")  # type: ignore[arg-type]
    with pytest.raises(AssertionError):
        one.take({"type": "changes", "from": 3, "to": 4, "puts": [], "dels": [], "acks": []})
