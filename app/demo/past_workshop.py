"""A workshop in the demo that has run some weeks ago, along agenda A, with its minutes."""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import structs

from app.access import Actor, Role
from app.boards.core.group_commit import OpRequest
from app.boards.core.ops import AddCard, Op
from app.boards.core.stage.ops import AddFacilitator, AddTheme, EndStage, OpenStage, Reveal
from app.boards.core.stage.read import present_phase
from app.boards.core.stage.votes import Cast
from app.boards.library import store as library_store
from app.boards.live import actions as live
from app.boards.live.rooms import Rooms
from app.boards.live.stage.casts import CastTicket
from app.boards.outline import form_ops
from app.db import Database, Tx, now
from app.reports.minutes import store as minutes_store
from app.reports.minutes.content import Correction
from app.workshops.console import next_phase
from app.workshops.console.step_values import first_revealed, values_for, with_step
from app.workshops.runsheet import file_format, store
from app.workshops.runsheet.sheet import Block, Step
from app.workshops.runsheet.templates import run_sheets
from app.workshops.runsheet.templates_board import sections_for
from app.workshops.runsheet.timing import Ran
from app.workshops.runsheet.workshop import Workshop

PAST: dict[str, Any] = json.loads(Path(__file__).with_name("past_workshop.json").read_text("utf-8"))
AGENDA = "01_name_it"
IdOf = Callable[..., str]  # the demo's id of something, from its kind and its name


class Past:
    """The workshop while it is played; `at` is the moment that it has come to."""

    def __init__(self, rooms: Rooms, board: str, actors: Mapping[str, Actor], at: datetime) -> None:
        self.rooms, self.board, self.actors, self.at = rooms, board, actors, at
        self.ran: list[Ran] = []

    async def act(self, by: str, *ops: Op) -> None:
        requests = [OpRequest(self.actors[by], "", None, op, self.at.timestamp()) for op in ops]
        answers = await live.act(self.rooms, self.board, None, requests)
        refused = [answer.result.say for answer in answers if answer.result and answer.result.code]
        assert not refused, refused  # noqa: S101 - the content breaks a rule of boards: correct it

    async def now(self) -> Any:
        return (await self.rooms.open(self.board)).room.board


def planned(
    id: str,
    space: str,
    board: str,
    stage: str,
    content: Mapping[str, Any],
    team: tuple[str, ...],
    id_of: IdOf,
) -> Workshop:
    """A workshop of the demo with the run-sheet of agenda A; its ids are the same on each machine."""
    count = iter(range(10_000))
    sheet = file_format.fresh(
        run_sheets()[AGENDA].sheet, lambda: id_of(content["slug"], f"step {next(count)}")
    )
    words = {name: content[name] for name in ("title", "purpose", "authority")}
    at, place = now(), content.get("place", "")
    return Workshop(
        id, space, made_by=team[0], made_at=at, changed_at=at, board=board, stage=stage, team=team,
        sheet=sheet, place=place, **words,
    )  # fmt: skip


async def add_board(tx: Tx, space: str, id: str, by: Actor) -> None:
    """The board that it ran over; left alone where it is there."""
    if await library_store.find(tx, id) is None:
        at = now() - timedelta(days=PAST["days"])
        await library_store.add(tx, id, space, PAST["title"], "blank", by.person or "", at)


async def run(
    db: Database, rooms: Rooms, space: str, actors: Mapping[str, Actor], id_of: IdOf, workshop_id: str
) -> None:
    """Play it once, with what was written, chosen and said of it."""
    board_id, stage = id_of("board", PAST["slug"]), id_of(PAST["slug"], "stage")
    if (await rooms.open(board_id)).room.board.items:
        return
    starts = (now() - timedelta(days=PAST["days"])).replace(hour=10, minute=0, second=0, microsecond=0)
    team = tuple(actors[key].person or "" for key in PAST["team"])
    workshop = planned(workshop_id, space, board_id, stage, PAST, team, id_of)
    played = Past(rooms, board_id, actors, starts)
    await _begin(played, workshop, stage)
    for block in workshop.sheet.blocks:
        for step in block.steps:
            await _step(played, block, step, id_of)
            played.at += timedelta(minutes=step.minutes)
    await played.act(PAST["by"], EndStage(stage))
    async with db.write() as tx:
        await _keep(tx, played, workshop, starts)


async def _begin(played: Past, workshop: Workshop, stage: str) -> None:
    sections = sections_for(played.board, workshop.sheet, set(), 0.0)
    others = [AddFacilitator(stage, person) for person in workshop.team[1:]]
    begin = OpenStage(stage, workshop.purpose, workshop.authority)
    await played.act(PAST["by"], *sections, begin, *others)


async def _step(played: Past, block: Block, step: Step, id_of: IdOf) -> None:
    board, phase = await played.now(), id_of(PAST["slug"], f"phase {len(played.ran)}")
    for one in first_revealed(board, step, block, played.ran):
        await played.act(PAST["by"], Reveal(one.id))
    board = await played.now()
    if step.reveals and block.title == "Wicked questions":
        await _gather(played, id_of)
        board = await played.now()
    kind, values = values_for(board, step, block, played.ran)
    seen = next_phase.preview(board, kind, next_phase.values_of(board, kind, values), phase)
    fields = with_step(board, seen, step, block, played.ran, ()).fields
    op = form_ops.read_op(fields)
    await played.act(PAST["by"], op)  # type: ignore[arg-type]
    played.ran.append(Ran(step, block.id, block.title, phase, played.at))
    if step.kind == "ask":
        await _write(played, block, step, phase, id_of)
    if step.kind == "vote":
        await _vote(played, step)


async def _write(played: Past, block: Block, step: Step, phase: str, id_of: IdOf) -> None:
    if block.title != "Wicked questions":
        return
    board = await played.now()
    section = board.items[phase].fields["sections"][0]
    for n, note in enumerate(PAST["steps"].get(step.title, ())):
        card = AddCard(
            id_of(PAST["slug"], f"{step.title} {n}"), step.card, note["text"], section, phase=phase
        )
        await played.act(note["by"], card)


async def _gather(played: Past, id_of: IdOf) -> None:
    themes: dict[str, list[str]] = {}
    for title, notes in PAST["steps"].items():
        for n, note in enumerate(notes):
            if "theme" in note:
                themes.setdefault(note["theme"], []).append(id_of(PAST["slug"], f"{title} {n}"))
    for title, cards in themes.items():
        await played.act(PAST["by"], AddTheme(id_of(PAST["slug"], title), title, cards=tuple(cards)))


async def _vote(played: Past, step: Step) -> None:
    """Those who take part choose, as often as the content says; of dots each theme gets its number."""
    board = await played.now()
    phase = present_phase(board)
    others = [actor for key, actor in played.actors.items() if key not in PAST["team"]]
    people = [actor for actor in others if actor.role is not Role.OBSERVER]
    if phase is None:
        return
    wanted = PAST["triage"] if step.how == "choice" else PAST["dots"]
    if step.how == "choice" and not set(wanted) <= set(phase.vote.options):
        return
    slots = iter([(person, slot) for slot in (1, 2) for person in people])
    for title, count in wanted.items():
        choice = _choice(board, phase, title)
        for _ in range(count if choice else 0):
            person, slot = next(slots)
            await _cast(played, person, Cast(phase.id, slot, choice))


def _choice(board: Any, phase: Any, title: str) -> str:
    if title in phase.vote.options:
        return str(phase.vote.options.index(title))
    return next((id for id in phase.things if board.items[id].fields.get("title") == title), "")


async def _cast(played: Past, actor: Actor, one: Cast) -> None:
    answered: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    room = (await played.rooms.open(played.board)).room
    room.submit(CastTicket(actor, "", None, one, answered.set_result))
    refused = await answered
    assert refused is None, refused  # noqa: S101 - the content breaks a rule of votes: correct it


async def _keep(tx: Tx, played: Past, workshop: Workshop, starts: datetime) -> None:
    """The workshop's row, its steps as they ran, who was there, and what was added to its minutes."""
    made = structs.replace(workshop, starts_at=starts, booked=90, baseline=workshop.sheet.minutes)
    await store.add(tx, made)
    for ran in played.ran:
        await store.add_run(tx, workshop.id, ran)
    await store.note_here(tx, workshop.id, [one.person for one in played.actors.values() if one.person])
    lead, block = workshop.team[0], workshop.sheet.blocks[3].id
    await minutes_store.write_paragraph(tx, workshop.id, block, PAST["paragraph"], lead, played.at)
    asked, by = PAST["correction"], played.actors[PAST["correction"]["by"]].person or ""
    one = Correction(f"{workshop.id[:-1]}c", block, by, played.at + timedelta(days=1), asked["text"])
    await minutes_store.add_correction(tx, workshop.id, one)
    await minutes_store.answer(tx, workshop.id, one.id, asked["answer"], lead)
