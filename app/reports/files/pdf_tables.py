"""What a tagged PDF needs for its tables besides what the maker of PDF writes: scopes and an index of ids.

Cells name their headings by id. A reader finds an id by the IDTree of the structure, and tells the heading of
a row from that of a column by its scope (PDF/UA-1, 7.5; ISO 32000-1, 14.7.2 and 14.8.5.7).
"""

from collections.abc import Iterator
from typing import Any

SCOPES = {"row": "/Row", "col": "/Column", "rowgroup": "/Row", "colgroup": "/Column"}


def finish_tables(document: Any, pdf: Any) -> None:
    """Give headings their scope and the structure its IDTree. A finisher of WeasyPrint's `write_pdf`."""
    import pydyf

    for page in document.pages:
        for cell in _headings(page._page_box):
            scope = SCOPES[cell.element.attrib.get("scope", "col")]
            cell.mark["A"]["Scope"] = scope
    by_id = {
        one["ID"].string: one for one in pdf.objects if isinstance(one, pydyf.Dictionary) and "ID" in one
    }
    root = next((one for one in pdf.objects if _is_root(one)), None)
    if root is None or not by_id:
        return
    names = pydyf.Array(part for id in sorted(by_id) for part in (pydyf.String(id), by_id[id].reference))
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    root["IDTree"] = tree.reference


def _headings(box: Any) -> Iterator[Any]:
    """The boxes of `th` elements, those of the heads that every page repeats included."""
    if getattr(box, "element_tag", None) == "th" and hasattr(box, "mark"):
        yield box
    for child in getattr(box, "children", ()):
        yield from _headings(child)


def _is_root(one: Any) -> bool:
    return isinstance(one, dict) and one.get("Type") == "/StructTreeRoot"
