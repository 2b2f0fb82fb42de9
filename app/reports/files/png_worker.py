"""The process that makes pictures of drawings: a list of SVG comes in, a list of PNG goes out."""

import re
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.ttLib import TTFont
from msgspec import msgpack
from resvg_py import svg_to_bytes

from app.assets import STATIC

MEMORY, CPU = 1_500_000_000, 60  # bytes, seconds
ZOOM = 2  # so that letters are sharp on paper
REFERRING = re.compile(r"<image|<[^>]*(?:\bhref\s*=|url\()", re.IGNORECASE)  # in tags; words may say so
FONTS = ("inter-latin-wght", "inter-latin-ext-wght")  # the first of one name is taken, then those it lacks


class Closed(ValueError):
    """Something was asked for that a chart must not ask for."""


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    with TemporaryDirectory() as folder:
        fonts = _fonts(Path(folder))
        drawings = msgpack.decode(sys.stdin.buffer.read(), type=list[str])
        sys.stdout.buffer.write(msgpack.encode([picture(one, fonts) for one in drawings]))
    return 0


def picture(drawing: str, fonts: list[str]) -> bytes:
    """A PNG of an SVG with a size of its own, on white. Raises Closed where it refers to anything."""
    if REFERRING.search(drawing):
        raise Closed("A chart shows nothing but itself.")
    return bytes(
        svg_to_bytes(
            svg_string=drawing, zoom=ZOOM, background="#ffffff", font_files=fonts, sans_serif_family="Inter"
        )
    )


def _fonts(folder: Path) -> list[str]:
    """The product's own fonts, unpacked, since the painter reads no others of the web."""
    made = []
    for path in (path for name in FONTS for path in (STATIC / "vendor").glob(f"{name}-normal-*.woff2")):
        font = TTFont(path)
        font.flavor = None
        made.append(str(folder / f"{path.stem}.ttf"))
        font.save(made[-1])
    return made


if __name__ == "__main__":
    sys.exit(main())
