"""Batches by a form: the same limits as on the wire, whatever stands in the field."""

import json
from typing import Any

import pytest

from app.boards.storage import store
from app.db import new_id
from tests.boards.conftest import Desk


def cards(many: int, text: str = "A row") -> list[dict[str, Any]]:
    return [{"do": "add_card", "id": new_id(), "kind": "note", "text": text} for _ in range(many)]


@pytest.mark.parametrize(
    "parts",
    [
        json.dumps(cards(201)),
        json.dumps(cards(80, "x" * 3900)),  # 312 KB
        json.dumps([*cards(1), {**cards(1)[0], "id": "x" * 20_000}]),  # a part above 16 KB
        json.dumps([{"do": "batch", "parts": cards(1)}]),
        json.dumps([*cards(1), {"do": "undo", "of": 1}]),
        "[" * 20_000,
        '[{"do":' * 20_000,
        json.dumps([*cards(1), {"do": "resize_card", "id": "x", "w": 1}])[:-3] + "e999}]",
        '{"do": "batch"}',
        "null",
        "",
    ],
    ids=[
        "201",
        "312 KB",
        "20 KB part",
        "nested",
        "undo",
        "deep",
        "deep objects",
        "far",
        "object",
        "null",
        "none",
    ],
)
async def test_hostile_batches_by_form_are_refused_and_change_nothing(desk: Desk, parts: str) -> None:
    answer = await desk.act(desk.winter.ana, "batch", parts=parts)

    assert answer.status_code == 422
    async with desk.home.db.read() as tx:
        assert not (await store.load(tx, desk.id)).items
