"""Addresses are found alike by the server and by the page: both are held to one file of examples."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.boards.core.text.addresses import pieces
from app.templating import linked

EXAMPLES = json.loads((Path(__file__).parents[2] / "address_examples.json").read_text())
HOSTS = json.loads((Path(__file__).parents[2] / "host_examples.json").read_text())


@pytest.mark.parametrize(("text", "addresses"), EXAMPLES)
def test_addresses_of_the_web_and_of_mail_are_found_and_nothing_else(text: str, addresses: list[str]) -> None:
    assert [piece.text for piece in pieces(text) if piece.address] == addresses
    assert "".join(piece.text for piece in pieces(text)) == text


def test_a_link_tells_the_site_nothing_and_markup_stays_text() -> None:
    shown = linked('<b>"https://a.example/?x=1&y=2"')

    assert shown == (
        "&lt;b&gt;&#34;"
        '<a href="https://a.example/?x=1&amp;y=2" rel="noopener nofollow">https://a.example/?x=1&amp;y=2</a>&#34;'
    )


@pytest.mark.parametrize(("address", "host"), HOSTS)
def test_an_address_that_begins_like_another_says_where_it_leads(address: str, host: str) -> None:
    (piece,) = pieces(address)
    shown = str(linked(address))

    assert piece.host == host
    assert (f'data-host="{host}"' in shown) is bool(host)


@given(st.text(alphabet="htps:/mailo.@<>\"'&a)( \n‮", max_size=40))
def test_no_text_makes_any_other_markup(text: str) -> None:
    shown = str(linked(text))

    assert shown.count("<") == 2 * sum(piece.address for piece in pieces(text))


@pytest.mark.timeout(20)  # a fiftieth of what it took when the end was looked for again after each sign
def test_texts_that_are_written_to_take_long_do_not() -> None:
    for end in (")" * 3990, ".)" * 1990, "!" * 3900 + "a"):
        for _ in range(60):
            assert "".join(piece.text for piece in pieces(f"https://a{end}")) == f"https://a{end}"
