"""By which words a card is found, on its board and in its space; the page has the same. Pure."""

from collections.abc import Iterable

from app.boards.core.kinds import CARD_KINDS
from app.boards.core.sight import View


def texts_of(view: View, author: Iterable[str], section: str) -> list[str]:
    """The words of a card, its kind, who wrote it and for whom, and the title of its section, or ""."""
    return [view.fields["text"], kind_word(view.fields["kind"]), *author, section]


def kind_word(tag: str) -> str:
    """What people call a kind of card; a kind that a later version made is a card."""
    return CARD_KINDS[tag].word if tag in CARD_KINDS else "Card"
