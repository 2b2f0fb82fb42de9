"""The log as one person reads it: entries with the names of now, a page at a time."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from app.characters import set_apart
from app.db import Tx
from app.spaces import log_store, space_people, store
from app.spaces.hooks import Titles
from app.spaces.log import sentences
from app.spaces.log_entry import TOPICS, Act, Entry, Topic
from app.spaces.log_store import Narrowed
from app.spaces.space import Seat
from app.spaces.space_people import SpacePeople

PAGE = 50  # entries
MOST = 100_000  # in a file
GONE = {"person": "somebody who has left", "organisation": "an organisation", "report": "a report"}
SERVER = "Nobody: its time was over"


class Line(Struct, frozen=True):
    """An entry in words."""

    entry: Entry
    by: str
    organisation: str
    say: str
    words: list[tuple[str, str, str]]

    @property
    def at(self) -> datetime:
        return self.entry.at


class LogPage(Struct, frozen=True):
    """The lines of a page, the newest first; `older` is where the next page begins."""

    lines: list[Line]
    topic: str
    organisation: str
    organisations: dict[str, str]
    older: int | None


async def load(tx: Tx, seat: Seat, titles: Titles, asked: Narrowed, topic: str) -> LogPage:
    """A page of the log, as the person with this seat may read it."""
    found = await log_store.page(tx, seat, asked, PAGE + 1)
    names = await store.organisation_names(tx, seat.space.id)
    lines = await in_words(tx, seat, titles, found[:PAGE])
    older = found[PAGE - 1].n if len(found) > PAGE else None
    return LogPage(lines, topic, asked.organisation, names, older)


async def whole(tx: Tx, seat: Seat, titles: Titles) -> list[Line]:
    """All of it that this person may read, the newest first."""
    return await in_words(tx, seat, titles, await log_store.page(tx, seat, Narrowed(), MOST))


async def in_words(tx: Tx, seat: Seat, titles: Titles, entries: list[Entry]) -> list[Line]:
    if not entries:
        return []
    people = await space_people.load_space_people(tx, seat)
    organisations = await store.organisation_names(tx, seat.space.id)
    known = await titles(tx, seat)
    return [_line(entry, people, organisations, known) for entry in entries]


def narrowed(topic: str, organisation: str, before: str) -> tuple[Narrowed, str]:
    """What an address asks for; what is unknown in it asks for nothing."""
    acts = TOPICS[Topic(topic)] if topic in set(Topic) else ()
    older = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    return Narrowed(acts, organisation[:36], older), topic if acts else ""


def _line(
    entry: Entry, people: SpacePeople, organisations: Mapping[str, str], titles: Mapping[str, str]
) -> Line:
    def named(about: str) -> str:
        kind, _, id = about.partition(":")
        if kind == "person":
            name = people.full_name(id) if id in people.people else GONE[kind]
        elif kind == "organisation":
            name = organisations.get(id, GONE[kind])
        else:
            name = titles.get(about) or GONE.get(kind, "that was removed")
        return set_apart(name)

    by = people.name(entry.by) if entry.by else SERVER
    organisation = organisations.get(entry.organisation or "", "")
    shown = "" if organisation in by else organisation  # of somebody erased the name says it already
    itself = entry.act in (Act.LEFT, Act.JOINED)  # whoever did it is whom it is about
    say = sentences.say(entry, named if not itself else lambda about: "")
    return Line(entry, by, shown, say, sentences.words_changed(entry))
