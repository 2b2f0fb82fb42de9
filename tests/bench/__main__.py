"""Measures the product beside a bare relay, and prints one table: `python -m tests.bench --help`.

It reports, it asserts nothing: what else the machine does at the time is in the figures.
"""

import argparse
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvloop

from tests.bench import (
    batches,
    canvas,
    durable,
    imports,
    large,
    memory,
    opening,
    records,
    reports,
    stage,
    storm,
    table,
    two_writers,
)
from tests.bench.deliveries import fan_out, two_processes
from tests.bench.phones import page_costs, pages
from tests.bench.phones import room as phones
from tests.bench.workshops import workshop
from tests.support.databases import Postgres, postgres_server

PEOPLE = 500
VIEWERS, RATES = [50, 200, 500], [20.0, 100.0, 500.0]
PARTS = (
    "fan-out",
    "durable",
    "opening",
    "memory",
    "reports",
    "imports",
    "canvas",
    "batches",
    "large",
    "two-writers",
    "two-processes",
    "workshop",
    "phones",
    "pages",
    "records",
    "storm",
)


async def run(options: argparse.Namespace) -> None:
    wanted = [part for part in PARTS if getattr(options, part.replace("-", "_"))] or PARTS[:-1]
    rows = table.Table()
    async with database(options.postgres) as url, stage.product(PEOPLE, url) as on:
        for part in wanted:
            print(f"Measuring {part} ...", file=sys.stderr, flush=True)
            await MEASURES[part](on, rows, options.quick)
    if "durable" in wanted and not options.postgres:
        print("Measuring durable on PostgreSQL ...", file=sys.stderr, flush=True)
        async with database(True) as url, stage.product(10, url) as on:
            await durable_ops(on, rows, options.quick)
    print(rows.text(options.postgres))


@asynccontextmanager
async def database(postgres: bool) -> AsyncIterator[str]:
    """A new PostgreSQL of our own; or none, for a SQLite file."""
    if not postgres:
        yield ""
        return
    with postgres_server() as folder:
        async with Postgres(folder).fresh() as url:
            yield url


async def fan_outs(on: stage.Stage, rows: table.Table, quick: bool) -> None:
    seconds = 3.0 if quick else 8.0
    for viewers in VIEWERS[-1:] if quick else VIEWERS:
        rates = RATES[1:] if quick else RATES
        ours = await fan_out.of_product(on, viewers, rates, seconds)
        theirs = await fan_out.of_relay(viewers, rates, seconds)
        rows.fan_out(list(zip(ours, theirs, strict=True)))


async def durable_ops(on: stage.Stage, rows: table.Table, quick: bool) -> None:
    kind = "SQLite" if on.database_url.startswith("sqlite") else "PostgreSQL"
    seconds = 2.0 if quick else 6.0
    rows.durable(kind, await durable.measure(on, seconds), await durable.of_engine(on, seconds))


async def openings(on: stage.Stage, rows: table.Table, quick: bool) -> None:
    for cards in (500,) if quick else (500, 5_000):
        rows.opening(await opening.measure(on, cards))


async def memories(on: stage.Stage, rows: table.Table, quick: bool) -> None:
    rows.memory(await memory.measure(on, 1_000, 10 if quick else 50))


async def report_pages(on: stage.Stage, rows: table.Table, quick: bool) -> None:
    rows.reports(await reports.measure(on, 5 if quick else 50))


async def large_files(on: stage.Stage, rows: table.Table, quick: bool) -> None:
    rows.figures(await imports.measure(on))


async def canvases(on: stage.Stage, rows: table.Table, quick: bool) -> None:
    for cards in list(canvas.GOALS)[: 1 if quick else None]:
        rows.figures(await canvas.measure(on, cards))


async def batch_ops(on: stage.Stage, rows: table.Table, quick: bool) -> None:
    rows.figures(await batches.measure(on))


async def large_boards(on: stage.Stage, rows: table.Table, quick: bool) -> None:
    rows.figures(await large.measure(on))


async def storms(on: stage.Stage, rows: table.Table, quick: bool) -> None:
    rows.storm(await storm.measure(on, 500 if quick else 2_000))


async def two_writer(on: stage.Stage, rows: table.Table, quick: bool) -> None:
    seconds = 15.0 if quick else 60.0
    rows.two_writers(await two_writers.measure(on, seconds), seconds)


async def processes(on: stage.Stage, rows: table.Table, quick: bool) -> None:
    if not on.database_url.startswith("sqlite"):
        rows.figures(await two_processes.measure(on, 4.0 if quick else 10.0))


async def workshops(on: stage.Stage, rows: table.Table, quick: bool) -> None:
    rows.figures(await workshop.measure(on))


async def rooms_of_phones(on: stage.Stage, rows: table.Table, quick: bool) -> None:
    rows.figures(await phones.measure(on, 10.0 if quick else 30.0))


async def all_pages(on: stage.Stage, rows: table.Table, quick: bool) -> None:
    rows.figures(await page_costs.measure(on))
    rows.figures(await pages.measure(on, 5.0 if quick else 15.0))


async def record_pages(on: stage.Stage, rows: table.Table, quick: bool) -> None:
    rows.figures(await records.measure(on, 1_000 if quick else records.PAGES))


MEASURES = {
    "fan-out": fan_outs,
    "durable": durable_ops,
    "opening": openings,
    "memory": memories,
    "reports": report_pages,
    "imports": large_files,
    "canvas": canvases,
    "batches": batch_ops,
    "large": large_boards,
    "two-writers": two_writer,
    "two-processes": processes,
    "workshop": workshops,
    "phones": rooms_of_phones,
    "pages": all_pages,
    "records": record_pages,
    "storm": storms,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer and shorter measurements")
    parser.add_argument("--postgres", action="store_true", help="all on PostgreSQL")
    for part in PARTS:
        parser.add_argument(f"--{part}", action="store_true", help="only this (may be given with others)")
    uvloop.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
