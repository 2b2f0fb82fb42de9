"""The fonts of pictures. A label is set right only where one font has all of it.

Where it needs two, the library that draws shapes it with each and puts single glyphs together: letters of
India beside Latin ones stay apart, and Arabic and emoji become boxes as soon as two signs make one glyph. So
a font whose letters join is given the outlines of all others here, and several in one label become one font.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from fontTools.merge import Merger
from fontTools.merge.options import Options as MergeOptions
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib.instancer import instantiateVariableFont

from app.reports.files.rare_fonts import RareFont, fonts_for
from app.reports.files.svg import OF_KEYCAPS, labels_of
from app.reports.files.worker_limits import FONTS

FAMILIES = ("inter-latin-wght", "inter-latin-ext-wght")  # the second has the letters that the first lacks
PLAIN = 400  # the weight of text
UNITS = 1000  # in which most of the fonts are drawn
VARYING = ("fvar", "gvar", "avar", "HVAR", "MVAR", "STAT", "vhea", "vmtx")  # and of vertical lines
LATIN = 0x250  # Latin letters and figures are drawn as the product's own font has them
LAST = 0xFFFF  # that every table of characters can name


class UnpackedFonts(NamedTuple):
    """Fonts as files that the library reads, and the letters that they have together."""

    paths: list[str]
    letters: frozenset[int]


class Outline(NamedTuple):
    """A letter of another font, and how wide it is, in its own units."""

    drawn: DecomposingRecordingPen
    width: float
    units: int


def unpacked_fonts(folder: Path, drawings: Sequence[str]) -> UnpackedFonts:
    """The product's own fonts as TTF, since the library does not read the WOFF2 of the web.

    With those for the rare letters of these labels, at the weight of plain text: the library draws the weight
    that a font begins with, which can be the lightest.
    """
    labels = {label for one in drawings for label in labels_of(one)}
    words = "".join(labels)
    latin, *others = (path for family in FAMILIES for path in FONTS.glob(f"{family}-normal-*.woff2"))
    chosen = fonts_for(words)
    joining = [one for one in chosen if one.joins]
    others += [one.path for one in chosen if not one.joins]
    first = opened(latin)
    if joining:
        outlines = outlines_of([first, *map(opened, others)], words)
        wholes = whole_fonts(joining, labels, folder)
        fonts = [first, *(with_outlines(one, outlines) for one in wholes)]
    else:
        fonts = [first, *map(opened, others)]
    return UnpackedFonts(
        [saved(font, folder / f"{number}.ttf") for number, font in enumerate(fonts)],
        frozenset(sign for font in fonts for sign in font.getBestCmap()),
    )


def whole_fonts(joining: Sequence[RareFont], labels: Iterable[str], folder: Path) -> list[TTFont]:
    """Those that a label needs together as one, which comes first; then each other."""
    needs = ([one for one in fonts_for(label) if one.joins] for label in labels)
    mixed = {one for need in needs if len(need) > 1 for one in need}
    together = [merged([one for one in joining if one in mixed], "".join(labels), folder)] if mixed else []
    return [*together, *(opened(one.path) for one in joining if one not in mixed)]


def merged(parts: Sequence[RareFont], words: str, folder: Path) -> TTFont:
    """One font of several, as far as these words need them."""
    # Letters that are made of others are taken apart before they are shaped, so those are needed too.
    left = set(map(ord, words + normalize("NFKD", words)))
    files: list[str] = []
    # Emoji first: their ligatures name the joiner, which other fonts have too.
    for part in sorted(parts, key=lambda one: not one.emoji):
        font = opened(part.path)
        own = left & font.getBestCmap().keys()
        left -= own
        shrink = Subsetter(Options(layout_features=["*"], hinting=False))
        shrink.populate(unicodes=own)
        shrink.subset(font)
        if "fvar" in font:
            instantiateVariableFont(font, {font["fvar"].axes[0].axisTag: PLAIN}, inplace=True)
        scale_upem(font, UNITS)
        files.append(saved(font, folder / f"part-{len(files)}.ttf"))
    return Merger(MergeOptions(drop_tables=[*VARYING, "gasp"])).merge(files)


def outlines_of(fonts: Iterable[TTFont], words: str) -> dict[int, Outline]:
    """The outline of each letter of the words, from the first font that has it."""
    found: dict[int, Outline] = {}
    signs = set(map(ord, words)) | {ord(" ")}
    for font in fonts:
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        for sign in signs & names.keys() - found.keys():
            pen, glyph = DecomposingRecordingPen(glyphs), glyphs[names[sign]]
            glyph.draw(pen)
            found[sign] = Outline(pen, glyph.width, font["head"].unitsPerEm)
    return found


def with_outlines(font: TTFont, outlines: Mapping[int, Outline]) -> TTFont:
    """The font with these letters at its end, so that all rules about its own, which go by number, stay."""
    own = font.getBestCmap()
    for tag in VARYING:
        if tag in font:
            del font[tag]
    added = {sign: f"added.{sign}" for sign in outlines if sign <= LAST and (sign < LATIN or sign not in own)}
    keycaps = {OF_KEYCAPS + sign: own[sign] for sign in added.keys() & own.keys()}
    font.setGlyphOrder([*font.getGlyphOrder(), *added.values()])
    for sign, name in added.items():
        outline, pen = outlines[sign], TTGlyphPen(None)
        scale = font["head"].unitsPerEm / outline.units
        outline.drawn.replay(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        glyph = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        font["glyf"].glyphs[name] = glyph
        font["hmtx"].metrics[name] = (round(outline.width * scale), glyph.xMin)
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:  # 14: shapes of the same character
            table.cmap.update(keycaps | added)
    return font


def opened(path: Path) -> TTFont:
    """A font at the weight of plain text."""
    font = TTFont(path)
    if "fvar" in font and font["fvar"].axes[0].defaultValue != PLAIN:
        instantiateVariableFont(font, {font["fvar"].axes[0].axisTag: PLAIN}, inplace=True)
    return font


def saved(font: TTFont, path: Path) -> str:
    font.flavor = None
    font.save(path)
    return str(path)
