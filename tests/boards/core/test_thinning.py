"""Which texts the log keeps: one version of a stretch, the first words, and each writer's last."""

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from app.boards.core import ops as o
from app.boards.core.board import Inverse
from app.boards.core.words.log_words import LogEntry
from app.boards.core.words.thinning import MOST, STRETCH, Version, rewritten, texts_of, thinned

ANA, BEN = "ana", "ben"


def version(seq: int, by: str = ANA, at: float | None = None, item: str = "c1") -> Version:
    return Version(item, "text", seq, by, float(seq) if at is None else at)


def entry(seq: int, before: str | None, text: str, **more: Any) -> LogEntry:
    """A deed that made `text` of `before`; of nothing where it added the card."""
    do = "add_card" if before is None else "edit_card"
    op = {"do": do, "id": "c1", "text": text, **more}
    inverse = [Inverse("c1", "text", before, seq - 1)] if before is not None else []
    return LogEntry(seq, _json(op), _json(inverse), _json({"n": seq, "seq": seq, "undo": True}))


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def typed(*texts: str) -> dict[int, LogEntry]:
    """A log in which one card got these texts one after the other."""
    pairs = zip((None, *texts), texts, strict=False)
    return {seq: entry(seq, before, text) for seq, (before, text) in enumerate(pairs, 1)}


def back(log: LogEntry) -> list[str]:
    return [one.value for one in msgspec.json.decode(log.inverse, type=list[Inverse])]


def seqs(versions: tuple[Version, ...]) -> list[int]:
    return [one.seq for one in versions]


def test_T10_one_stretch_of_writing_is_one_version_and_the_first_words_stay() -> None:
    what = thinned([version(1), version(2), version(3), version(4), version(5, at=4 + STRETCH + 1)])

    assert seqs(what.kept) == [1, 4, 5]
    assert seqs(what.dropped) == [2, 3]


def test_T10_a_stretch_ends_where_somebody_else_writes() -> None:
    what = thinned([version(1), version(2), version(3, BEN), version(4), version(5)])

    assert seqs(what.kept) == [1, 2, 3, 5]


def test_T10_of_one_writer_at_most_twenty_stay_and_of_others_their_last_words() -> None:
    apart = STRETCH * 2
    many = [version(1, BEN, 0.0), *(version(seq, ANA, seq * apart) for seq in range(3, 40))]
    what = thinned([*many, version(2, BEN, apart)])

    assert len([one for one in what.kept if one.by == ANA]) == MOST
    assert [one.seq for one in what.kept if one.by == BEN] == [1, 2]
    assert seqs(what.after) == [40 - MOST]


@given(st.lists(st.tuples(st.sampled_from([ANA, BEN, "cat"]), st.floats(0, 4 * STRETCH)), max_size=120))
def test_T10_the_first_and_the_last_of_each_writer_always_stay(steps: list[tuple[str, float]]) -> None:
    at, versions = 0.0, list[Version]()
    for seq, (by, later) in enumerate(steps, 1):
        at += later
        versions.append(version(seq, by, at))
    what = thinned(versions)
    kept = set(seqs(what.kept))
    writers = {one.by for one in versions}

    assert sorted([*kept, *seqs(what.dropped)]) == [one.seq for one in versions]
    assert not versions or 1 in kept
    assert {max(one.seq for one in versions if one.by == who) for who in writers} <= kept
    assert len(kept) <= 1 + MOST * len(writers)
    assert thinned(what.kept).dropped == ()  # what is thinned out stays as it is


def test_T10_undo_of_the_version_that_is_left_takes_the_whole_stretch_back() -> None:
    log = typed("First", "First w", "First words", "First words of all")
    new = {one.seq: one for one in rewritten(log, thinned([version(seq) for seq in log]))}

    assert set(new) == {2, 3, 4}
    assert back(new[4]) == ["First"]
    assert (back(new[2]), back(new[3])) == ([], [])
    assert "First w" not in new[2].op + new[3].op
    assert "First words of all" in new[4].op


def test_T10_other_fields_of_a_deed_and_its_answer_stay() -> None:
    log = typed("First", "Second", "Third")
    log[2] = entry(2, "First", "Second", kind="ask")
    (new, _) = rewritten(log, thinned([version(seq) for seq in log]))

    assert msgspec.json.decode(new.op) == {"do": "edit_card", "id": "c1", "kind": "ask"}
    assert new.result == log[2].result


def test_T10_a_stretch_that_ends_by_an_undo_is_not_done_again_by_undoing_that() -> None:
    log = typed("First", "Second", "Third")
    undo = LogEntry(4, _json({"do": "undo", "of": 3}), _json([Inverse("c1", "text", "Third", 3)]), '{"n":4}')
    log[4] = undo
    new = {one.seq: one for one in rewritten(log, thinned([version(seq) for seq in log]))}

    assert texts_of(undo) == {("c1", "text")}
    assert back(new[4]) == []


def test_C2_whoever_began_a_stretch_with_a_clash_is_told_so_for_as_long_as_the_log_is_kept() -> None:
    log = typed("First", "Second", "Third", "Fourth")
    clash = {"id": "c1", "field": "text", "yours": "Mine", "theirs": "Of another"}
    log = {
        seq: LogEntry(seq, one.op, one.inverse, _json({"n": 1, "seq": seq, "conflict": clash}))
        for seq, one in log.items()
    }
    new = {one.seq: one for one in rewritten(log, thinned([version(seq) for seq in log]))}

    assert "Of another" in new[2].result
    assert "Of another" not in new[3].result


def test_T10_of_a_batch_each_part_is_looked_at_by_itself() -> None:
    parts = [{"do": "edit_card", "id": id, "text": f"Of {id}"} for id in ("c1", "c2")]
    inverse = [Inverse(id, "text", f"Before {id}", 1) for id in ("c1", "c2")]
    batch = LogEntry(2, _json({"do": "batch", "parts": parts}), _json(inverse), '{"n":2}')
    log = {1: entry(1, None, "First"), 2: batch, 3: entry(3, "Of c1", "Third")}
    versions = [version(1), version(2), version(3), version(2, item="c2")]
    new = {one.seq: one for one in rewritten(log, thinned(versions))}

    assert texts_of(batch) == {("c1", "text"), ("c2", "text")}
    assert msgspec.json.decode(new[2].op)["parts"] == [{"do": "edit_card", "id": "c1"}, parts[1]]
    assert back(new[2]) == ["Before c2"]
    assert back(new[3]) == ["Before c1"]


def test_every_op_that_sets_a_text_is_seen_to() -> None:
    ops: list[o.SingleOp] = [
        o.AddSection("s", "Title", prompt="What?"),
        o.EditSection("s", example="Such as"),
        o.AddComment("k", "c", "A remark"),
        o.MoveCard("c", x=1.0),
    ]
    found = [texts_of(LogEntry(1, _json(op), "[]", "{}")) for op in ops]

    assert {"title", "prompt"} <= {field for _, field in found[0]}
    assert found[1:] == [{("s", "example")}, {("k", "text")}, set()]
    assert texts_of(LogEntry(1, '{"do":"clear"}', "[]", "{}")) == set()
