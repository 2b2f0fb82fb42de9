"""The process that makes a PDF: tagged, in the product's own styles and fonts, and fetching nothing."""

import asyncio
import re
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import pytest

from app.access import Refused
from app.assets import STATIC
from app.config import ROOT
from app.reports.files import pdf_worker, rare_fonts
from app.reports.files.pdf import as_pdf
from app.reports.files.pdf_worker import PNG
from app.reports.files.rare_fonts import RARE_LETTERS
from app.reports.files.svg import SVG
from app.reports.files.worker_limits import CPU, MEMORY, NO_PANGO, ForbiddenReference
from tests.reports.files.test_formats import paper
from tests.reports.winter_report import report


def text_of(file: Path) -> str:
    return subprocess.check_output(["pdftotext", "-layout", str(file), "-"], text=True)


def _streams(made: bytes) -> list[bytes]:
    found = []
    for body in re.findall(rb"stream\r?\n(.*?)endstream", made, re.DOTALL):
        try:
            found.append(zlib.decompress(body))
        except zlib.error:
            continue
    return found


async def test_a_pdf_is_tagged_and_every_chart_in_it_has_words() -> None:
    made = await as_pdf(lambda: paper(report()))
    raw = made + b"".join(_streams(made))

    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in raw
    assert b"/Lang" in raw
    assert b"/Title" in raw
    assert raw.count(b"/Alt") >= 3
    assert b"pdfuaid:part" in raw
    assert b"/JavaScript" not in raw
    assert b"/EmbeddedFile" not in raw


async def test_the_words_of_a_pdf_are_those_of_the_report(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(await as_pdf(lambda: paper(report())))
    words = " ".join((await asyncio.to_thread(text_of, file)).split())

    for expected in (
        "People are home, or where they want to be, within 2 days of being ready",
        "Improving",
        "Target out of reach as things were",
        "Test started: offer made on day 1",
        "Nobody owns the whole journey",
        "How this is read",
    ):
        assert expected in words


async def test_a_pdf_fetches_nothing() -> None:
    for url in (
        "http://127.0.0.1:9/x.woff2",
        "file:///etc/passwd",
        (STATIC / "vendor" / ".." / "css" / "base.css").as_uri(),
        f"file://elsewhere{STATIC}/vendor/x.woff2",
        f"{STATIC.as_uri()}/vendor/%2e%2e/%2e%2e/app/x.woff2",
        "data:text/css,x",
    ):
        with pytest.raises(ForbiddenReference):
            pdf_worker.own_font(url)
    evil = '<html lang="en"><title>x</title><img alt="x" src="file:///etc/hostname"><p>Still here'
    assert (await as_pdf(lambda: evil)).startswith(b"%PDF-")


async def test_a_pdf_that_takes_too_long_is_refused() -> None:
    with pytest.raises(Refused, match="took too long"):
        await as_pdf(lambda: paper(report()), seconds=0.01)


def test_what_paper_looks_like_is_made_of_the_styles_of_the_page() -> None:
    for part in (".throughline", ".verdict-part", ".chart-wide", "@page"):
        assert part in pdf_worker.stylesheet()


# The process as it is started, and what holds in it at its end; `{}` comes before.
PROCESS = """
import gc, resource, sys
{}
from app.reports.files import pdf_worker
code = pdf_worker.main()
import ctypes.util
limits = [resource.getrlimit(one)[0] for one in (resource.RLIMIT_AS, resource.RLIMIT_CPU)]
print(code, *limits, gc.isenabled(), ctypes.util.find_library("c"), file=sys.stderr)
"""
WITHOUT = """
import cffi
def fail(*_names):
    raise OSError({!r})
cffi.FFI.dlopen = fail
"""


def ended(before: str = "") -> subprocess.CompletedProcess[bytes]:
    """The process that makes the PDF of a short page, and what it says last."""
    page = b'<html lang="en"><title>x</title><p>Words'
    return subprocess.run(
        [sys.executable, "-c", PROCESS.format(before)], input=page, capture_output=True, cwd=ROOT, check=False
    )


def last_line(process: subprocess.CompletedProcess[bytes]) -> str:
    return process.stderr.decode().splitlines()[-1]


def test_the_process_is_limited_collects_no_garbage_and_looks_for_no_library() -> None:
    process = ended()

    assert last_line(process) == f"0 {MEMORY} {CPU} False None"
    assert process.stdout.startswith(b"%PDF-")


def test_a_process_without_pango_says_so_and_any_other_fault_is_one() -> None:
    missing, other = (ended(WITHOUT.format(words)) for words in ("cannot load library 'x'", "disk full"))

    assert last_line(missing).startswith(f"{NO_PANGO} ")
    assert last_line(other) == "OSError: disk full"


def test_where_no_drawing_becomes_a_picture_no_font_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = f'<svg xmlns="{SVG}"><text y="15">Größe</text></svg>'.encode()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))

    assert pdf_worker.shaped((plain, plain)) == (plain, plain)
    with pytest.raises(FileNotFoundError):
        pdf_worker.shaped((plain.replace("Größe".encode(), "קסם".encode()),))


def test_only_a_drawing_whose_words_need_them_gets_more_fonts() -> None:
    drawing, picture = b'<svg font-family="Inter, sans-serif">', PNG + b' font-family="Inter, '
    (hebrew,) = rare_fonts.fonts_for("מבחן")

    assert pdf_worker.with_families(drawing, ()) == drawing
    assert pdf_worker.with_families(picture, (hebrew,)) == picture
    assert pdf_worker.with_families(drawing, (hebrew,)) == (
        f'<svg font-family="Inter, Inter Ext, {hebrew.path.stem}, sans-serif">'.encode()
    )


def test_the_fonts_of_rarer_letters_come_only_where_there_are_some() -> None:
    assert RARE_LETTERS.search("Café ‘one’ – 5 € … → 2") is None
    assert RARE_LETTERS.search("Łódź")
    assert pdf_worker.font_faces("latin", "").count("@font-face") == 2
    assert pdf_worker.font_faces("latin-ext", " Ext").count('Ext"') == 2
