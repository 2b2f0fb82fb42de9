"""What a run-sheet is: blocks with steps, each with its minutes and the settings of its phase. Pure."""

from typing import Literal

from msgspec import Struct, structs

from app.boards.core.kinds import CARD_KINDS

Kind = Literal["tell", "ask", "read", "gather", "vote"]
Where = Literal["plenary", "solo", "pair", "table", "home", "delegates"]
KINDS: dict[Kind, str] = {
    "tell": "Say it, with a clock",
    "ask": "Ask a question",
    "read": "Read together",
    "gather": "Gather into themes",
    "vote": "Vote",
}
PLACES: dict[Where, str] = {
    "plenary": "All together",
    "solo": "Alone",
    "pair": "In pairs",
    "table": "At mixed tables",
    "home": "With one’s own organisation",
    "delegates": "Delegates in the middle",
}
LEAST_MINUTES, MOST_MINUTES = 0.5, 240.0  # of a step
MOST_BLOCKS, MOST_STEPS = 60, 20
TITLE, PROMPT, NOTE, OPTION = 120, 600, 1000, 120  # characters
MOST_DOTS, MOST_OPTIONS = 20, 12
MOST_SECTIONS, SECTION = 12, 200


class Step(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """A part of a block, and what phones are asked in it.

    `sections` are the titles of the sections that notes go into, so that a run-sheet fits any board. `cut` is
    how many minutes it gives back when time is short. `rev` is the revision in which it was last changed.
    """

    id: str
    title: str
    minutes: float
    prompt: str = ""
    where: Where = "plenary"
    kind: Kind = "tell"
    sections: tuple[str, ...] = ()
    card: str = "note"
    write: Literal["private", "shared"] = "private"
    question: bool = False
    kept: bool = True
    reveals: bool = False  # on moving there, what was written in private is shown first
    move: Literal["facilitators", "everyone"] = "facilitators"
    how: Literal["dots", "choice"] = "dots"
    dots: int = 3
    most: int = 1
    options: tuple[str, ...] = ()
    lead: str = ""
    backstage: str = ""
    cut: float = 0
    if_late: str = ""
    left_out: bool = False
    rev: int = 0


class Block(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Steps that belong together, under a title."""

    id: str
    title: str
    aim: str = ""
    steps: tuple[Step, ...] = ()
    rev: int = 0

    @property
    def minutes(self) -> float:
        """Without what is left out."""
        return sum(step.minutes for step in self.steps if not step.left_out)

    @property
    def cut(self) -> float:
        """The minutes that it can give back."""
        return sum(min(step.cut, step.minutes) for step in self.steps if not step.left_out)


class Sheet(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The blocks of a workshop, in their order."""

    blocks: tuple[Block, ...] = ()

    @property
    def minutes(self) -> float:
        return sum(block.minutes for block in self.blocks)

    @property
    def cut(self) -> float:
        return sum(block.cut for block in self.blocks)

    def steps(self) -> list[Step]:
        """All steps in their order, left out ones too."""
        return [step for block in self.blocks for step in block.steps]

    def step(self, id: str) -> Step | None:
        return next((step for step in self.steps() if step.id == id), None)

    def block(self, id: str) -> Block | None:
        return next((block for block in self.blocks if block.id == id), None)

    def block_of(self, step_id: str) -> Block | None:
        """The block that a step is in."""
        return next((one for one in self.blocks if any(step.id == step_id for step in one.steps)), None)


def outline(sheet: Sheet) -> Sheet:
    """What those who do not lead it are shown: blocks with their minutes, and no word of their steps."""
    shown = []
    for block in sheet.blocks:
        if minutes := min(block.minutes, MOST_MINUTES):
            step = Step(id=block.id, title=block.title, minutes=minutes)
            shown.append(structs.replace(block, steps=(step,)))
    return Sheet(blocks=tuple(shown))


def wrong_with(step: Step) -> dict[str, str]:
    """A sentence for each field of a step that cannot be; empty where all is well."""
    found: dict[str, str] = {}
    if not step.title.strip():
        found["title"] = "Give this step a title."
    if not LEAST_MINUTES <= step.minutes <= MOST_MINUTES:  # also what is no number
        found["minutes"] = "Give between half a minute and 240 minutes."
    if step.card not in CARD_KINDS:
        found["card"] = "Choose one of the kinds of card."
    if not 0 <= step.cut <= MOST_MINUTES:
        found["cut"] = "Give the minutes that can be saved as a number from 0 to 240."
    if step.kind in ("ask", "vote") and not step.prompt.strip():
        found["prompt"] = "Write what people are asked."
    if step.kind == "vote":
        found |= _wrong_vote(step)
    if len(step.sections) > MOST_SECTIONS or any(len(one) > SECTION for one in step.sections):
        found["sections"] = f"Choose at most {MOST_SECTIONS} sections."
    limits = {"title": TITLE, "prompt": PROMPT, "backstage": NOTE, "if_late": NOTE}
    for name, most in limits.items():
        if len(getattr(step, name)) > most:
            found.setdefault(name, f"This can be at most {most} characters long.")
    return found


def _wrong_vote(step: Step) -> dict[str, str]:
    if step.how == "dots" and not 1 <= step.most <= step.dots <= MOST_DOTS:
        return {"dots": f"Each person has 1 to {MOST_DOTS} dots, and one thing takes at most that many."}
    if step.how == "choice" and not 2 <= len(step.options) <= MOST_OPTIONS:
        return {"options": f"Give between 2 and {MOST_OPTIONS} answers to choose from, one a line."}
    if step.how == "choice" and any(not one.strip() or len(one) > OPTION for one in step.options):
        return {"options": f"Each answer has some words, at most {OPTION} characters."}
    return {}


def wrong_with_block(block: Block) -> dict[str, str]:
    """The same for a block itself, without its steps."""
    found: dict[str, str] = {}
    if not block.title.strip():
        found["title"] = "Give this block a title."
    for name, most in {"title": TITLE, "aim": NOTE}.items():
        if len(getattr(block, name)) > most:
            found.setdefault(name, f"This can be at most {most} characters long.")
    return found
