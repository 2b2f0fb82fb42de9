"""Each template is complete: prompts, examples, whose work it is known from; nothing lies on another."""

from itertools import combinations

import pytest

from app.boards.library.templates import Layout, layouts
from app.records.core.kinds import KINDS
from app.records.keep_form import carried

OURS = {"1_leaving_well", "4_asks_and_offers"}  # known from nobody else's work by name
EACH = pytest.mark.parametrize("layout", layouts().values(), ids=list(layouts()))


@EACH
def test_every_section_says_what_to_write_with_an_example(layout: Layout) -> None:
    assert layout.title
    assert layout.summary.endswith(".")
    for section in layout.sections:
        assert all(section[name] for name in ("title", "prompt", "example")), section["title"]
        assert len(section["prompt"]) <= 300


@EACH
def test_no_section_lies_on_another(layout: Layout) -> None:
    for one, two in combinations(layout.sections, 2):
        beside = one["x"] + one["w"] <= two["x"] or two["x"] + two["w"] <= one["x"]
        below = one["y"] + one["h"] <= two["y"] or two["y"] + two["h"] <= one["y"]
        assert beside or below, (one["title"], two["title"])


def test_whose_work_a_template_is_known_from_is_said() -> None:
    assert {name for name, layout in layouts().items() if not layout.credit} == OURS


def test_the_assumption_map_has_importance_upwards_and_what_is_guessed_to_the_right() -> None:
    (free,) = [one for one in layouts()["5_assumption_map"].sections if one.get("layout") == "free"]

    assert [free[f"axis_{side}"] for side in ("left", "right", "top", "bottom")] == [
        "We have seen it",
        "We are guessing",
        "All hangs on it",
        "We can do without it",
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("2_dilemma_map", "dilemma"),
        ("5_assumption_map", "assumption"),
        ("6_problem_canvas", "problem"),
        ("7_test_and_learn", "test"),
    ],
)
def test_every_list_of_a_kind_has_its_section_in_the_template_of_that_kind(name: str, kind: str) -> None:
    sections = [(section["title"], section["title"]) for section in layouts()[name].sections]

    assert set(carried(KINDS[kind], sections)) == {f"section-{one.tag}" for one in KINDS[kind].lists}
