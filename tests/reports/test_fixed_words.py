"""Fixed minutes beside their board: words that were taken out leave them, and whose words stand is said."""

from datetime import UTC, datetime

from app.boards.core import ops as o
from app.boards.core.board import Board
from app.boards.core.stage import ops as stage_ops
from app.reports.minutes.content import BlockMinutes, Group, Minutes, Note, Part
from app.reports.minutes.taken_out import OUT, without_taken_out
from tests.boards.play import ANA, BEN, GIL, SUE, Play

AT = datetime(2026, 11, 8, 10, tzinfo=UTC)


def shown(board: Board, note: Note, *, destroyed_only: bool = False) -> Note:
    """What becomes of a note of fixed minutes."""
    part = Part("Write", "What?", AT, groups=(Group("", (note,)),))
    minutes = Minutes(
        "Winter", "Leaving well", "", "", "", (), blocks=(BlockMinutes("b", "B", AT, None, (part,)),)
    )
    ((_, _, _, after),) = without_taken_out(minutes, board, {}, destroyed_only=destroyed_only).notes()
    return after


def reworded() -> tuple[Play, Note]:
    """Ana's card with Ben's words, as minutes were fixed of it."""
    play = Play()
    card = play.card(ANA, "The bus is late")
    play.act(BEN, o.EditCard(card, text="I, Ana, am late"))
    return play, Note(card, "I, Ana, am late", "ana", reworded="ben")


def test_a_sentence_in_the_place_of_words_that_were_taken_out_is_signed_by_nobody_else() -> None:
    play, note = reworded()
    play.act(SUE, stage_ops.TakeOut(note.id, "hurtful"))
    now, later = shown(play.board, note), shown(play.board, note, destroyed_only=True)
    assert (now.text, now.reworded) == ("Taken out by a steward: it was hurtful.", "")
    assert (later.text, later.reworded) == (note.text, "ben"), "they may be put back"
    play.act(SUE, stage_ops.PutBack(note.id))
    assert shown(play.board, later) == note

    play.act(ANA, stage_ops.TakeOut(note.id))
    gone = shown(play.board, note, destroyed_only=True)
    assert (gone.text, gone.reworded) == ("Taken out by its author.", "")
    cleared = shown(Board("b1", "s1"), later)
    assert (cleared.text, cleared.reworded) == (OUT, "")


def test_whose_words_stand_is_as_the_board_says_where_minutes_were_fixed_before_they_said_it() -> None:
    play, note = reworded()
    old = Note(note.id, note.text, note.by)
    assert shown(play.board, old) == note
    play.act(GIL, o.EditCard(note.id, text="Gil's"))
    assert shown(play.board, old) == note
    assert shown(play.board, Note(note.id, "The bus is late", "ana")).reworded == ""
