"""People to choose from: all where they are few, of many the first, the chosen, and those with the words."""

import pytest

from app.boards.core.text.choices import FEW, are_looked_for, of_form, of_many

NAMES = {f"p{i}": f"Person {i}, North" for i in range(FEW)}
MORE = {**NAMES, "ana": "Ana Okafor, North", "ana2": "Ana Okafor, South", "ben": "Béa Nilsson, South"}


def test_of_few_all_are_offered_whatever_is_looked_for() -> None:
    found = of_many(list(NAMES), NAMES.__getitem__, "nobody", {"p3"})
    assert found.offered == list(NAMES.items())
    assert (found.many, found.hint, found.only) == (False, "", "")


def test_of_many_the_first_are_offered_after_who_was_chosen_and_nobody_twice() -> None:
    found = of_many(list(MORE), MORE.__getitem__, chosen={"ana", "p0", "somebody else"})
    assert found.kept == [("p0", "Person 0, North"), ("ana", "Ana Okafor, North")]
    assert [id for id, _ in found.first] == [f"p{i}" for i in range(1, FEW)] + ["ana2"]
    assert found.hint == "The first 30 of 31 people. Find the others by name or organisation."


@pytest.mark.parametrize(
    ("named", "ids"),
    [
        ("okafor", ["ana", "ana2"]),
        ("south oka", ["ana2"]),
        ("BEA nil", ["ben"]),
        ("south", ["ana2", "ben"]),
        ("zoe", []),
    ],
)
def test_others_are_found_by_the_beginning_of_a_word_of_their_name_and_organisation(
    named: str, ids: list[str]
) -> None:
    found = of_many(list(MORE), MORE.__getitem__, named, looking=True)
    assert [id for id, _ in found.offered] == ids
    assert found.only == (ids[0] if len(ids) == 1 else "")
    said = "Those with these words." if ids else "Nobody who can be chosen has these words."
    assert (found.hint, found.named) == (said, named)


def test_the_only_one_is_taken_when_looked_for_and_not_from_a_form_that_was_sent_without_them() -> None:
    assert of_many(list(MORE), MORE.__getitem__, "bea", looking=True).only == "ben"
    assert of_many(list(MORE), MORE.__getitem__, "bea").only == ""


def test_beside_who_was_chosen_the_sentence_is_of_the_others() -> None:
    some = of_many(list(MORE), MORE.__getitem__, "south", {"ben"})
    nobody = of_many(list(MORE), MORE.__getitem__, "bea", {"ben"})
    assert some.hint == "The others have these words."
    assert nobody.hint == "Nobody else who can be chosen has these words."


def test_a_form_says_what_is_looked_for_and_who_was_chosen() -> None:
    form = {"named": "oka", "found": "", "person": "ben"}
    looked = of_form(list(MORE), MORE.__getitem__, form, "person")
    sent = of_form(list(MORE), MORE.__getitem__, {**form, "found": "oka"}, "person")
    assert [id for id, _ in looked.offered] == [id for id, _ in sent.offered] == ["ben", "ana", "ana2"]
    assert (looked.looking, sent.looking) == (True, False)


def test_where_no_word_is_looked_for_the_first_are_offered_again() -> None:
    found = of_many(list(MORE), MORE.__getitem__, "…")
    assert (len(found.first), found.named) == (FEW, "")


def test_of_many_with_the_words_the_first_are_offered() -> None:
    found = of_many([f"{id}{i}" for i in range(2) for id in MORE], lambda id: MORE[id[:-1]], "north")
    assert len(found.first) == FEW
    assert found.hint == f"The first 30 of {2 * (FEW + 1)} people with these words."


def test_a_form_looks_for_somebody_by_its_button_or_by_words_that_it_did_not_come_with() -> None:
    assert are_looked_for({"look_for": "person", "named": "", "found": ""})
    assert are_looked_for({"named": "ben", "found": ""})
    assert are_looked_for({"named": "", "found": "ben"})
    assert not are_looked_for({"named": " ben", "found": "ben"})
    assert not are_looked_for({"title": "A form without many people"})
