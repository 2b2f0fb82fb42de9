"""Fills the demo space through the same actions that people use. A second run adds nothing."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from msgspec import Struct

from app.access import Actor, Role
from app.boards.core.group_commit import OpRequest
from app.boards.core.ops import AddCard, AddComment, AddLink, AddSection, Op
from app.boards.library import store as library_store
from app.boards.live import actions
from app.boards.live.rooms import Rooms
from app.config import Config
from app.db import Database, Tx, now
from app.demo import past_workshop, workshop
from app.demo.outcomes import fill_goals
from app.demo.past_workshop import PAST
from app.demo.records import fill_records
from app.outcomes.cards import status_job
from app.people import actions as people
from app.people.passwords import hash_password
from app.records import status_job as record_status
from app.spaces import actions as spaces
from app.spaces import seats
from app.spaces.joining import join as joining
from app.spaces.space import SpaceDraft

CONTENT: dict[str, Any] = json.loads(Path(__file__).with_name("content.json").read_text("utf-8"))
SHOP: dict[str, Any] = CONTENT["workshop"]
NAMESPACE = UUID(
    "6f0d7a3e-3c1b-4a51-9d0e-2b8c5f1a7e44"
)  # namespace of the demo's ids, which are the same on each machine
SPACE = str(uuid5(NAMESPACE, "space"))
PASSWORD = "winter-together"  # noqa: S105 - fixed on purpose: the demo is for this machine alone
CODE_LASTS = timedelta(days=365)


class NotLocal(RuntimeError):
    """The demo is refused on servers that others can reach."""


class DemoContents(Struct, frozen=True):
    """What the demo has, with addresses and passwords. It is the same after each run."""

    space: dict[str, str]
    boards: list[dict[str, str]]
    join: dict[str, str]
    people: list[dict[str, str]]
    workshops: list[dict[str, str]]


async def fill(db: Database, config: Config) -> DemoContents:
    """Add what is missing. Raises NotLocal unless BASE_URL is this machine."""
    if not config.loopback:
        raise NotLocal(
            "The demo is only for trying Throughline on one machine, and BASE_URL is not this one."
        )
    secret = await hash_password(PASSWORD)
    async with db.write() as tx:
        actors = await _people(tx, secret)
        code = await _join_code(tx, actors["priya"].person or "")
        boards = [await _add_board(tx, board, actors) for board in CONTENT["boards"]]
        await workshop.add_board(tx, SPACE, _id("board", SHOP["slug"]), SHOP, actors[SHOP["by"]])
        await past_workshop.add_board(tx, SPACE, _id("board", PAST["slug"]), actors[PAST["by"]])
        await fill_goals(tx, SPACE, actors, _id)
    rooms = Rooms(db, ring=lambda _topic, _number: None, limited=False)
    for id, board in zip(boards, CONTENT["boards"], strict=True):
        await _fill_board(rooms, id, board, actors)
    await fill_records(db, rooms, SPACE, actors, _id)
    await _fill_workshops(db, rooms, actors)
    await status_job.refresh_space(db, rooms, SPACE)
    await record_status.refresh_space(db, rooms, SPACE)
    await rooms.stop()
    return _contents(config.base_url, boards, code)


async def _fill_workshops(db: Database, rooms: Rooms, actors: dict[str, Actor]) -> None:
    """One that is ready to open along agenda A, and one that has run along it."""
    section, stage = _id(SHOP["slug"], "section"), _id(SHOP["slug"], "stage")
    team, board = (actors[SHOP["by"]].person or "",), _id("board", SHOP["slug"])
    planned = past_workshop.planned(_id("workshop", SHOP["slug"]), SPACE, board, stage, SHOP, team, _id)
    await workshop.begin(db, rooms, planned, SHOP, actors[SHOP["by"]], (section, stage))
    await past_workshop.run(db, rooms, SPACE, actors, _id, _id("workshop", PAST["slug"]))


async def is_empty(db: Database) -> bool:
    """Whether there is no space in this database yet."""
    async with db.read() as tx:
        return not await spaces.any_space(tx)


async def _people(tx: Tx, secret: str) -> dict[str, Actor]:
    """All people of the demo with their seats, by key; added where they are missing."""
    known = {row["key"]: await people.find_by_email(tx, email_of(row)) for row in CONTENT["people"]}
    for row in CONTENT["people"]:
        if known[row["key"]] is None:
            known[row["key"]] = await people.create_person(tx, row["name"], email_of(row), secret, demo=True)
    ids = {key: str(id) for key, id in known.items()}
    if await seats.epoch_of(tx, SPACE) == 0:
        await _add_space(tx, ids)
    seated = {one.id: one for one in await seats.people_of(tx, SPACE)}
    return {
        key: Actor(seated[id].role, id, seated[id].organisation) for key, id in ids.items() if id in seated
    }


async def _add_space(tx: Tx, ids: dict[str, str]) -> None:
    first, *others = CONTENT["organisations"]
    draft = SpaceDraft(**CONTENT["space"])
    await spaces.create_space(tx, ids["priya"], draft, first, SPACE)
    for name in others:
        await spaces.add_organisation(tx, SPACE, name)
    organisations = await spaces.organisations_of_space(tx, SPACE)
    for row in CONTENT["people"]:
        await spaces.seat_person(
            tx, SPACE, ids[row["key"]], organisations[row["organisation"]], Role(row["role"])
        )


async def _join_code(tx: Tx, by: str) -> str:
    active = await joining.active_code(tx, SPACE)
    return (active or await joining.add_code(tx, SPACE, by, now() + CODE_LASTS)).code


async def _add_board(tx: Tx, board: dict[str, Any], actors: dict[str, Actor]) -> str:
    id = _id("board", board["slug"])
    if await library_store.find(tx, id) is None:
        await library_store.add(
            tx, id, SPACE, board["title"], "blank", actors[board["by"]].person or "", now()
        )
    return id


async def _fill_board(rooms: Rooms, board_id: str, board: dict[str, Any], actors: dict[str, Actor]) -> None:
    live = await rooms.open(board_id)
    if live.room.board.items:
        return
    requests = [
        OpRequest(actors[by], "", None, op, at.timestamp())
        for (by, op), at in zip(_ops(board), _times(board.get("days", 0)), strict=False)
    ]
    answers = await actions.act(rooms, board_id, None, requests)
    refused = [answer.result.say for answer in answers if answer.result and answer.result.code]
    assert not refused, refused  # noqa: S101 - the content breaks a rule of boards: correct it


def _ops(board: dict[str, Any]) -> Iterator[tuple[str, Op]]:
    """Each op with the key of the person who does it."""
    slug = board["slug"]
    for section in board["sections"]:
        words = {name: value for name, value in section.items() if name not in ("id", "cards")}
        yield board["by"], AddSection(_id(slug, section["id"]), **words)
        for card in section["cards"]:
            place = {"section": _id(slug, section["id"]), "x": card["x"], "y": card["y"]}
            yield card["by"], AddCard(_id(slug, card["id"]), card["kind"], card["text"], **place)
    for by, start, end, means in board["links"]:
        yield by, AddLink(_id(slug, f"{start}>{end}"), _id(slug, start), _id(slug, end), means)
    for i, (by, card_id, text) in enumerate(board["comments"]):
        yield by, AddComment(_id(slug, f"comment {i}"), _id(slug, card_id), text)


def _times(days: int) -> Iterator[Any]:
    """Times of ops as in a workshop of the last two hours, or so many days before that."""
    at = now() - timedelta(days=days, hours=2)
    while True:
        at += timedelta(seconds=41)
        yield at


def _contents(base_url: str, boards: list[str], code: str) -> DemoContents:
    titles = [board["title"] for board in CONTENT["boards"]]
    return DemoContents(
        space={"id": SPACE, "url": f"{base_url}/spaces/{SPACE}"},
        boards=[
            {"id": id, "title": title, "url": f"{base_url}/boards/{id}"}
            for id, title in zip(boards, titles, strict=True)
        ],
        join={"code": code, "url": f"{base_url}/join/{code}"},
        people=[
            {
                "name": row["name"],
                "organisation": row["organisation"],
                "role": row["role"],
                "email": email_of(row),
                "password": PASSWORD,
            }
            for row in CONTENT["people"]
        ],
        workshops=[
            workshop.contents(
                base_url,
                _id(one["slug"], "stage"),
                _id("board", one["slug"]),
                one["title"],
                f"{base_url}/spaces/{SPACE}/workshops/{_id('workshop', one['slug'])}",
                ran=one is PAST,
            )
            for one in (SHOP, PAST)
        ],
    )


def email_of(row: dict[str, Any]) -> str:
    """An address for a person of content.json, in a domain that no mail can reach."""
    house = row["organisation"].split()[0].lower()
    return f"{row['name'].lower().replace(' ', '.')}@{house}.example"


def _id(*names: str) -> str:
    return str(uuid5(NAMESPACE, "/".join(names)))
