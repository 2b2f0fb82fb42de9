from app.boards.outline.undo_history import UndoHistory, undo_history

ADD = '{"do":"add_card","id":"c","text":"x"}'


def undo(of: int) -> str:
    return f'{{"do":"undo","of":{of}}}'


def test_somebody_who_did_nothing_has_nothing_to_take_back() -> None:
    assert undo_history([]) == UndoHistory(None, None)


def test_the_last_deed_is_the_one_to_undo() -> None:
    assert undo_history([(9, ADD, True), (4, ADD, True)]) == UndoHistory(undo=9)


def test_after_an_undo_the_one_before_is_next_and_redo_takes_the_undo_back() -> None:
    assert undo_history([(10, undo(9), True), (9, ADD, True), (4, ADD, True)]) == UndoHistory(undo=4, redo=10)


def test_a_redo_can_be_undone_again() -> None:
    assert undo_history(
        [(11, undo(10), True), (10, undo(9), True), (9, ADD, True), (4, ADD, True)]
    ) == UndoHistory(undo=11)


def test_a_new_deed_ends_what_could_be_done_again() -> None:
    assert undo_history([(11, ADD, True), (10, undo(9), True), (9, ADD, True)]) == UndoHistory(undo=11)


def test_two_undos_in_a_row_are_redone_in_turn() -> None:
    assert undo_history(
        [(12, undo(4), True), (11, undo(9), True), (9, ADD, True), (4, ADD, True)]
    ) == UndoHistory(None, redo=12)


def test_showing_a_draft_to_everyone_has_no_way_back() -> None:
    assert undo_history([(5, '{"do":"publish_card","id":"c"}', False)]) == UndoHistory(None, None)


def test_what_left_nothing_to_take_back_is_passed_over() -> None:
    assert undo_history([(9, ADD, False), (4, ADD, True)]) == UndoHistory(undo=4)
    assert undo_history([(10, undo(9), False), (9, ADD, False), (4, ADD, True)]) == UndoHistory(undo=4)
