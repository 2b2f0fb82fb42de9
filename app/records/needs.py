"""What of the records of a space needs a person: what they keep true, their drafts, what notes became."""

from collections.abc import Mapping
from datetime import timedelta

from app.characters import set_apart
from app.db import Tx, now
from app.phrases import ago, day_now, in_quotes, plural
from app.records import due_store, look_store
from app.records.core.kinds import kind_of
from app.records.core.record import SOURCES, Record, Stands
from app.records.core.register import ME
from app.records.core.sight import see
from app.spaces import seats
from app.spaces.hooks import NeedsYou
from app.spaces.space import Seat
from app.spaces.space_people import GONE

RECENT = timedelta(days=14)
FEW = 3  # lines of one sort
MOST = 70  # characters of a note or title that are quoted


async def needs(tx: Tx, seat: Seat) -> list[NeedsYou]:
    """What they were asked to keep true, what they keep true and is due, their drafts, what notes became."""
    me = seat.actor.person or ""
    theirs = [one for one in await due_store.concerning(tx, me, seat.space.id) if see(one, seat.actor)]
    asked = [one for one in theirs if one.offered == me]
    due = [one for one in theirs if one.tender == me and _is_due(one)]
    told = {one.id for one in (*asked, *due)}
    changed = await _changed(tx, seat, [one for one in theirs if one.id not in told])
    drafts = [one for one in theirs if one.stands is Stands.DRAFT]
    made = await due_store.quoting(tx, me, seat.space.id)
    became = [one for one in made if one.made_by != me and one.made_at > now() - RECENT]
    return [
        *(_asked(one) for one in asked),
        *_all_due(seat, due),
        *changed,
        *(_draft(one) for one in drafts[:FEW]),
        *(_became(one, me) for one in became if see(one, seat.actor) and one.stands is Stands.STANDING),
    ]


async def _changed(tx: Tx, seat: Seat, theirs: list[Record]) -> list[NeedsYou]:
    """What they keep true and others changed since they looked; the latest first."""
    me = seat.actor.person or ""
    kept = [one for one in theirs if one.tender == me and one.stands is Stands.STANDING]
    others = [one for one in kept if one.changed_by != me]
    seen = await look_store.seen(tx, me, [one.id for one in others]) if others else {}
    fresh = [one for one in others if seen.get(one.id, one.revision) < one.revision]
    fresh.sort(key=lambda one: one.changed_at, reverse=True)
    names = {one.id: one.name for one in await seats.people_of(tx, seat.space.id)} if fresh else {}
    return [_change(one, one.revision - seen[one.id], names) for one in fresh[:FEW]]


def _change(one: Record, count: int, names: Mapping[str, str]) -> NeedsYou:
    say = f"{in_quotes(one.title, MOST)} changed since you looked"
    by = set_apart(names.get(one.changed_by, GONE))
    detail = (
        f"{_word(one)} that you keep true. {plural(count, 'change')}, the last by {by} {ago(one.changed_at)}."
    )
    return NeedsYou(say, detail, _path(one), "Read", _tint(one))


def _is_due(one: Record) -> bool:
    return one.stands is Stands.STANDING and one.look_again is not None and one.look_again < day_now()


def _all_due(seat: Seat, due: list[Record]) -> list[NeedsYou]:
    """One line each, or one for all where they are many."""
    if len(due) <= FEW:
        return [_due(one) for one in due]
    link = f"/spaces/{seat.space.id}/records/due?whose={ME}"
    say = f"{len(due)} records that you keep true are due"
    return [NeedsYou(say, "Are they still true?", link, "Look again", _tint(due[0]))]


def _due(one: Record) -> NeedsYou:
    say = f"Look again at {in_quotes(one.title, MOST)}"
    day = f"Was due {one.look_again.day} {one.look_again:%B %Y}" if one.look_again else ""
    return NeedsYou(
        say,
        f"{_word(one)} that you keep true. Is it still true?",
        f"{_path(one)}/review",
        "Look again",
        _tint(one),
        day,
    )


def _draft(one: Record) -> NeedsYou:
    say = f"Your draft {in_quotes(one.title, MOST)} is not kept yet"
    return NeedsYou(
        say, f"{_word(one)}, written {ago(one.made_at)}. Only you see it.", _path(one), "Read", _tint(one)
    )


def _asked(one: Record) -> NeedsYou:
    say = f"You were asked to keep {in_quotes(one.title, MOST)} true"
    return NeedsYou(say, f"{_word(one)}, kept {ago(one.made_at)}.", _path(one), "Answer", _tint(one))


def _became(one: Record, me: str) -> NeedsYou:
    note = next(row.fields["text"] for row in one.of(SOURCES) if row.by == me)
    say = f"Your note became {_word(one, article=True)}: {in_quotes(one.title, MOST)}"
    return NeedsYou(say, f"You wrote: {in_quotes(note, MOST)}", _path(one), "Read", _tint(one))


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
