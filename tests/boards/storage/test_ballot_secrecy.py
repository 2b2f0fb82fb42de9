"""After a vote is closed, whoever has the database but not SECRET cannot say who chose what (rule P5)."""

import hashlib
import hmac
import random
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, event

from app.boards.core.stage.votes import Cast
from app.boards.storage import ballots
from app.boards.storage.tables import ballot, board, phase_nonce
from app.db import metadata, new_id

PEOPLE = [new_id() for _ in range(100)]
THINGS = [new_id() for _ in range(4)]
BOARD, PHASE = new_id(), new_id()
SECRET = "the secret of this server, which nobody who looks has"
TOKEN = re.compile(rb"[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Put = Callable[[Connection, str, Cast], None]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "throughline.sqlite"


def vote(file: Path, put: Put | None = None) -> dict[str, str]:
    """Everybody places a dot and many move it, one transaction each, and the vote is closed.

    The write-ahead log is kept whole: the worst that an attacker can hope for. Returns who chose what.
    """
    engine = create_engine(f"sqlite:///{file}")

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; PRAGMA secure_delete=ON;"
        )

    with engine.begin() as tx:
        metadata.create_all(tx, tables=[board, ballot, phase_nonce])
        ballots.begin(tx, BOARD, PHASE)
    chosen: dict[str, str] = {}
    chance = random.Random(7)
    for person in PEOPLE * 2:
        if person in chosen and chance.random() < 0.5:
            continue
        choice = chance.choice(THINGS)
        with engine.begin() as tx:
            key = ballots.key_of(tx, SECRET, BOARD, PHASE)
            assert key is not None
            if put is None:
                ballots.put(tx, key, BOARD, person, Cast(PHASE, 1, choice))
            else:
                put(tx, person, Cast(PHASE, 1, choice))
        chosen[person] = choice
    keep = file.with_suffix(".kept")
    keep.write_bytes(file.read_bytes() + file.with_name(file.name + "-wal").read_bytes())
    with engine.begin() as tx:
        ballots.destroy(tx, BOARD, PHASE)
    keep.write_bytes(keep.read_bytes() + file.read_bytes() + file.with_name(file.name + "-wal").read_bytes())
    engine.dispose()
    return chosen


def guesses(dump: bytes) -> dict[str, str]:
    """What an attacker says of each person, who knows the build, the nonce and all ids, but not SECRET."""
    last = {found.group(): found.start() for found in TOKEN.finditer(dump)}
    keys = [_key(dump, at) for at in range(dump.find(PHASE.encode()), dump.find(PHASE.encode()) + 64)]
    said = {}
    for person in PEOPLE:
        places = [last[mark] for mark in _marks(person, keys) if mark in last]
        near = b"".join(dump[at : at + 200] for at in places)
        found = sorted((near.find(thing.encode()), thing) for thing in THINGS if thing.encode() in near)
        said[person] = found[0][1] if found else THINGS[0]
    return said


def _key(dump: bytes, at: int) -> bytes:
    """As the server makes it, of a nonce that may stand at this place, without the secret."""
    return hmac.digest(b"", b"ballots\0" + dump[at : at + 32], hashlib.sha256)


def _marks(person: str, keys: list[bytes]) -> Iterator[bytes]:
    text = f"{person}\0{1}".encode()
    yield person.encode()
    yield hashlib.sha256(text).hexdigest().encode()
    for key in (b"", b"throughline", BOARD.encode(), PHASE.encode(), *keys):
        yield hmac.digest(key, text, hashlib.sha256).hex().encode()


def share_told(file: Path, chosen: dict[str, str]) -> float:
    said = guesses(file.with_suffix(".kept").read_bytes())
    return sum(said[person] == choice for person, choice in chosen.items()) / len(chosen)


def test_P5_who_chose_what_is_told_no_better_than_by_chance(file: Path) -> None:
    chosen = vote(file)
    best = max(list(chosen.values()).count(thing) for thing in THINGS) / len(chosen)

    assert share_told(file, chosen) <= best + 0.02
    assert not any(thing.encode() in file.with_suffix(".kept").read_bytes() for thing in THINGS)


def test_a_build_that_writes_down_who_chose_what_is_told(file: Path) -> None:
    def naive(tx: Connection, person: str, cast: Cast) -> None:
        tx.execute(ballot.delete().where(ballot.c.mark == person))
        values = {"board_id": BOARD, "phase_id": PHASE, "mark": person, "slot": 1}
        tx.execute(ballot.insert().values(**values, choice=(cast.choice or "").encode()))

    assert share_told(file, vote(file, naive)) > 0.95
