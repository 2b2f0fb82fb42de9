"""Takes the drawings out of a page, so that the PDF has each as an image of its own. Pure.

Within the page every line of a drawing is parsed and styled as a part of it, which took a seventh of the time
of a PDF. And an icon that stands in a hundred places is read once.
"""

import re
from xml.etree import ElementTree

DRAWING = re.compile(r"<svg\b([^>]*)>(.*?)</svg>", re.DOTALL)
WORDS = re.compile(r"<(title|desc)\b[^>]*>(.*?)</\1>", re.DOTALL)
CLASS = re.compile(r'\sclass="[^"]*"')
SHAPED = re.compile(
    "[\u0590-\u109f\u1780-\u17ff\u200d\u20e3\ufb1d-\ufdff\ufe0f\ufe70-\ufefe\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)
SVG = "http://www.w3.org/2000/svg"
DRAWING_URL = "drawing:"


def extract_drawings(page: str) -> tuple[str, tuple[bytes, ...]]:
    """The page with an image for each drawing, and the drawings: that of `drawing:3` is the fourth.

    The title of a drawing becomes the words of its image. What is not well-formed XML stays where it is.
    """
    numbers: dict[str, int] = {}

    def image(match: re.Match[str]) -> str:
        attributes, inside = match.groups()
        space = "" if "xmlns=" in attributes else f' xmlns="{SVG}"'
        drawing = f"<svg{space}{attributes}>{WORDS.sub('', inside)}</svg>"
        if drawing not in numbers and not _readable(drawing):
            return match[0]
        number = numbers.setdefault(drawing, len(numbers))
        title = WORDS.search(inside)
        words = " ".join(title[2].split()).replace('"', "&quot;") if title else ""
        return f'<img{"".join(CLASS.findall(attributes))} alt="{words}" src="{DRAWING_URL}{number}">'

    return DRAWING.sub(image, page), tuple(drawing.encode() for drawing in numbers)


def needs_shaping(drawing: str) -> bool:
    """Whether it has words whose letters join, stack or run to the left: Hebrew to Khmer, and emoji."""
    return SHAPED.search(drawing) is not None


def valid_xml(words: str) -> str:
    """The text without characters that XML cannot hold. Imported files bring them in names of areas."""
    return "".join(sign for sign in words if sign in "\n\t" or (sign >= " " and sign not in "\ufffe\uffff"))


def _readable(drawing: str) -> bool:
    try:
        ElementTree.fromstring(drawing)  # noqa: S314 - our own templates; entities cannot be declared in it
    except ElementTree.ParseError:
        return False
    return True
