"""Which characters a text may hold: joiners and what people write stay, what nobody sees goes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.characters import FILLERS, JOINERS, beginning, cut, is_storable, one_line, set_apart, storable
from app.people.rules import tidy_name
from app.spaces.rules import tidy_line

ODD = "\u200b\u200e\u202e\u2060\u2066\ufeff\u00ad\x00\x02\x7f\ud800"
mixed = st.text(st.characters() | st.sampled_from(ODD + "\u200c\u200d \n\t\u2028"), max_size=60)
letters = st.text(st.characters(categories=["L", "Mn"], exclude_characters=FILLERS), min_size=1, max_size=8)


@given(st.lists(letters, min_size=2, max_size=4), st.sampled_from(sorted(JOINERS)), st.sampled_from(ODD))
def test_a_joiner_inside_a_word_stays_and_any_other_invisible_sign_goes(
    parts: list[str], joiner: str, odd: str
) -> None:
    word = joiner.join(parts)

    for tidy in (one_line, tidy_line):
        assert tidy(word) == word
        assert tidy(odd.join(parts)) == "".join(parts)
        assert tidy(f" {odd}{word}{odd}\n") == word


@given(mixed)
def test_one_line_shows_all_that_it_holds_but_joiners(text: str) -> None:
    line = one_line(text)

    assert line == one_line(line)
    assert line == " ".join(line.split())
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in JOINERS for c in line)
    assert all(set(word) - JOINERS for word in line.split())
    assert [c for c in line if c.isalnum()] == [c for c in text if c.isalnum() and c not in FILLERS]


@given(mixed)
def test_a_name_holds_nothing_that_cannot_be_printed_but_joiners(text: str) -> None:
    name = tidy_name(text)

    assert name == tidy_name(name)
    assert "".join(c for c in name if c not in JOINERS).isprintable()


@pytest.mark.parametrize(
    "name",
    [
        "علی\u200cرضا",
        "می\u200cخواهم",
        "श्री\u200dमान",
        "\U0001f469\u200d\u2695\ufe0f Ana",
        "O'Brien",
        "Anne-Marie",
    ],
)
def test_names_are_kept_as_they_are_typed(name: str) -> None:
    assert tidy_name(name) == tidy_line(name) == name


def test_the_flag_of_england_stays_a_flag() -> None:
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"

    assert one_line(f"Wards {flag} \U000e0067hidden") == f"Wards {flag} hidden"


@given(mixed)
def test_what_can_be_stored_is_stored_as_it_is(text: str) -> None:
    kept = storable(text)

    assert is_storable(kept)
    assert storable(kept) == kept
    assert (len(kept) == len(text)) or "\r\n" in text or not is_storable(text)


def test_a_text_is_cut_between_words_and_never_within_a_letter() -> None:
    assert cut("one two three", 13) == "one two three"
    assert cut("one two three", 12) == "one two…"
    assert cut("क" * 6 + "क्ष", 8) == "क" * 6 + "…"
    assert beginning("ab👩‍⚕️", 5) == "ab"
    assert beginning("ab👩‍⚕️", 6) == "ab👩‍⚕️"
    assert beginning("সত্য", 3) == "স"
    assert beginning("wide", 5, lambda words: 2.0 * len(words)) == "wi"
    assert beginning("", 5) == ""


@pytest.mark.parametrize("name", ["מרכז צפון", "مستشفى 2", "Vale (צפון)", "٢٤"])
def test_only_what_goes_from_right_to_left_is_set_apart_in_a_sentence(
    name: str,
) -> None:
    assert set_apart(name) == f"\u2068{name}\u2069"
    assert set_apart("Vale Hospice 24/7") == "Vale Hospice 24/7"


@pytest.mark.parametrize("sign", list("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
def test_what_is_set_apart_turns_nothing_behind_it_and_does_not_end_early(sign: str) -> None:
    assert set_apart(f"Vale{sign} Hospice") == "Vale Hospice"
    assert set_apart(f"מרכז{sign} צפון") == "\u2068מרכז צפון\u2069"


def test_lines_are_set_apart_each_for_itself() -> None:
    assert set_apart("Vale\nמרכז\n\nצפון 2") == "Vale\n\u2068מרכז\u2069\n\n\u2068צפון 2\u2069"
