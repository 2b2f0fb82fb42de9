"""The process that makes pictures of drawings: a list of SVG comes in, a list of PNG goes out."""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from msgspec import msgpack
from resvg_py import svg_to_bytes

from app.reports.files.rare_fonts import fonts_for
from app.reports.files.worker_limits import FONTS, ForbiddenReference, limit_resources

ZOOM = 2  # so that letters are sharp on paper
REFERENCE = re.compile(r"<image|<[^>]*(?:\bhref\s*=|url\()", re.IGNORECASE)  # in tags; words may say so
FAMILIES = ("inter-latin-wght", "inter-latin-ext-wght")  # the second has the letters that the first lacks

PLAIN = 400  # the weight of text


class UnpackedFonts(NamedTuple):
    """Fonts as files that the library reads, and the letters that they have together."""

    paths: list[str]
    letters: frozenset[int]


def main() -> int:
    limit_resources()
    with TemporaryDirectory() as folder:
        drawings = msgpack.decode(sys.stdin.buffer.read(), type=list[str])
        fonts = unpacked_fonts(Path(folder), "".join(drawings))
        sys.stdout.buffer.write(msgpack.encode([picture(one, fonts) for one in drawings]))
    return 0


def picture(drawing: str, fonts: UnpackedFonts) -> bytes:
    """A PNG of an SVG with a size of its own, on white. Where `fonts` lack a letter, the system's stand in.

    Raises ForbiddenReference where the SVG refers to anything.
    """
    if REFERENCE.search(drawing):
        raise ForbiddenReference("A chart shows nothing but itself.")
    return bytes(
        svg_to_bytes(
            svg_string=drawing,
            zoom=ZOOM,
            background="#ffffff",
            font_files=fonts.paths,
            skip_system_fonts=fonts.letters.issuperset(ord(sign) for sign in drawing if sign > " "),
            sans_serif_family="Inter",
        )
    )


def unpacked_fonts(folder: Path, words: str) -> UnpackedFonts:
    """The product's own fonts as TTF, since the library does not read the WOFF2 of the web.

    With those for the rare letters of these words, at the weight of plain text: the library draws the weight
    that a font begins with, which can be the lightest.
    """
    paths: list[str] = []
    letters: set[int] = set()
    plain = [path for family in FAMILIES for path in FONTS.glob(f"{family}-normal-*.woff2")]
    for source in (*plain, *(one.path for one in fonts_for(words))):
        font = TTFont(source)
        if "fvar" in font and font["fvar"].axes[0].defaultValue != PLAIN:
            instantiateVariableFont(font, {font["fvar"].axes[0].axisTag: PLAIN}, inplace=True)
        letters |= font.getBestCmap().keys()
        font.flavor = None
        paths.append(str(folder / f"{source.stem}.ttf"))
        font.save(paths[-1])
    return UnpackedFonts(paths, frozenset(letters))


if __name__ == "__main__":
    sys.exit(main())
