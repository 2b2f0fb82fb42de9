"""Faces of cards by the rules: jobs alone put them on, everybody sees them, nobody takes them back."""

from typing import Any

import msgspec
import pytest

from app.access import Code, Refused, State
from app.boards.core import ops as o
from app.boards.core.group_commit import OpRequest, decide_group
from app.boards.core.live_status import LiveStatus, as_field, status_in
from app.boards.core.sight import see
from app.boards.library.file_format import pack, to_bytes, unpack
from app.boards.live import codec, messages
from app.boards.live.status_job import NOBODY
from app.boards.outline.document import part
from app.boards.outline.form_ops import read_op
from tests.boards.play import ANA, BEN, EVERYONE, OLA, Play, assert_same, reloaded, sees

GOAL = "6f1c1d2e-0000-4000-8000-000000000001"
WELL = LiveStatus(GOAL, "Improving", "2.4 days", (100, 60, 0))
WORSE = LiveStatus(GOAL, "Getting worse", "4.1 days", (0, 60, 100))


@pytest.fixture
def play() -> Play:
    return Play()


def outcome(play: Play) -> str:
    return play.card(ANA, "Home in 2 days", kind="outcome")


def refused(play: Play, who: Any, card: str, face: LiveStatus | None) -> Code:
    with pytest.raises(Refused) as no:
        play.act(who, o.SetFace(card, face))
    return no.value.code


def test_a_face_is_one_field_that_everyone_sees(play: Play) -> None:
    card = outcome(play)
    play.act(NOBODY, o.SetFace(card, WELL))

    for who in EVERYONE:
        view = see(play.board, play.item(card), sees(who))
        assert view is not None
        assert view.seq == play.seq()
        assert view.fields["face"] == {
            "goal": GOAL,
            "word": "Improving",
            "value": "2.4 days",
            "points": [100, 60, 0],
        }


def test_a_board_with_faces_can_be_read_afresh(play: Play) -> None:
    play.act(NOBODY, o.SetFace(outcome(play), WELL))

    assert_same(reloaded(play.board), play.board)


@pytest.mark.parametrize("who", EVERYONE, ids=lambda who: who.person)
def test_no_person_puts_on_a_face(play: Play, who: Any) -> None:
    assert refused(play, who, outcome(play), WELL) is Code.NOT_ALLOWED


def test_O3_a_client_that_sends_set_face_is_answered_invalid() -> None:
    sent = msgspec.json.encode({"do": "set_face", "id": GOAL, "face": as_field(WELL)})
    answer = codec.read_op(messages.PostedOp(op=msgspec.Raw(sent)))

    assert isinstance(answer, Refused)
    assert answer.code is Code.INVALID
    with pytest.raises(Refused) as no:
        read_op({"do": "set_face", "id": GOAL, "face": ""})
    assert no.value.code is Code.INVALID


def test_the_schema_offers_no_set_face() -> None:
    assert "set_face" not in msgspec.json.encode(messages.schema()).decode()


def test_the_same_face_again_is_no_deed_and_a_draft_has_none(play: Play) -> None:
    card, draft = outcome(play), play.draft(kind="outcome")
    play.act(NOBODY, o.SetFace(card, WELL))

    assert refused(play, NOBODY, card, WELL) is Code.INVALID
    assert refused(play, NOBODY, draft, WELL) is Code.NOT_FOUND
    assert refused(play, NOBODY, play.section(), WELL) is Code.NOT_FOUND


@pytest.mark.parametrize(
    "face",
    [
        LiveStatus("no goal", "Improving"),
        LiveStatus(GOAL, "x" * 61),
        LiveStatus(GOAL, "Improving", "1", (101,)),
        LiveStatus(GOAL, "Improving", "1", (-1,)),
        LiveStatus(GOAL, "Improving", "1", tuple([50] * 25)),
    ],
)
def test_what_has_another_shape_is_no_face(play: Play, face: LiveStatus) -> None:
    assert refused(play, NOBODY, outcome(play), face) is Code.INVALID


def test_a_face_can_be_taken_off(play: Play) -> None:
    card = outcome(play)
    play.act(NOBODY, o.SetFace(card, WELL))
    play.act(NOBODY, o.SetFace(card, None))

    assert "face" not in play.fields(card)


def test_T6_nobody_can_take_a_face_back(play: Play) -> None:
    card = outcome(play)
    change = play.act(NOBODY, o.SetFace(card, WELL))
    asked = OpRequest(ANA, "tab", 1, o.Undo(play.seq()), 0.0)
    group = decide_group(play.board, [asked], {}, play.inverses)

    assert change.inverse == ()
    assert group.refused[0][1].code == Code.NOT_FOUND
    assert group.after.items[card].fields["face"]


def test_what_people_undo_leaves_the_face(play: Play) -> None:
    card = outcome(play)
    play.act(BEN, o.EditCard(card, text="Home in 1 day"))
    edited = play.seq()
    play.act(NOBODY, o.SetFace(card, WELL))
    play.undo(BEN, edited)

    assert play.fields(card)["text"] == "Home in 2 days"
    assert play.fields(card)["face"]["word"] == "Improving"


def test_a_removed_card_comes_back_with_what_is_true_then(play: Play) -> None:
    card = outcome(play)
    play.act(NOBODY, o.SetFace(card, WELL))
    play.act(ANA, o.RemoveCard(card))
    play.act(NOBODY, o.SetFace(card, WORSE))
    assert see(play.board, play.item(card), sees(ANA)) is None
    play.act(BEN, o.RestoreCard(card))

    assert play.fields(card)["face"]["word"] == "Getting worse"


def test_an_archived_board_goes_on_saying_what_is_true(play: Play) -> None:
    card = outcome(play)
    play.board = msgspec.structs.replace(play.board, state=State.ARCHIVED)
    play.act(NOBODY, o.SetFace(card, WELL))

    assert play.fields(card)["face"]["word"] == "Improving"


def test_a_file_of_the_board_has_no_faces(play: Play) -> None:
    play.act(NOBODY, o.SetFace(outcome(play), WELL))
    packed = pack(play.board, sees(ANA), "Leaving well", {})

    assert "face" not in packed["items"][0]["fields"]
    assert len(unpack(to_bytes(packed)).items) == 1


def test_what_cannot_be_read_as_a_face_is_none() -> None:
    assert status_in({"face": {"goal": GOAL, "mood": "sunny"}}) is None
    assert status_in({"face": as_field(WELL)}) == WELL
    assert status_in({}) is None


def test_the_outline_shows_it_on_outcome_cards_alone(play: Play) -> None:
    card = outcome(play)
    play.act(NOBODY, o.SetFace(card, WELL))
    shown = part(play.board, sees(OLA), "loose")
    play.act(ANA, o.EditCard(card, kind="note"))
    as_note = part(play.board, sees(OLA), "loose")

    assert shown is not None
    assert shown.cards[0].face == WELL
    assert as_note is not None
    assert as_note.cards[0].face is None
