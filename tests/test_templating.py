"""What templates are given does not trust any words."""

from app.templating import options


def test_the_choices_of_a_select_are_escaped_and_one_is_chosen() -> None:
    html = options([("", "Choose…"), ('"><script>', "</option><b>"), ("ana", "Ana & Ben")], "ana")

    assert html == (
        '<option value="">Choose…</option>'
        '<option value="&#34;&gt;&lt;script&gt;">&lt;/option&gt;&lt;b&gt;</option>'
        '<option value="ana" selected>Ana &amp; Ben</option>'
    )


def test_without_a_choice_or_choices_nothing_is_chosen() -> None:
    assert " selected" not in options([("ana", "Ana")], None)
    assert options([], "ana") == ""
