import pytest

from app.access import Refused
from app.boards.core import ops as o
from app.boards.core.stage import ops as s
from app.boards.outline import form_ops
from tests.boards.play import ANA, Play, sees, uid


def test_a_form_reads_as_the_same_op_as_on_the_wire() -> None:
    form = {
        "do": "add_card",
        "id": uid(1),
        "kind": "note",
        "text": "Words",
        "section": "",
        "x": "12.5",
        "y": "8",
    }

    assert form_ops.read_op(form) == o.AddCard(uid(1), "note", "Words", None, 12.5, 8.0)


def test_fields_left_out_of_a_form_stay_unchanged() -> None:
    assert form_ops.read_op({"do": "edit_card", "id": "c", "kind": "ask"}) == o.EditCard("c", kind="ask")


def test_text_that_looks_like_something_else_stays_text() -> None:
    for text in ("null", "true", "12", "[]", ""):
        assert form_ops.read_op({"do": "edit_card", "id": "c", "text": text}) == o.EditCard("c", text=text)


def test_fields_that_are_no_part_of_the_op_are_left_aside() -> None:
    form = {"do": "remove_card", "id": "c", "part": "loose", "_csrf_token": "t", "text": "x"}

    assert form_ops.read_op(form) == o.RemoveCard("c")


def test_empty_after_is_first_and_absent_is_unchanged() -> None:
    assert form_ops.read_op({"do": "move_card", "id": "c", "after": ""}) == o.MoveCard("c", after=None)
    assert form_ops.read_op({"do": "move_card", "id": "c"}) == o.MoveCard("c")


def test_undo_names_a_deed() -> None:
    assert form_ops.read_op({"undo_of": "12"}) == o.Undo(12)


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"do": "drop_table"},
        {"do": "undo"},
        {"do": "add_card"},
        {"do": "resize_card", "id": "c", "w": "wide"},
        {"do": "resize_card", "id": "c", "w": "nan"},
        {"do": "resize_card", "id": "c", "w": "1e999"},
        {"undo_of": "-1"},
        {"undo_of": "٣"},
        {"undo_of": "9" * 400},
    ],
)
def test_a_form_that_asks_for_nothing_known_is_refused_with_a_sentence(form: dict[str, str]) -> None:
    with pytest.raises(Refused, match="could not be read"):
        form_ops.read_op(form)


def test_last_in_the_same_section_is_after_its_last_card() -> None:
    play = Play()
    one, two, three = (play.card() for _ in range(3))
    form = {"do": "move_card", "id": one, "section": "", "place": "last"}

    play.act(ANA, form_ops.read_op(form_ops.with_after(form, play.board, sees(ANA))))

    assert play.turn() == [two, three, one]


def test_a_place_among_cards_of_another_section_means_last() -> None:
    play = Play()
    section = play.section()
    inside = play.card(section=section)
    here, neighbour = play.card(), play.card()
    form = {"do": "move_card", "id": here, "section": section, "place": neighbour}

    play.act(ANA, form_ops.read_op(form_ops.with_after(form, play.board, sees(ANA))))

    assert play.turn(section) == [inside, here]


def test_first_and_after_a_neighbour_are_as_they_say() -> None:
    play = Play()
    one, two, three = (play.card() for _ in range(3))

    play.act(
        ANA,
        form_ops.read_op(
            form_ops.with_after(
                {"do": "move_card", "id": three, "section": "", "place": "first"}, play.board, sees(ANA)
            )
        ),
    )
    play.act(
        ANA,
        form_ops.read_op(
            form_ops.with_after(
                {"do": "move_card", "id": one, "section": "", "place": two}, play.board, sees(ANA)
            )
        ),
    )

    assert play.turn() == [three, two, one]


def test_a_section_moves_to_its_place_too() -> None:
    play = Play()
    one, two = play.section(title="One"), play.section(title="Two")

    form = {"do": "move_section", "id": two, "place": "first"}
    play.act(ANA, form_ops.read_op(form_ops.with_after(form, play.board, sees(ANA))))

    assert play.turn("#") == [two, one]


def test_lists_of_ids_are_read_from_boxes_ticked_one_by_one_or_from_one_field() -> None:
    fields = [("do", "gather"), ("id", "theme"), ("cards", "one"), ("cards", "two three")]
    form = form_ops.with_lists(fields)

    assert form_ops.read_op(form) == s.Gather("theme", ("one", "two", "three"))


def test_of_a_field_that_is_no_list_the_last_counts_and_files_are_left_out() -> None:
    assert form_ops.with_lists([("text", "first"), ("text", "last"), ("file", object())]) == {"text": "last"}


def test_a_phase_reads_from_a_form_as_on_the_wire() -> None:
    form = {
        "do": "open_phase",
        "id": "p",
        "from": "",
        "prompt": "Which?",
        "minutes": "2.5",
        "sections": "",
        "question": "yes",
        "kept": "",
        "write": "off",
        "about": "a b",
        "how": "dots",
        "dots": "2",
        "most": "1",
        "options": "Yes\n\n No ",
        "again_of": "",
    }
    vote = s.Vote("dots", 2, 1, ("Yes", "No"))
    expected = s.OpenPhase(
        "p", None, "Which?", write="off", question=True, kept=False, about=("a", "b"), minutes=2.5, vote=vote
    )

    assert form_ops.read_op(form) == expected


@pytest.mark.parametrize(
    "given", [{"minutes": "x"}, {"how": "dots", "dots": "x"}, {"how": "loud"}, {"write": "x"}]
)
def test_settings_of_a_phase_that_cannot_be_read_are_refused(given: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        form_ops.read_op({"do": "open_phase", "id": "p", "from": "", "prompt": "Which?", **given})
    assert refused.value.say == form_ops.UNREADABLE


def test_the_clock_and_the_lead_are_set_by_forms() -> None:
    assert form_ops.read_op({"do": "set_clock", "id": "s", "add": "60"}) == s.SetClock("s", add=60.0)
    assert form_ops.read_op({"do": "set_clock", "id": "s", "running": "no"}) == s.SetClock("s", running=False)
    assert form_ops.read_op({"do": "offer_lead", "id": "s", "person": ""}) == s.OfferLead("s", None)
    assert form_ops.read_op({"do": "set_screen", "id": "s", "page": "2"}) == s.SetScreen("s", page=2)
