"""Where sections and cards are drawn. The browser draws the same: tests/js/board/canvas/layout.test.js."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.boards.core.delivery import everything
from app.boards.core.layout.arrangement import Box, arrange
from app.boards.core.sight import View
from tests.boards.play import ANA, sees
from tests.boards.scripts import play, steps

Example = dict[str, Any]
EXAMPLES: list[Example] = json.loads((Path(__file__).parent.parent / "arrangement_examples.json").read_text())


def views_of(example: Example) -> list[View]:
    """The sections and cards of an example, in the order in which it has them."""
    items = [("section", each) for each in example["sections"]] + [
        ("card", each) for each in example["cards"]
    ]
    return [
        View(each["id"], item, 1, {"order": f"a{i:02d}", **{k: v for k, v in each.items() if k != "id"}})
        for i, (item, each) in enumerate(items)
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_a_board_is_drawn_as_the_example_says(example: Example) -> None:
    drawn = arrange(views_of(example))

    assert {
        id: [box.x, box.y, box.w, box.h] for id, box in drawn.items() if id in example["boxes"]
    } == example["boxes"]


@given(steps)
def test_no_two_cards_of_a_grid_overlap_whatever_people_do(drawn: Any) -> None:
    views = everything(play(drawn).boards[-1], sees(ANA)).puts
    boxes = arrange(views)
    for section in (view for view in views if view.item == "section" and view.fields["layout"] == "grid"):
        inside = [boxes[view.id] for view in views if view.fields.get("section") == section.id]

        assert not [(a, b) for a in inside for b in inside if a is not b and _overlap(a, b)]
        assert all(_is_within(boxes[section.id], box) for box in inside)


sides = st.integers(0, 60).map(lambda n: n * 20.0)
frames = st.tuples(
    sides, sides, st.integers(10, 60).map(lambda n: n * 20.0), st.integers(6, 40), st.integers(0, 30)
)


@given(st.lists(frames, max_size=7))
def test_sections_that_do_not_overlap_as_stored_never_do_however_they_grow(frames: list[tuple]) -> None:
    sections = [
        {"id": f"s{i}", "x": x, "y": y, "w": w, "h": 20.0 * h, "layout": "grid"}
        for i, (x, y, w, h, _) in enumerate(frames)
    ]
    cards = [
        {"id": f"c{i}-{n}", "section": f"s{i}", "x": 0.0, "y": 0.0, "w": 200.0}
        for i, frame in enumerate(frames)
        for n in range(frame[4])
    ]
    drawn = arrange(views_of({"sections": sections, "cards": cards}))
    stored = {s["id"]: Box(s["x"], s["y"], s["w"], s["h"]) for s in sections}
    for a in stored:
        for b in stored:
            if a < b and not _overlap(stored[a], stored[b]):
                assert not _overlap(drawn[a], drawn[b])


def test_a_place_that_is_drawn_is_kept_when_it_is_stored() -> None:
    """So a section or card that was pushed down stays under the hand that drops it where it lies."""
    example = EXAMPLES[13]
    views = views_of(example)
    drawn = arrange(views)
    for view in views:
        if view.fields.get("section") is None and view.id in drawn:
            view.fields.update(x=drawn[view.id].x, y=drawn[view.id].y)

    assert "pushes down the cards" in example["name"]
    assert arrange(views) == drawn


def _overlap(a: Box, b: Box) -> bool:
    return a.x - b.x < b.w and b.x - a.x < a.w and a.y - b.y < b.h and b.y - a.y < a.h


def _is_within(outer: Box, inner: Box) -> bool:
    right, bottom = inner.x + inner.w <= outer.x + outer.w, inner.y + inner.h <= outer.y + outer.h
    return outer.x <= inner.x and outer.y <= inner.y and right and bottom
