"""What one deed may write at all: nothing of what a newer version wrote (rule S10)."""

import pytest
from msgspec import structs

from app.access import Code, Refused
from app.boards.core import ops as o
from app.boards.core.changeset import NewerItem
from app.boards.core.indexes import put
from tests.boards.play import ANA, Play


def test_S10_an_item_of_a_newer_version_is_refused_even_what_it_has_already() -> None:
    play = Play()
    card = play.card()
    play.board = put(play.board, NewerItem(**structs.asdict(play.item(card))))
    before = play.board
    edits = (o.EditCard(card, text="Others"), o.ResizeCard(card, w=play.fields(card)["w"]))
    for op in (*edits, o.RemoveCard(card)):
        with pytest.raises(Refused) as refused:
            play.act(ANA, op)

        assert refused.value.code is Code.UNAVAILABLE
        assert play.board is before
