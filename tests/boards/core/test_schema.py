from pathlib import Path

import pytest

from app.boards.core.schema import ADDED_BY, STAGE_ITEMS, defaults, item_fields
from app.boards.core.sight import KNOWN
from scripts import schema
from tests.boards.play import Play


@pytest.mark.parametrize("path", list(schema.files()), ids=lambda path: path.name)
def test_what_is_made_from_the_types_is_up_to_date(path: Path) -> None:
    assert path.read_text() == schema.files()[path], f"{path} is stale: run `make schema`, and commit it"


def test_every_kind_of_item_is_in_the_table() -> None:
    assert {*ADDED_BY, *STAGE_ITEMS} == KNOWN


def test_an_item_as_it_is_added_has_the_defaults_of_the_table() -> None:
    play = Play()
    id = play.section()
    fields = play.board.items[id].fields

    assert {name: fields[name] for name in defaults("section")} == defaults("section")
    assert set(item_fields("section")) - {"by", "at"} == set(fields)
