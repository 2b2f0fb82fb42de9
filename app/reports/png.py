"""Drawings as pictures, for what cannot show drawings: made by a process of its own."""

from collections.abc import Callable

from msgspec import msgpack

from app.reports import press


async def as_png(draw: Callable[[], list[str]]) -> list[bytes]:
    """A picture of each SVG that `draw` gives. Raises Refused where it takes too long or too many wait."""
    made = await press.made_by("app.reports.png_worker", lambda: msgpack.encode(draw()))
    return msgpack.decode(made, type=list[bytes])
