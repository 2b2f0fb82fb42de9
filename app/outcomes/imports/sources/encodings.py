"""Which letters the bytes of a CSV file stand for: certain where they are UTF, else shown and asked. Pure."""

import codecs
import json
import re
from collections.abc import Sequence
from itertools import islice

from app.outcomes.imports.sources import odd_words

# By Python's name of a codec; the first that fits is taken where nobody has chosen.
NAMES = {
    "utf-8": "UTF-8 with broken signs, each shown as \ufffd",
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
    "cp850": "Western European, of MS-DOS",
    "cp437": "American, of MS-DOS",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16, bytes turned",
}
WIDE = ("utf-16-le", "utf-16-be")
# With letters of several bytes, into which others fit by chance.
SEVERAL = ("cp932", "euc_jp", "gb18030", "big5hkscs", "cp949")
DIGITS, SEPARATORS = frozenset("0123456789"), frozenset(",;|\t\n")
BLANKS = str.maketrans("", "", "\0\t\r\n\xa0\u3000\u202f\xad")  # which Python does not call printable
SOME = 50  # lines by which it is found out what fits
LONGEST = 1000  # bytes of such a line
BEGIN = 4000  # bytes
ABOVE_DOS = 0xA0  # below it MS-DOS has its letters with accents, and Windows mostly other signs
SHOWN = 30  # letters of an example
ODD = 0.2  # of the words with other letters than a to z: fewer may be names from anywhere
WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BETWEEN = re.compile(r'["\r\n]*[,;\t|\r\n]["\r\n]*|^"')
# The first byte of a line that is not ASCII, and what follows it; no byte is looked at twice.
OTHER = re.compile(rb"([\x80-\xff][^\r\n]{0,%d}[\r\n]?)(?:(?<![\r\n])[^\r\n]*)?" % LONGEST)


def taken(content: bytes, chosen: str = "") -> str:
    """The codec that the file is read by, of NAMES; empty where it is UTF-8 or UTF-16 without a doubt."""
    if _is_certain(content):
        return ""
    return chosen if chosen in NAMES else next(iter(fitting(content)), "cp1252")


def decoded(content: bytes, codec: str) -> str:
    """The text of a file; `codec` as `taken` gives it."""
    content = content.removeprefix(codecs.BOM_UTF8)  # some programs put it before other letters
    codec = codec or json.detect_encoding(content)
    return content.decode(codec, errors="replace").removeprefix("\ufeff")


def fitting(content: bytes) -> dict[str, str]:
    """The codecs that the file can be written in, each with some of its words as they then are."""
    if _is_certain(content):
        return {}
    content = content.removeprefix(codecs.BOM_UTF8)
    if codec := _wide(content):
        return {one: _example(content[:BEGIN], one) for one in sorted(WIDE, key=lambda one: one != codec)}
    found = list(islice(OTHER.finditer(content), SOME))
    line, lines = _line_around(content, found[0].start()), [one[1] for one in found]
    fits = [one for one in _likely_first(lines) if _fits(lines, one)]
    if fits[:1] == ["cp1252"]:  # in which nearly every byte is a letter or a sign
        _sort_by_words(fits, b"\n".join(_line_around(content, one.start()) for one in found))
    return {one: _example(line, one) for one in fits}


def _sort_by_words(fits: list[str], lines: bytes) -> None:
    """Put those first in which fewer words look odd, where several do as the first one reads them."""
    odd = {one: odd_words.share(lines.decode(one, errors="replace")) for one in fits}
    if odd[fits[0]] >= ODD:
        fits.sort(key=lambda one: (odd[one], one in SEVERAL))


def _likely_first(lines: Sequence[bytes]) -> list[str]:
    """The codecs but UTF-16, the likeliest first: MS-DOS has its letters where Windows has few."""
    signs = [sign for line in lines for sign in line if sign >= 0x80]
    codecs = [one for one in NAMES if one not in WIDE]
    if 2 * sum(sign < ABOVE_DOS for sign in signs) > len(signs):
        codecs.remove("cp850")
        codecs.insert(codecs.index("cp1250"), "cp850")
    return codecs


def _line_around(content: bytes, place: int) -> bytes:
    """The line in which a byte stands, as much of it as is looked at."""
    begin = max(0, place - LONGEST)
    return (
        re.split(rb"[\r\n]", content[begin:place])[-1]
        + re.split(rb"[\r\n]", content[place : place + LONGEST])[0]
    )


def _is_certain(content: bytes) -> bool:
    """By the mark of UTF-16 or the zero bytes of an ASCII sign in it; or as no other is UTF-8 by chance.

    The mark of UTF-8 stands before broken signs, too.
    """
    if content.startswith(WIDE_MARKS) or json.detect_encoding(content).startswith("utf-16"):
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return content.startswith(codecs.BOM_UTF8) or not _wide(content)


def _wide(content: bytes) -> str:
    """Which UTF-16 has zero bytes at even or at odd places alone, beside its digits and its separators.

    Empty where they are few, or stand elsewhere, as those that fill up the cells of some files.
    """
    begin = content[:BEGIN]
    even, odd = begin[::2].count(0), begin[1::2].count(0)
    if max(even, odd) * 20 <= len(begin) or max(even, odd) <= 4 * min(even, odd) or b"\r\n" in begin:
        return ""
    codec = WIDE[even > odd]
    signs = {*begin.decode(codec, errors="replace")}
    return codec if signs & DIGITS and signs & SEPARATORS and "\0" not in signs else ""


def _fits(lines: Sequence[bytes], codec: str) -> bool:
    if codec == "utf-8":  # broken, else it would be certain
        others = "".join(filter(str.isprintable, b"".join(lines).decode(codec, errors="replace")))
        broken = others.count("\ufffd")
        return broken <= sum(not sign.isascii() for sign in others) - broken
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
    return next((cell for cell in cells if not cell.isascii()), cells[0]).replace("\0", "").strip()[:SHOWN]
