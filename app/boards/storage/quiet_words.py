"""What people tell the facilitators of a workshop without words: only how many say it, and not who.

They are gone when the facilitators have seen them, and all at the end. Each stands under a mark that only the
server's secret can make, so that somebody who presses twice counts once.
"""

import hashlib
import hmac
from collections.abc import Mapping

from sqlalchemy import delete, func, insert, select

from app.boards.storage.tables import quiet_word
from app.db import SyncTx

WORDS: Mapping[str, str] = {
    "slow": "Slow down",
    "unclear": "Unclear",
    "wrong": "Something is not right",
    "break": "I need a break",
}


def say(tx: SyncTx, secret: str, board_id: str, person: str, word: str) -> None:
    """Count the person for this word, once. Raises KeyError for a word that there is not."""
    text = f"quiet\0{board_id}\0{person}\0{word}\0{WORDS[word]}"
    mark = hmac.digest(secret.encode(), text.encode(), hashlib.sha256).hex()
    is_mine = (quiet_word.c.board_id == board_id) & (quiet_word.c.mark == mark)
    tx.execute(delete(quiet_word).where(is_mine))
    tx.execute(insert(quiet_word).values(board_id=board_id, mark=mark, word=word))


def counts(tx: SyncTx, board_id: str) -> dict[str, int]:
    """How many people say each word, the words that nobody says left out."""
    query = select(quiet_word.c.word, func.count()).where(quiet_word.c.board_id == board_id)
    found = {row[0]: row[1] for row in tx.execute(query.group_by(quiet_word.c.word))}
    return {word: found[word] for word in WORDS if word in found}


def forget(tx: SyncTx, board_id: str, word: str | None = None) -> None:
    """Forget who said this word, or all of them."""
    is_told = quiet_word.c.board_id == board_id
    tx.execute(delete(quiet_word).where(is_told if word is None else is_told & (quiet_word.c.word == word)))
