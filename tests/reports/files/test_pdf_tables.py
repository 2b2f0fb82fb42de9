"""What a tagged PDF says of its tables: headings with scope, cells with headings, ids in an index."""

import io
from collections.abc import Iterator
from functools import cache
from typing import Any

import pikepdf
import weasyprint

from app.reports.files.pdf_tables import finish_tables

ROWS = "".join(f'<tr><th scope="row">Month {n}</th><td>{n} days</td></tr>' for n in range(12))
TABLE = (
    """<html lang="en"><title>A table</title><style>@page { size: 90mm 60mm }</style><table>
<thead><tr><th scope="col">Month</th><th>Value</th></tr></thead>
<tbody>"""
    + f"{ROWS}</tbody></table>"
)


@cache
def finished(page: str) -> bytes:
    made: bytes = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", finisher=finish_tables)
    return made


def structure(part: Any) -> Iterator[Any]:
    """All elements below one of a PDF's structure."""
    kids = part.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from structure(kid)


def test_headings_have_the_scope_that_they_say_and_columns_where_they_say_none() -> None:
    with pikepdf.open(io.BytesIO(finished(TABLE))) as pdf:
        heads = [one for one in structure(pdf.Root.StructTreeRoot) if one.S == "/TH"]
        scopes = [str(one.A.Scope) for one in heads]

        assert len(pdf.pages) > 1  # a head that every page repeats has its scope there too
        assert scopes.count("/Row") == 12
        assert scopes.count("/Column") == len(heads) - 12 >= 2


def test_each_id_is_found_by_the_index_in_the_order_of_the_alphabet() -> None:
    with pikepdf.open(io.BytesIO(finished(TABLE))) as pdf:
        root = pdf.Root.StructTreeRoot
        parts = {str(one.ID): one for one in structure(root) if "/ID" in one}
        listed = [str(one) for one in list(root.IDTree.Names)[::2]]
        cells = [one for one in structure(root) if one.S == "/TD"]

        assert listed == sorted(parts)
        index = pikepdf.NameTree(root.IDTree)
        assert all(index[id].objgen == one.objgen for id, one in parts.items())
        for cell in cells:
            assert {str(index[str(id)].A.Scope) for id in cell.A.Headers} == {"/Row", "/Column"}
        assert len(cells) == 12


def test_a_page_without_a_table_has_no_index() -> None:
    with pikepdf.open(io.BytesIO(finished('<html lang="en"><title>x</title><p>Words'))) as pdf:
        assert "/IDTree" not in pdf.Root.StructTreeRoot
