"""Who is here, and what they tell the facilitators quietly, both in numbers; and what would help whom."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from app.access import WRITERS, Code, Refused
from app.boards.core.board import Board
from app.boards.core.stage.read import Stage, running_stage, stage_of
from app.boards.core.text import choices
from app.boards.core.text.choices import Choices
from app.boards.live.stage.progress import SEEN_WITHIN
from app.boards.storage import door_store, look_store, quiet_words
from app.db import Database, Tx, now
from app.spaces import seats
from app.spaces.space import Participant
from app.workshops.console.view import here


async def say(db: Database, secret: str, board: Board, person: str, word: str) -> None:
    """Tell the facilitators one of the quiet words. Raises invalid, and locked where no workshop runs."""
    if word not in quiet_words.WORDS:
        raise Refused(Code.INVALID, "That is not among the quiet words.")
    if running_stage(board) is None:
        raise Refused(Code.LOCKED, "No workshop is running here now.")
    said = partial(quiet_words.say, secret=secret, board_id=board.id, person=person, word=word)
    async with db.write() as tx:
        await tx.run_sync(lambda sync: said(sync))


async def seen(db: Database, board_id: str, word: str) -> None:
    async with db.write() as tx:
        await tx.run_sync(quiet_words.forget, board_id, word)


async def sides(db: Database, board: Board, form: Mapping[str, str]) -> dict[str, Any]:
    """What stands beside the workshop: `here`, `quiet` as (word, sentence, how many), `needs`, and `others`.

    `needs` are (who, words): what people who are still of the space said would help them; `others` those who
    can be made a facilitator, as the form for it, where that was sent, looks for them; `adding` is that form.
    """
    adding = form if form.get("do") == "add_facilitator" else {}
    return {**await db.run_read(lambda tx: _sides(tx, board, adding)), "adding": adding}


async def _sides(tx: Tx, board: Board, adding: Mapping[str, str]) -> dict[str, Any]:
    stage, at = stage_of(board), now()
    began = datetime.fromtimestamp(board.items[stage.id].at, UTC) if stage else at
    people = await seats.people_of(tx, board.space)
    present = await tx.run_sync(look_store.seen_since, board.id, at, at - SEEN_WITHIN)
    before = await tx.run_sync(look_store.seen_since, board.id, at, began)
    counts = await tx.run_sync(quiet_words.counts, board.id)
    sharing = await door_store.people(tx, board.id, stage.id) if stage else {}
    needs, known = await door_store.needs(tx, board.id), {one.id: one for one in people if not one.former}
    return {
        "here": here(people, present, before, stage, sharing),
        "needs": [(known[one], words) for one, words in needs.items() if one in known],
        "quiet": [(word, quiet_words.WORDS[word], count) for word, count in counts.items()],
        "others": _others(people, stage, adding),
    }


def _others(people: Collection[Participant], stage: Stage | None, adding: Mapping[str, str]) -> Choices:
    leading = stage.facilitators if stage else ()
    able = (one for one in people if one.role in WRITERS and not one.former and one.id not in leading)
    here = {one.id: one for one in able}
    return choices.of_form(list(here), lambda id: here[id].full_name, adding, "person")
