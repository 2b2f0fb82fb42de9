"""What templates are given does not trust any words."""

from app.templating import options, quoted


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


def test_what_a_sentence_quotes_is_set_apart_and_nothing_of_it_is_code() -> None:
    said = quoted("“<b>שלום</b>” is no date, but “3” is.")

    assert said == "“<bdi>&lt;b&gt;שלום&lt;/b&gt;</bdi>” is no date, but “<bdi>3</bdi>” is."
