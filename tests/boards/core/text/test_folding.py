"""Words are folded and matched alike by the server and by the page: both are held to one file of examples."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.boards.core.text import folding

SIGNS = "aAbZéÉſK½ -'9"  # some fold to what others are

EXAMPLES = json.loads((Path(__file__).parents[2] / "find_examples.json").read_text())


@pytest.mark.parametrize(("text", "folded"), EXAMPLES["words"])
def test_case_accents_and_width_make_no_difference(text: str, folded: list[str]) -> None:
    assert [one.word for one in folding.words(text)] == folded


@pytest.mark.parametrize(("asked", "texts", "found"), EXAMPLES["matches"])
def test_each_term_has_to_stand_in_some_text(asked: str, texts: list[str], found: bool) -> None:
    assert folding.matches(folding.query(asked), texts) is found


@pytest.mark.parametrize(("asked", "text", "pieces"), EXAMPLES["pieces"])
def test_what_was_found_is_marked_in_the_text_as_it_was_written(
    asked: str, text: str, pieces: list[list[object]]
) -> None:
    assert [[one.text, one.found] for one in folding.pieces(folding.query(asked), text)] == pieces


def test_no_word_is_longer_than_an_index_takes() -> None:
    assert folding.words("a" * 5000)[0].word == "a" * folding.LONGEST


def test_folding_twice_changes_nothing() -> None:
    for code in range(0x20, 0x3000):
        once = folding.fold(chr(code))

        assert folding.fold(once) == once, hex(code)


@given(st.text(SIGNS, max_size=8), st.text(SIGNS, max_size=30))
def test_no_text_is_passed_over_that_has_what_is_looked_for(asked: str, text: str) -> None:
    last = folding.Query(folding.query(asked).terms[-1:])

    assert folding.matches(last, [text]) == any(one.found for one in folding.pieces(last, text))
