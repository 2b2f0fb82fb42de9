"""The driver diagram as geometry: the aim, what moves it, what we try. Pure."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from app.characters import beginning
from app.outcomes.charts.letters import letters
from app.outcomes.goals.goal import Level

BOX_WIDTH, COLUMN_GAP, BOX_GAP, LINE_HEIGHT, PADDING = 196.0, 32.0, 12.0, 17.0, 11.0
MAX_LETTERS = 25  # in a line of a box
COLUMNS = (None, Level.PRIMARY, Level.SECONDARY, Level.CHANGE)
HEADINGS = {
    None: "Aim",
    Level.PRIMARY: "Primary drivers",
    Level.SECONDARY: "Secondary drivers",
    Level.CHANGE: "Change ideas",
}
HEADING_HEIGHT = 30.0


class AnyDriver(Protocol):
    """A driver as a goal has it, or as an issued report stored it."""

    @property
    def id(self) -> str: ...
    @property
    def level(self) -> Level: ...
    @property
    def words(self) -> str: ...
    @property
    def uppers(self) -> tuple[str, ...]: ...


class Box(Struct, frozen=True):
    """A box with its words in lines."""

    id: str
    level: str
    x: float
    y: float
    height: float
    lines: tuple[tuple[float, str], ...]
    width: float = BOX_WIDTH


class Diagram(Struct, frozen=True):
    """Boxes and the curves between them, as SVG paths; `headings` stand over the columns."""

    width: float
    height: float
    headings: tuple[tuple[float, str], ...]
    boxes: tuple[Box, ...]
    connectors: tuple[str, ...]
    description: str


def diagram(aim: str, drivers: Sequence[AnyDriver]) -> Diagram:
    """Columns from the aim to the change ideas; an empty column takes no room."""
    by_level = {level: [one for one in drivers if one.level is level] for level in COLUMNS[1:]}
    columns: list[tuple[Level | None, list[AnyDriver]]] = [(None, [])]
    columns += [(level, own) for level, own in by_level.items() if level and own]
    tallest = max(_column_height(own) for _, own in columns[1:]) if columns[1:] else 0.0
    boxes: list[Box] = []
    for place, (level, own) in enumerate(columns):
        texts = [("aim", aim)] if level is None else [(one.id, one.words) for one in own]
        boxes += _column(level, place * (BOX_WIDTH + COLUMN_GAP), texts, tallest)
    at = {box.id: box for box in boxes}
    connectors = [
        _connector(at[one.id], at[upper]) for one in drivers for upper in _uppers(one) if upper in at
    ]
    height = max(box.y + box.height for box in boxes) + 2
    headings = tuple(
        (place * (BOX_WIDTH + COLUMN_GAP), HEADINGS[level]) for place, (level, _) in enumerate(columns)
    )
    return Diagram(
        len(columns) * (BOX_WIDTH + COLUMN_GAP) - COLUMN_GAP,
        height,
        headings,
        tuple(boxes),
        tuple(connectors),
        _description(by_level),
    )


def _uppers(one: AnyDriver) -> tuple[str, ...]:
    return ("aim",) if one.level is Level.PRIMARY else one.uppers


def _column_height(own: Sequence[AnyDriver]) -> float:
    return sum(_box_height(one.words) + BOX_GAP for one in own) - BOX_GAP


def _box_height(words: str) -> float:
    return 2 * PADDING + LINE_HEIGHT * len(_lines(words)) - 3


def _column(level: Level | None, x: float, texts: Sequence[tuple[str, str]], tallest: float) -> list[Box]:
    """The boxes of a column, in the middle of the height."""
    height = sum(_box_height(words) + BOX_GAP for _, words in texts) - BOX_GAP
    y = HEADING_HEIGHT + max(0.0, (tallest - height) / 2)
    boxes = []
    for id, words in texts:
        lines = tuple((y + PADDING + 11 + LINE_HEIGHT * i, line) for i, line in enumerate(_lines(words)))
        boxes.append(Box(id, level.value if level else "aim", x, y, _box_height(words), lines))
        y += _box_height(words) + BOX_GAP
    return boxes


def _lines(words: str) -> list[str]:
    """Words in lines of a box; a word that is too long alone is cut, in most scripts without a hyphen."""
    lines = [""]
    for word in words.split():
        while letters(word) > MAX_LETTERS:
            first = beginning(word, MAX_LETTERS - 1, letters) or word[: MAX_LETTERS - 1]
            lines.append(first + ("-" if letters(first[-1]) == 1 else ""))
            word = word[len(first) :]
        together = f"{lines[-1]} {word}".strip()
        if letters(together) <= MAX_LETTERS:
            lines[-1] = together
        else:
            lines.append(word)
    return [line for line in lines if line] or [""]


def _connector(lower: Box, upper: Box) -> str:
    """A curve from the box to the one that it moves."""
    x1, y1 = upper.x + upper.width, upper.y + upper.height / 2
    x2, y2 = lower.x, lower.y + lower.height / 2
    half = (x1 + x2) / 2
    return f"M{x1:.1f} {y1:.1f}C{half:.1f} {y1:.1f} {half:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"


def _description(by_level: dict[Level, list[AnyDriver]]) -> str:
    names = {
        Level.PRIMARY: "primary drivers",
        Level.SECONDARY: "secondary drivers",
        Level.CHANGE: "change ideas",
    }
    counts = [f"{len(own)} {names[level]}" for level, own in by_level.items() if own]
    return f"The aim, with {', '.join(counts)}. The list below has all words and ties."
