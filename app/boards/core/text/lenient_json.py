"""Reads JSON with halves of characters in its strings, as programs write it, so that the rest is not lost."""

import re
from typing import TypeVar

import msgspec

T = TypeVar("T")

# An escaped pair of halves, one half alone, any other escape, or a control character as it is.
ODD = (
    r"(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
    r"|(\\.)|([\x00-\x08\x0b\x0c\x0e-\x1f])"
)
ODD_TEXT, ODD_BYTES = re.compile(ODD, re.DOTALL), re.compile(ODD.encode(), re.DOTALL)


def decode(decoder: msgspec.json.Decoder[T], data: str | bytes) -> T:
    """What `decoder` reads; lone halves and raw control characters are read as U+0000, which no text keeps.

    Raises msgspec.MsgspecError or UnicodeError for what is still no JSON, or not of the decoder's type.
    """
    try:
        return decoder.decode(data)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return decoder.decode(_mended(data))


def _mended(data: str | bytes) -> str | bytes:
    if isinstance(data, str):
        return ODD_TEXT.sub(lambda m: r"\u0000" if m[2] or m[4] else m[0], data)
    return ODD_BYTES.sub(lambda m: rb"\u0000" if m[2] or m[4] else m[0], data)
