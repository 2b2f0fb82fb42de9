"""What of the records of a space needs a person: what they are asked to keep true, what notes became."""

from datetime import timedelta

from app.db import Tx, now
from app.phrases import ago, shorten
from app.records import store
from app.records.core.kinds import kind_of
from app.records.core.record import SOURCES, Record, Stands
from app.records.core.sight import see
from app.spaces.hooks import NeedsYou
from app.spaces.space import Seat

RECENT = timedelta(days=14)
MOST = 70  # characters of a note or title that are quoted


async def needs(tx: Tx, seat: Seat) -> list[NeedsYou]:
    """First what they were asked to keep true, then what became of their notes in the last two weeks."""
    me = seat.actor.person or ""
    asked = [one for one in await store.concerning(tx, me, seat.space.id) if one.offered == me]
    made = await store.quoting(tx, me, seat.space.id)
    became = [one for one in made if one.made_by != me and one.made_at > now() - RECENT]
    return [
        *(_asked(one) for one in asked if see(one, seat.actor)),
        *(_became(one, me) for one in became if see(one, seat.actor) and one.stands is Stands.STANDING),
    ]


def _asked(one: Record) -> NeedsYou:
    say = f"You were asked to keep “{shorten(one.title, MOST)}” true"
    return NeedsYou(say, f"{_word(one)}, kept {ago(one.made_at)}.", _path(one), "Answer", _tint(one))


def _became(one: Record, me: str) -> NeedsYou:
    note = next(row.fields["text"] for row in one.of(SOURCES) if row.by == me)
    say = f"Your note became {_word(one, article=True)}: “{shorten(one.title, MOST)}”"
    return NeedsYou(say, f"You wrote “{shorten(note, MOST)}”.", _path(one), "Read", _tint(one))


def _word(one: Record, *, article: bool = False) -> str:
    kind = kind_of(one)
    word = kind.word if kind else "Record"
    if not article:
        return word
    return f"{'an' if word[0].lower() in 'aeio' else 'a'} {word.lower()}"


def _path(one: Record) -> str:
    return f"/spaces/{one.space}/records/{one.id}"


def _tint(one: Record) -> str:
    return one.kind if one.kind != "test" else "note"
