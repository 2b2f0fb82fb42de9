"""Every text of people is shown and typed from the side that its own script begins on."""

from tests.support.directions import TEMPLATES, places

ALL = [place for path in sorted(TEMPLATES.rglob("*.html")) for place in places(path)]


def test_every_text_of_people_in_a_template_has_the_direction_of_its_script() -> None:
    lacking = [f"{p.file}:{p.line}: {p.what} in <{p.tag}>" for p in ALL if not p.direction]

    assert not lacking, "\n".join(lacking)


def test_in_a_sentence_the_words_of_people_are_set_apart() -> None:
    """Else a name in Hebrew takes the number or the bracket beside it to its other side."""
    lacking = [f"{p.file}:{p.line}: {p.what}" for p in ALL if p.in_sentence and not p.is_ours]

    assert not lacking, "\n".join(lacking)


def test_a_sentence_of_ours_goes_from_left_to_right_whoever_it_begins_with() -> None:
    """`auto` takes the direction of the first letter, also of one that is set apart."""
    turned = [f"{p.file}:{p.line}: {p.what}" for p in ALL if p.is_ours and p.direction != "ltr"]

    assert not turned, "\n".join(turned)
    assert len([p for p in ALL if p.is_ours]) >= 7


def test_the_reader_of_templates_finds_what_people_write_and_where_they_write_it() -> None:
    found = {(p.file, p.what, p.tag) for p in ALL}

    assert found >= {
        ("boards/_card.html", "card.shown|linked", "p"),
        ("boards/_open_edit.html", "a box", "textarea"),
        ("shared/_field.html", "a box", "input"),
        ("spaces/_agreement.html", "line", "p"),
        ("outcomes/goal.html", "goal.title", "h1"),
        ("reports/_report.html", "goal.content.person", "bdi"),
    }
    assert len(ALL) > 200
