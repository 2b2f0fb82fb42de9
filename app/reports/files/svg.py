"""Takes the drawings out of a page, so that the PDF has each as an image of its own. Pure.

Within the page every line of a drawing is parsed and styled as a part of it, which took a seventh of the time
of a PDF. And an icon that stands in a hundred places is read once.
"""

import re
from html import unescape
from xml.etree import ElementTree

import regex

DRAWING = re.compile(r"<svg\b([^>]*)>(.*?)</svg>", re.DOTALL)
WORDS = re.compile(r"<(title|desc)\b[^>]*>(.*?)</\1>", re.DOTALL)
CLASS = re.compile(r'\sclass="[^"]*"')
SHAPED = re.compile(
    "[\u0590-\u109f\u1780-\u17ff\u200d\u20e3\ufb1d-\ufdff\ufe0f\ufe70-\ufefe\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]"
)
# Scripts that run to the right, whose letters join or stack.
RIGHTWARD = "Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala"
RIGHTWARD += " Thai Lao Tibetan Myanmar Khmer"
WORDS_OF = r"\p{{Script={0}}}[\p{{scx={0}}}\p{{M}}\u200c\u200d]*"
# Stretches of a script, and what keeps each apart: signs that nobody sees. They nest it deeper than the words
# around it and leave it, for the order of all, what it is: words to the right, words to the left, a picture.
APART = (
    (
        regex.compile("|".join(WORDS_OF.format(script) for script in RIGHTWARD.split())),
        "\u200e\u2066{0}\u2069\u200e",
    ),
    (regex.compile(WORDS_OF.format("Hebrew")), "\u200f\u2067\u202b{0}\u202c\u2069\u200f"),
    (regex.compile(r"(?=[\p{Extended_Pictographic}\p{RI}\ue000-\ue0ff])\X"), "\u2066{0}\u2069"),
)
KEYCAP = re.compile("[0-9#*](?=\ufe0f?\u20e3)")
OF_KEYCAPS = 0xE000  # with the number of a figure: that figure as it is drawn in a keycap
LABEL = re.compile(r"<text\b[^>]*>([^<]*)</text>")
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


def labels_of(drawing: str) -> list[str]:
    """The words that it shows."""
    return [unescape(words) for words in LABEL.findall(drawing)]


def scripts_apart(drawing: str) -> str:
    """The drawing with the scripts of each label kept apart.

    What draws it shapes all words that run one way by the rules of the first letter's script.
    """
    return LABEL.sub(lambda label: _kept_apart(label[0]), drawing)


def _kept_apart(words: str) -> str:
    words = KEYCAP.sub(lambda figure: chr(OF_KEYCAPS + ord(figure[0])), words)
    for stretch, signs in APART:
        words = stretch.sub(lambda found, signs=signs: signs.format(found[0]), words)
    return words


def valid_xml(words: str) -> str:
    """The text without characters that XML cannot hold. Imported files bring them in names of areas."""
    return "".join(sign for sign in words if sign in "\n\t" or (sign >= " " and sign not in "\ufffe\uffff"))


def _readable(drawing: str) -> bool:
    try:
        ElementTree.fromstring(drawing)  # noqa: S314 - our own templates; entities cannot be declared in it
    except ElementTree.ParseError:
        return False
    return True
