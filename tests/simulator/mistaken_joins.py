"""Mistakes in how two texts are joined, made in the rules themselves and taken back."""

from collections.abc import Iterator
from contextlib import contextmanager

import regex

from app.boards.core.text import merge3
from app.boards.core.text.merge3 import Edit
from tests.simulator.mistakes import Mistake

_RIGHT_TOKEN, _RIGHT_CLASH = merge3.TOKEN, merge3._clash
_CHARACTERS = regex.compile(r"\X")


@contextmanager
def mistaken_joins(mistake: Mistake | None) -> Iterator[None]:
    """Inside, texts are joined with the mistake, if it is one of these."""
    if mistake is Mistake.FINER_THAN_SPACES:
        merge3.TOKEN = _CHARACTERS
    if mistake is Mistake.SAME_PLACE_CLASHES:
        merge3._clash = _clash_at_one_place
    try:
        yield
    finally:
        merge3.TOKEN, merge3._clash = _RIGHT_TOKEN, _RIGHT_CLASH


def _clash_at_one_place(one: Edit, two: Edit) -> bool:
    adds = one.inserts and two.inserts and one.start == two.start and one != two
    return adds or _RIGHT_CLASH(one, two)
