"""Names that look alike are alike: by Unicode's table, without case, invisible signs, signs at the end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.spaces.look_alike import alike, keys, told_apart

LOOK_ALIKE = {
    "another case": "harbour HOSPITAL",
    "a Cyrillic a and o": "H\u0430rb\u043eur Hospital",
    "a Greek capital omicron and a Cherokee letter": "HARB\u039fUR \u13bbOSPITAL",
    "a capital I for an l": "Harbour HospitaI",
    "a figure for a letter": "Harbour Hospita1",
    "zero for O": "Harb0ur Hospital",
    "full width": "\uff28\uff41\uff52\uff42\uff4f\uff55\uff52 Hospital",
    "mathematical letters": "\U0001d407arbour Hospital",
    "a zero-width space": "Harbour\u200b Hospital",
    "a joiner": "Har\u200dbour Hospital",
    "a sign that turns the direction": "Harbour \u202eHospital",
    "a Hangul filler": "Harbour\u3164 Hospital",
    "a filler that NFKC makes of another": "Harbour\uffa0 Hospital",
    "a shape selector": "Harbour\ufe0f Hospital",
    "two spaces, one of no break": "Harbour\u00a0 Hospital",
    "a full stop": "Harbour Hospital.",
    "several signs at the end": "Harbour Hospital ?!\u2026",
}


@pytest.mark.parametrize("other", LOOK_ALIKE.values(), ids=list(LOOK_ALIKE))
def test_what_a_reader_takes_for_the_same_name_is_alike(other: str) -> None:
    assert alike("Harbour Hospital", other)
    assert alike(other, "Harbour Hospital")


@pytest.mark.parametrize(("one", "other"), [("Modern Care", "Modem Care"), ("Vale Clinic", "Va1e C1inic")])
def test_letters_that_run_together_are_alike(one: str, other: str) -> None:
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vale Hospice", "Vale House"),
        ("Harbour Hospital", "Harbour Hospital Trust"),
        ("St. Mary", "St. Marys"),
        ("?", "!"),
        ("Ä Care", "A Care"),
        ("北区医院", "南区医院"),
    ],
)
def test_names_that_a_reader_tells_apart_are_not_alike(one: str, other: str) -> None:
    assert not alike(one, other)


@given(st.text(max_size=60))
def test_a_name_is_like_itself_and_its_key_is_of_its_whole(name: str) -> None:
    assert alike(name, name)
    assert alike(name, name.replace("a", "\u0430"))
    assert all(one for one in keys("x" + name))


def test_people_whose_names_look_alike_are_told_apart_in_the_order_they_came() -> None:
    came = [("a", "Ana Okafor"), ("b", "Bo"), ("c", "\u0410na Okafor"), ("d", "ana okafor."), ("e", "Bo")]

    assert told_apart(came) == {
        "a": "Ana Okafor",
        "b": "Bo",
        "c": "\u0410na Okafor (2)",
        "d": "ana okafor. (3)",
        "e": "Bo (2)",
    }
