"""What may be written about spaces, how codes look, how guessers are counted: pure, under Hypothesis."""

import re
import string
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access import Refused, Role
from app.spaces import rules
from app.spaces.joining import join_codes
from app.spaces.joining.guess_limit import ADDRESSES, LIMIT, Guesses

texts = st.text(max_size=300)
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


@given(texts)
def test_a_line_is_one_line_without_control_signs(text: str) -> None:
    cleaned = rules.tidy_line(text)

    assert cleaned == cleaned.strip()
    assert not any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in cleaned)
    assert not set(cleaned) & TURNING
    assert rules.tidy_line(cleaned) == cleaned


@given(texts)
def test_several_lines_keep_their_words_and_lose_what_a_database_stumbles_over(text: str) -> None:
    cleaned = rules.tidy_text(text)

    assert "\0" not in cleaned
    assert "\r" not in cleaned
    cleaned.encode()


@given(st.lists(st.integers(1, 12), max_size=30))
def test_an_organisation_gets_a_colour_nobody_has_while_there_is_one(taken: list[int]) -> None:
    colour = rules.free_colour(taken)

    assert 1 <= colour <= rules.COLOURS
    assert colour not in taken or len(set(taken)) == rules.COLOURS


def test_the_last_steward_is_told_what_to_do_first() -> None:
    with pytest.raises(
        Refused, match=r"^You are the last steward of Vale Hospice\. Make somebody else a steward first\.$"
    ):
        rules.keep_a_steward("Vale Hospice", Role.STEWARD, 0)
    rules.keep_a_steward("Vale Hospice", Role.STEWARD, 1)
    rules.keep_a_steward("Vale Hospice", Role.MEMBER, 0)


def test_a_code_is_three_blocks_of_three_and_holds_forty_bits() -> None:
    made = {join_codes.new_code() for _ in range(500)}

    assert len(made) == 500
    assert all(re.fullmatch(r"[B-Y2-9]{3}(-[B-Y2-9]{3}){2}", code) for code in made)
    assert len(join_codes.ALPHABET) ** 9 >= 2**40


def test_a_code_read_aloud_has_no_sign_that_looks_like_another() -> None:
    assert not set(join_codes.ALPHABET) & set("O0I1L5SZAEUN")
    assert len(set(join_codes.ALPHABET)) == len(join_codes.ALPHABET)


@given(st.text(alphabet=join_codes.ALPHABET, min_size=9, max_size=9), st.sampled_from(["", " ", "-", ". "]))
def test_a_code_is_understood_however_it_is_typed(signs: str, between: str) -> None:
    tidy = f"{signs[:3]}-{signs[3:6]}-{signs[6:]}"

    assert join_codes.tidy(between.join(signs.lower())) == tidy
    assert join_codes.tidy(join_codes.tidy(signs)) == tidy


@given(
    st.text(alphabet=join_codes.ALPHABET, min_size=9, max_size=9),
    st.sampled_from(
        [
            "{0}",
            "“{0}”",
            "({0})",
            "<{0}>.",
            "Code: {0}, see you",
            " \u200b{0}\n",
            "https://throughline.example/join/{0}",
            "https://www.try.krt.example/join/{0}?board=11111111-1111-4111-8111-111111111111",
            "Http://localhost:8000/JOIN/{0}/",
            "https://throughline.example/join?code={0}&x=1",
            "https://throughline.example/join?x=1&code={0}",
        ]
    ),
    st.sampled_from(
        [str, str.lower, lambda text: text.replace("-", "–"), lambda text: text.replace("-", "")]
    ),
    st.booleans(),
)
def test_a_code_is_found_in_whatever_was_pasted_with_it(
    signs: str, around: str, change: Callable[[str], str], wide: bool
) -> None:
    code = f"{signs[:3]}-{signs[3:6]}-{signs[6:]}"
    typed = around.format(change(code))
    if wide:
        typed = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in typed)

    assert join_codes.tidy(typed) == code


@pytest.mark.parametrize("typed", ["", "  ", "これは", "…", "“”"])
def test_a_text_without_letters_or_digits_holds_no_code(typed: str) -> None:
    assert join_codes.tidy(typed) == ""


def test_digits_of_any_script_are_digits() -> None:
    assert join_codes.tidy("KTM-٤W۹-QXR") == "KTM-4W9-QXR"


@given(st.text(max_size=50) | st.text(alphabet=string.printable, max_size=50))
def test_no_typed_code_grows_beyond_its_column(typed: str) -> None:
    assert len(join_codes.tidy(typed)) <= 13


def test_a_minute_after_the_first_wrong_code_there_is_room_for_another() -> None:
    guesses = Guesses()
    for _ in range(LIMIT - 1):
        assert not guesses.wrong("10.0.0.1", 100.0)

    assert guesses.wrong("10.0.0.1", 159.9)
    assert not guesses.wrong("10.0.0.1", 160.0)
    assert not guesses.wrong("10.0.0.2", 160.0)


def test_many_addresses_do_not_fill_the_memory() -> None:
    guesses = Guesses()
    for number in range(ADDRESSES + 100):
        guesses.wrong(str(number), 0.0)

    assert len(guesses._wrong) == ADDRESSES
