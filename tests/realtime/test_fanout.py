"""Frames are exactly what RFC 6455 asks for, and handles are found whatever the server."""

from collections.abc import Generator
from typing import Any

import pytest
from websockets.frames import Frame as Parsed
from websockets.frames import Opcode
from websockets.streams import StreamReader

from app.realtime.fanout import Frame


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65535, 65536, 200_000])
def test_D8_a_frame_is_one_whole_unmasked_text_frame_of_any_length(size: int) -> None:
    payload = b"a" * size

    frame = Frame(payload)

    assert parse(frame.wire) == Parsed(Opcode.TEXT, payload, fin=True)
    assert frame.payload == payload


def parse(wire: bytes) -> Parsed:
    """What the websockets library, as a client, reads from these bytes, which hold one frame and no more."""
    stream = StreamReader()
    stream.feed_data(wire)
    stream.feed_eof()
    parsed: Parsed = finish(Parsed.parse(stream.read_exact, mask=False))
    assert finish(stream.at_eof()) is True
    return parsed


def finish(work: Generator[None, None, Any]) -> Any:
    """What a generator returns."""
    try:
        while True:
            next(work)
    except StopIteration as done:
        return done.value
