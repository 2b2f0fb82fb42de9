"""What is sent of a board, encoded once for all who may share it (rule D8)."""

from msgspec import UNSET, Raw, Struct, UnsetType, structs

from app.access import Actor
from app.boards.core import delivery
from app.boards.core.board import Board, Clash
from app.boards.core.sight import Viewer, audience, see, viewer_of
from app.boards.live import codec, messages
from app.boards.live.room import Room
from app.boards.live.session import Session


class Caller(Struct, frozen=True):
    """Somebody without a socket, who is told where they stand as a session is."""

    actor: Actor
    name: str
    organisation: str
    last_n: int
    conn: int = 0
    wants_parts: bool = False

    @property
    def viewer(self) -> Viewer:
        return viewer_of(self.actor)


class Frames:
    """Of one room, as it is now."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self._snapshots: dict[tuple[str, int], list[bytes]] = {}

    @property
    def board(self) -> Board:
        return self.room.board

    def head(self, viewer: Viewer, cursor: int) -> tuple[bytes | None, set[str]]:
        """The frame of a viewer but for its acks (None: nothing for them), and who needs one of their own."""
        if cursor == self.board.seq:
            return None, set()
        changed = self.room.recent.since(cursor)
        news = delivery.since(self.board, viewer, cursor, changed)
        ids = changed if changed is not None else [i.id for i in self.board.items.values() if i.seq > cursor]
        head = codec.changes_head(cursor, self.board.seq, news) if news else None
        return head, delivery.apart(self.board, ids, cursor)

    def welcome(self, session: Session | Caller, cursor: int, then: str | None) -> list[messages.Welcome]:
        """All the client needs to go on from its cursor, or else the whole board, in parts (rules D4, D7)."""
        now = audience(session.actor.role, self.board.epoch)
        full = not delivery.can_resume(self.board, cursor, then, now)
        arrays, dels = self._news(session, cursor, full=full)
        you = codec.you(session.actor, session.name, session.organisation, self.board)
        missed = self.missed(session.viewer, cursor)
        return [
            messages.Welcome(
                conn=session.conn,
                you=you,
                audience=now,
                full=full,
                from_=0 if full else cursor,
                to=self.board.seq,
                part=messages.Part(i + 1, len(arrays)),
                puts=Raw(puts),
                dels=dels if i == 0 else [],
                last_n=session.last_n,
                limits=codec.LIMITS,
                conflicts=missed if i + 1 == len(arrays) else UNSET,
            )
            for i, puts in enumerate(arrays)
        ]

    def welcome_at_once(self, caller: Caller, cursor: int, then: str | None) -> messages.Welcome:
        """The same in one part, for an answer or a page that is read whole."""
        parts = self.welcome(caller, cursor, then)
        puts = Raw(codec.joined([bytes(one.puts) for one in parts]))
        return structs.replace(parts[-1], part=messages.Part(1, 1), puts=puts, dels=parts[0].dels)

    def missed(self, viewer: Viewer, cursor: int) -> list[messages.Conflict] | UnsetType:
        """Where other words stand than the viewer's, written over after their cursor (rule T2).

        Nought holds no words. Theirs are those that stand now: whoever takes them must lose nobody's since.
        """
        found = self.room.recent.written_over(viewer.person, cursor) if viewer.person and cursor else []
        told = [
            messages.Conflict(one.id, one.field, one.theirs, now)
            for one in {(one.id, one.field): one for one in found}.values()
            if (now := self._standing(one, viewer)) not in (None, one.theirs)
        ]
        return told or UNSET

    def _standing(self, clash: Clash, viewer: Viewer) -> str | None:
        """The words of that field now; None where the viewer sees them not."""
        item = self.board.items.get(clash.id)
        view = see(self.board, item, viewer) if item else None
        return view.fields[clash.field] if view else None

    def _news(self, session: Session | Caller, cursor: int, *, full: bool) -> tuple[list[bytes], list[str]]:
        if session.wants_parts:
            return [b"[]"], []  # they fetch what they show as fragments (rule D13)
        return (self._whole(session.viewer), []) if full else self._since(session.viewer, cursor)

    def _whole(self, viewer: Viewer) -> list[bytes]:
        """What everyone of the role sees, encoded once for a seq, and what only this person does."""
        key = (str(viewer.role), self.board.seq)
        if key not in self._snapshots:
            self._snapshots = {k: v for k, v in self._snapshots.items() if k[1] == self.board.seq}
            self._snapshots[key] = codec.in_parts(delivery.whole(self.board, Viewer(viewer.role)).puts)
        own = delivery.own(self.board, viewer)
        return self._snapshots[key] + codec.in_parts(own) if own else self._snapshots[key]

    def _since(self, viewer: Viewer, cursor: int) -> tuple[list[bytes], list[str]]:
        news = delivery.since(self.board, viewer, cursor, self.room.recent.since(cursor))
        return codec.in_parts(news.puts), news.dels
