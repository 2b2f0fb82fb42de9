"""Draws what has changed of the outline, for live boards to send: once for everyone who may share it."""

import base64
import zlib
from collections.abc import Collection
from functools import partial

import msgspec

from app.access import Actor
from app.boards.core.board import Board
from app.boards.core.sight import Audience, Viewer
from app.boards.live import codec, messages
from app.boards.live.outline import Drawn
from app.boards.outline.drawing import Cards, People, Place
from app.boards.outline.hand import Hand, hand_of, people_apart
from app.boards.outline.news import EVERYTHING, OutlineNews, news_for, owners_apart
from app.db import Database
from app.realtime.fanout import Frame
from app.spaces import seats
from app.supervision import SCREENS, in_thread

LEVEL = 6  # of the compression, as servers usually have it

_encode = msgspec.json.Encoder().encode


class OutlineScreen:
    """Draws in a thread, so that no socket waits for it."""

    def __init__(self, cards: Cards, db: Database) -> None:
        self.cards, self.db = cards, db

    async def draw(
        self,
        before: Board,
        board: Board,
        changed: Collection[str] | None,
        actor: Actor,
        persons: Collection[str],
    ) -> Drawn:
        """See `OutlineDrawer`. Without `changed` nobody knows what has changed: pages ask for all."""
        if changed is None:
            return Drawn(_frame(board, EVERYTHING, ""), {})
        people = await self.names(board.space)
        work = partial(self._drawn, before, board, changed, actor, persons, people)
        return await in_thread(work, SCREENS)

    async def names(self, space_id: str) -> People:
        """The people of a space by id."""
        return await self.db.run_read(lambda tx: seats.people_by_id(tx, space_id))

    def _drawn(
        self,
        before: Board,
        board: Board,
        changed: Collection[str],
        actor: Actor,
        persons: Collection[str],
        people: People,
    ) -> Drawn:
        hand = hand_of(actor, board, board.state)

        def frame_for(person: str | None, news: OutlineNews | None) -> Frame | None:
            return self._frame(board, hand, person, news, people) if news else None

        def news_of(person: str | None) -> OutlineNews | None:
            audience = Audience(actor.role, hand.audience.hat, epoch=board.epoch)
            return news_for(before, board, changed, Viewer(audience, person))

        everyones = news_of(None)
        apart = owners_apart(before, board, changed, everyones)
        apart |= (
            {one for card in everyones.cards for one in people_apart(card.entry, hand)}
            if everyones
            else set()
        )
        own = {person: frame_for(person, news_of(person)) for person in apart & set(persons)}
        return Drawn(frame_for(None, everyones), own)

    def _frame(
        self, board: Board, hand: Hand, person: str | None, news: OutlineNews, people: People
    ) -> Frame:
        place = Place(board.space, board.id)
        cards = [
            messages.NewsCard(
                one.entry.id, one.part, one.after, self.cards.html(place, one.entry, hand, person, people)
            )
            for one in news.cards
        ]
        return _frame(board, news, _packed(cards) if cards else "")


def _frame(board: Board, news: OutlineNews, cards: str) -> Frame:
    counts = [messages.PartCount(one.id, one.count, one.latest) for one in news.counts]
    return codec.frame(messages.News(board.seq, news.ask, counts, news.gone, cards))


def _packed(cards: list[messages.NewsCard]) -> str:
    """As JSON, compressed (raw deflate) and in base64, once for all who are sent it."""
    packer = zlib.compressobj(LEVEL, wbits=-zlib.MAX_WBITS)
    return base64.b64encode(packer.compress(_encode(cards)) + packer.flush()).decode()
