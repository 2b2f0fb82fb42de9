"""What stands above the notes of minutes."""

from datetime import UTC, datetime

from app.reports.minutes.content import Group, Note, Part


def test_notes_in_no_theme_are_said_to_be_so_only_beside_themes() -> None:
    theme, loose = Group("Telling", (Note("a", "One", "ana"),)), Group("", (Note("b", "Two", "bo"),))
    at = datetime(2026, 11, 8, 10, tzinfo=UTC)

    both, alone = Part("", "What?", at, groups=(theme, loose)), Part("", "What?", at, groups=(loose,))

    assert [both.heading(one) for one in both.groups] == ["Telling", "In no theme"]
    assert alone.heading(loose) == ""
