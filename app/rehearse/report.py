"""The result of a rehearsal: its figures, and what they mean for a meeting."""

from collections.abc import Iterable

from msgspec import Struct

Milliseconds = dict[str, float | None]
AT_ONCE, SOON = 250, 1000  # milliseconds to the last screen: feels live, and feels slow


class Report(Struct, frozen=True):
    """One rehearsal. Times in milliseconds.

    `deliver_ms` is to the last canvas that an op was to reach, `phone_ms` to each phone on the outline.
    """

    people: int
    rate: float
    seconds: float
    joined: int
    join_s: float
    ops: int
    acked: int
    ack_ms: Milliseconds
    deliver_ms: Milliseconds
    deliveries: int
    lost: int
    double: int
    errors: int
    trouble: dict[str, int]
    server_cpu_s: float | None
    server_cpu_s_per_1000_deliveries: float | None
    server_cpu_share: float | None  # of one processor while they wrote
    bytes_per_socket: int | None
    client_cpu_share: float  # of one processor, which the server might have had
    phones: int = 0  # so many of the people were on the outline
    phone_ms: Milliseconds = {}

    @property
    def sound(self) -> bool:
        return not self.lost and not self.double


def percentiles(values: Iterable[int]) -> Milliseconds:
    """The 50th, 95th and 99th percentile (nearest rank) of nanoseconds, in ms; None without values."""
    ordered = sorted(values)
    places = {p: max(0, -(-len(ordered) * p // 100) - 1) for p in (50, 95, 99)}
    return {f"p{p}": round(ordered[at] / 1e6, 2) if ordered else None for p, at in places.items()}


def as_text(report: Report) -> str:
    """The report in words."""
    lines = [
        f"{report.joined} people joined in {report.join_s:.0f} seconds.",
        f"They wrote {report.ops} times in {report.seconds:.0f} seconds; {report.acked} were saved.",
    ]
    if report.acked:
        lines += [_saved(report.ack_ms), _shown(report.deliver_ms, report.people - report.phones)]
        lines += [_on_phones(report)] if report.phones else []
    lines += [_whole(report), *_trouble(report), *_use(report)]
    lines.append(
        "The copy, its join code and the simulated people are gone again. Your board was not touched."
    )
    lines.append(verdict(report))
    return "\n".join(lines)


def verdict(report: Report) -> str:
    """A sentence: whether this server carries a meeting of this size."""
    last = report.deliver_ms["p95"]
    if not report.sound:
        return "Do not meet on this server before it is known why something went missing."
    if report.errors or report.acked < report.ops or last is None:
        return "This server did not carry a meeting of this size without trouble. Try with fewer people."
    if last <= AT_ONCE:
        return "This server carries a meeting of this size: people will see each other write as it happens."
    if last <= SOON:
        return "This server carries a meeting of this size, with a wait that people will notice."
    return "This server is too slow for a meeting of this size. Try with fewer people, or a larger machine."


def _saved(took: Milliseconds) -> str:
    return (
        f"Half of it was saved within {took['p50']:.0f} thousandths of a second, "
        f"95 of 100 within {took['p95']:.0f}, 99 of 100 within {took['p99']:.0f}."
    )


def _shown(took: Milliseconds, people: int) -> str:
    return (
        f"It was on the last of {people} screens within {took['p50']:.0f} thousandths of a second for half, "
        f"{took['p95']:.0f} for 95 of 100, {took['p99']:.0f} for 99 of 100."
    )


def _on_phones(report: Report) -> str:
    took = report.phone_ms
    if took["p95"] is None:
        return f"Nothing of it came to the {report.phones} phones on the outline."
    return (
        f"It was on the {report.phones} phones on the outline within {took['p50']:.0f} thousandths "
        f"of a second for half, {took['p95']:.0f} for 95 of 100."
    )


def _whole(report: Report) -> str:
    if report.sound:
        return "Nothing that was saved was lost, and nothing came twice."
    return f"Of what was saved {report.lost} did not reach everybody, and {report.double} came twice."


def _trouble(report: Report) -> list[str]:
    return [f"Trouble: {what}, {count} times." for what, count in sorted(report.trouble.items())]


def _use(report: Report) -> list[str]:
    """What it took of the machine, where that could be seen."""
    if report.server_cpu_share is None:
        return ["What the server used of the machine could not be seen from here."]
    lines = [f"The server used {report.server_cpu_share:.0%} of one processor."]
    if report.bytes_per_socket is not None:
        lines.append(f"Each person on the board took {report.bytes_per_socket / 1000:.0f} KB of its memory.")
    return lines
