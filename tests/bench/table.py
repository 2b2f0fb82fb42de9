"""The figures as one table in Markdown, with the date and the machine."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.deliveries.fan_out import Cell
from tests.bench.durable import Durable
from tests.bench.figure import Figure
from tests.bench.memory import Memory
from tests.bench.opening import Opening
from tests.bench.reports import Reports
from tests.bench.storm import Storm
from tests.bench.two_writers import TwoWriters


class Table:
    """Rows of what was measured and what was found."""

    def __init__(self) -> None:
        self._fan_out: list[str] = []
        self._rest: list[tuple[str, str]] = []

    def fan_out(self, cells: list[tuple[Cell, Cell]]) -> None:
        for ours, theirs in cells:
            found = [
                f"{ours.viewers} x {ours.rate:.0f}/s",
                f"{ours.cost:.1f}",
                f"{theirs.cost:.1f}",
                f"**{ours.cost / max(theirs.cost, 0.01):.2f}**",
                f"{ours.core:.0%} / {theirs.core:.0%}",
                _ms(*ours.last_ms),
                _ms(*theirs.last_ms),
                _ms(*ours.ack_ms),
                f"{ours.lost + ours.doubled} / {theirs.lost + theirs.doubled}",
                f"{ours.in_frame:.1f}",
            ]
            self._fan_out.append("| " + " | ".join(found) + " |")

    def durable(self, kind: str, found: Durable, engine: float) -> None:
        self._add(
            f"durable ops a second on one board, 64 in flight, {kind}",
            f"{engine:,.0f} decided, committed and answered; {found.a_second:,.0f} through one socket; "
            f"ack p50 / p95 / p99 {_ms(*found.ack_ms)} ms; {found.core:.0%} of a core",
        )

    def opening(self, found: Opening) -> None:
        what = f"open a board of {found.cards:,} cards"
        self._add(
            what,
            f"server {found.page_ms:.0f} ms for the page, {found.socket_ms:.0f} ms for the socket; "
            f"{found.page_bytes / 1024:,.0f} KB and {found.socket_bytes / 1024:,.0f} KB",
        )
        if found.chromium is not None:
            seen = found.chromium
            self._add(
                f"{what}, usable in Chromium",
                f"loopback {seen.loopback:.2f} s; "
                f"1 Mbit/s {seen.slow_first:.2f} s the first time, {seen.slow_again:.2f} s again",
            )

    def memory(self, found: Memory) -> None:
        self._add("memory of an idle socket", f"{found.socket:.1f} KB")
        self._add(
            f"growth over the second half of {found.rounds} rounds of connecting and leaving",
            f"{found.growth:,.0f} KB",
        )

    def storm(self, found: Storm) -> None:
        self._add(
            f"{found.sockets:,} sockets cut at once",
            f"all back in {found.seconds:.1f} s, {found.cost:.1f} ms of processor each; "
            f"{found.failed} failed, {found.lost} updates lost, {found.doubled} doubled",
        )

    def two_writers(self, found: list[TwoWriters], seconds: float) -> None:
        for one in found:
            self._add(
                f"two people typing in one card for {seconds:.0f} s, {one.place}",
                f"{one.lost} of {one.typed} words lost, {one.doubled} doubled; "
                f"seen by the other after {one.seen_s[0]:.2f} / {one.seen_s[1]:.2f} s (p50 / p95)",
            )

    def reports(self, found: Reports) -> None:
        self._add(
            f"import of {found.rows:,} rows, looked at and written",
            f"{found.imported:.1f} s; others waited {found.waited:.0f} ms at most",
        )
        self._add(
            "report of 40 measures x 5 organisations x 36 months, p50 / p95",
            f"page {_ms(*found.page_ms)} ms; PDF {_ms(*found.pdf)} s",
        )
        self._add(
            f"growth of the server from the second to the last quarter of {found.rounds} such pages and PDFs",
            f"{found.grown[0]:.1f} and {found.grown[1]:.1f} MB",
        )

    def figures(self, found: list[Figure]) -> None:
        self._rest += [figure.row() for figure in found]

    def text(self, postgres: bool) -> str:
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
        lines = [f"{now}, {_machine()}, {'PostgreSQL' if postgres else 'SQLite (synchronous=FULL)'}", ""]
        if self._fan_out:
            lines += [
                "Throughline / the `websockets` library's broadcast relay, same frames and clients. "
                "A delivery is one update that reaches one viewer.",
                "",
                "| viewers x updates | processor a delivery, us | relay, us | ratio | of a core "
                "| to the last viewer p50 / p95 / p99, ms | relay, ms | ack p50 / p95, ms "
                "| lost or doubled | updates in a frame |",
                "|---|---|---|---|---|---|---|---|---|---|",
                *self._fan_out,
                "",
            ]
        if self._rest:
            lines += [
                "| what | found |",
                "|---|---|",
                *(f"| {what} | {found} |" for what, found in self._rest),
            ]
        return "\n".join(lines)

    def _add(self, what: str, found: str) -> None:
        self._rest.append((what, found))


def _ms(*values: float) -> str:
    return " / ".join(f"{value:.1f}" if value < 100 else f"{value:.0f}" for value in values)


def _machine() -> str:
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    name = names[0].partition(":")[2].strip() if names else platform.machine()
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} x {name}, Python {platform.python_version()}, load before the end {load:.1f}"
