"""The process that makes pictures of drawings: a list of SVG comes in, a list of PNG goes out."""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.ttLib import TTFont
from msgspec import msgpack
from resvg_py import svg_to_bytes

from app.reports.files.worker_limits import FONTS, ForbiddenReference, limit_resources

ZOOM = 2  # so that letters are sharp on paper
REFERENCE = re.compile(r"<image|<[^>]*(?:\bhref\s*=|url\()", re.IGNORECASE)  # in tags; words may say so
FAMILIES = ("inter-latin-wght", "inter-latin-ext-wght")  # the second has the letters that the first lacks


def main() -> int:
    limit_resources()
    with TemporaryDirectory() as folder:
        fonts = unpacked_fonts(Path(folder))
        drawings = msgpack.decode(sys.stdin.buffer.read(), type=list[str])
        sys.stdout.buffer.write(msgpack.encode([picture(one, fonts) for one in drawings]))
    return 0


def picture(drawing: str, fonts: list[str]) -> bytes:
    """A PNG of an SVG with a size of its own, on white; `fonts` are paths of TTF files.

    Raises ForbiddenReference where the SVG refers to anything.
    """
    if REFERENCE.search(drawing):
        raise ForbiddenReference("A chart shows nothing but itself.")
    return bytes(
        svg_to_bytes(
            svg_string=drawing, zoom=ZOOM, background="#ffffff", font_files=fonts, sans_serif_family="Inter"
        )
    )


def unpacked_fonts(folder: Path) -> list[str]:
    """The product's own fonts as TTF, since the library does not read the WOFF2 of the web."""
    paths = []
    for source in (path for family in FAMILIES for path in FONTS.glob(f"{family}-normal-*.woff2")):
        font = TTFont(source)
        font.flavor = None
        paths.append(str(folder / f"{source.stem}.ttf"))
        font.save(paths[-1])
    return paths


if __name__ == "__main__":
    sys.exit(main())
