"""From which day a workbook counts its days: 1900, or 1904 where it says so, as those of older Macs. Pure.

Its cells with dates are read by that already; a plain number of days, such as 43555, is made a date here.
"""

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta

from app.outcomes.imports.sources.shown_as import DAMAGED
from app.outcomes.measures.period_forms import SERIALS

EPOCH = date(1904, 1, 1)
SERIAL = re.compile(r"(\d{5})(?:\.0+)?", re.ASCII)
SAID = re.compile(rb"""<(?:\w+:)?workbookPr\s[^>]*\bdate1904=["'](?:1|true)["']""")
SAID_IN_ODS = re.compile(rb"""<table:null-date\s[^>]*date-value=["']1904-01-01""")
GLOBALS = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x05\x00")  # begin of what an XLS says of itself
DAY_COUNT, END = 0x22, 0x0A  # records of it
MOST_RECORDS = 1_000


def since_1904(content: bytes) -> bool:
    """Whether this is a workbook that says that it counts days from 1904."""
    if content[:2] != b"PK":
        return any(said == b"\x01\x00" for kind, said in _records(content) if kind == DAY_COUNT)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if "content.xml" in names:
                return bool(SAID_IN_ODS.search(archive.read("content.xml")))
            return "xl/workbook.xml" in names and bool(SAID.search(archive.read("xl/workbook.xml")))
    except DAMAGED:  # what could be read was read
        return False


def as_date(text: str) -> str:
    """The day that a plain number of days since 1904 is; any other text as it is."""
    match = SERIAL.fullmatch(text)
    if match is None or not SERIALS[0] <= int(match[1]) < SERIALS[1]:
        return text
    return (EPOCH + timedelta(days=int(match[1]))).isoformat()


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """What an XLS says of itself before its sheets, by kind."""
    begin = GLOBALS.search(content)
    at = begin.start() if begin else len(content)
    for _ in range(MOST_RECORDS):
        if at + 4 > len(content):
            return
        kind, length = struct.unpack_from("<HH", content, at)
        if kind == END:
            return
        yield kind, content[at + 4 : at + 4 + length]
        at += 4 + length
