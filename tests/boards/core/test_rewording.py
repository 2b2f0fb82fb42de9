"""Whoever changes another's words is named beside them, and the author's own words are never pushed out."""

from app.boards.core import ops as o
from app.boards.core.sight import see, viewer_of
from app.boards.core.stage import ops as stage_ops
from app.boards.core.words.item_texts import MAX_VERSIONS
from app.boards.core.words.rewording import reworded_by, texts
from app.records.quotes import writer
from tests.boards.play import ANA, BEN, GIL, SUE, Play, assert_same, reloaded


def reworded(play: Play, card: str) -> str | None:
    view = see(play.board, play.item(card), viewer_of(GIL, play.board))
    assert view is not None
    return view.fields.get("reworded")


def test_T9_whoever_rewords_anothers_card_is_named_and_the_words_before_are_kept() -> None:
    play = Play()
    card = play.card(ANA, "The bus is late")
    before = reworded(play, card)
    play.act(BEN, o.EditCard(card, text="The bus is never late"))

    assert before is None
    assert reworded(play, card) == "ben"
    assert [(one.by, one.text) for one in texts(play.item(card))] == [
        ("ana", "The bus is late"),
        ("ben", "The bus is never late"),
    ]


def test_T9_many_small_changes_do_not_push_the_authors_words_out() -> None:
    play = Play()
    card = play.card(ANA, "My own words")
    for n in range(MAX_VERSIONS + 3):
        play.act(BEN, o.EditCard(card, text=f"Spree {n}"))

    assert texts(play.item(card))[0].text == "My own words"
    assert texts(play.item(card))[0].by == "ana"


def test_T9_words_put_back_are_the_authors_again_whoever_does_it() -> None:
    play = Play()
    card = play.card(ANA, "My own words")
    play.act(BEN, o.EditCard(card, text="His words"))
    play.act(GIL, o.EditCard(card, text="My own words"))
    put_back = reworded(play, card)
    play.act(BEN, o.EditCard(card, text="His words again"))
    play.act(ANA, o.EditCard(card, text="Fine, but so"))

    assert put_back is None
    assert reworded(play, card) is None
    assert texts(play.item(card)) == ()


def test_T9_the_last_of_several_is_named_and_kind_and_place_are_no_words() -> None:
    play = Play()
    card = play.card(ANA, "My own words")
    play.act(BEN, o.EditCard(card, kind="problem"))
    play.act(BEN, o.MoveCard(card, x=10, y=10))
    unchanged = reworded(play, card)
    play.act(BEN, o.EditCard(card, text="Ben's"))
    play.act(GIL, o.EditCard(card, text="Gil's"))

    assert unchanged is None
    assert reworded(play, card) == "gil"


def test_T9_what_a_private_note_said_before_it_was_shown_is_no_version() -> None:
    play = Play()
    card = play.card(ANA, "Secret canary", draft=True)
    play.act(ANA, o.EditCard(card, text="What I show"))
    play.act(ANA, o.PublishCard(card))
    play.act(BEN, o.EditCard(card, text="What Ben makes of it"))

    assert [one.text for one in texts(play.item(card))] == ["What I show", "What Ben makes of it"]
    assert "canary" not in repr(texts(play.item(card)))


def test_T9_words_that_were_taken_out_are_in_no_version() -> None:
    play = Play()
    card = play.card(ANA, "A name, canary")
    play.act(BEN, o.EditCard(card, text="A name, canary, reworded"))
    play.act(ANA, stage_ops.TakeOut(card, why="named"))

    assert texts(play.item(card)) == ()
    assert reworded_by(play.item(card)) is None
    assert "canary" not in repr((play.item(card).authored, play.item(card).versions))


def test_T9_words_that_are_put_back_stay_signed_by_whoever_put_them_on_the_card() -> None:
    play = Play()
    card = play.card(ANA, "A name, canary")
    play.act(BEN, o.EditCard(card, text="Ben's"))
    for _ in range(2):
        play.act(SUE, stage_ops.TakeOut(card, why="hurtful"))
        out = reworded(play, card)
        play.act(SUE, stage_ops.PutBack(card))

        assert out is None, "the sentence in their place is nobody's words"
        assert reworded(play, card) == "ben"
        assert writer(play.item(card)) == "ben"
        assert [(one.by, one.text) for one in texts(play.item(card))] == [("ana", ""), ("ben", "Ben's")]
        assert_same(play.board, reloaded(play.board))

    play.act(GIL, o.EditCard(card, text="Gil's"))
    by_gil = reworded(play, card)
    play.act(ANA, o.EditCard(card, text="My own again"))
    assert (by_gil, reworded(play, card)) == ("gil", None)


def test_T9_the_authors_own_words_are_theirs_once_they_are_put_back() -> None:
    play = Play()
    card = play.card(ANA, "My own words")
    play.act(SUE, stage_ops.TakeOut(card, why="hurtful"))
    play.act(SUE, stage_ops.PutBack(card))

    assert reworded(play, card) is None
    assert texts(play.item(card)) == ()
