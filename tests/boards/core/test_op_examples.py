"""Examples of what each op makes of a board. The browser foresees the same ones: tests/js/board/sync."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.access import Actor, Refused, Role, State
from app.boards.core import ops as o
from app.boards.core.board import Board, BoardChange, Deed, Item, TextVersion
from app.boards.core.delivery import everything
from app.boards.core.indexes import load
from app.boards.core.rules import apply
from app.boards.core.sight import viewer_in
from app.boards.core.words.item_texts import TEXTS

Example = dict[str, Any]
Shown = dict[str, Any]

EXAMPLES: list[Example] = json.loads((Path(__file__).parent.parent / "op_examples.json").read_text())
BEGUN, NOW = 5, 9  # the deed that changed what has an earlier text, and the last one on each board


def board_of(example: Example) -> Board:
    """What the one who acts sees, and (`hidden`) what only the server has."""
    items = [item_of(shown) for shown in (*example["board"], *example.get("hidden", ()))]
    state = State.ARCHIVED if example.get("archived") else State.OPEN
    return load(Board("b1", "s1", seq=NOW, state=state), items)


def item_of(shown: Shown) -> Item:
    """An item from how it is shown. `removed` ones are not; `earlier` has what other hands wrote first."""
    fields = {name: value for name, value in shown["fields"].items() if name not in ("by", "draft")}
    earlier: dict[str, str] = shown.get("earlier", {})
    rev = {name: BEGUN if name in earlier else 1 for name in (*fields, "removed")}
    texts = [TextVersion(name, 1, "cleo", "c9", text) for name, text in earlier.items()]
    texts += [
        TextVersion(name, rev[name], shown["fields"]["by"], "c9", fields[name])
        for name in TEXTS
        if name in fields
    ]
    return Item(
        id=shown["id"],
        item=shown["item"],
        seq=BEGUN if earlier else 1,
        born=1,
        owner=shown["fields"]["by"],
        at=0.0,
        fields=fields,
        rev=rev,
        shown=None if shown["fields"].get("draft") else 1,
        removed=2 if shown.get("removed") else None,
        versions=tuple(texts),
    )


def actor_of(example: Example) -> Actor:
    return Actor(Role(example.get("role", "member")), example["who"], "north")


def outcome(example: Example) -> BoardChange | Refused:
    op = msgspec.convert(example["op"], o.Op)
    try:
        return apply(board_of(example), Deed(op, actor_of(example), "c1", 0.0, example.get("base")))
    except Refused as refused:
        return refused


def seen(board: Board, actor: Actor) -> dict[str, Shown]:
    """All that `actor` gets of the board, by id."""
    views = everything(board, viewer_in(actor.role, actor.person)).puts
    return {view.id: {"id": view.id, "item": view.item, "fields": _timeless(view.fields)} for view in views}


def _timeless(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "at"}


def _by_id(shown: list[Shown]) -> dict[str, Shown]:
    return {each["id"]: {name: each[name] for name in ("id", "item", "fields")} for each in shown}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_an_op_makes_of_the_board_what_the_example_says(example: Example) -> None:
    actor, came = actor_of(example), outcome(example)

    assert seen(board_of(example), actor) == _by_id(example["board"])
    if isinstance(came, Refused):
        assert came.code == example.get("refused"), came.say
    else:
        left = {id: shown for id, shown in _by_id(example["board"]).items() if id not in example["gone"]}
        assert seen(came.board, actor) == {**left, **_by_id(example["after"])}


def test_there_is_an_example_of_every_op_done_and_refused() -> None:
    # what facilitators do is not foreseen by a browser: it waits for the server
    tags = {str(op.__struct_config__.tag) for op in (*o.SingleOp.__args__, o.Batch)}
    done = {example["op"]["do"] for example in EXAMPLES if "after" in example}
    refused = {example["op"]["do"] for example in EXAMPLES if "refused" in example}

    assert done == tags
    assert refused == tags


def test_every_example_has_a_sentence_of_its_own() -> None:
    names = [example["name"] for example in EXAMPLES]

    assert len(EXAMPLES) >= 60
    assert len(set(names)) == len(names)
