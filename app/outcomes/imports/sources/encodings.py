"""Which letters the bytes of a CSV file stand for: certain where they are UTF, else shown and asked. Pure."""

import codecs
import json
import re
from collections.abc import Sequence
from itertools import islice

# By Python's name of a codec; the first that fits is taken where nobody has chosen.
NAMES = {
    "cp1252": "Western European",
    "cp932": "Japanese, Shift-JIS",
    "euc_jp": "Japanese, EUC",
    "gb18030": "Chinese, GB18030",
    "big5hkscs": "Chinese, Big5",
    "cp949": "Korean",
    "cp1250": "Central European",
    "cp1251": "Cyrillic",
    "koi8_u": "Cyrillic, KOI8",
    "cp1253": "Greek",
    "cp1254": "Turkish",
    "cp1255": "Hebrew",
    "cp1256": "Arabic",
    "cp1257": "Baltic",
    "mac_roman": "Western European, of older Macs",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16, bytes turned",
}
BLANKS = str.maketrans("", "", "\0\t\r\n\xa0\u3000\u202f\xad")  # which Python does not call printable
SOME = 50  # lines by which it is found out what fits
LONGEST = 1000  # bytes of such a line
BEGIN = 4000  # bytes
SHOWN = 30  # letters of an example
MARKED = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BETWEEN = re.compile(r'["\r\n]*[,;\t|\r\n]["\r\n]*|^"')
# The first byte of a line that is not ASCII, and what follows it; no byte is looked at twice.
OTHER = re.compile(rb"([\x80-\xff][^\r\n]{0,%d}[\r\n]?)[^\r\n]*" % LONGEST)


def taken(content: bytes, chosen: str = "") -> str:
    """The codec that the file is read by, of NAMES; empty where it is UTF-8 or UTF-16 without a doubt."""
    if _is_certain(content):
        return ""
    return chosen if chosen in NAMES else next(iter(fitting(content)), "cp1252")


def decoded(content: bytes, codec: str) -> str:
    """The text of a file; `codec` as `taken` gives it."""
    codec = codec or json.detect_encoding(content)
    return content.decode(codec, errors="replace").removeprefix("\ufeff")


def fitting(content: bytes) -> dict[str, str]:
    """The codecs that the file can be written in, each with some of its words as they then are."""
    if _is_certain(content):
        return {}
    wide = [one for one in NAMES if one.startswith("utf-16")]
    if _is_wide(content):
        begin, turned = content[:BEGIN], content[:BEGIN:2].count(0) * 2 > content[:BEGIN].count(0)
        return {one: _example(begin, one) for one in (reversed(wide) if turned else wide)}
    found = list(islice(OTHER.finditer(content), SOME))
    line, lines = _line_around(content, found[0].start()), [one[1] for one in found]
    return {one: _example(line, one) for one in NAMES if one not in wide and _fits(lines, one)}


def _line_around(content: bytes, place: int) -> bytes:
    """The line in which a byte stands, as much of it as is looked at."""
    begin = max(0, place - LONGEST)
    return (
        re.split(rb"[\r\n]", content[begin:place])[-1]
        + re.split(rb"[\r\n]", content[place : place + LONGEST])[0]
    )


def _is_certain(content: bytes) -> bool:
    """By its mark, by the zero bytes of an ASCII sign in UTF-16, or because no other is UTF-8 by chance."""
    if content.startswith(MARKED) or json.detect_encoding(content).startswith("utf-16"):
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not _is_wide(content)


def _is_wide(content: bytes) -> bool:
    """Whether so many bytes are zero as only UTF-16 has, of its digits and separators."""
    begin = content[:BEGIN]
    return begin.count(0) * 20 > len(begin)


def _fits(lines: Sequence[bytes], codec: str) -> bool:
    return all(_is_written_in(codec, line) for line in lines)


def _is_written_in(codec: str, line: bytes) -> bool:
    """Whether a line can be read so; one that is cut off may end within a letter."""
    try:
        text = codecs.getincrementaldecoder(codec)().decode(line, final=len(line) <= LONGEST)
    except UnicodeDecodeError:
        return False
    return text.translate(BLANKS).isprintable()


def _example(line: bytes, codec: str) -> str:
    """The first cell that is not ASCII alone, as it is read by this codec."""
    cells = BETWEEN.split(line.decode(codec, errors="replace"))
    return next((cell for cell in cells if not cell.isascii()), cells[0]).strip()[:SHOWN]
