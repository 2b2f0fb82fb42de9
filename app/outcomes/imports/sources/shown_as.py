"""What a workbook says of cells beside their values: which are shown as percentages, and of which formulas
nobody has computed the results. Of XLSX and ODS; an older XLS is not asked. Pure.
"""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from html import unescape

AT_ONCE = 1_000_000  # bytes
LONGEST = 4_000  # bytes of a tag
PERCENT_FORMATS = {b"9", b"10"}  # that every workbook has: 0% and 0.00%
NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s[^>]*>")
CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\s[^>]*>")
LITERAL = re.compile(rb'&quot;.*?&quot;|\\.|"[^"]*"', re.DOTALL)  # what a format shows as it is
SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
NO_RESULT = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\s[^<>]*/>|<(?:\w+:)?f/>)\s*</(?:\w+:)?c>")
RESULT = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\s[^<>]*/>)\s*<(?:\w+:)?v>([^<]*)<")
# Where a formula has an empty text as its result, its cell says that it is a text.
EMPTY_RESULT = re.compile(
    rb"""<(?:\w+:)?c(?=[\s>])(?![^<>]*\st=["']str["'])[^<>]*>\s*"""
    rb"""<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*<(?:\w+:)?v\s*(?:/>|></)"""
)
ODS_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
FORMULA = b"<f"
COMPUTED_LATER = re.compile(rb"""fullCalcOnLoad=["'](?:1|true)["']""")

DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, ValueError, OSError, EOFError, RuntimeError)

Columns = dict[int, int]  # by row from 1: a bit for each column from A on


def of_sheet(content: bytes, sheet: str, with_formulas: Collection[str]) -> tuple[Columns, bool]:
    """The cells of a sheet that are shown as percentages, and whether it has formulas without results.

    `with_formulas` are the parts of the archive that may have some.
    """
    if content[:2] != b"PK":
        return {}, False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "content.xml" in archive.namelist():
                return _percentages_of_ods(archive, sheet), False
            parts = SheetParts(archive, sheet)
            return parts.percentages(), parts.path in with_formulas and parts.lacks_results()
    except DAMAGED:  # what could be read was read
        return {}, False


class SheetParts:
    """The parts of an XLSX that say how the cells of one sheet are shown."""

    def __init__(self, archive: zipfile.ZipFile, sheet: str) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._book = self._read("xl/workbook.xml")
        self.path = self._path_of(sheet)

    def percentages(self) -> Columns:
        """The cells that are shown as percentages, so that 0.95 means 95%."""
        formats = _percent_formats(self._read("xl/styles.xml"))
        if not formats or not self.path:
            return {}
        of = b"|".join(map(re.escape, formats))
        cell = re.compile(
            rb"<(?:\w+:)?c\s(?=[^<>]*?\bs=[\"'](?:" + of + rb")[\"'])[^<>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})"
        )
        found: Columns = {}
        for text in self._texts(self.path):
            for column, row in cell.findall(text):
                number = int(row)
                found[number] = found.get(number, 0) | 1 << _index(column)
        return found

    def lacks_results(self) -> bool:
        """Whether it has formulas without results, as programs write them that do not compute."""
        if not self.path:
            return False
        results: set[bytes] = set()
        for text in self._texts(self.path):
            if NO_RESULT.search(text) or EMPTY_RESULT.search(text):
                return True
            if COMPUTED_LATER.search(self._book):
                results.update(RESULT.findall(text))
        return results == {b"0"}  # which is what such a program writes for all of them

    def _path_of(self, sheet: str) -> str:
        id = next((_said(rb"\w+:id", tag) for tag in SHEET.findall(self._book) if _name(tag) == sheet), b"")
        tags = RELATION.findall(self._read("xl/_rels/workbook.xml.rels"))
        target = next((_said(b"Target", tag) for tag in tags if _said(b"Id", tag) == id), b"").decode()
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        return path if id and path in self._names else ""

    def _read(self, part: str) -> bytes:
        return self._archive.read(part) if part in self._names else b""

    def _texts(self, part: str) -> Iterator[bytes]:
        """The part in pieces that end between two tags, some bytes of which come twice."""
        tail = b""
        with self._archive.open(part) as unpacked:
            while some := unpacked.read(AT_ONCE):
                text = tail + some
                yield text
                tail = text[-LONGEST:]


def _percentages_of_ods(archive: zipfile.ZipFile, sheet: str) -> Columns:
    """The cells of a sheet in an ODS that are shown as percentages."""
    content = archive.read("content.xml")
    if b'"percentage"' not in content:
        return {}
    found: Columns = {}
    here, row, column, more = False, 0, 0, 0
    for match in ODS_TAG.finditer(content):
        kind, said = match[1], match[2]
        if kind == b"table":
            here, row, more = _name(said, b"table:name") == sheet, 0, 1
        elif kind == b"table-row":
            row, column, more = row + more, 0, int(_said(b"table:number-rows-repeated", said) or 1)
        else:
            count = int(_said(b"table:number-columns-repeated", said) or 1)
            if here and _said(b"office:value-type", said) == b"percentage":
                for number in range(row, row + more):
                    found[number] = found.get(number, 0) | ((1 << count) - 1) << column
            column += count
    return found


def _percent_formats(styles: bytes) -> list[bytes]:
    """Which of the formats of cells, by number, show a percentage."""
    percent = {
        _said(b"numFmtId", tag)
        for tag in NUMBER_FORMAT.findall(styles)
        if b"%" in LITERAL.sub(b"", _said(b"formatCode", tag))
    } | PERCENT_FORMATS
    cells = CELL_FORMATS.search(styles)
    tags = CELL_FORMAT.findall(cells[0]) if cells else []
    return [str(place).encode() for place, tag in enumerate(tags) if _said(b"numFmtId", tag) in percent]


def _said(name: bytes, tag: bytes) -> bytes:
    """What an attribute says, or nothing."""
    match = re.search(rb"(?:^|\s)" + name + rb"""=(?:"([^"]*)"|'([^']*)')""", tag)
    return (match[1] or match[2] or b"") if match else b""


def _name(tag: bytes, attribute: bytes = b"name") -> str:
    return unescape(_said(attribute, tag).decode(errors="replace"))


def _index(column: bytes) -> int:
    """0 for A, 25 for Z, 26 for AA."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number - 1
