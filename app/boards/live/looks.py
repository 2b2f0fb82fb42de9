"""Notes up to where people have seen boards and who is there now, a few seconds behind (rule R2)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from app.boards.storage import look_store
from app.boards.storage.look_store import Look
from app.db import Database, now
from app.people import actions as people

HERE_FOR = timedelta(seconds=60)  # how long somebody counts as here, should this process end without a word
AGAIN = timedelta(seconds=30)  # how long before that ends it is written anew

Key = tuple[str, str]  # (board, person)


class Looks:
    """What this process knows of who looks at what. `write` stores what changed, in one transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._here: dict[Key, Look] = {}  # as last stored
        self._glances: dict[Key, int] = {}  # boards opened since then

    def glance(self, board_id: str, person_id: str | None, seq: int) -> None:
        """A page showed the board up to deed `seq`; whether the person stays, their socket tells."""
        if person_id is not None:
            self._glances[board_id, person_id] = seq

    async def write(self, present: dict[Key, int]) -> None:
        """Store the looks of all `present`, who follow up to those deeds, and of those who have left."""
        at = now()
        glances = {key: seq for key, seq in self._glances.items() if key not in present}
        looks = [
            *(_look(key, seq, at, at + HERE_FOR) for key, seq in present.items() if self._is_due(key, at)),
            *(_look(key, one.seq, at, None) for key, one in self._here.items() if self._left(key, present)),
            *(_look(key, seq, at, None) for key, seq in glances.items()),
        ]
        if looks:
            async with self._db.write() as tx:
                # Their sockets close a moment after they are erased, and nothing of them may come back.
                erased = await people.erased(tx, {one.person_id for one in looks})
                await look_store.note(tx, [one for one in looks if one.person_id not in erased])
        self._keep(looks, present, glances)

    def _left(self, key: Key, present: dict[Key, int]) -> bool:
        return key not in present and key not in self._glances

    def _is_due(self, key: Key, at: datetime) -> bool:
        known = self._here.get(key)
        return known is None or known.here_until is None or known.here_until - at < HERE_FOR - AGAIN

    def _keep(self, looks: Iterable[Look], present: dict[Key, int], glances: dict[Key, int]) -> None:
        stored = {(one.board_id, one.person_id): one for one in looks if one.here_until}
        now_here = {**self._here, **stored}
        # Of those who go on looking the deed is known better than it is stored, for when they leave.
        self._here = {
            key: Look(*key, seq, now_here[key].at, now_here[key].here_until) for key, seq in present.items()
        }
        self._glances = {key: seq for key, seq in self._glances.items() if glances.get(key) != seq}


def _look(key: Key, seq: int, at: datetime, until: datetime | None) -> Look:
    return Look(*key, seq, at, until)
