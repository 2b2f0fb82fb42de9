"""A card that is kept as drawn says what it would say if it were drawn now."""

import pytest
from msgspec import structs

from app.access import Role
from app.assets import Static
from app.boards.core.sight import Audience
from app.boards.outline import drawing
from app.boards.outline.document import CardEntry
from app.boards.outline.drawing import Cards, Place
from app.boards.outline.hand import Hand
from app.spaces.space import Participant
from app.templating import engine

HAND = Hand(Audience(Role.MEMBER), frozenset(), takes_out=False, may_stand=False)
PLACE = Place("s1", "b1")
OUT = {"why": "named", "by": "sue", "as": "steward", "at": 1.0, "until": None}
ENTRY = CardEntry("c1", "note", "Taken out", "ana", 1.0, 3, False, False, None, (), (), None, OUT)


def person(id: str, name: str) -> Participant:
    return Participant(id, name, "north", "North", 1, Role.STEWARD, False)


@pytest.fixture
def cards() -> Cards:
    return Cards(engine(Static()))


def test_who_took_words_out_is_named_as_they_are_called_now(cards: Cards) -> None:
    people = {"ana": person("ana", "Ana"), "sue": person("sue", "Sue Secretname")}
    before = cards.html(PLACE, ENTRY, HAND, None, people)
    erased = {**people, "sue": person("sue", "Former participant of North")}

    assert "Sue Secretname" in before
    assert "Secretname" not in cards.html(PLACE, ENTRY, HAND, None, erased)


def test_how_long_ago_words_were_taken_out_is_said_anew(
    cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = cards.html(PLACE, ENTRY, HAND, None, {})
    (kept,) = cards._kept.values()
    still = cards.html(PLACE, ENTRY, HAND, None, {})
    assert list(cards._kept.values()) == [kept]
    monkeypatch.setattr(drawing, "AGEING", 0.0)
    cards.html(PLACE, ENTRY, HAND, None, {})

    assert len(first) == len(still)
    assert list(cards._kept.values()) != [kept]


def test_a_card_that_tells_of_no_time_does_not_age(cards: Cards, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "AGEING", 0.0)
    plain = structs.replace(ENTRY, taken_out=None)
    cards.html(PLACE, plain, HAND, None, {})
    (kept,) = cards._kept.values()
    cards.html(PLACE, plain, HAND, None, {})

    assert list(cards._kept.values()) == [kept]
