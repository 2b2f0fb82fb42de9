"""Minutes of 500 notes as a page and as files, and the run-sheet of a workshop of 40 blocks."""

import io
import time
from collections.abc import Awaitable, Callable
from statistics import quantiles

import httpx
import msgspec
from docx import Document
from sqlalchemy import select, update

from app import config
from app.boards.storage import store as board_store
from app.db import Database, new_id
from app.rehearse.address import address
from app.rehearse.workshop.copied import Copied
from app.rehearse.workshop.leading import Lead
from app.rehearse.workshop.minds import asked
from app.workshops.runsheet.sheet import Block, Sheet, Step
from app.workshops.runsheet.tables import workshop
from tests.bench.figure import Figure
from tests.bench.processes import processor
from tests.bench.stage import Stage
from tests.commands.planned import planned
from tests.support.wire import tab

NOTES, BLOCKS, AT_FIRST, ASKED = 500, 40, 3, 40
WORDS = "How is what was said about it to be heard, number {}?"


async def measure(on: Stage) -> list[Figure]:
    db = Database(on.database_url)
    cookies = {"tl_session": on.world.tokens["Ana"]}
    try:
        async with httpx.AsyncClient(base_url=on.server.url, cookies=cookies, timeout=60) as ana:
            held = await _held(on, db)
            return [*await _minutes(on, ana, held), *await _editing(on, db, ana)]
    finally:
        await db.close()


async def _held(on: Stage, db: Database) -> str:
    """The address of the minutes of a workshop that has ended, with so many notes in one step."""
    id = await planned(on.database_url, on.world)
    sheet = await _sheet(db, id)
    copied = Copied(on.world.space, on.world.board, id, on.world.people["Ana"], "", "", (), sheet)
    lead = Lead(
        db,
        address(config.read({"BASE_URL": on.server.url}), ""),
        copied,
        {"tl_session": on.world.tokens["Ana"]},
    )
    await lead.open_doors()
    block, writes = next(
        (block, step) for block in sheet.blocks for step in block.steps if step.kind == "ask" and step.kept
    )
    await lead.go_to(block, writes, 0)
    async with db.read() as tx:
        of = asked(await board_store.load(tx, on.world.board))
    assert of is not None
    async with tab(on.server, on.world, "Ana") as page:
        for number in range(NOTES):
            section = of.sections[0] if of.sections else None
            ack = await page.act(
                do="add_card", id=new_id(), kind=of.kind, text=WORDS.format(number), phase=of.phase,
                section=section,
            )  # fmt: skip
            assert "seq" in ack, ack
        ack = await page.act(do="reveal", id=of.phase)
        assert "seq" in ack, ack
    await lead.end()
    return f"/spaces/{on.world.space}/workshops/{id}/minutes"


async def _minutes(on: Stage, ana: httpx.AsyncClient, path: str) -> list[Figure]:
    found = [await _paced(on, f"page of minutes with {NOTES} notes", 300, lambda _: ana.get(path))]
    for form, goal in (("pdf", 4.0), ("docx", None)):
        began = time.monotonic()
        answer = await ana.get(f"{path}/as/{form}")
        took = time.monotonic() - began
        assert answer.status_code == 200, answer.text[:300]
        beside = f"{len(answer.content) / 1000:.0f} KB"
        if form == "docx":
            words = "\n".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
            there = sum(WORDS.format(number) in words for number in range(NOTES))
            beside += f", read back: {there} of {NOTES} notes"
        found.append(Figure(f"minutes with {NOTES} notes as {form}", took, "s", goal, beside))
    return found


async def _editing(on: Stage, db: Database, ana: httpx.AsyncClient) -> list[Figure]:
    """Blocks that are moved and named anew, each as a form that a page sends."""
    id = await planned(on.database_url, on.world, board=False)
    blocks = tuple(
        Block(id=new_id(), title=f"Block {number}", steps=tuple(_step(f"{number}.{i}") for i in "ab"))
        for number in range(BLOCKS)
    )
    async with db.write() as tx:
        sheet = msgspec.json.encode(Sheet(blocks=blocks)).decode()
        await tx.execute(update(workshop).where(workshop.c.id == id).values(sheet=sheet))
    path = f"/spaces/{on.world.space}/workshops/{id}"
    await ana.get(path)
    token = {"_csrf_token": ana.cookies["tl_csrf"]}

    async def edit(number: int) -> httpx.Response:
        block = blocks[1 + number // 2 % (BLOCKS - 2)]
        form = {**token, "do": ("up", "down")[number % 2], "id": block.id}
        return await ana.post(f"{path}/ops", data=form, headers={"Origin": on.server.url})

    return [
        await _paced(on, f"an edit of a run-sheet of {BLOCKS} blocks", 150, edit, 303),
        await _paced(on, "the page of that run-sheet", None, lambda _: ana.get(path)),
    ]


def _step(name: str) -> Step:
    return Step(id=new_id(), title=f"Step {name}", minutes=1.0, prompt="What have you seen of this?")


async def _paced(
    on: Stage,
    what: str,
    goal: float | None,
    ask: Callable[[int], Awaitable[httpx.Response]],
    status: int = 200,
) -> Figure:
    """How long answers take, one after the other, and what the server's processor does for each."""
    took, worked = [], 0.0
    for number in range(AT_FIRST + ASKED):
        if number == AT_FIRST:
            worked = processor(on.server.pid)
        began = time.monotonic()
        answer = await ask(number)
        took.append((time.monotonic() - began) * 1000)
        assert answer.status_code == status, answer.text[:500]
    each = (processor(on.server.pid) - worked) / ASKED * 1000
    cuts = quantiles(took[AT_FIRST:], n=20)
    return Figure(f"{what}, p95", cuts[18], "ms", goal, f"p50 {cuts[9]:.0f}, processor {each:.0f} ms")


async def _sheet(db: Database, id: str) -> Sheet:
    async with db.read() as tx:
        row = (await tx.execute(select(workshop.c.sheet).where(workshop.c.id == id))).scalar_one()
    return msgspec.json.decode(row, type=Sheet)
