"""Drawings as PNG pictures, made by a process of its own."""

from collections.abc import Sequence

from msgspec import msgpack

from app.limits import worker_process


async def as_png(drawings: Sequence[str]) -> list[bytes]:
    """A picture of each SVG. Raises Refused where it takes too long or too many wait."""
    output = await worker_process.run_worker("app.reports.files.png_worker", lambda: msgpack.encode(drawings))
    return msgpack.decode(output, type=list[bytes])
