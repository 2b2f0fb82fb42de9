"""The process that makes one PDF: an HTML page comes in, the PDF goes out, tagged as PDF/UA-1 requires.

It fetches nothing but the product's own fonts, whatever the page refers to.
"""

import ctypes.util
import gc
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urlsplit

from app.assets import STATIC
from app.reports.files.pdf_tables import finish_tables
from app.reports.files.png_worker import picture, unpacked_fonts
from app.reports.files.svg import DRAWING_URL, extract_drawings, needs_shaping
from app.reports.files.worker_limits import FONTS, NO_PANGO, ForbiddenReference, limit_resources

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
    "report_board_page",
    "report_space_page",
    "workshops/minutes",
)
PNG = b"\x89PNG"
# Letters that the fonts of plain Latin lack.
RARE_LETTERS = re.compile(
    "[^\\0-\xff\u0131\u0152\u0153\u2013-\u201e\u2022\u2026\u2032-\u203a\u20ac\u2122\u2190-\u2193\u2212]"
)


def main() -> int:
    limit_resources()
    if sys.platform == "linux":
        # Libraries have these names here; looking for others starts a compiler, for a quarter of a second.
        ctypes.util.find_library = lambda name: None
    gc.disable()  # the process is short: collecting garbage took a sixth of its time
    try:
        renderer = PdfRenderer()
    except OSError as missing:
        if "library" in str(missing):
            return NO_PANGO
        raise
    sys.stdout.buffer.write(renderer.pdf(sys.stdin.buffer.read().decode()))
    return 0


class PdfRenderer:
    """Fonts and styles, which do not depend on the page: made ready while the page is still being written."""

    def __init__(self) -> None:
        # Imported here, where Pango may be missing.
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher, URLFetcherResponse

        class OwnFilesFetcher(URLFetcher):  # type: ignore[misc]
            """Gives the drawings of the page and the product's fonts, and nothing else."""

            drawings: tuple[bytes, ...] = ()

            def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
                if url.startswith(DRAWING_URL):
                    drawing = self.drawings[int(url.removeprefix(DRAWING_URL))]
                    kind = "image/png" if drawing.startswith(PNG) else "image/svg+xml"
                    return URLFetcherResponse(url, drawing, {"Content-Type": kind})
                return URLFetcherResponse(url, own_font(url).read_bytes(), {"Content-Type": "font/woff2"})

        self.weasyprint = weasyprint
        self.fonts, self.fetcher = FontConfiguration(), OwnFilesFetcher(allowed_protocols={"file"})
        self.stylesheets = [self._css(font_faces("latin", "")), self._css(stylesheet())]

    def pdf(self, page: str) -> bytes:
        """The PDF of a whole HTML page."""
        # Fonts of rare letters only where there are some: to unpack a font takes a fifth of a second.
        rare = [self._css(font_faces("latin-ext", " Ext"))] if RARE_LETTERS.search(page) else []
        page, drawings = extract_drawings(page)
        self.fetcher.drawings = shaped(drawings)
        html = self.weasyprint.HTML(string=page, url_fetcher=self.fetcher, base_url="report:")
        made: bytes = html.write_pdf(
            stylesheets=[*rare, *self.stylesheets],
            font_config=self.fonts,
            pdf_variant="pdf/ua-1",
            finisher=finish_tables,
        )
        return made

    def _css(self, rules: str) -> Any:
        return self.weasyprint.CSS(string=rules, font_config=self.fonts, url_fetcher=self.fetcher)


def shaped(drawings: Sequence[bytes]) -> tuple[bytes, ...]:
    """The drawings; those with words of a joined or right-to-left script as pictures.

    In a drawing WeasyPrint sets letter after letter from left to right: Arabic would be torn and turned.
    """
    if not any(needs_shaping(one.decode()) for one in drawings):
        return tuple(drawings)
    with TemporaryDirectory() as folder:
        fonts = unpacked_fonts(Path(folder))
        return tuple(picture(one.decode(), fonts) if needs_shaping(one.decode()) else one for one in drawings)


def stylesheet() -> str:
    """The styles of a report on paper: those of its pages, then what paper needs besides."""
    return "\n".join((STATIC / "css" / f"{name}.css").read_text() for name in STYLESHEETS)


def own_font(url: str) -> Path:
    """The file of one of the product's fonts. Raises ForbiddenReference for anything else."""
    parts = urlsplit(url)
    path = Path(unquote(parts.path)).resolve()
    inside = parts.scheme == "file" and not parts.netloc and path.parent == FONTS.resolve()
    if not inside or path.suffix != ".woff2":
        raise ForbiddenReference(f"A report fetches nothing: {url[:80]}")
    return path


def font_faces(subset: str, suffix: str) -> str:
    """CSS of the product's fonts for a subset of letters, as far as set-up has fetched them.

    Paper has no ranges of letters as screens have, so the fonts of each subset get a `suffix` to their names.
    """
    families = (("inter", "Inter"), ("source-serif-4", "Source Serif 4"))
    rules = [
        f'@font-face {{ font-family: "{family}{suffix}"; font-weight: 100 900;'
        f' src: url("{path.resolve().as_uri()}") }}'
        for name, family in families
        for path in sorted(FONTS.glob(f"{name}-{subset}-wght-normal-*.woff2"))
    ]
    return "\n".join(rules)


if __name__ == "__main__":
    sys.exit(main())
