"""What stands above the notes of minutes, below a vote, and in a correction."""

from datetime import UTC, datetime

from app.reports.minutes.content import Correction, Group, Note, Part, Result
from app.reports.minutes.lines import Told, correction_words, result_words


def test_notes_in_no_theme_are_said_to_be_so_only_beside_themes() -> None:
    theme, loose = Group("Telling", (Note("a", "One", "ana"),)), Group("", (Note("b", "Two", "bo"),))
    at = datetime(2026, 11, 8, 10, tzinfo=UTC)

    both, alone = Part("", "What?", at, groups=(theme, loose)), Part("", "What?", at, groups=(loose,))

    assert [both.heading(one) for one in both.groups] == ["Telling", "In no theme"]
    assert alone.heading(loose) == ""


def test_of_a_vote_without_votes_it_says_nobody_and_no_number() -> None:
    said = [result_words(Result(0, True)), result_words(Result(0, False, too_few=True))]

    assert said == ["Nobody voted.", "Nobody answered."]
    assert result_words(Result(1, True)) == "1 person voted."
    assert result_words(Result(3, False, too_few=True)) == "3 people answered: too few to show numbers."


def test_what_a_correction_holds_turns_nothing_of_what_stands_behind_it() -> None:
    at = datetime(2026, 11, 8, 10, tzinfo=UTC)
    told = Told({"ana": "Ana", "bo": "שירה"}, UTC)
    one = Correction("c", "", "bo", at, "It was\u202e 7", "שלום\u2069 3", "ana")

    said = "\u2068שירה\u2069: It was 7 Answer, Ana: \u2068שלום 3\u2069"
    assert correction_words(one, told).endswith(said)
