"""What those who follow a board with a workshop are not told."""

from typing import Any

from app.boards.core.board import Clash
from app.boards.core.ops import AddCard, AddSection
from app.boards.core.sight import viewer_of
from app.boards.core.stage.ops import OpenPhase, OpenStage, Reveal, TakeOut
from app.realtime.presence import Here
from tests.boards.live.test_followers import Play, card
from tests.support.until import until


async def test_W1_while_a_phase_is_private_nobody_is_told_where_others_point_or_write() -> None:
    play = Play()
    line, _ = play.come("Ana"), play.come("Ben")
    section = AddSection("5" * 8 + "-0000-4000-8000-000000000000", "A section")
    stage, phase = (each * 8 + "-0000-4000-8000-000000000000" for each in "67")
    for op in (section, OpenStage(stage), OpenPhase(phase, None, "What?")):
        play.act("Ana", op)

    def told() -> list[Any]:
        here = [one for frame in line.frames if frame["type"] == "here" for one in frame["people"]]
        return [(one["x"], one["on"], one["writing"]) for one in here if one["id"] == "Ben"]

    there = Here(1.0, 2.0, section.id, True)
    play.followers.presence.point(play.sessions["Ben"], there)
    await until(told)
    assert told() == [(None, None, False)]

    play.act("Ana", AddCard("8" * 8 + stage[8:], "note", "Some words", phase=phase))
    play.act("Ana", Reveal(phase))
    play.followers.presence.point(play.sessions["Ben"], there)
    await until(lambda: len(told()) == 2)
    assert told()[1] == (1.0, section.id, True)


async def test_nobody_who_comes_back_is_told_their_earlier_words_where_these_were_taken_out() -> None:
    play = Play()
    play.come("Ana")
    written = card("a")
    play.act("Ana", written)
    clash = Clash(written.id, "text", "The later words", "CANARY, a name", "Ana")
    play.current.recent.add(1, [], [(2, clash)])
    frames, actor = play.followers.frames, play.sessions["Ana"].actor
    assert "CANARY" in str(frames.conflicts(viewer_of(actor, play.current.board), 1))

    play.act("Ana", TakeOut(written.id))
    assert "CANARY" not in str(frames.conflicts(viewer_of(actor, play.current.board), 1))
