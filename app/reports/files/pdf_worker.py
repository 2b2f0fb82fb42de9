"""The process that makes one PDF: an HTML page comes in, the PDF goes out, tagged as PDF/UA-1 requires.

It fetches nothing but the product's own fonts, whatever the page refers to.
"""

import ctypes.util
import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urlsplit

from app.assets import STATIC
from app.reports.files.pdf_tables import finish_tables
from app.reports.files.picture_fonts import unpacked_fonts
from app.reports.files.png_worker import picture
from app.reports.files.rare_fonts import FOLDER, RARE_LETTERS, RareFont, fonts_for
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
        others = fonts_for(page) if rare else ()
        page, drawings = extract_drawings(page)
        self.fetcher.drawings = tuple(with_families(one, others) for one in shaped(drawings))
        html = self.weasyprint.HTML(string=page, url_fetcher=self.fetcher, base_url="report:")
        made: bytes = html.write_pdf(
            stylesheets=[*rare, *self.stylesheets, *([self._css(rare_faces(others))] if others else [])],
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
        fonts = unpacked_fonts(Path(folder), [one.decode() for one in drawings])
        return tuple(picture(one.decode(), fonts) if needs_shaping(one.decode()) else one for one in drawings)


def stylesheet() -> str:
    """The styles of a report on paper: those of its pages, then what paper needs besides."""
    return "\n".join((STATIC / "css" / f"{name}.css").read_text() for name in STYLESHEETS)


def own_font(url: str) -> Path:
    """The file of one of the product's fonts. Raises ForbiddenReference for anything else."""
    parts = urlsplit(url)
    path = Path(unquote(parts.path)).resolve()
    folders = (FONTS.resolve(), FOLDER.resolve())
    inside = parts.scheme == "file" and not parts.netloc and path.parent in folders
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


def rare_faces(fonts: Sequence[RareFont]) -> str:
    """CSS of these fonts, and that they follow the product's own in the order of families."""
    rules = [
        f'@font-face {{ font-family: "{family_of(one)}"; font-weight: 100 900;'
        f' src: url("{one.path.resolve().as_uri()}") }}'
        for one in fonts
    ]
    follow = ", ".join(f'"{family_of(one)}"' for one in fonts)
    sans, serif = (f'"{name}", "{name} Ext", {follow}' for name in ("Inter", "Source Serif 4"))
    return "\n".join((*rules, f":root {{ --sans: {sans}, sans-serif; --serif: {serif}, serif }}"))


def with_families(drawing: bytes, fonts: Sequence[RareFont]) -> bytes:
    """A drawing whose words are set in these fonts where its own lacks their letters."""
    if not fonts or drawing.startswith(PNG):
        return drawing
    follow = ", ".join(("Inter Ext", *map(family_of, fonts)))
    return drawing.replace(b'font-family="Inter, ', f'font-family="Inter, {follow}, '.encode())


def family_of(font: RareFont) -> str:
    return font.path.stem


if __name__ == "__main__":
    sys.exit(main())
