"""JSON with what is no character in it is read, and nothing else of it becomes something else."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.boards.core.text.lenient_json import decode

ANY = msgspec.json.Decoder()
halves = st.text(st.characters() | st.characters(categories=["Cs"]) | st.sampled_from('\\u"d8'), max_size=30)


@given(halves)
def test_a_half_of_a_character_is_read_as_nothing_and_all_else_as_it_is(words: str) -> None:
    whole = json.loads(json.dumps(words))  # two halves that meet are one character
    kept = "".join("\0" if "\ud800" <= c < "\ue000" else c for c in whole)

    assert decode(ANY, json.dumps([words])) == [kept]
    assert decode(ANY, json.dumps([words]).encode()) == [kept]


@pytest.mark.parametrize("raw", ['["a\x02b"]', '["a\\u0000b"]', '["a\\ud800b"]', '["a\\uDFFFb"]'])
def test_a_control_character_is_read_as_one_that_no_text_keeps(raw: str) -> None:
    read = decode(ANY, raw)

    assert read in (["a\0b"], ["a\x02b"])


@pytest.mark.parametrize("raw", ["", "{", '["\\x"]', '"\\ud800', "[" * 5])
def test_what_is_no_json_stays_none(raw: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(ANY, raw)
