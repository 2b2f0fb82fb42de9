"""Frames are exactly what RFC 6455 asks for, and handles are found whatever the server."""

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
    """What the websockets library, as a client, reads from these bytes and no more."""
    stream = StreamReader()
    stream.feed_data(wire)
    parsing = Parsed.parse(stream.read_exact, mask=False)
    try:
        next(parsing)
    except StopIteration as done:
        stream.feed_eof()
        assert list(iterate(stream.at_eof())) == [True]
        return done.value
    raise AssertionError("The frame is not complete.")


def iterate(work: object) -> object:
    """The return value of a generator, as a list of one."""
    try:
        while True:
            next(work)  # type: ignore[call-overload]
    except StopIteration as done:
        yield done.value
