"""Two large files as people bring them: how long each step takes, how long others wait, how much memory."""

import asyncio
import io
import random
import re
import time
from collections.abc import Coroutine
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import lxml.html
import xlsxwriter
from msgspec import Struct

from app.db import Database
from app.outcomes.measures.measure import Definition
from tests.bench.figure import Figure
from tests.bench.processes import TICK
from tests.bench.stage import Stage
from tests.outcomes.given import a_goal, a_measure

MONTHS = 100
GOALS = {"look": 2.0, "check": 5.0, "write": 6.0}  # seconds
WAIT, MEMORY = 0.8, 400.0  # seconds that others wait, and MB
MB = 1024  # of KB, as the kernel counts memory


class _Step(Struct, frozen=True):
    """`silence` is the longest time without a word of progress, `waited` the longest that others waited."""

    seconds: float
    processor: float
    silence: float
    waited: float
    memory: float


async def measure(on: Stage) -> list[Figure]:
    found: list[Figure] = []
    first, second = await _measured(on, "large-0"), await _measured(on, "large-1")
    files = (
        ("CSV of 116,000 rows", "a.csv", _csv(), first),
        ("The same with other values", "a.csv", _csv(seed=117), first),
        ("XLSX of 78,000 rows", "b.xlsx", _xlsx(), second),
    )
    imports: list[str] = []
    for what, name, content, code in files:
        steps, batch = await _brought(on, name, content, code)
        imports.append(batch)
        for step, took in steps.items():
            beside = f"{took.processor:.1f} s of processor, silent for {took.silence:.1f} s at most"
            found.append(Figure(f"{what}, {step}", took.seconds, "s", GOALS[step], beside))
        most = max(one.memory for one in steps.values())
        waited = max(one.waited for one in steps.values())
        found.append(Figure(f"{what}, others wait at most", waited, "s", WAIT))
        found.append(Figure(f"{what}, memory of the work", most, "MB", MEMORY))
    for (what, *_), batch in reversed(list(zip(files, imports, strict=True))):
        undone = await _undone(on, batch)
        beside = f"undone in {undone.seconds:.1f} s, {undone.processor:.1f} s of processor"
        found.append(Figure(f"{what}, others wait at most for undoing it", undone.waited, "s", WAIT, beside))
        found.append(Figure(f"{what}, memory of undoing it", undone.memory, "MB", MEMORY))
    return found


async def _measured(on: Stage, code: str) -> str:
    db, by = Database(on.database_url), on.world.people["Ana"]
    goal = await a_goal(db, on.world.space, by, *on.world.organisations.values(), title=code)
    await a_measure(db, on.world.space, goal, by, Definition(name=code, suppress_below=0), code)
    await db.close()
    return code


def _ana(on: Stage) -> httpx.AsyncClient:
    headers, cookies = {"Origin": on.server.url}, {"tl_session": on.world.tokens["Ana"]}
    # each request on a line of its own: the server closes one that rests for as long as httpx keeps it
    alone = httpx.Limits(max_keepalive_connections=0)
    return httpx.AsyncClient(
        base_url=on.server.url, cookies=cookies, headers=headers, timeout=120, limits=alone
    )


async def _brought(on: Stage, name: str, content: bytes, code: str) -> tuple[dict[str, _Step], str]:
    """Bring a file as a browser does: uploaded, mapped, imported. Gives the import too."""
    async with _ana(on) as ana:
        imports = f"/spaces/{on.world.space}/outcomes/imports"
        await ana.get(imports)
        token = {"_csrf_token": ana.cookies["tl_csrf"]}

        async def send(path: str, **fields: object) -> str:
            answer = await ana.post(path, **fields)  # type: ignore[arg-type]
            assert answer.status_code == 303, answer.text[:800]
            return str(answer.headers["location"])

        steps, file = {}, ""
        steps["look"], file = await _step(on, ana, send(imports, data=token, files={"file": (name, content)}))
        form = _mapping((await ana.get(file)).text, code)
        steps["check"], _ = await _step(on, ana, send(f"{file}/mapping", data={**form, **token}))
        steps["write"], _ = await _step(on, ana, send(f"{file}/do", data=token))
        return steps, re.findall(r"imports/([\w-]+)/undo", (await ana.get(imports)).text)[0]


async def _undone(on: Stage, batch: str) -> _Step:
    """Undo an import."""
    async with _ana(on) as ana:
        imports = f"/spaces/{on.world.space}/outcomes/imports"
        await ana.get(imports)
        token = {"_csrf_token": ana.cookies["tl_csrf"]}

        async def undo() -> str:
            answer = await ana.post(f"{imports}/{batch}/undo", data=token)
            assert answer.status_code == 303, answer.text[:800]
            while True:
                if "Being undone" not in (await ana.get(imports)).text:
                    return f"{imports}/{batch}"
                await asyncio.sleep(0.05)

        took, _ = await _step(on, ana, undo())
        assert f"{batch}/undo" not in (await ana.get(imports)).text
        return took


async def _step(on: Stage, ana: httpx.AsyncClient, sending: Coroutine[Any, Any, str]) -> tuple[_Step, str]:
    """Until the work is over: its progress then leads elsewhere."""
    began, used = time.monotonic(), _of_children(on.server.pid)
    sent = asyncio.create_task(sending)
    waited = memory = silence = 0.0
    last, since, file = "", began, ""
    while True:
        asked = time.monotonic()
        await ana.get("/readyz")  # it stores something, and says so where that takes too long
        waited = max(waited, time.monotonic() - asked)
        memory = max([memory, *(_peak(pid) for pid in _children(on.server.pid))])
        if sent.done():
            file = file or sent.result()
            answer = await ana.get(f"{file}/progress")
            if answer.status_code != 200:
                break
            if answer.text != last:
                silence, last, since = max(silence, time.monotonic() - since), answer.text, time.monotonic()
        await asyncio.sleep(0.05)
    over = time.monotonic()
    for _ in range(250):
        if not _children(on.server.pid):
            break
        await asyncio.sleep(0.02)  # what a process took is known once it is gone
    processor = _of_children(on.server.pid) - used
    return _Step(over - began, processor, max(silence, over - since), waited, memory), file


def _mapping(page: str, code: str) -> dict[str, str]:
    """The form as it is proposed, with the share of those within four hours of all."""
    form = next(one for one in lxml.html.fromstring(page).forms if str(one.action).endswith("/mapping"))
    fields = {name: value for name, value in form.form_values() if name != "_csrf_token"}
    letters = {}
    for option in form.xpath('.//select[@name="first"]/option'):
        if match := re.match(r"(\w+) · ([^:]*)", option.text_content()):
            letters[match[2].strip()] = match[1]
    named = {"place": "Org code", "first": "Over 4 hours", "second": "Attendances"}
    chosen = {field: letters[heading] for field, heading in named.items()}
    return {**fields, **chosen, "measure": code, "take": "ratio_complement"}


def _rows(organisations: int, seed: int = 116) -> list[tuple[date, str, str, int, int]]:
    luck, rows = random.Random(seed), []
    for organisation in range(organisations):
        for month in range(MONTHS):
            attended = luck.randint(800, 22_000)
            day = date(2016 + month // 12, month % 12 + 1, 1)
            name = f"TRUST {organisation} NHS FOUNDATION TRUST"
            rows.append(
                (day, f"R{organisation:04}", name, attended, int(attended * luck.uniform(0.05, 0.45)))
            )
    return rows


HEADINGS = ("Month", "Org code", "Org name", "Attendances", "Over 4 hours", "Within", "Note")


def _csv(seed: int = 116) -> bytes:
    lines = [",".join(HEADINGS)]
    lines += [
        f'{day:%d/%m/%Y},{code},{name},"{attended:,}","{over:,}","{attended - over:,}",'
        for day, code, name, attended, over in _rows(1_160, seed)
    ]
    return "\r\n".join(lines).encode()


def _xlsx() -> bytes:
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, {"constant_memory": True})
    sheet, month = book.add_worksheet("Data"), book.add_format({"num_format": "mmm-yy"})
    sheet.write_row(0, 0, HEADINGS)
    for number, (day, code, name, attended, over) in enumerate(_rows(780), 1):
        sheet.write_datetime(number, 0, day, month)
        sheet.write_row(number, 1, (code, name, attended, over, attended - over))
    book.close()
    return into.getvalue()


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _peak(pid: int) -> float:
    """The most memory that a process held so far, in MB; nothing where it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / MB if found else 0.0


def _of_children(pid: int) -> float:
    """Seconds of processor of all processes that this one started and that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) * TICK
