"""What is sent of a board, encoded once for all who may share it (rule D8)."""

from msgspec import UNSET, Raw, Struct, UnsetType, structs

from app.access import Actor
from app.boards.core import delivery
from app.boards.core.board import Board, Clash
from app.boards.core.sight import Audience, Viewer, see, viewer_of
from app.boards.live import codec, messages
from app.boards.live.current import Current
from app.boards.live.session import Session


class Caller(Struct, frozen=True):
    """Somebody without a socket, who gets the same welcome as a session."""

    actor: Actor
    name: str
    organisation: str
    last_n: int
    conn: int = 0
    wants_parts: bool = False

    def viewer_on(self, board: Board) -> Viewer:
        return viewer_of(self.actor, board)


class Frames:
    """The frames of one board as it is now, with what they share kept for the next one who needs it."""

    def __init__(self, current: Current) -> None:
        self.current = current
        self._snapshots: dict[tuple[Audience, int], list[bytes]] = {}

    @property
    def board(self) -> Board:
        return self.current.board

    def head(self, viewer: Viewer, cursor: int) -> tuple[bytes | None, set[str]]:
        """The frame of a viewer without its acks (None: nothing for them), and who needs one of their own.

        `viewer` is as it was last told: an epoch that has risen since is told too, with or without news.
        """
        if cursor == self.board.seq:
            return None, set()
        changed = self.current.recent.since(cursor)
        news = delivery.since(self.board, viewer, cursor, changed)
        ids = changed if changed is not None else [i.id for i in self.board.items.values() if i.seq > cursor]
        audience = viewer.audience.at(self.board.epoch)
        told = None if audience == viewer.audience else audience.name
        head = codec.changes_head(cursor, self.board.seq, news, told) if news or told else None
        return head, delivery.owners_of_private(self.board, Viewer(audience), cursor, ids)

    def welcome(
        self, session: Session | Caller, cursor: int, audience_then: str | None
    ) -> list[messages.Welcome]:
        """All the client needs to go on from its cursor, or else the whole board, in parts (rules D4, D7)."""
        viewer = session.viewer_on(self.board)
        now = viewer.audience.name
        full = not delivery.can_resume(self.board, cursor, audience_then, now)
        arrays, dels = [b"[]"], list[str]()  # of parts: they fetch what they show as fragments (rule D13)
        if not session.wants_parts:
            arrays, dels = (self._whole(viewer), []) if full else self._since(viewer, cursor)
        you = codec.you(session.actor, session.name, session.organisation, self.board)
        conflicts = self.conflicts(viewer, cursor)
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
                conflicts=conflicts if i + 1 == len(arrays) else UNSET,
                waiting=self.current.is_waiting or UNSET,
            )
            for i, puts in enumerate(arrays)
        ]

    def welcome_in_one(self, caller: Caller, cursor: int, audience_then: str | None) -> messages.Welcome:
        """The same in one part, for an answer or a page that is read whole."""
        parts = self.welcome(caller, cursor, audience_then)
        puts = Raw(codec.join_arrays([bytes(one.puts) for one in parts]))
        return structs.replace(parts[-1], part=messages.Part(1, 1), puts=puts, dels=parts[0].dels)

    def conflicts(self, viewer: Viewer, cursor: int) -> list[messages.Conflict] | UnsetType:
        """Texts of the viewer that others have overwritten since the viewer's cursor (rule T2).

        A client at cursor 0 has nothing yet, so it has missed nothing. `theirs` is the text as it is now, not
        at the clash: whoever takes it over must not undo what others have changed since.
        """
        clashes = self.current.recent.overwritten(viewer.person, cursor) if viewer.person and cursor else []
        missed = [
            messages.Conflict(clash.id, clash.field, clash.theirs, now)
            for clash in {(clash.id, clash.field): clash for clash in clashes}.values()
            if (now := self._present_text(clash, viewer)) not in (None, clash.theirs)
        ]
        return missed or UNSET

    def _present_text(self, clash: Clash, viewer: Viewer) -> str | None:
        """The text of that field now; None where the viewer does not see it, or its words were taken out."""
        item = self.board.items.get(clash.id)
        view = see(self.board, item, viewer) if item else None
        return view.fields[clash.field] if view and "taken_out" not in view.fields else None

    def _whole(self, viewer: Viewer) -> list[bytes]:
        """What everyone of the audience sees, encoded once for a seq, and what only this person does."""
        key = (viewer.audience, self.board.seq)
        if key not in self._snapshots:
            self._snapshots = {k: v for k, v in self._snapshots.items() if k[1] == self.board.seq}
            everyone = Viewer(viewer.audience)
            self._snapshots[key] = codec.in_parts(delivery.everything(self.board, everyone).puts)
        own = delivery.private_views(self.board, viewer)
        return self._snapshots[key] + codec.in_parts(own) if own else self._snapshots[key]

    def _since(self, viewer: Viewer, cursor: int) -> tuple[list[bytes], list[str]]:
        news = delivery.since(self.board, viewer, cursor, self.current.recent.since(cursor))
        return codec.in_parts(news.puts), news.dels
