"""The process that makes pictures of drawings: a list of SVG comes in, a list of PNG goes out."""

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import msgpack
from resvg_py import svg_to_bytes

from app.reports.files.picture_fonts import UnpackedFonts, unpacked_fonts
from app.reports.files.svg import labels_of, scripts_apart
from app.reports.files.worker_limits import ForbiddenReference, limit_resources

ZOOM = 2  # so that letters are sharp on paper
REFERENCE = re.compile(r"<image|<[^>]*(?:\bhref\s*=|url\()", re.IGNORECASE)  # in tags; words may say so


def main() -> int:
    limit_resources()
    with TemporaryDirectory() as folder:
        drawings = msgpack.decode(sys.stdin.buffer.read(), type=list[str])
        fonts = unpacked_fonts(Path(folder), drawings)
        sys.stdout.buffer.write(msgpack.encode([picture(one, fonts) for one in drawings]))
    return 0


def picture(drawing: str, fonts: UnpackedFonts) -> bytes:
    """A PNG of an SVG with a size of its own, on white. Where `fonts` lack a letter, the system's stand in.

    Raises ForbiddenReference where the SVG refers to anything.
    """
    if REFERENCE.search(drawing):
        raise ForbiddenReference("A chart shows nothing but itself.")
    words = "".join(labels_of(drawing)).replace(" ", "")
    return bytes(
        svg_to_bytes(
            svg_string=scripts_apart(drawing),
            zoom=ZOOM,
            background="#ffffff",
            font_files=fonts.paths,
            skip_system_fonts=fonts.letters.issuperset(map(ord, words)),
            sans_serif_family="Inter",
        )
    )


if __name__ == "__main__":
    sys.exit(main())
