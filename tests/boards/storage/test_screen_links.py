"""Until when a projector's link holds, by what the board says."""

from datetime import UTC, datetime, timedelta

from app.boards.core.stage import ops as s
from app.boards.storage.screen_links import ScreenLink, until
from tests.boards.core.stage.workshop import STAGE, Workshop
from tests.boards.play import ANA, uid

MADE = datetime(2026, 3, 2, 9, tzinfo=UTC)
LINK = ScreenLink("link", "board", STAGE, MADE, MADE)


def test_while_the_workshop_runs_it_holds_for_a_week() -> None:
    assert until(LINK, Workshop().board) == MADE + timedelta(days=7)


def test_it_ends_a_day_after_the_workshop() -> None:
    play = Workshop()
    play.lead(s.EndStage(STAGE))
    ended = play.stage.ended_at

    assert ended is not None
    assert until(LINK, play.board) == datetime.fromtimestamp(ended, UTC) + timedelta(days=1)


def test_a_workshop_that_goes_on_has_not_ended() -> None:
    play = Workshop()
    play.lead(s.EndStage(STAGE))
    play.lead(s.ResumeStage(STAGE))

    assert until(LINK, play.board) == MADE + timedelta(days=7)


def test_it_is_not_for_the_next_workshop_on_the_same_board() -> None:
    play = Workshop()
    play.lead(s.EndStage(STAGE))
    play.act(ANA, s.OpenStage(uid(901), "Another"))

    assert until(LINK, play.board) is None
