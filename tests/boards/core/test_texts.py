"""Writing where others write too: nothing that anybody wrote is gone without a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.boards.core import ops as o
from app.boards.core.board import Clash, TextVersion
from app.boards.core.ops import TEXT_LIMITS
from app.boards.core.words.item_texts import MAX_KEPT, MAX_VERSIONS
from tests.boards.play import ANA, BEN, GIL, Play

PEOPLE = (ANA, BEN, GIL)


def text(play: Play, card: str) -> str:
    return str(play.fields(card)["text"])


# -- what was read -------------------------------------------------------------------------------------


def test_T2_on_what_was_read_it_replaces() -> None:
    play = Play()
    card = play.card(ANA, "One two")
    change = play.act(BEN, o.EditCard(card, text="Nothing alike"), base=1)

    assert (text(play, card), change.merged, change.clash) == ("Nothing alike", (), None)


def test_T2_without_a_base_it_goes_on_from_the_present() -> None:
    play = Play()
    card = play.card(ANA, "One two")
    play.act(ANA, o.EditCard(card, text="Three"))
    change = play.act(BEN, o.EditCard(card, text="Four"))

    assert (text(play, card), change.clash) == ("Four", None)


def test_T2_different_words_of_a_stale_text_are_joined() -> None:
    play = Play()
    card = play.card(ANA, "The bus is late")
    play.act(BEN, o.EditCard(card, text="The school bus is late"), base=1)
    change = play.act(GIL, o.EditCard(card, text="The bus is very late"), base=1)

    assert text(play, card) == "The school bus is very late"
    assert (change.merged, change.clash) == (("text",), None)


def test_T2_the_same_words_clash_the_later_stands_and_both_are_kept() -> None:
    play = Play()
    card = play.card(ANA, "The bus is late")
    play.act(BEN, o.EditCard(card, text="The tram is late"), base=1)
    change = play.act(GIL, o.EditCard(card, text="The train is late"), base=1)

    assert text(play, card) == "The train is late"
    assert change.clash == Clash(card, "text", "The train is late", "The tram is late", "ben")
    assert [v.text for v in play.item(card).versions] == [
        "The bus is late",
        "The tram is late",
        "The train is late",
    ]
    assert change.merged == ()


def test_T2_a_seq_that_others_fields_moved_on_does_not_make_a_text_stale() -> None:
    play = Play()
    card = play.card(ANA, "One two")
    play.act(BEN, o.MoveCard(card, x=5.0))
    change = play.act(GIL, o.EditCard(card, text="Three"), base=1)

    assert (text(play, card), change.clash) == ("Three", None)


def test_T2_the_same_text_as_there_is_changes_nothing() -> None:
    play = Play()
    card = play.card(ANA, "One")
    play.act(BEN, o.EditCard(card, text="Two"), base=1)

    change = play.act(GIL, o.EditCard(card, text="Two"), base=1)
    assert (change.touched, change.merged, change.clash) == ((), (), None)


def test_T2_what_one_wrote_oneself_since_is_not_anothers() -> None:
    play = Play()
    card = play.card(ANA, "One two")
    play.act(BEN, o.EditCard(card, text="One two three"), base=1)
    change = play.act(BEN, o.EditCard(card, text="One"), base=1)

    assert (text(play, card), change.merged, change.clash) == ("One", (), None)


def test_T2_a_writer_who_has_not_seen_the_joined_text_goes_on_from_their_own() -> None:
    play = Play()
    card = play.card(ANA, "One two three")
    play.act(BEN, o.EditCard(card, text="One two three four"), base=1)
    play.act(GIL, o.EditCard(card, text="Nought two three"), base=1)
    assert text(play, card) == "Nought two three four"

    play.act(GIL, o.EditCard(card, text="Nil two three"), base=1)
    assert text(play, card) == "Nil two three four"

    play.act(BEN, o.EditCard(card, text="One two three six"), base=1)
    assert text(play, card) == "Nil two three six"


def test_T2_another_person_with_the_same_client_id_is_another_hand() -> None:
    play = Play()
    card = play.card(ANA, "One")
    play.act(BEN, o.EditCard(card, text="Two"), base=1, hand="same")
    change = play.act(GIL, o.EditCard(card, text="Three"), base=1, hand="same")

    assert change.clash is not None


def test_T2_the_same_person_in_another_tab_is_another_hand() -> None:
    play = Play()
    card = play.card(ANA, "One")
    play.act(BEN, o.EditCard(card, text="Two"), base=1, hand="one")
    change = play.act(BEN, o.EditCard(card, text="Three"), base=1, hand="two")

    assert change.clash is not None
    assert change.clash.other == "ben"


FORM = ""  # the hand of every form


def test_T2_a_form_sent_again_after_its_words_were_joined_takes_away_nobodys_words_unsaid() -> None:
    play = Play()
    card = play.card(ANA, "One two three four")
    play.act(BEN, o.EditCard(card, text="One 2 three four"), base=1)
    play.act(GIL, o.EditCard(card, text="One two three 4"), base=1, hand=FORM)

    change = play.act(GIL, o.EditCard(card, text="One two three 4, and five"), base=1, hand=FORM)

    assert change.clash is not None
    assert change.clash.theirs == "One 2 three 4"


def test_T2_a_form_left_open_in_another_window_does_not_write_over_what_it_never_showed() -> None:
    play = Play()
    card = play.card(ANA, "One two")
    play.act(BEN, o.EditCard(card, text="One two, says Ben"), base=1)
    play.act(GIL, o.EditCard(card, text="One two, says Ben. Yes"), base=2, hand=FORM)

    change = play.act(GIL, o.EditCard(card, text="One two, says Gil"), base=1, hand=FORM)

    assert change.clash is not None
    assert change.clash.theirs == "One two, says Ben. Yes"


def test_T2_words_that_were_never_read_are_not_taken_for_deleted() -> None:
    """Where it is no longer known what the writer had read, nothing may be joined."""
    play = Play()
    card = play.card(ANA, "word " * 20)
    for i in range(MAX_VERSIONS):
        play.act(BEN, o.EditCard(card, text="word " * 20 + f"more {i}"))
    stored = text(play, card)
    change = play.act(GIL, o.EditCard(card, text="word " * 20 + "mine"), base=1)

    assert change.clash is not None
    assert change.clash.theirs == stored


def test_T2_words_are_measured_against_the_text_that_the_writer_says_they_changed() -> None:
    """However many texts have come and gone since; what is in it is not taken for the writer's own."""
    play = Play()
    card = play.card(ANA, "One two")
    for i in range(2 * MAX_VERSIONS):
        play.act(BEN, o.EditCard(card, text=f"One two {i}"))
    change = play.act(GIL, o.EditCard(card, text="Nought two 7"), base=1, read={"text": "One two 7"})

    assert text(play, card) == f"Nought two {2 * MAX_VERSIONS - 1}"
    assert (change.merged, change.clash) == (("text",), None)


def test_T2_a_merge_says_with_whose_words_the_writers_own_were_joined() -> None:
    play = Play()
    card = play.card(ANA, "The bus is late")
    play.act(BEN, o.EditCard(card, text="The school bus is late"), base=1)
    first = play.act(GIL, o.EditCard(card, text="The bus is very late"), base=1)
    second = play.act(GIL, o.EditCard(card, text="The bus is very late now"), base=1)
    third = play.act(BEN, o.EditCard(card, text="The school bus is late."), base=1)

    assert [change.merged_with for change in (first, second, third)] == ["ben", "ben", "gil"]


def test_T2_of_one_person_on_two_devices_it_is_the_same_person() -> None:
    play = Play()
    card = play.card(ANA, "The bus is late")
    play.act(BEN, o.EditCard(card, text="The school bus is late"), base=1, hand="desk")
    change = play.act(BEN, o.EditCard(card, text="The bus is very late"), base=1, hand="phone")

    assert (text(play, card), change.merged_with) == ("The school bus is very late", "ben")


def test_T2_on_the_present_text_as_read_it_replaces_however_old_the_base() -> None:
    play = Play()
    card = play.card(ANA, "One two")
    play.act(BEN, o.EditCard(card, text="Three"))
    change = play.act(GIL, o.EditCard(card, text="Four"), base=1, read={"text": "Three"})

    assert (text(play, card), change.merged, change.clash) == ("Four", (), None)


@pytest.mark.parametrize("read", [{"title": "One two"}, {"text": "x" * 4001}, {}])
def test_T2_what_is_said_of_another_field_or_too_long_does_not_count(read: dict[str, str]) -> None:
    play = Play()
    card = play.card(ANA, "One two")
    play.act(BEN, o.EditCard(card, text="One three"), base=1)
    change = play.act(GIL, o.EditCard(card, text="Nought two"), base=1, read=read)

    assert (text(play, card), change.clash) == ("Nought three", None)


def test_P2_what_a_draft_said_before_it_was_shown_is_not_to_be_found_out_by_guessing() -> None:
    play = Play()
    card = play.card(ANA, "Bob is lazy", draft=True)
    play.act(ANA, o.EditCard(card, text="We are slow"))
    play.act(ANA, o.PublishCard(card))

    right = play.act(BEN, o.EditCard(card, text="Bob is lazy"), base=1)

    assert right.clash is not None


def test_T2_two_cuts_that_leave_nothing_clash() -> None:
    play = Play()
    card = play.card(ANA, "One two")
    play.act(BEN, o.EditCard(card, text="One "), base=1)
    change = play.act(GIL, o.EditCard(card, text=" two"), base=1)

    assert change.clash is not None
    assert text(play, card) == " two"


def test_T2_a_prompt_may_be_joined_to_nothing() -> None:
    play = Play()
    section = play.section(ANA, prompt="One two")
    play.act(BEN, o.EditSection(section, prompt="One "), base=1)
    change = play.act(GIL, o.EditSection(section, prompt=" two"), base=1)

    assert (change.clash, play.fields(section)["prompt"]) == (None, " ")


def test_T2_two_texts_that_fit_but_not_together_clash() -> None:
    play = Play()
    card = play.card(ANA, "middle")
    play.act(BEN, o.EditCard(card, text="middle " + "b" * 3000), base=1)
    change = play.act(GIL, o.EditCard(card, text="g" * 3000 + " middle"), base=1)

    assert change.clash is not None
    assert len(text(play, card)) <= TEXT_LIMITS["text"]


def test_T2_two_texts_that_just_fit_together_are_joined() -> None:
    play = Play()
    card = play.card(ANA, "middle")
    play.act(BEN, o.EditCard(card, text="middle " + "b" * 1000), base=1)
    change = play.act(GIL, o.EditCard(card, text="g" * (4000 - 1008) + " middle"), base=1)

    assert (change.clash, len(text(play, card))) == (None, 4000)


def test_T2_title_prompt_and_example_are_read_each_for_itself() -> None:
    play = Play()
    section = play.section(ANA, "One two", prompt="Why")
    play.act(BEN, o.EditSection(section, title="One two three", prompt="Who"), base=1)
    change = play.act(GIL, o.EditSection(section, title="Nought two", example="Such"), base=1)

    assert play.fields(section)["title"] == "Nought two three"
    assert (change.merged, change.clash) == (("title",), None)

    change = play.act(GIL, o.EditSection(section, prompt="Where"), base=1)
    assert change.clash is not None
    assert (change.clash.field, change.clash.theirs) == ("prompt", "Who")


def test_T2_comments_are_joined_too() -> None:
    play = Play()
    comment = play.comment(ANA, play.card(), "One two")
    play.act(ANA, o.EditComment(comment, "One two three"), base=2, hand="one")
    change = play.act(ANA, o.EditComment(comment, "Nought two"), base=2, hand="two")

    assert (play.fields(comment)["text"], change.merged) == ("Nought two three", ("text",))


def test_the_author_is_told_of_a_clash_with_what_was_there_from_the_start() -> None:
    """Imported items may have no versions: then it was the one who brought it."""
    from msgspec import structs

    from app.boards.core.indexes import put

    play = Play()
    card = play.card(ANA, "One")
    play.act(BEN, o.EditCard(card, text="Two"))
    play.board = put(play.board, structs.replace(play.item(card), versions=()))
    change = play.act(GIL, o.EditCard(card, text="Three"), base=1)

    assert change.clash == Clash(card, "text", "Three", "Two", "ana")


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4), st.integers(0, 6)), max_size=12))
def test_T2_every_word_anybody_wrote_is_in_the_text_or_was_taken_out_or_is_told_in_a_clash(
    edits: list[tuple[int, int, int]],
) -> None:
    play = Play()
    card = play.card(ANA, "a b c d e f")
    seen = {who.person: (text(play, card), play.item(card).seq) for who in PEOPLE}
    for number, (who, lag, at) in enumerate(edits):
        actor = PEOPLE[who]
        if lag == 0:
            seen[actor.person] = (text(play, card), play.item(card).seq)
        read, base = seen[actor.person]
        words = read.split(" ")
        words.insert(at % (len(words) + 1), f"new{number}")
        before = text(play, card)
        change = play.act(actor, o.EditCard(card, text=" ".join(words)), base=base)
        seen[actor.person] = (" ".join(words), base)

        now = set(text(play, card).split(" "))
        assert f"new{number}" in now
        kept = set(change.clash.theirs.split(" ")) if change.clash else set()
        assert set(before.split(" ")) <= now | kept
        assert before in [v.text for v in play.item(card).versions]


# -- versions ------------------------------------------------------------------------------------------


def test_of_an_items_texts_the_newest_are_kept() -> None:
    play = Play()
    card = play.card(ANA, "w0")
    for i in range(1, MAX_VERSIONS + 10):
        play.act(ANA, o.EditCard(card, text=f"w{i}"))

    kept = play.item(card).versions
    assert len(kept) == MAX_VERSIONS
    assert kept[-1] == TextVersion("text", play.seq(), "ana", "ana", f"w{MAX_VERSIONS + 9}")
    assert kept[0].text == "w10"


def test_long_texts_are_kept_in_smaller_number_but_always_the_newest() -> None:
    play = Play()
    card = play.card(ANA, "w" * 4000)
    for i in range(20):
        play.act(ANA, o.EditCard(card, text=f"{i:04}" * 1000))

    kept = play.item(card).versions
    assert sum(len(v.text) for v in kept) == MAX_KEPT
    assert kept[-1].text == "0019" * 1000
