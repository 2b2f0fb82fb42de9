"""A file of a report as lines of plain text: all that it says, with styles, widths and formats."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from docx import Document
from docx.table import Table

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def document_lines(made: bytes) -> Iterator[str]:
    """A Word document: each paragraph with its style, each table row by row, each picture with its words."""
    document = Document(io.BytesIO(made))
    about, normal = document.core_properties, document.styles["Normal"].font
    yield f"{about.title} | {about.author} | {about.language} | {normal.name} {normal.size.pt:g}"
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield f"table, {block.style.name if block.style else ''}"
            yield from (" | ".join(cell.text for cell in row.cells) for row in block.rows)
        else:
            yield f"{block.style.name if block.style else ''}: {block.text}"
            for shape in block._p.xpath(".//wp:inline"):
                wide = int(shape.extent.cx) / 360_000
                yield f"picture {wide:.1f} cm wide: {shape.docPr.get('descr')}"


def workbook_lines(made: bytes, rows: int) -> Iterator[str]:
    """A workbook: what it is, and of each sheet widths, what stays in view, and its first rows."""
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        parts = {name: ElementTree.fromstring(book.read(name)) for name in book.namelist() if _is_xml(name)}  # noqa: S314 - we made it
    for one in parts["docProps/core.xml"]:
        if not one.tag.endswith(("created", "modified")):
            yield f"{one.tag.rpartition('}')[2]}: {one.text}"
    formats = list(_formats(parts["xl/styles.xml"]))
    texts = ["".join(one.itertext()) for one in parts["xl/sharedStrings.xml"]]
    for number, named in enumerate(parts["xl/workbook.xml"].iter(f"{SHEET}sheet"), 1):
        sheet = parts[f"xl/worksheets/sheet{number}.xml"]
        yield f"sheet {named.get('name')}"
        yield from (f"columns {_of(one, 'min', 'max', 'width')}" for one in sheet.iter(f"{SHEET}col"))
        yield from (f"stays: {_of(one, 'xSplit', 'ySplit')}" for one in sheet.iter(f"{SHEET}pane"))
        for row in list(sheet.iter(f"{SHEET}row"))[:rows]:
            for cell in row:
                said = "".join(cell.itertext())
                words = texts[int(said)] if cell.get("t") == "s" and said else said
                yield f"{cell.get('r')} [{formats[int(cell.get('s') or 0)]}] {words}"


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _formats(styles: Any) -> Iterator[str]:
    numbers = {one.get("numFmtId"): one.get("formatCode") for one in styles.iter(f"{SHEET}numFmt")}
    fonts = [
        "".join(
            f" {part.tag.rpartition('}')[2]}{part.get('val') or ''}" for part in font if part.tag[-1] in "bz"
        )
        for font in styles.find(f"{SHEET}fonts")
    ]
    for one in styles.find(f"{SHEET}cellXfs"):
        lies = one.find(f"{SHEET}alignment")
        yield " ".join(
            [
                fonts[int(one.get("fontId"))],
                numbers.get(one.get("numFmtId"), ""),
                f"border {one.get('borderId')}",
                str(dict(lies.attrib)) if lies is not None else "",
            ]
        ).strip()


def _of(one: Any, *names: str) -> str:
    return ", ".join(f"{name} {one.get(name)}" for name in names if one.get(name))
