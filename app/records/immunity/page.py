"""What a private page asks, and what becomes of words that were written in two windows at once. Pure.

The map from a goal over what one does instead to a hidden commitment and the assumption that holds it is
known from the work of Robert Kegan and Lisa Lahey; the words are our own.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from msgspec import Struct

from app.characters import storable
from app.records.core.meanwhile import BOTH, MINE, THEIRS, Conflict

MOST_WORDS = 2000  # characters of one box
MOST_PAGES = 50  # of one person, removed ones too
MOST_VERSIONS = 100  # of one page; the oldest go first
KEPT = timedelta(days=30)  # how long a removed page can be brought back, as on boards
SITTING = timedelta(minutes=2)  # how far apart versions are that only grow
MANY = 20  # characters that go at once: what stood before is a version of its own
# How a form names words, the mark of what it showed, and a choice.
BOX, SEEN, CHOOSE = "box-", "seen-", "choose-"


class Box(Struct, frozen=True):
    """One of the six boxes: what it asks, and about how many of the 35 minutes it takes."""

    name: str
    number: str
    label: str
    prompt: str
    minutes: int
    rows: int = 4


BOXES = (
    Box(
        "goal",
        "1",
        "What I want to get better at",
        "One thing that matters to you and that you can do yourself, whatever others do.",
        5,
        2,
    ),
    Box(
        "doing",
        "2a",
        "What I already do for it",
        "Be fair to yourself first. What have you tried, and what works?",
        4,
    ),
    Box(
        "instead",
        "2b",
        "What I do, or don’t do, instead",
        "Only what a camera would see. No reasons yet, and no blame.",
        7,
    ),
    Box(
        "worry",
        "3",
        "If I did the opposite, I would worry that\u00a0…",
        "Take each thing you do instead and think of doing its opposite. What is the worst that comes up?",
        7,
    ),
    Box(
        "commitment",
        "→",
        "So I am also committed to\u00a0…",
        "Each worry guards something, such as letting nobody down. It has a good reason, and competes with "
        "your goal.",
        6,
    ),
    Box(
        "assumption",
        "4",
        "The big assumption",
        "What must I believe for all this to make sense? Try: I assume that if …, then …",
        6,
        2,
    ),
)
NAMES = tuple(one.name for one in BOXES)
Words = Mapping[str, str]


class Page(Struct, frozen=True):
    """A page as its author has it. `handed` is the record that its assumption was handed on as."""

    id: str
    words: dict[str, str]
    revision: int
    made_at: datetime
    changed_at: datetime
    removed_at: datetime | None = None
    handed: str | None = None
    handed_at: datetime | None = None

    @property
    def title(self) -> str:
        """The beginning of its goal, or of the first box that says something."""
        said = (self.words.get(name, "").strip() for name in NAMES)
        return next((one.splitlines()[0] for one in said if one), "")


class Version(Struct, frozen=True):
    """The words as they stood at some time; `changed` names the boxes that say something else since."""

    number: int
    at: datetime
    words: dict[str, str]
    changed: tuple[str, ...] = ()


class Joined(Struct, frozen=True):
    """What a form changes, the marks of what it shows now, and where its writer has to choose."""

    words: dict[str, str]
    seen: dict[str, str]
    conflicts: tuple[Conflict, ...] = ()


def read_words(form: Words) -> dict[str, str]:
    """The boxes of a form, as they can be stored. One that is too long is cut nowhere: see `too_long`."""
    return {name: storable(form[f"{BOX}{name}"]) for name in NAMES if f"{BOX}{name}" in form}


def sentence(words: Words) -> str:
    """The assumption as it follows "We believe that"."""
    return re.sub(r"^I (assume|believe) (that )?", "", " ".join(words.get("assumption", "").split()))


def too_long(words: Words) -> dict[str, str]:
    """A sentence for each box that holds too much."""
    say = "This box holds at most {} characters; yours has {}. Nothing is lost: it is still here."
    return {name: say.format(MOST_WORDS, len(text)) for name, text in words.items() if len(text) > MOST_WORDS}


def too_long_together(joined: Joined, choices: Words) -> dict[str, str]:
    """A sentence for each box of which both texts were chosen and do not fit."""
    say = f"Both together are longer than {MOST_WORDS} characters. Shorten yours, or choose one of them."
    return {one.field: say for one in joined.conflicts if choices.get(one.field) == BOTH}


def mark(text: str) -> str:
    """A short mark of a text, by which a form says what it showed."""
    return sha256(text.encode()).hexdigest()[:16] if text else ""


def marks(words: Words) -> dict[str, str]:
    return {name: mark(words.get(name, "")) for name in NAMES}


def join(typed: Words, seen: Words, now: Words, choices: Words) -> Joined:
    """The boxes of a form that showed `seen`, against what is `now`: another window may have written.

    Where only one of both changed a box, that holds. Where both did, nothing is taken before the writer has
    chosen, and not both where that is too long. A box that this window shows as it was keeps the mark of
    what it shows.
    """
    words: dict[str, str] = {}
    marked: dict[str, str] = {}
    conflicts: list[Conflict] = []
    for name, mine in typed.items():
        theirs, showed = now.get(name, ""), seen.get(name, "")
        if mine == theirs:
            marked[name] = mark(mine)
        elif mark(mine) == showed:
            marked[name] = showed
        elif mark(theirs) == showed or choices.get(name) == MINE:
            words[name], marked[name] = mine, mark(mine)
        elif choices.get(name) == BOTH and len(both := f"{theirs}\n\n{mine}") <= MOST_WORDS:
            words[name] = both
            marked[name] = mark(words[name])
        elif choices.get(name) == THEIRS:
            marked[name] = mark(theirs)
        else:
            marked[name] = showed
            conflicts.append(Conflict(name, mine, theirs))
    return Joined(words, marked, tuple(conflicts))


def is_version(before: Words, after: Words, last: datetime | None, at: datetime) -> bool:
    """Whether what stood `before` is kept: the `last` version is a while ago, or words go."""
    if not any(before.values()):
        return False
    goes = any(len(before.get(name, "")) - len(after.get(name, "")) >= MANY for name in NAMES)
    return goes or last is None or at - last >= SITTING


def differing(one: Words, other: Words) -> tuple[str, ...]:
    """The boxes that do not say the same."""
    return tuple(name for name in NAMES if one.get(name, "") != other.get(name, ""))
