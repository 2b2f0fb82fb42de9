"""What a pretend person does in a phase, and after how long: they read, write, choose and finish. Pure."""

from random import Random
from typing import Literal
from uuid import UUID

from msgspec import Struct, structs

from app.boards.core.board import Board
from app.boards.core.stage.read import Phase, present_phase
from app.boards.core.stage.votes import choices_of, slots_of
from app.rehearse.workshop import words

Do = Literal["note", "dot", "finish"]
READS, TYPES, CHOOSES = (6.0, 25.0), (12.0, 45.0), (4.0, 20.0)  # seconds: before they begin, for each
NOTES = (1, 1, 1, 2, 2, 3)  # that somebody writes, so often
SHY = 0.08  # of all who write nothing
WITHIN = 0.85  # of the minutes of a phase: then everybody has finished
NO_CLOCK = 3.0  # minutes of a phase without any


class Act(Struct, frozen=True):
    """One thing that somebody does, `after` so many seconds of the phase."""

    after: float
    do: Do
    id: str = ""  # of a note: the same each time, so that two rehearsals can be held beside each other
    text: str = ""
    section: str | None = None
    slot: int = 0
    choice: str = ""


class Question(Struct, frozen=True):
    """What people are asked in a phase, as far as they act on it."""

    phase: str
    minutes: float
    writes: bool
    question: bool
    kind: str
    sections: tuple[str, ...]
    things: tuple[str, ...]  # what is voted on, in an order that does not hang on chance
    dots: int
    most: int


def asked(board: Board) -> Question | None:
    """The present phase; None before the first one, and once the workshop has ended."""
    phase = present_phase(board)
    return _question(board, phase) if phase else None


def acts(of: Question, number: int, person: int, seed: int, *, numbered: bool = False) -> list[Act]:
    """All that the person with this number does in the phase with that number, in turn.

    Where they are `numbered` the beginning of a note's id stands before its words, so that it can be found.
    """
    chance = Random(f"{seed} {number} {person}")
    at = chance.uniform(*READS)
    found: list[Act] = []
    if of.writes and chance.random() > SHY:
        for _ in range(chance.choice(NOTES)):
            at += chance.uniform(*TYPES)
            text = words.sentence(
                (number * 53 + person * 7 + len(found) * 97) % words.TURNS, question=of.question
            )
            section = chance.choice(of.sections) if of.sections else None
            id = str(UUID(int=chance.getrandbits(128), version=4))
            found.append(Act(at, "note", id, f"{id[:8]} {text}" if numbered else text, section))
    elif of.things:
        for slot, thing in enumerate(_chosen(of, chance), 1):
            at += chance.uniform(*CHOOSES)
            found.append(Act(at, "dot", slot=slot, choice=thing))
    found.append(Act(at + chance.uniform(*CHOOSES), "finish"))
    return _in_time(found, of.minutes * 60 * WITHIN)


def _question(board: Board, phase: Phase) -> Question:
    votes = phase.vote_open
    return Question(
        phase.id,
        phase.minutes or NO_CLOCK,
        writes=phase.write != "off",
        question=phase.question,
        kind=phase.kinds[0] if phase.kinds else "note",
        sections=tuple(sorted(phase.sections, key=lambda id: _words(board, id))),
        things=tuple(sorted(choices_of(phase), key=lambda id: _words(board, id))) if votes else (),
        dots=len(slots_of(phase)) if votes else 0,
        most=phase.vote.most if phase.vote.how == "dots" else 1,
    )


def _words(board: Board, id: str) -> tuple[str, str]:
    item = board.items.get(id)
    fields = item.fields if item else {}
    return (str(fields.get("title") or fields.get("text") or ""), id)


def _chosen(of: Question, chance: Random) -> list[str]:
    """Some things have more friends than others."""
    left = [thing for thing in of.things for _ in range(of.most)]
    found: list[str] = []
    for _ in range(min(of.dots, len(left))):
        weights = [1 / (1 + of.things.index(thing)) for thing in left]
        found.append(left.pop(chance.choices(range(len(left)), weights)[0]))
    return found


def _in_time(found: list[Act], most: float) -> list[Act]:
    """The same, quicker where the phase is short."""
    pace = min(1.0, most / found[-1].after)
    return [structs.replace(one, after=one.after * pace) for one in found]
