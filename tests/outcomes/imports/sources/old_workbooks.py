"""Small workbooks of kinds that no library here writes: XLS and ODS."""

import io
import struct
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

Cell = str | float
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


def xls(rows: Sequence[Sequence[Cell]], *, since_1904: bool = False) -> bytes:
    """A workbook as Excel 97 wrote it: records (BIFF 8) in a compound file."""
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                text = cell.encode("utf-16-le")
                sheet += _record(0x204, struct.pack("<HHHHB", number, column, 0, len(cell), 1) + text)
            else:
                sheet += _record(0x203, struct.pack("<HHHd", number, column, 0, cell))
    sheet += _record(0xA, b"")
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    begin += _record(0x22, struct.pack("<H", since_1904))
    name = b"Data"
    length = len(begin) + 4 + 8 + len(name) + 4
    entry = _record(0x85, struct.pack("<IBBBB", length, 0, 0, len(name), 0) + name)
    return _compound(begin + entry + _record(0xA, b"") + sheet)


def ods(rows: Sequence[Sequence[Cell]], sheet: str = "Data") -> bytes:
    """A workbook as LibreOffice writes it."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{names}office:1.0" '
        f'xmlns:table="{names}table:1.0" xmlns:text="{names}text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="{sheet}">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{names}manifest:1.0"/>'
        )
    return out.getvalue()


def _ods_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        kind = f'office:value-type="string"><text:p>{escape(cell)}</text:p>' if cell else ">"
    else:
        kind = f'office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p>'
    return f"<table:table-cell {kind}</table:table-cell>"


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _compound(stream: bytes) -> bytes:
    """A compound file with one stream, "Workbook", of at least the 4,096 bytes that need no small sectors."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    table = [FAT, END, *range(3, count + 2), END]
    table += [FREE] * (SECTOR // 4 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    root = _entry("Root Entry", 5, END, 0, child=1)
    entries = root + _entry("Workbook", 2, 2, len(stream)) + bytes(2 * 128)
    return header + struct.pack(f"<{len(table)}I", *table) + entries + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
