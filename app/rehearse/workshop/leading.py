"""Leading the copy of a workshop step by step, by the forms of the console, as a facilitator does."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from app.access import Refused
from app.boards.core.board import Board
from app.boards.core.stage.read import notes_of, phase_of, present_phase, running_stage, stage_of
from app.boards.storage import store as board_store
from app.db import Database
from app.rehearse.address import Address, Unreachable, ask, jar
from app.rehearse.arriving import form_token
from app.rehearse.workshop.copied import Copied
from app.rehearse.workshop.words import THEMES
from app.workshops.console import next_phase
from app.workshops.console.step_values import values_for, with_step
from app.workshops.runsheet import store
from app.workshops.runsheet.follow import really_ran
from app.workshops.runsheet.sheet import Block, Step

STEPS = UUID("6f3c0c7e-7a5b-4c3e-9d3a-51d1b5b0a0aa")  # from which ids of phases and themes are made
PATIENCE, AGAIN = 30.0, 0.2  # seconds: for one press of a button, and until it is pressed once more
GIVES_NO_ANSWER = "The workshop could not go on: {}"


class Lead:
    """The person who leads, signed in; every press is pressed again until what it does is done."""

    def __init__(self, db: Database, at: Address, copied: Copied, cookies: dict[str, str]) -> None:
        self.db, self.at, self.copied, self.cookies = db, at, copied, dict(cookies)
        self.console = f"/boards/{copied.board}/console"

    async def board(self) -> Board:
        async with self.db.read() as tx:
            return await board_store.load(tx, self.copied.board)

    def phase_of(self, number: int) -> str:
        """The id of the phase that the step with this number becomes."""
        return str(uuid5(STEPS, f"{self.copied.board} {number}"))

    async def open_doors(self) -> None:
        here = f"/spaces/{self.copied.space}/workshops/{self.copied.workshop}"
        await self._press(f"{here}/open", {}, lambda board: running_stage(board) is not None)

    async def go_to(self, block: Block, step: Step, number: int) -> str:
        """Open the step as a phase; its id."""
        board, workshop = await self.board(), self.copied.workshop
        async with self.db.read() as tx:
            runs = (await store.runs_of(tx, [workshop]))[workshop]
        ran = really_ran(runs, board)
        kind, values = values_for(board, step, block, ran)
        phase = self.phase_of(number)
        seen = next_phase.preview(board, kind, next_phase.values_of(board, kind, values), phase)
        fields = with_step(board, seen, step, block, ran, ()).fields
        await self._press(self.console, fields, lambda board: _is_now(board, phase))
        return phase

    async def gather(self, number: int) -> None:
        """Put the notes that are read now into themes, some into each."""
        board = await self.board()
        phase = present_phase(board)
        notes = [one for one in notes_of(board, phase.about) if one.shown is not None] if phase else []
        loose = sorted((one for one in notes if not one.fields.get("theme")), key=_text)
        for at, title in enumerate(THEMES):
            cards = [one.id for one in loose[at :: len(THEMES)]]
            id = str(uuid5(STEPS, f"{self.copied.board} {number} {title}"))
            form = {"do": "add_theme", "id": id, "title": title, "cards": " ".join(cards)}
            if cards:
                await self._press(self.console, form, lambda board, id=id: id in board.items)  # type: ignore[misc]

    async def close_vote(self, phase: str) -> None:
        form = {"do": "close_vote", "id": phase}
        await self._press(self.console, form, lambda board: not _votes(board, phase))

    async def end(self) -> None:
        stage = stage_of(await self.board())
        form = {"do": "end", "id": stage.id if stage else ""}
        await self._press(self.console, form, lambda board: running_stage(board) is None)

    async def _press(self, path: str, form: dict[str, Any], done: Callable[[Board], bool]) -> None:
        """Send a form until the board says that it is done. Raises Unreachable where that takes too long."""
        why = "no answer came."
        end = asyncio.get_running_loop().time() + PATIENCE
        while asyncio.get_running_loop().time() < end:
            try:
                if not form_token(self.cookies):
                    self.cookies |= (await ask(self.at, self.console, self.cookies)).cookies
                sent = {**form, "_csrf_token": form_token(self.cookies)}
                why = f"the server answered {(await ask(self.at, path, self.cookies, sent)).status}."
            except (Unreachable, Refused) as reason:
                why = str(reason)
            if done(await self.board()):
                return
            await asyncio.sleep(AGAIN)
        raise Unreachable(GIVES_NO_ANSWER.format(why))

    @property
    def cookie(self) -> str:
        return jar(self.cookies)


def _is_now(board: Board, phase: str) -> bool:
    now = present_phase(board)
    return now is not None and now.id == phase


def _votes(board: Board, phase: str) -> bool:
    one = phase_of(board, phase)
    return one is not None and one.vote_open


def _text(note: Any) -> tuple[str, str]:
    return (str(note.fields["text"]), note.id)
