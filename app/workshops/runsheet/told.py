"""A run-sheet in words: how a block goes, minutes, and what a step does on phones. Pure."""

from app.workshops.promise import promise as of_question
from app.workshops.runsheet.sheet import PLACES, Block, Step


def how(block: Block) -> str:
    """'Alone, then at mixed tables · private, then shared · 2 dots each'."""
    steps = [step for step in block.steps if not step.left_out]
    places = list(dict.fromkeys(PLACES[step.where] for step in steps))
    said = ", then ".join([places[0], *(one[0].lower() + one[1:] for one in places[1:])]) if places else ""
    more = list(dict.fromkeys(word for step in steps for word in _settings(step)))
    return " · ".join(one for one in (said, *more) if one)


def minutes(value: float) -> str:
    """'5', '2.5'."""
    return f"{value:g}"


def summary(block: Block) -> str:
    """Its steps with their minutes, where there are several; else its aim or what is asked."""
    if len(block.steps) == 1:
        only = block.steps[0]
        return block.aim or only.prompt
    return " · ".join(f"{step.title} {minutes(step.minutes)}" for step in block.steps if not step.left_out)


def promise(step: Step) -> str:
    """What a phone says about who reads it and when."""
    if step.kind == "ask":
        return str(of_question(step.write == "private", step.kept))
    if step.kind == "vote":
        return "Nobody is shown whose it is: of votes only totals are kept."
    return ""


def _settings(step: Step) -> list[str]:
    if step.kind == "ask":
        found = ["private until revealed" if step.write == "private" else "shared"]
        return found if step.kept else [*found, "not kept"]
    if step.kind == "vote":
        if step.how == "choice":
            return ["one choice"]
        return ["1 dot each" if step.dots == 1 else f"{step.dots} dots each"]
    return ["gathered"] if step.kind == "gather" else []
