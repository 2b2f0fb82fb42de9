"""An address as a QR code, to be drawn on a page."""

from functools import lru_cache

import segno
from markupsafe import Markup


@lru_cache(256)  # drawing one takes 8 ms, and a wall shows the same to everybody
def qr(address: str) -> Markup:
    """The address as a picture that phones read: SVG without styles, black on white."""
    drawn = segno.make(address, micro=False).svg_inline(
        omitsize=True, svgclass="qr", lineclass=None, light="#fff"
    )
    return Markup(drawn)  # noqa: S704 - drawn here, from an address of this server
