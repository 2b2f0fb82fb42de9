"""Forty people answer, read, gather and vote while lines break and the server dies, as if nothing were wrong.

In a compressed clock: nobody reads or thinks here, but all that is sent is what phones send.
"""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app.boards.storage.tables import ballot, deed, phase_nonce
from app.db import Database
from tests.conftest import StartServer
from tests.support.until import until
from tests.support.world import make_world
from tests.workshops.forty import canaries
from tests.workshops.forty.phones import Page, Phone
from tests.workshops.forty.room import (
    DOTS,
    MOST,
    ORGANISATIONS,
    THEMES,
    Room,
    choice_of,
    gathered,
    seat_forty,
    totals_of,
)

NOTES = 2  # that each person writes


@pytest.mark.timeout(120)
async def test_W1_W2_W6_forty_phones_come_to_what_they_would_have_come_to_without_any_fault(
    start_server: StartServer, database_url: str
) -> None:
    world = await make_world(database_url)
    forty = await seat_forty(database_url, world)
    server = await start_server(database_url, LIMITS="off", LOG="json")
    async with gathered(server, world, forty) as room:
        written = canaries.Canaries("canary")
        await begin(room)
        first = await room.ask("What makes it hard?", minutes=1)
        await write_while_all_goes_wrong(room, first, written)
        await everybody_has_finished(room, first)
        await canaries.judge(room, written)

        await reveal(room, first, written)
        hidden = await leave_notes_unrevealed(room)
        things = await gather(room, written)
        vote = await open_vote(room, first)
        opened = [len(one.heard) for one in room.sockets]
        await vote_while_all_goes_wrong(room, vote, things)
        for one, since in zip(room.sockets, opened, strict=True):
            assert '"totals"' not in "".join(one.heard[since:]), "W6: there are no totals of an open vote"
        await close(room, vote, things, forty)
        await canaries.judge(room, hidden)
        assert '"choice":' not in "".join(text for one in room.sockets for text in one.heard)
        written.update(hidden)
        assert [told for told in (*written.texts, *written.ids, *things) if told in server.log] == []
    await no_ballots(database_url)


async def begin(room: Room) -> None:
    await room.lead.act(do="open_stage", id=room.stage, purpose="So that people are home.")
    await room.lead.act(do="add_facilitator", id=room.stage, person=room.second.person)


async def write_while_all_goes_wrong(room: Room, phase: str, written: canaries.Canaries) -> None:
    """The facilitator is gone, ten lose their line with notes on it, and the server is killed."""
    before = len(room.lead.acks)
    room.lead.leave()

    async def write(who: Phone | Page) -> None:
        for _ in range(NOTES):
            text = written.text(who.person)
            written.note(who.person, await who.note(phase, text))
            await until(lambda: not isinstance(who, Phone) or who.settled, 20, "a note is kept")

    def acks() -> int:
        return sum(len(phone.acks) for phone in room.phones)

    async with asyncio.TaskGroup() as tasks:
        for who in room.everyone:
            tasks.create_task(write(who))
        await until(lambda: acks() > 5, why="some have written")
        for phone in room.phones[:10]:
            phone.leave()
        await until(lambda: acks() > 20, why="more have written")
        await room.die()
        for phone in room.phones[:10]:
            phone.come_back()
    assert len(room.lead.acks) == before
    room.lead.come_back()
    await until(lambda: room.lead.welcomed and "stage" in kinds(room.lead), why="the facilitator is back")
    clock = await room.lead.act(do="set_clock", id=room.stage, left=0)
    assert "seq" in clock, "W5: the hat survives absence"
    await room.phones[0].note(phase, last := written.text(room.phones[0].person))
    await room.settled()
    assert "code" not in room.phones[0].acks[room.phones[0].n], f"time over moves nobody: {last}"


def kinds(phone: Phone) -> set[str]:
    return {view["item"] for view in phone.items.values()}


async def everybody_has_finished(room: Room, phase: str) -> None:
    for phone in room.phones:
        await phone.cast(phase, 0, "yes")
    for page in room.pages:
        await page.finish(phase)
    await room.settled()
    await until(lambda: room.lead.progress.get("finished") == 40, why="all have finished")
    assert (room.lead.progress["of"], room.lead.progress["wrote"]) == (40, 40)


async def reveal(room: Room, phase: str, written: canaries.Canaries) -> None:
    """Everyone reads all of it, each note once."""
    assert "seq" in await room.lead.act(do="reveal", id=phase)
    reading = [phone for phone in room.phones if phone.want == "items"]
    await until(lambda: all(sorted(texts_of(one)) == written.texts for one in reading), why="all are shown")
    screens = [phone for phone in room.phones if phone.want != "items"]
    await until(lambda: all(written.all_in(one.screen) for one in screens), why="all are on each phone")
    for page in room.pages:
        assert written.all_in(await page.look("take-part"))


def texts_of(phone: Phone) -> list[str]:
    return [view["fields"]["text"] for view in phone.items.values() if view["item"] == "card"]


async def leave_notes_unrevealed(room: Room) -> canaries.Canaries:
    """Ten answer another question, one of them late; nobody ever reveals it."""
    hidden, away = canaries.Canaries("finch"), room.phones[3]
    phase = await room.ask("What would help?")
    away.leave()
    some: list[Phone | Page] = [*room.phones[:7], *room.pages[:3]]
    for who in some:
        hidden.note(who.person, await who.note(phase, hidden.text(who.person)))
    await until(lambda: all(one.settled for one in room.sockets if one is not away), why="all but one")
    twice = [
        {"do": "open_phase", "id": str(uuid4()), "from": phase, "prompt": "Read", "write": "off"}
        for _ in "ab"
    ]
    acks = await asyncio.gather(room.lead.act(**twice[0]), room.second.act(**twice[1]))
    refused = [ack for ack in acks if "code" in ack]
    assert [ack["say"] for ack in refused] == ["Somebody has moved on already."], "W8"
    room.phase = twice[0 if "seq" in acks[0] else 1]["id"]
    away.come_back()
    await room.settled()
    assert "code" not in away.acks[away.n], "W2: it goes under the promise it was written with"
    return hidden


async def gather(room: Room, written: canaries.Canaries) -> list[str]:
    """By the facilitator, into themes; their ids."""
    things = [str(uuid4()) for _ in range(THEMES)]
    cards = sorted(
        view["id"]
        for view in room.lead.items.values()
        if view["item"] == "card" and view["fields"]["text"] in written.texts
    )
    for at, id in enumerate(things):
        ack = await room.lead.act(do="add_theme", id=id, title=f"Theme {at}", cards=cards[at::THEMES])
        assert "seq" in ack
    return things


async def open_vote(room: Room, first: str) -> str:
    vote = {"how": "dots", "dots": DOTS, "most": MOST}
    phase = await room.ask("Which first?", write="off", about=[first], vote=vote)
    shows = [one for one in room.phones if one.want != "items"]
    await until(lambda: all("Which first?" in one.screen for one in shows), why="the vote is on every phone")
    return phase


async def vote_while_all_goes_wrong(room: Room, phase: str, things: list[str]) -> None:
    """Ten lose their line, and the server is killed, with dots on their way: each counts once."""

    async def place(i: int, who: Phone | Page) -> None:
        chosen = choice_of(i, things)
        if isinstance(who, Page):
            await who.vote(phase, chosen)
            return
        for slot, choice in enumerate(chosen, 1):
            await who.cast(phase, slot, choice)
        if i < 10:
            who.leave()

    async with asyncio.TaskGroup() as tasks:
        for i, who in enumerate(room.everyone):
            tasks.create_task(place(i, who))
        await until(lambda: sum(len(phone.answers) for phone in room.phones) > 5, why="some have voted")
        await room.die()
        for phone in room.phones[:10]:
            phone.come_back()
    await room.settled()
    await until(lambda: room.lead.progress.get("voted") == 40, why="all have voted")
    assert room.lead.progress["of"] == 40


async def close(room: Room, phase: str, things: list[str], forty: list[tuple[str, str]]) -> None:
    """The totals are those that were counted by hand, and a late dot is told that it does not count."""
    assert "seq" in await room.lead.act(do="close_vote", id=phase)
    late = room.phones[0]
    await late.cast(phase, 1, things[0])
    await room.settled()
    assert late.answers[-1]["say"] == "Voting is closed, so this dot does not count."
    names = [name for name, count in ORGANISATIONS.items() for _ in range(count)]
    house = {person: name for (person, _), name in zip(forty, names, strict=True)}
    votes = {who.person: choice_of(i, things) for i, who in enumerate(room.everyone)}
    reads = next(phone for phone in room.phones if phone.want == "items")
    totals = await until(lambda: reads.items[phase]["fields"].get("totals"), why="the totals")
    assert totals["people"] == 40
    assert {one["id"]: (one["dots"], one.get("by", {})) for one in totals["of"]} == totals_of(votes, house)


async def no_ballots(url: str) -> None:
    db = Database(url)
    try:
        async with db.read() as tx:
            for table in (ballot, phase_nonce):
                assert (await tx.execute(select(func.count()).select_from(table))).scalar_one() == 0
            assert (await tx.execute(select(func.count()).select_from(deed))).scalar_one() > 40
    finally:
        await db.close()
