"""Two people's changes to one text are joined word by word, or not at all."""

import time
from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.boards.core.merge3 import WORD, merge

words = st.sampled_from(["rain", "bus", "early", "late", "school", "we", "they", ",", ".", "\n"])
texts = st.lists(words, max_size=12).map(" ".join)


def counted(text: str) -> Counter[str]:
    return Counter(WORD.findall(text))


@given(texts, texts, texts)
def test_T2_what_either_added_is_in_the_joined_text_and_nothing_else_is(
    base: str, yours: str, theirs: str
) -> None:
    joined = merge(base, yours, theirs)

    if joined is not None:
        for mine in (yours, theirs):
            assert not counted(mine) - counted(base) - counted(joined)
        assert set(counted(joined)) <= set(counted(yours)) | set(counted(theirs))


@given(texts, texts)
def test_T2_a_change_of_one_alone_is_taken_as_it_is(base: str, yours: str) -> None:
    assert merge(base, yours, base) == yours
    assert merge(base, base, yours) == yours
    assert merge(base, yours, yours) == yours


@pytest.mark.parametrize(
    ("base", "yours", "theirs", "joined"),
    [
        ("The bus is late", "The bus is very late", "The school bus is late", "The school bus is very late"),
        ("One two three", "One three", "One two three four", "One three four"),
        ("One, two", "One; two", "One, two!", "One; two!"),
        ("One\ntwo", "One\n\ntwo", "One\ntwo three", "One\n\ntwo three"),
        ("The bus is late", "The tram is late", "The train is late", None),
        ("", "Mine", "Theirs", None),
        ("One two", "One", "One two three", None),
    ],
)
def test_T2_different_words_are_joined_and_the_same_words_are_not(
    base: str, yours: str, theirs: str, joined: str | None
) -> None:
    assert merge(base, yours, theirs) == joined


@pytest.mark.parametrize("many", [1, 2, 9, 40, 61, 80, 101, 200, 1000])
@pytest.mark.parametrize("between", [" ", ",", ""])
def test_no_texts_are_so_nasty_that_joining_them_holds_everybody_up(many: int, between: str) -> None:
    base = between.join(chr(0x4E00 + i * i % many) + "。" for i in range(2000))[:4000]
    began = time.process_time()
    merge(base, base[::2], base[1::2])
    merge(base, base[:199], base[7:])

    assert time.process_time() - began < 0.25


def test_where_only_one_changed_anything_no_text_is_too_nasty() -> None:
    base = " ".join(chr(0x4E00 + i * i % 1000) + "。" for i in range(2000))[:4000]
    other = base[::-1]

    assert merge(base, other, "Something else") is None
    assert merge(base, other, base) == other
    assert merge(base, base, other) == other
    assert merge(base, other, other) == other


def test_long_texts_of_ordinary_words_are_joined() -> None:
    seed = Random(1)
    words = [f"w{int(1000 * seed.random() ** 3)}" for _ in range(800)]
    base = " ".join(words)
    yours, theirs = " ".join(["mine", *words]), " ".join([*words[:400], "theirs", *words[400:]])

    assert merge(base, yours, theirs) == " ".join(["mine", *words[:400], "theirs", *words[400:]])
