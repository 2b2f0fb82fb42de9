"""A text as it is stored: one kind of line end, nothing that cannot be stored, within its limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import characters
from app.access import Code, Refused
from app.boards.core import ops as o
from app.boards.core.ops import TEXT_LIMITS
from app.boards.core.texts import tidy
from tests.boards.play import ANA, BEN, GIL, Play, uid

PEOPLE = (ANA, BEN, GIL)


def text(play: Play, card: str) -> str:
    return str(play.fields(card)["text"])


@pytest.mark.parametrize(
    ("given", "kept"), [("a\r\nb\rc", "a\nb\nc"), ("a\x0bb\x0cc", "a\nb\nc"), ("a\tb\nc", "a\tb\nc")]
)
def test_lines_end_in_one_way(given: str, kept: str) -> None:
    assert tidy("text", given) == kept


@pytest.mark.parametrize("c", [*range(9), *range(14, 32), 0xD800, 0xDBFF, 0xDC00, 0xDFFF])
def test_C8_what_no_text_can_hold_is_left_out(c: int) -> None:
    assert tidy("text", f"a{chr(c)}b") == "ab"


@given(st.text(st.characters(), max_size=50))
def test_C8_whatever_is_written_can_be_stored_and_loses_nothing_else(words: str) -> None:
    kept = tidy("text", words)

    assert kept == tidy("text", kept)
    assert "\0" not in kept
    assert kept.encode().decode() == kept
    assert kept == "".join(
        c
        for c in characters.with_one_line_end(words)
        if c in "\t\n" or not (c < " " or "\ud800" <= c < "\ue000")
    )


def test_C8_the_writer_of_any_text_is_told_that_something_was_left_out() -> None:
    play = Play()
    odd = "a\x02b\ud800"
    section = play.section(ANA)
    card = play.card(ANA)
    comment = play.comment(ANA, card)

    changes = [
        play.act(ANA, o.AddCard(uid(100), "note", odd)),
        play.act(ANA, o.EditCard(card, odd)),
        play.act(ANA, o.AddComment(uid(101), card, odd)),
        play.act(ANA, o.EditComment(comment, odd)),
        play.act(ANA, o.AddSection(uid(102), odd, odd, odd)),
        play.act(ANA, o.EditSection(section, prompt=odd)),
    ]

    text = ("text",)
    assert [change.cleaned for change in changes] == [text] * 4 + [
        ("title", "prompt", "example"),
        ("prompt",),
    ]
    assert play.fields(card)["text"] == play.fields(uid(102))["example"] == "ab"
    assert play.act(ANA, o.EditCard(card, "a\r\nb")).cleaned == ()


def test_C8_words_that_only_such_characters_were_are_no_words() -> None:
    with pytest.raises(Refused, match=r"^A card needs some words\.$"):
        Play().card(ANA, "\x02 \x00")


@pytest.mark.parametrize("c", ["\u200b", "\u202e", "\x7f", "\U0001f600", "\ud7ff", "\ue000", "é"])
def test_what_people_write_is_kept_whatever_it_is(c: str) -> None:
    assert tidy("text", f"a{c}b") == f"a{c}b"


@pytest.mark.parametrize(("field", "most"), TEXT_LIMITS.items())
def test_C8_a_text_has_a_limit_and_the_refusal_says_both_numbers(field: str, most: int) -> None:
    assert tidy(field, "a" * most) == "a" * most
    with pytest.raises(Refused) as caught:
        tidy(field, "a" * (most + 1))

    assert caught.value.code is Code.TOO_LONG
    assert str(most) in caught.value.say
    assert str(most + 1) in caught.value.say
