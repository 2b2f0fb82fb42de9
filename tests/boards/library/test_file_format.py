import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access import Actor, Refused
from app.boards.core.board import OUTSIDE, Board
from app.boards.core.group_commit import OpRequest, decide_group
from app.boards.core.ops import AddCard, EditCard
from app.boards.core.schema import MAY_HAVE
from app.boards.core.sight import see
from app.boards.core.stage.ops import OpenPhase, OpenStage
from app.boards.library import file_format
from app.db import new_id
from tests.boards.play import ANA, BEN, Play, sees

NAMES = {"ana": "Ana, North", "ben": "Ben, South", "sue": "Sue, North"}


def busy() -> Play:
    """A board with something of everything."""
    play = Play()
    one, two = (
        play.section(title="What is hard?", prompt="What happens?", x=40, y=20),
        play.section(title="Must be true"),
    )
    wait = play.card(ANA, "People wait\nfor days", kind="problem", section=one, x=24, y=30)
    choose = play.card(BEN, "Quick and chosen", kind="dilemma", section=two)
    play.card(BEN, "<b>outside</b> &amp; “quoted” 😀")
    play.link(ANA, wait, choose)
    play.comment(BEN, wait, "I saw this too")
    play.draft(ANA, "Only mine", section=one)
    return play


def board_with(text: str) -> Board:
    play = Play()
    play.card(ANA, text)
    return play.board


def packed(board: Board, who: Actor = ANA) -> dict[str, Any]:
    return file_format.pack(board, sees(who), "Leaving well", NAMES)


def made_from(data: bytes) -> Board:
    asked = [OpRequest(ANA, "", None, op, 0.0) for op in file_format.ops_of(file_format.unpack(data), new_id)]
    group = decide_group(Board("b2", "s1"), asked, {}, {})
    assert not group.refused
    return group.after


def shape(file: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """A packed board without what a new home changes: ids, who and when."""
    place = {item["id"]: number for number, item in enumerate(file["items"])}
    return [
        (
            item["item"],
            {k: place.get(v, v) for k, v in item["fields"].items() if k not in ("by", "at", "imported")},
        )
        for item in file["items"]
    ]


def test_a_board_goes_out_and_in_without_loss() -> None:
    first = packed(busy().board)

    again = packed(made_from(file_format.to_bytes(first)))

    assert shape(again) == shape(first)


@given(
    st.lists(
        st.tuples(st.text(min_size=1).filter(str.strip), st.floats(-9e5, 9e5), st.booleans()), max_size=8
    )
)
def test_any_words_and_places_survive_the_journey(cards: list[tuple[str, float, bool]]) -> None:
    play = Play()
    section = play.section()
    for text, x, inside in cards:
        try:
            play.card(text=text[:4000], x=x, y=-x, section=section if inside else None)
        except Refused:
            continue
    first = packed(play.board)

    assert shape(packed(made_from(file_format.to_bytes(first)))) == shape(first)


def test_a_file_holds_what_the_person_sees_and_never_more() -> None:
    board = busy().board

    assert "Only mine" in json.dumps(packed(board, ANA))
    assert "Only mine" not in json.dumps(packed(board, BEN))


def test_cards_that_others_reworded_or_a_workshop_held_come_in_again() -> None:
    """Whatever a card has on its board, its own file is one that can be imported."""
    play = busy()
    card = play.card(ANA, "A note of a phase")
    play.act(BEN, EditCard(card, text="What Ben says it said"))
    file = packed(play.board)
    (own,) = (item["fields"] for item in file["items"] if item["id"] == card)
    assert (own["by"], own["reworded"], file["people"]["ben"]) == ("ana", "ben", "Ben, South")

    may_have = {"phase": "p", "theme": "t", "paper": True, "taken_out": {"by": "ana", "at": 1, "until": None}}
    assert {*MAY_HAVE["card"]} <= {*may_have, "draft", "face", "reworded"}, (
        "a field that no file was tried with"
    )
    own |= may_have
    assert "What Ben says it said" in json.dumps(packed(made_from(file_format.to_bytes(file))))


def test_what_is_not_kept_is_in_no_file_nor_copy_and_what_hangs_on_it_neither() -> None:
    play = busy()
    play.act(ANA, OpenStage(new_id()))
    check_in, note = new_id(), new_id()
    play.act(ANA, OpenPhase(check_in, None, "How do you arrive?", write="shared", kept=False))
    before = shape(packed(play.board))
    play.act(BEN, AddCard(note, "note", "I slept badly", phase=check_in))
    play.comment(ANA, note, "Poor you")
    play.link(ANA, note, next(id for _, id in play.board.order[OUTSIDE] if id != note))

    assert sees_card(play.board, note)
    assert shape(packed(play.board)) == before


def sees_card(board: Board, id: str) -> bool:
    return see(board, board.items[id], sees(ANA)) is not None


def test_only_people_who_wrote_are_named() -> None:
    assert packed(busy().board)["people"] == {"ana": "Ana, North", "ben": "Ben, South"}


def test_everything_that_comes_in_gets_a_new_id() -> None:
    first = packed(busy().board)

    again = packed(made_from(file_format.to_bytes(first)))

    assert not {item["id"] for item in first["items"]} & {item["id"] for item in again["items"]}


def test_sections_of_a_file_that_have_no_place_come_into_free_ones() -> None:
    file = packed(busy().board)
    for item in file["items"]:
        if item["item"] == "section":
            del item["fields"]["x"], item["fields"]["y"]
    board = made_from(file_format.to_bytes(file))

    places = [(i.fields["x"], i.fields["y"]) for i in board.items.values() if i.item == "section"]
    assert sorted(places) == [(0.0, 0.0), (560.0, 0.0)]


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    file = json.loads(file_format.to_bytes(packed(busy().board)))
    change(file)
    return json.dumps(file).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        changed(lambda f: f.update(format="something else")),
        changed(lambda f: f.update(title=" ")),
        changed(lambda f: f.update(title="x" * 201)),
        changed(lambda f: f.update(secret="x")),
        changed(lambda f: f["items"][0].update(item="vote")),
        changed(lambda f: f["items"][0]["fields"].update(owner="sue")),
        changed(lambda f: f["items"][0]["fields"].update(x="far")),
        changed(lambda f: f["items"].append(f["items"][0])),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Refused, match="not a board from Throughline"):
        file_format.ops_of(file_format.unpack(data), new_id)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("marks", ["", "\ufeff"])
def test_an_own_file_that_an_editor_saved_again_is_read(encoding: str, marks: str) -> None:
    file = packed(board_with("Wörter, كلمات, \U0001f600"))

    saved = (marks + json.dumps(file, ensure_ascii=False)).encode(encoding)

    assert [i["fields"] for i in packed(made_from(saved))["items"]] == [
        {**i["fields"], "at": 0.0} for i in file["items"]
    ]


def test_a_file_in_no_unicode_is_refused_with_what_to_do() -> None:
    saved = json.dumps(packed(board_with("Wörter")), ensure_ascii=False).encode("cp1252")

    with pytest.raises(Refused, match="Save it again as UTF-8"):
        file_format.unpack(saved)


def test_C8_what_no_text_can_hold_is_left_out_of_a_file() -> None:
    odd = json.dumps(packed(board_with("a@b"))).replace("@", "\x02\\ud800\\u0000").encode()

    assert [item["fields"]["text"] for item in packed(made_from(odd))["items"]] == ["ab"]


def test_a_file_of_a_later_version_says_so() -> None:
    with pytest.raises(Refused, match="another version"):
        file_format.unpack(changed(lambda f: f.update(version=2)))


def test_a_file_that_points_to_nowhere_is_refused() -> None:
    def point(file: dict[str, Any]) -> None:
        next(i for i in file["items"] if i["item"] == "link")["fields"]["end"] = "elsewhere"

    with pytest.raises(Refused, match="refers to an item that is not in it"):
        file_format.ops_of(file_format.unpack(changed(point)), new_id)
