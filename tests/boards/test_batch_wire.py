"""Batches over a real socket: whole or not at all, within their limits, seen by others in one frame."""

from typing import Any
from uuid import uuid4

import pytest

from tests.boards.test_socket import Place, place
from tests.support.wire import Tab

__all__ = ["place"]


def added(many: int, text: str = "A row") -> list[dict[str, Any]]:
    return [{"do": "add_card", "id": str(uuid4()), "kind": "note", "text": text} for _ in range(many)]


async def answer(tab: Tab, parts: list[dict[str, Any]]) -> dict[str, Any]:
    n = await tab.op(do="batch", parts=parts)
    await tab.until(lambda _: n in tab.acks)
    return tab.acks[n]


async def test_two_hundred_cards_come_in_one_frame_and_go_by_one_undo(place: Place) -> None:
    async with place.tab("Ana") as ana, place.tab("Cat") as cat:
        parts = added(200)
        ack = await answer(ana, parts)
        await cat.see(parts[-1]["id"])
        frames = [frame for frame in cat.frames if frame["type"] == "changes" and frame["puts"]]

        assert ack["undo"] is True
        assert [len(frame["puts"]) for frame in frames] == [200]


async def test_what_somebody_removed_meanwhile_is_named_in_the_answer(place: Place) -> None:
    async with place.tab("Ana") as ana, place.tab("Cat") as cat:
        one, two = await ana.card("Stays"), await ana.card("The bus is late")
        await cat.see(two)
        await cat.act(do="remove_card", id=two)
        ack = await answer(ana, [{"do": "edit_card", "id": id, "kind": "ask"} for id in (one, two)])

        assert ack["left_out"] == {two: "The bus is late"}
        assert ana.items[one]["fields"]["kind"] == "ask"


@pytest.mark.parametrize(
    ("hostile", "code"),
    [
        (lambda: added(201), "too_long"),
        (list, "too_long"),
        (lambda: [{"do": "batch", "parts": added(1)}], "invalid"),
        (lambda: added(80, "\u00e9" * 1700), "too_long"),  # 272 KB
        (lambda: added(1) + added(1, "x" * 17_000), "too_long"),  # a part above 16 KB
        (lambda: [*added(1), {"do": "undo", "of": 1}], "invalid"),
        (lambda: [*added(1), {"do": "set_face", "id": "x", "face": None}], "invalid"),
        (lambda: added(1) * 2, "invalid"),
        (lambda: [{"do": "remove_card", "id": 7}], "invalid"),
    ],
    ids=["201", "none", "nested", "272 KB", "17 KB part", "undo", "a job's", "an id twice", "no id"],
)
async def test_hostile_batches_are_refused_whole_and_the_socket_stays(
    place: Place, hostile: Any, code: str
) -> None:
    async with place.tab("Ana") as ana:
        ack = await answer(ana, hostile())

        assert ack["code"] == code
        assert ana.items == {}
        assert "seq" in await answer(ana, added(2))


async def test_another_persons_draft_is_neither_changed_nor_named(place: Place) -> None:
    async with place.tab("Ana") as ana, place.tab("Cat") as cat:
        draft = str(uuid4())
        await ana.act(do="add_card", id=draft, kind="note", text="My secret", draft=True)
        ack = await answer(cat, [*added(1), {"do": "edit_card", "id": draft, "text": "Yours"}])

        assert ack["left_out"] == {draft: ""}
        assert ana.items[draft]["fields"]["text"] == "My secret"
