"""Ops over plain HTTP: where a client cannot go on from its cursor it gets the whole board."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from app.db import new_id
from tests.spaces.house import House, Person, house


@pytest.fixture
async def home(sqlite_url: str) -> AsyncIterator[House]:
    async with house(sqlite_url) as running:
        yield running


async def post(one: Person, board: str, n: int, op: dict[str, Any], **more: Any) -> Any:
    body = {"client": "c1", "ops": [{"n": n, "op": op}], **more}
    token = {"x-csrftoken": one.http.cookies["tl_csrf"]}
    answer = await one.http.post(f"/boards/{board}/ops", json=body, headers=token)
    assert answer.status_code == 200, answer.text
    return answer.json()


def card(id: str) -> dict[str, Any]:
    return {"do": "add_card", "id": id, "kind": "note", "text": "Some words"}


async def test_D4_a_cursor_that_cannot_be_gone_on_from_gets_the_whole_board(
    home: House, sqlite_url: str
) -> None:
    ana, board, cards = await home.person("Ana"), new_id(), [new_id() for _ in range(6)]
    space = await home.space(ana)
    await ana.post(f"/spaces/{space}/boards", title="Leaving well", template="blank", id=board)
    await post(ana, board, 1, card(cards[0]))
    await post(ana, board, 2, card(cards[1]))
    begun = await post(ana, board, 3, card(cards[2]))
    await post(ana, board, 4, {"do": "remove_card", "id": cards[0]})
    # The sweep does this thirty days later; another process then finds the board so.
    await home.set(f"DELETE FROM item WHERE id = '{cards[0]}'")
    await home.set("UPDATE board SET floor = 4")

    async with house(sqlite_url) as later:
        again = later.stranger()
        again.http.cookies = ana.http.cookies
        below = await post(again, board, 5, card(cards[3]), **{"from": begun["to"]})
        acked = await post(again, board, 5, card(cards[3]), **{"from": below["to"]})
        beyond = await post(again, board, 6, card(cards[4]), **{"from": 99})
        other = await post(again, board, 7, card(cards[5]), **{"from": beyond["to"], "audience": "another"})
        same = await post(again, board, 7, card(cards[5]), **{"from": 6, "audience": other["audience"]})
        afresh = await post(again, board, 7, card(cards[5]), **{"from": 0})

    def held(message: Any) -> set[str]:
        return {view["id"] for view in message["puts"]}

    assert begun["type"] == acked["type"] == same["type"] == afresh["type"] == "changes"
    assert [(m["type"], m["full"], m["last_n"]) for m in (below, beyond, other)] == [
        ("welcome", True, 5),
        ("welcome", True, 6),
        ("welcome", True, 7),
    ]
    assert (held(below), held(other), held(same)) == ({*cards[1:4]}, {*cards[1:]}, {cards[5]})
    assert held(afresh) == {*cards[1:]}
    assert [ack["n"] for ack in acked["acks"]] == [5]
    assert below["part"] == {"i": 1, "of": 1}
