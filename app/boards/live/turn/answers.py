"""The answers to the requests of a group commit, made where it is stored."""

from msgspec import MsgspecError, structs

from app.boards.core.group_commit import Gap, GroupCommit, OpRequest, OpResult, Repeat, forgotten
from app.boards.live.turn.ticket import Answer
from app.boards.storage import earlier_deeds
from app.db import SyncTx


def answers(tx: SyncTx, board_id: str, requests: list[OpRequest], group: GroupCommit) -> list[Answer]:
    """One for each of the `requests` that `group` decided, in their order."""
    made = [_answer(tx, board_id, *both) for both in zip(requests, group.answers, strict=True)]
    for i in group.faults:
        made[i] = structs.replace(made[i], fault=True)
    return made


def _answer(tx: SyncTx, board_id: str, request: OpRequest, answer: OpResult | Repeat | Gap) -> Answer:
    if isinstance(answer, Gap):
        return Answer(None, resend_after=answer.last_n)
    if isinstance(answer, Repeat):
        try:
            stored = earlier_deeds.stored_result(tx, board_id, request.key, answer.n)
        except MsgspecError:  # of a newer version; the others of the group are stored and keep their answers
            return Answer(None, fault=True)
        return Answer(stored or forgotten(answer.n))
    return Answer(answer)
