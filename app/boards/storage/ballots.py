"""Dots while a vote is open. Without the server's secret nothing stored says whose they are, or on what (P5).

What a dot is on is sealed too: people vote one after another, and the log of a database keeps their order.
"""

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import ColumnElement, delete, func, insert, select

from app.boards.core.board import Board
from app.boards.core.stage.votes import FINISHED, Cast, Count
from app.boards.storage.tables import ballot, board, phase_nonce
from app.db import SyncTx, chunks

Key = bytes  # makes the marks of one phase of one board, and seals its choices
NONCE = 16  # bytes of chance in front of a sealed choice
CHOICE = 36  # bytes of a choice, which is an id or shorter


def begin(tx: SyncTx, board_id: str, phase_id: str) -> None:
    """Let a phase take ballots, under a fresh nonce."""
    nonce = secrets.token_bytes(32)
    tx.execute(insert(phase_nonce).values(board_id=board_id, phase_id=phase_id, nonce=nonce))


def destroy(tx: SyncTx, board_id: str, phase_id: str) -> None:
    """Delete all ballots of a phase, and its nonce with them."""
    for table in (ballot, phase_nonce):
        tx.execute(delete(table).where(table.c.board_id == board_id, table.c.phase_id == phase_id))


def key_of(tx: SyncTx, secret: str, board_id: str, phase_id: str) -> Key | None:
    """The key of a phase; None where it takes no ballots."""
    query = select(phase_nonce.c.nonce)
    query = query.where(phase_nonce.c.board_id == board_id, phase_nonce.c.phase_id == phase_id)
    nonce = tx.execute(query).scalar()
    return hmac.digest(secret.encode(), b"ballots\0" + nonce, hashlib.sha256) if nonce else None


def mark(key: Key, person: str, slot: int) -> str:
    return hmac.digest(key, f"{person}\0{slot}".encode(), hashlib.sha256).hex()


def seal(key: Key, name: str, choice: str) -> bytes:
    """A choice as it is stored beside its mark `name`: unlike each time, and always of one length."""
    nonce = secrets.token_bytes(NONCE)
    pad, plain = _pad(key, name, nonce), choice.encode().ljust(CHOICE)
    return nonce + bytes(a ^ b for a, b in zip(plain, pad, strict=False))


def unseal(key: Key, name: str, sealed: bytes) -> str:
    """What `seal` was given."""
    pad = _pad(key, name, sealed[:NONCE])
    return bytes(a ^ b for a, b in zip(sealed[NONCE:], pad, strict=False)).decode().rstrip()


def _pad(key: Key, name: str, nonce: bytes) -> bytes:
    return hmac.digest(key, b"choice\0" + name.encode() + nonce, hashlib.sha512)


def own(tx: SyncTx, key: Key, where: tuple[str, str], person: str, slots: Iterable[int]) -> dict[int, str]:
    """What a person has chosen in a phase, by slot; `where` is (board, phase)."""
    marks = {mark(key, person, slot): slot for slot in slots}
    query = select(ballot.c.mark, ballot.c.choice).where(_in(where), ballot.c.mark.in_(marks))
    return {marks[row.mark]: unseal(key, row.mark, row.choice) for row in tx.execute(query)}


def put(tx: SyncTx, key: Key, board_id: str, person: str, cast: Cast) -> None:
    """Place a dot, move it, or take it back. Done twice it is the same."""
    name = mark(key, person, cast.slot)
    tx.execute(delete(ballot).where(_in((board_id, cast.phase)), ballot.c.mark == name))
    if cast.choice is not None:
        values = {"board_id": board_id, "phase_id": cast.phase, "mark": name, "slot": cast.slot}
        tx.execute(insert(ballot).values(**values, choice=seal(key, name, cast.choice)))


def count(
    tx: SyncTx, key: Key, where: tuple[str, str], slots: Collection[int], voters: Mapping[str, str]
) -> Count:
    """What the ballots come to. `voters` are all who may vote, with their organisation, "" for guests."""
    rows = tx.execute(select(ballot.c.mark, ballot.c.slot, ballot.c.choice).where(_in(where)))
    chosen = {row.mark: unseal(key, row.mark, row.choice) for row in rows if row.slot != FINISHED}
    people, by, people_by = 0, dict[str, Counter[str]](), Counter[str]()
    for person, organisation in voters.items():
        choices = {chosen.get(mark(key, person, slot)) for slot in slots} - {None}
        people += bool(choices)
        if organisation and choices:
            people_by[organisation] += 1
            for choice in choices:
                by.setdefault(str(choice), Counter())[organisation] += 1
    return Count(Counter(chosen.values()), people, by, people_by)


def finished(tx: SyncTx, key: Key, where: tuple[str, str], people: Collection[str]) -> int:
    """How many of these people say that they have finished."""
    marks = [mark(key, person, FINISHED) for person in people]
    query = select(func.count()).select_from(ballot)
    parts = chunks(marks)
    return sum(tx.execute(query.where(_in(where), ballot.c.mark.in_(part))).scalar_one() for part in parts)


def settle(tx: SyncTx, board_id: str, before: str | None, after: str | None) -> None:
    """The phase that takes ballots was `before` and is `after`: those of the first are destroyed."""
    if before == after:
        return
    if before is not None:
        destroy(tx, board_id, before)
    if after is not None:
        begin(tx, board_id, after)


def is_current(tx: SyncTx, known: Board) -> bool:
    """Whether nobody has changed the board since; until the transaction ends nobody can.

    So a dot is placed before the vote is closed, or refused after it, never lost between the two.
    """
    query = select(board.c.seq).where(board.c.id == known.id).with_for_update(read=True)
    return tx.execute(query).scalar() == known.seq


def _in(where: tuple[str, str]) -> ColumnElement[bool]:
    return (ballot.c.board_id == where[0]) & (ballot.c.phase_id == where[1])
