"""Words in flags of a chart and in boxes of a driver diagram: letters that are wide or made of several."""

from datetime import date

import pytest
import regex

from app.outcomes.charts import driver_diagram, flags
from app.outcomes.charts.flags import FlagEvent
from app.outcomes.charts.letters import letters
from app.outcomes.charts.plot_area import WIDE
from app.outcomes.goals.goal import Level

CHINESE, HINDI = "没有人等待决定" * 8, "क्षत्रिय" * 12


class Driver:
    """A driver with these words alone."""

    id, level, uppers = "one", Level.PRIMARY, ()

    def __init__(self, words: str) -> None:
        self.words = words


def lines(words: str) -> list[str]:
    boxes = driver_diagram.diagram("Aim", [Driver(words)]).boxes
    return [line for _, line in boxes[-1].lines]


def test_latin_letters_count_once_marks_never_and_wide_ones_more() -> None:
    assert letters("Ward 12, élève") == 14
    assert letters("e\u0301\u200d") == 1
    assert letters("没有") > letters("कम") > 2
    assert letters("മല") > letters("कम")


def test_words_that_are_wide_are_shortened_sooner_so_that_none_leave_the_sheet() -> None:
    event = FlagEvent(date(2026, 1, 1), CHINESE, "event")
    (flag,) = flags.place([(WIDE.left, event)], WIDE)

    assert flag.words.endswith("…")
    assert 12.5 * (len(flag.words) - 1) <= flags.MAX_LETTERS * flags.LETTER_WIDTH
    assert CHINESE.startswith(flag.words[:-1])


@pytest.mark.parametrize("words", [CHINESE, HINDI, "antidisestablishmentarianisms-of-old"])
def test_a_word_too_long_for_a_line_is_cut_between_letters_and_stays_whole(words: str) -> None:
    found = lines(words)

    assert all(letters(line) <= driver_diagram.MAX_LETTERS for line in found)
    assert "".join(found) in (words, words[:24] + "-" + words[24:])
    if words == HINDI:
        assert [sign for line in found for sign in regex.findall(r"\X", line)] == regex.findall(r"\X", words)


def test_a_letter_wider_than_a_line_does_not_hold_up_the_rest() -> None:
    assert "".join(lines("क" + "ः" * 60)) == "क" + "ः" * 60
