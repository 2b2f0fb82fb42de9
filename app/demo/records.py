"""Fills the demo space with a line that was kept: a dilemma, what must be true for it, and its test."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.access import Actor
from app.boards.live.rooms import Rooms
from app.db import Database, Tx, now
from app.phrases import day_now
from app.records import card_store, store
from app.records.core import ops
from app.records.core.ops import Deed, NewRow, NewTie, Op, Quote
from app.records.core.record import REVIEWS, SOURCES, Record
from app.records.core.rules import apply
from app.records.quotes import writer

RECORDS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("records.json").read_text("utf-8"))
GOAL = "home"

IdOf = Callable[..., str]  # the demo's id of something, from its kind and its name


async def fill_records(
    db: Database, rooms: Rooms, space: str, actors: Mapping[str, Actor], id_of: IdOf
) -> None:
    """Add each record that is missing, with its history; its card then stands for it."""
    people = {actor.person: actor for actor in actors.values()}
    for row in RECORDS:
        places = [
            row["card"],
            *row.get("notes", ()),
            *(one for list_ in row.get("lists", {}).values() for one in list_),
        ]
        quotes = {tuple(place): await _quote(rooms, place, people, id_of) for place in places}
        async with db.write() as tx:
            if await store.find(tx, space, id_of("record", row["slug"])) is None:
                await _add(tx, space, row, quotes, actors, id_of)


async def _quote(rooms: Rooms, place: list[str], people: Mapping[str | None, Actor], id_of: IdOf) -> Quote:
    """A card's words, with who wrote them."""
    board_id, card_id = id_of("board", place[0]), id_of(*place)
    item = (await rooms.open(board_id)).room.board.items[card_id]
    by = writer(item)
    at = datetime.fromtimestamp(item.at, UTC)
    return Quote(board_id, card_id, item.fields["text"], by, people[by].organisation, at)


async def _add(
    tx: Tx,
    space: str,
    row: dict[str, Any],
    quotes: Mapping[Any, Quote],
    actors: Mapping[str, Actor],
    id_of: IdOf,
) -> None:
    id, at = id_of("record", row["slug"]), now() - timedelta(days=row["days"])
    deed = Deed(_keep(row, quotes, id_of), actors[row["by"]], at, tuple(quotes.values()))
    record = apply(None, deed, id, space)
    await store.add(tx, record, deed)
    await card_store.link(tx, id_of("board", row["card"][0]), id_of(*row["card"]), id)
    for by, do, *rest in row["deeds"]:
        at += timedelta(hours=3)
        record = await _do(tx, record, _op(row["slug"], do, rest, id_of), actors[by], at)
    if "needed_by" in row:
        tie = NewTie(id_of("tie", row["slug"]), "record", id, "rests_on")
        await _do_to(tx, space, id_of("record", row["needed_by"]), ops.AddTie(tie), actors[row["by"]], at)
    if "tests" in row:
        await _support(tx, space, id_of("record", row["tests"]), record, actors, at, id_of)


def _keep(row: dict[str, Any], quotes: Mapping[Any, Quote], id_of: IdOf) -> ops.Keep:
    slug = row["slug"]
    lists = {SOURCES: [row["card"], *row.get("notes", ())], **row.get("lists", {})}
    rows = tuple(
        _row(id_of(slug, list_, *place), list_, quotes[tuple(place)])
        for list_, places in lists.items()
        for place in places
    )
    ties = [NewTie(id_of("tie", slug, "goal"), "goal", id_of("goal", GOAL), "serves")]
    if "tests" in row:
        ties.append(NewTie(id_of("tie", slug), "record", id_of("record", row["tests"]), "tests"))
    day = day_now() + timedelta(days=row["look_again"])
    return ops.Keep(rows=rows, ties=tuple(ties), tend=row.get("tend", False), look_again=day, **row["keep"])


def _row(id: str, list_: str, quote: Quote) -> NewRow:
    return NewRow(id, list_, {"text": quote.text.strip()}, quote.board, quote.card)


def _op(slug: str, do: str, rest: list[Any], id_of: IdOf) -> Op:
    match do:
        case "row":
            return ops.AddRow(NewRow(id_of(slug, "row", rest[0]), rest[0], rest[1]))
        case "take":
            return ops.TakeRow(id_of(slug, "row", rest[0]))
        case "write":
            return ops.Write(fields=rest[0])
        case "review":
            day = day_now() + timedelta(days=rest[0])
            return ops.Review(NewRow(id_of(slug, "review"), REVIEWS, rest[1]), day)
        case _:
            return ops.SetState(rest[0])


async def _support(
    tx: Tx, space: str, id: str, test: Record, actors: Mapping[str, Actor], at: datetime, id_of: IdOf
) -> None:
    """What the test showed becomes evidence, and its tender says that the assumption is supported."""
    words = {"what": test.of("results")[0].fields["saw"], "source": test.title, "strength": "tested"}
    row = NewRow(id_of("evidence", test.id), "evidence", words)
    await _do_to(tx, space, id, ops.AddRow(row), actors["nia"], at)
    await _do_to(tx, space, id, ops.SetState("supported"), actors["ruth"], at)


async def _do_to(tx: Tx, space: str, id: str, op: Op, by: Actor, at: datetime) -> None:
    record = await store.find(tx, space, id)
    assert record  # noqa: S101 - it was added just before
    await _do(tx, record, op, by, at)


async def _do(tx: Tx, record: Record, op: Op, by: Actor, at: datetime) -> Record:
    deed = Deed(op, by, at)
    after = apply(record, deed, record.id, record.space)
    await store.change(tx, record, after, deed)
    return after
