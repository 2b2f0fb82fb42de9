"""The process that makes one PDF: an HTML page and its styles come in as JSON, the PDF goes out.

It fetches nothing but the product's own fonts, whatever a page may ask for. Tagged as PDF/UA-1 asks.
"""

import gc
import re
import resource
import sys
from itertools import product
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from app.assets import STATIC

MEMORY = 1_500_000_000  # bytes
CPU = 60  # seconds
NO_PANGO = 3
# All but what the fonts of plain Latin letters have.
RARER = re.compile(
    "[^\\0-\xff\u0131\u0152\u0153\u2013-\u201e\u2022\u2026\u2032-\u203a\u20ac\u2122\u2190-\u2193\u2212]"
)


class Closed(ValueError):
    """Something was asked for that a report must not ask for."""


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    gc.disable()  # it ends before it is worth it: looking for garbage took a sixth of the time
    page, style = msgspec.json.decode(sys.stdin.buffer.read(), type=tuple[str, str])
    try:
        made = pdf(page, style)
    except OSError as missing:
        if "library" in str(missing):
            return NO_PANGO
        raise
    sys.stdout.buffer.write(made)
    return 0


def pdf(page: str, style: str) -> bytes:
    # Imported here, where Pango may be missing.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Shut(URLFetcher):  # type: ignore[misc]
        """Gives our own fonts, and nothing else in the world."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            return URLFetcherResponse(url, own_font(url).read_bytes(), {"Content-Type": "font/woff2"})

    fonts, shut = FontConfiguration(), Shut(allowed_protocols={"file"})
    sheets = [CSS(string=words, font_config=fonts, url_fetcher=shut) for words in (faces(page), style)]
    html = HTML(string=page, url_fetcher=shut, base_url="report:")
    made: bytes = html.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
    return made


def own_font(url: str) -> Path:
    """The file of one of the product's fonts. Raises Closed for anything else."""
    parts = urlsplit(url)
    path = Path(unquote(parts.path)).resolve()
    inside = parts.scheme == "file" and not parts.netloc and path.parent == (STATIC / "vendor").resolve()
    if not inside or path.suffix != ".woff2":
        raise Closed(f"A report fetches nothing: {url[:80]}")
    return path


def faces(page: str) -> str:
    """The product's fonts, where set-up has fetched them; paper knows no ranges of letters, so two names.

    To unpack a font takes a fifth of a second, so those of rarer letters come only where the page has some.
    """
    families = (("inter", "Inter"), ("source-serif-4", "Source Serif 4"))
    kinds = [("latin", "")] + [("latin-ext", " Ext")] * bool(RARER.search(page))
    found = [
        f'@font-face {{ font-family: "{family}{more}"; font-weight: 100 900;'
        f' src: url("{path.resolve().as_uri()}") }}'
        for (name, family), (letters, more) in product(families, kinds)
        for path in sorted((STATIC / "vendor").glob(f"{name}-{letters}-wght-normal-*.woff2"))
    ]
    return "\n".join(found)


if __name__ == "__main__":
    sys.exit(main())
