"""What one person, or one message, may ask of a board at most, so that it stays quick for all others."""

import pytest

from app.access import Code, Refused
from app.boards.core import changeset, sections
from app.boards.core import ops as o
from app.boards.core.board import SECTIONS
from tests.boards.play import ANA, GIL, Play, uid


def code(play: Play, op: o.Doing) -> Code | None:
    try:
        play.act(GIL, op)
    except Refused as refused:
        return refused.code
    return None


def test_a_board_takes_no_more_sections_than_it_can_lay_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "MAX_SECTIONS", 3)
    play = Play()
    first, *_ = [play.section() for _ in range(3)]
    play.act(GIL, o.RemoveSection(first))
    removal = play.seq()
    assert code(play, o.AddSection(uid(90), "In its place")) is None

    assert code(play, o.AddSection(uid(91), "One more")) is Code.FULL
    assert code(play, o.RestoreSection(first)) is Code.FULL
    assert play.undo(GIL, removal).skipped == 1
    assert len(play.turn(SECTIONS)) == 3


def test_a_batch_that_would_keep_a_board_for_minutes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changeset, "MOST_CHANGES", 30)
    play = Play()
    card = play.card()
    for _ in range(8):
        play.comment(ANA, card)
    back_and_forth = (o.RemoveCard(card), o.RestoreCard(card)) * 2

    before = play.board
    assert code(play, o.Batch(back_and_forth)) is Code.TOO_LONG
    assert play.board is before
    assert code(play, o.Batch(back_and_forth[:2])) is None


def test_two_hundred_sections_find_free_places_side_by_side() -> None:
    play = Play()
    card = play.card(x=600.0, y=500.0)
    play.act(GIL, o.Batch(tuple(o.AddSection(uid(1000 + n), "One") for n in range(200))))
    frames = [play.fields(id) for id in play.turn(SECTIONS)]

    def touch(a: dict[str, float], b: dict[str, float]) -> bool:
        beside = a["x"] < b["x"] + b["w"] and b["x"] < a["x"] + a["w"]
        return beside and a["y"] < b["y"] + b.get("h", 132) and b["y"] < a["y"] + a["h"]

    others = [*frames, play.fields(card)]
    assert not [a for a in frames for b in others if a is not b and touch(a, b)]
    assert max(f["y"] for f in frames) < 68 * 400
