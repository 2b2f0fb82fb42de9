"""The union of ops is closed; whatever else comes is refused with a sentence and breaks nothing."""

from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access import ACTIONS, Refused
from app.boards.core import ops as o
from app.boards.core.group_commit import OpRequest, OpResult, decide_group
from app.boards.live.codec import is_client, read, read_op
from app.boards.live.messages import Incoming, PostedOp
from tests.boards.play import ANA, BEN, Play, uid

KINDS = get_args(o.Op)
TAGS = [kind.__struct_config__.tag for kind in KINDS]

odd_text = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "\0", "\x1b[31m", "\u202e", "=cmd()", "<script>", "a" * 5000, "'; DROP TABLE item; --"]
    ),
)
numbers = st.one_of(st.integers(-(10**40), 10**40), st.floats(allow_nan=False, allow_infinity=False))
odd = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, odd_text, st.sampled_from([uid(i) for i in range(1, 8)])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
names = sorted({name for kind in KINDS for name in kind.__struct_fields__})


def busy() -> Play:
    """A board with one of each thing, ids uid 1 to 7."""
    play = Play()
    section = play.section(ANA)
    one, two = play.card(ANA, section=section), play.card(BEN)
    play.link(ANA, one, two), play.comment(ANA, one), play.draft(ANA), play.draft(BEN)
    return play


def done_with(play: Play, wished: o.Op | o.Undo | Refused, base: Any = None) -> OpResult:
    group = decide_group(play.board, [OpRequest(ANA, "tab", 1, wished, 1.0, base)], {}, play.inverses)
    outcome = group.answers[0]
    assert isinstance(outcome, OpResult)
    assert not group.faults, "A rule broke"
    assert group.last_n == {("ana", "tab"): 1}
    msgspec.json.decode(msgspec.json.encode([group.after.items[id] for id in group.touched]))
    return outcome


def test_every_op_is_in_the_table_of_actions_and_every_op_of_the_table_exists() -> None:
    assert set(TAGS) | {"undo", "take_back"} == {name for name, rule in ACTIONS.items() if rule.way == "op"}
    assert len(TAGS) == len(set(TAGS))


@pytest.mark.parametrize("kind", KINDS, ids=TAGS)
def test_O3_an_op_with_a_field_too_many_is_refused(kind: type) -> None:
    op = {"do": kind.__struct_config__.tag, "id": uid(3), "shown": 1}  # type: ignore[attr-defined]
    wished = read_op(PostedOp(1, msgspec.Raw(msgspec.json.encode(op))))

    assert isinstance(wished, Refused)
    assert wished.code == "invalid"


@pytest.mark.parametrize(
    "op",
    [
        b'{"do":"burn_board","id":"x"}',
        b'{"do":"undo","of":1}',
        b'{"do":"take_back","act":"a","person":"ana","deeds":[1],"items":["x"]}',
        b'{"id":"x"}',
        b'{"do":"edit_card"}',
        b'{"do":["edit_card"],"id":"x"}',
        b'{"do":"edit_card","id":7}',
        b'{"do":"edit_card","id":null}',
        b'{"do":"edit_card","id":"x","text":null}',
        b'{"do":"add_card","id":"x","kind":"note","text":"a","draft":1}',
        b'{"do":"resize_card","id":"x","w":1e999}',
        b'{"do":"resize_card","id":"x","w":' + b"9" * 400 + b"}",
        b"[]",
        b"null",
        b'"add_card"',
        b"{" * 10_000,
        b"[" * 10_000,
        b'{"do":"edit_card","id":"x","text":' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"do":"edit_card","id":"x","text":"' + b"a" * 20_000 + b'"}',
        b'{"do":"edit_card","id":"x","text":"\\ud800"}',
        b'{"do":"edit_card","id":"\xed\xa0\x80"}',
        b"\xff\xfe",
    ],
)
def test_O3_what_is_no_op_is_refused_and_uses_up_its_n(op: bytes) -> None:
    wished = read_op(PostedOp(1, msgspec.Raw(op)))

    assert isinstance(wished, Refused)
    outcome = done_with(busy(), wished)
    assert outcome.code in ("invalid", "too_long")
    assert outcome.say
    assert len(outcome.say) < 300


@given(
    st.sampled_from(TAGS),
    st.dictionaries(st.sampled_from(names), odd, max_size=6),
    st.sampled_from(range(1, 8)),
)
def test_O3_whatever_is_in_an_op_it_is_done_or_refused_and_nothing_breaks(
    tag: str, fields: dict[str, Any], at: int
) -> None:
    raw = msgspec.json.encode({"id": uid(at), **_jsonable(fields), "do": tag})
    wished = read_op(PostedOp(1, msgspec.Raw(raw)))

    done_with(busy(), wished)


@given(st.data())
def test_O3_a_well_formed_op_with_odd_values_is_done_or_refused_and_nothing_breaks(
    data: st.DataObject,
) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    ids = st.sampled_from([uid(i) for i in range(1, 10)])
    by_type: dict[str, st.SearchStrategy[Any]] = {"id": ids, **dict.fromkeys(o.TEXT_LIMITS, odd_text)}
    by_type |= dict.fromkeys(("start", "end", "card"), ids)
    by_type |= {name: st.one_of(st.none(), ids, st.just("")) for name in ("section", "after")}
    by_type |= {name: st.floats(allow_nan=True, allow_infinity=True) for name in ("x", "y", "w", "h")}
    by_type |= {"kind": st.sampled_from(["note", "ask", ""]), "draft": st.booleans()}
    by_type |= {"means": st.sampled_from(["serves", "tests", "x"])}
    choices = {field.name: st.from_type(field.type) for field in msgspec.structs.fields(kind)}
    op = kind(**{name: data.draw(by_type.get(name, choice)) for name, choice in choices.items()})

    done_with(busy(), op, data.draw(st.one_of(st.none(), st.integers(-(10**30), 10**30))))


@given(st.integers(-(10**30), 10**30))
def test_O3_an_undo_of_any_number_is_done_or_refused(of: int) -> None:
    done_with(busy(), o.Undo(of))


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"type":"dance"}',
        b'{"type":"op","n":"1"}',
        b'{"type":"op","n":1.5}',
        b'{"type":"hello","v":"1"}',
        b'{"type":"here","x":"left"}',
        b"[" * 100_000,
        b'{"type":"op","n":1,"op":' + b"[" * 100_000,
        b"\xff",
    ],
)
def test_O3_what_is_no_message_is_refused(message: bytes) -> None:
    assert isinstance(read(message), Refused)


def test_O3_a_message_of_an_op_without_an_op_is_refused() -> None:
    message = read(b'{"type":"op","n":1}')

    assert isinstance(message, Incoming)
    assert isinstance(read_op(message), Refused)


@pytest.mark.parametrize("client", ["", "a" * 65, "a\0", "a\n", "a b", "é", "\ud800"])
def test_C1_a_client_id_is_short_and_plain(client: str) -> None:
    assert is_client("7c9e6679-7425-40de-944b-e07fc1f90ae7")
    assert not is_client(client)


def _jsonable(fields: dict[str, Any]) -> dict[str, Any]:
    """Without the halves of characters that Python keeps in a str and JSON cannot."""
    return {name: value for name, value in fields.items() if _encodes(value)}


def _encodes(value: Any) -> bool:
    try:
        msgspec.json.encode(value)
    except (UnicodeError, msgspec.MsgspecError, OverflowError):
        return False
    return True
