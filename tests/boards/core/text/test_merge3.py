"""Two people's changes to one text are joined word by word, or not at all."""

import json
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.boards.core.text.merge3 import merge, tokens_of

# The same for the merge in the browser (tests/js/board/text/merge3.test.js).
EXAMPLES: dict[str, Any] = json.loads((Path(__file__).parents[2] / "merge_examples.json").read_text())
words = st.sampled_from(["rain", "bus", "early", "late", "09:30", "10:45", "03/04", "a@b.org", "we", "👩‍⚕️"])
spaces = st.sampled_from([" ", " ", "\n", "  "])
texts = st.lists(st.tuples(words, spaces), max_size=12).map(
    lambda parts: "".join(word + space for word, space in parts).strip()
)
several = st.lists(texts.filter(bool), min_size=2, max_size=3, unique_by=lambda text: tuple(text.split()))
signs = st.sampled_from([*"会议在早上开始请来", "09:30", "10:45", ",", " ", "ส", "วั", "か", "ー", "က"])
unspaced = st.lists(signs, max_size=12).map("".join)
either = st.one_of(st.tuples(texts, texts, texts), st.tuples(unspaced, unspaced, unspaced))


def counted(text: str) -> Counter[str]:
    """How often each thing that stands between spaces is there; in scripts without spaces, each sign."""
    return Counter(token for token in tokens_of(text) if not token.isspace())


@given(either)
def test_T2_no_word_is_lost_or_made_up_by_a_join(three: tuple[str, str, str]) -> None:
    base, yours, theirs = three
    joined = merge(base, yours, theirs)

    if joined is not None:
        had, now = counted(base), counted(joined)
        added = (counted(yours) - had) + (counted(theirs) - had)
        gone = (had - counted(yours)) + (had - counted(theirs))
        for mine in (yours, theirs):
            assert not (counted(mine) - had) - now
        assert not now - (had + added)
        assert not (had - gone) - now


@given(either)
def test_T2_exchanged_a_join_differs_only_in_the_turn_of_what_was_added(three: tuple[str, str, str]) -> None:
    base, yours, theirs = three
    one, other = merge(base, yours, theirs), merge(base, theirs, yours)

    assert (one is None) == (other is None)
    assert counted(one or "") == counted(other or "")


@given(texts, several, st.sampled_from(["end", "start", "line"]))
def test_T2_all_who_add_at_one_place_have_their_words_there_once(
    base: str, added: list[str], where: str
) -> None:
    both = {"end": "{0} {1}", "start": "{1} {0}", "line": "{0}\n{1}"}[where]
    all_words = base
    for words in added:
        joined = merge(base, both.format(base, words), all_words)
        assert joined is not None
        all_words = joined

    assert counted(all_words) == sum((counted(words) for words in added), counted(base))


@given(st.text(max_size=40))
def test_the_tokens_of_a_text_make_it_up(text: str) -> None:
    assert "".join(tokens_of(text)) == text


@given(texts, texts)
def test_T2_a_change_of_one_alone_is_taken_as_it_is(base: str, yours: str) -> None:
    assert merge(base, yours, base) == yours
    assert merge(base, base, yours) == yours
    assert merge(base, yours, yours) == yours


@pytest.mark.parametrize(("base", "yours", "theirs", "joined"), EXAMPLES["merges"])
def test_T2_different_words_are_joined_and_the_same_words_are_not(
    base: str, yours: str, theirs: str, joined: str | None
) -> None:
    assert merge(base, yours, theirs) == joined


@pytest.mark.parametrize(("text", "tokens"), EXAMPLES["tokens"])
def test_T2_a_text_is_cut_as_the_browser_cuts_it(text: str, tokens: list[str]) -> None:
    assert tokens_of(text) == tokens


@pytest.mark.parametrize("many", [1, 2, 9, 40, 61, 80, 101, 200, 1000])
@pytest.mark.parametrize("between", [" ", ",", ""])
def test_no_texts_are_so_nasty_that_joining_them_holds_everybody_up(many: int, between: str) -> None:
    base = between.join(chr(0x4E00 + i * i % many) + "。" for i in range(2000))[:4000]
    took = []
    for _ in range(3):  # the quickest of three: what else the processor does at the time is not ours
        began = time.process_time()
        merge(base, base[::2], base[1::2])
        merge(base, base[:199], base[7:])
        took.append(time.process_time() - began)

    assert min(took) < 0.25


def test_where_only_one_changed_anything_no_text_is_too_nasty() -> None:
    base = " ".join(chr(0x4E00 + i * i % 1000) + "。" for i in range(2000))[:4000]
    other = base[::-1]

    assert merge(base, other, "Something else") is None
    assert merge(base, other, base) == other
    assert merge(base, base, other) == other
    assert merge(base, other, other) == other


@pytest.mark.parametrize("start", ["Our bus", "Yes. A bus", "NoThe bus"])
def test_T2_in_a_long_text_a_change_stays_where_it_was_made(start: str) -> None:
    """Though the word that it replaces stands at the end of the text too."""
    base = " ".join(["The bus", *(f"w{i}" for i in range(120)), "The end"])
    yours, theirs = base.replace("The bus", start), base.replace("w60", "w60 and")

    assert merge(base, yours, theirs) == yours.replace("w60", "w60 and")


def test_long_texts_of_ordinary_words_are_joined() -> None:
    seed = Random(1)
    words = [f"w{int(1000 * seed.random() ** 3)}" for _ in range(800)]
    base = " ".join(words)
    yours, theirs = " ".join(["mine", *words]), " ".join([*words[:400], "theirs", *words[400:]])

    assert merge(base, yours, theirs) == " ".join(["mine", *words[:400], "theirs", *words[400:]])


def test_two_who_write_in_one_line_for_minutes_keep_all_their_words() -> None:
    def turns(first: int, last: int, *people: str) -> str:
        chunks = [(start, min(start + 5, last)) for start in range(first, last, 5)]
        return "".join(f" {who}{i}" for start, end in chunks for who in people for i in range(start, end))

    read = f"The{turns(0, 400, 'a')} line"
    mine = read.replace(" a200 ", " a200 more ")
    theirs = f"The{turns(0, 400, 'a', 'b')} line"
    joined = merge(read, mine, theirs)

    assert joined is not None
    assert sorted(joined.split()) == sorted([*theirs.split(), "more"])
