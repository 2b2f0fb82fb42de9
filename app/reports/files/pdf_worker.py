"""The process that makes one PDF: an HTML page comes in, the PDF goes out.

It fetches nothing but the product's own fonts, whatever a page may ask for. Tagged as PDF/UA-1 asks.
"""

import ctypes.util
import gc
import re
import resource
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from app.assets import STATIC
from app.reports.files.svg import PLACE, extract_drawings

MEMORY = 1_500_000_000  # bytes
CPU = 60  # seconds
NO_PANGO = 3
STYLESHEETS = (
    "layers",
    "tokens",
    "base",
    "page",
    "report",
    "verdict",
    "report_table",
    "charts",
    "throughline",
    "report_paper",
)
# All but what the fonts of plain Latin letters have.
RARE_LETTERS = re.compile(
    "[^\\0-\xff\u0131\u0152\u0153\u2013-\u201e\u2022\u2026\u2032-\u203a\u20ac\u2122\u2190-\u2193\u2212]"
)


class Closed(ValueError):
    """Something was asked for that a report must not ask for."""


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    if sys.platform == "linux":
        # Libraries have these names here; to look for others starts a compiler, for a quarter of a second.
        ctypes.util.find_library = lambda name: None
    gc.disable()  # it ends before it is worth it: looking for garbage took a sixth of the time
    try:
        press = PdfRenderer()
    except OSError as missing:
        if "library" in str(missing):
            return NO_PANGO
        raise
    sys.stdout.buffer.write(press.pdf(sys.stdin.buffer.read().decode()))
    return 0


class PdfRenderer:
    """What does not depend on the page: it is made ready while the page is still being written."""

    def __init__(self) -> None:
        # Imported here, where Pango may be missing.
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse

        class Shut(URLFetcher):  # type: ignore[misc]
            """Gives the drawings of the page and our own fonts, and nothing else in the world."""

            drawings: tuple[bytes, ...] = ()

            def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
                if url.startswith(PLACE):
                    drawing = self.drawings[int(url.removeprefix(PLACE))]
                    return URLFetcherResponse(url, drawing, {"Content-Type": "image/svg+xml"})
                return URLFetcherResponse(url, own_font(url).read_bytes(), {"Content-Type": "font/woff2"})

        self.weasyprint = weasyprint
        self.fonts, self.shut = FontConfiguration(), Shut(allowed_protocols={"file"})
        self.sheets = [self._sheet(font_faces("latin", "")), self._sheet(stylesheet())]

    def pdf(self, page: str) -> bytes:
        """The PDF of a whole HTML page."""
        # Those of rarer letters come only where there are some: to unpack a font takes a fifth of a second.
        rarer = [self._sheet(font_faces("latin-ext", " Ext"))] if RARE_LETTERS.search(page) else []
        page, self.shut.drawings = extract_drawings(page)
        html = self.weasyprint.HTML(string=page, url_fetcher=self.shut, base_url="report:")
        made: bytes = html.write_pdf(
            stylesheets=[*rarer, *self.sheets], font_config=self.fonts, pdf_variant="pdf/ua-1"
        )
        return made

    def _sheet(self, rules: str) -> Any:
        return self.weasyprint.CSS(string=rules, font_config=self.fonts, url_fetcher=self.shut)


def stylesheet() -> str:
    """The styles of a report on paper: those of its pages, then what paper needs besides."""
    return "\n".join((STATIC / "css" / f"{name}.css").read_text() for name in STYLESHEETS)


def own_font(url: str) -> Path:
    """The file of one of the product's fonts. Raises Closed for anything else."""
    parts = urlsplit(url)
    path = Path(unquote(parts.path)).resolve()
    inside = parts.scheme == "file" and not parts.netloc and path.parent == (STATIC / "vendor").resolve()
    if not inside or path.suffix != ".woff2":
        raise Closed(f"A report fetches nothing: {url[:80]}")
    return path


def font_faces(letters: str, more: str) -> str:
    """The product's fonts, where set-up has fetched them; paper knows no ranges of letters, so two names."""
    families = (("inter", "Inter"), ("source-serif-4", "Source Serif 4"))
    found = [
        f'@font-face {{ font-family: "{family}{more}"; font-weight: 100 900;'
        f' src: url("{path.resolve().as_uri()}") }}'
        for name, family in families
        for path in sorted((STATIC / "vendor").glob(f"{name}-{letters}-wght-normal-*.woff2"))
    ]
    return "\n".join(found)


if __name__ == "__main__":
    sys.exit(main())
