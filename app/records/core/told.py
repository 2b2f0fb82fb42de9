"""The history of a record in words: one sentence a change, without who did it. Pure."""

from collections.abc import Mapping

from msgspec import UNSET

from app.records.core import ops
from app.records.core.kinds import KINDS
from app.records.core.ops import Op
from app.records.core.record import Record
from app.records.core.reviewing import still_words
from app.records.core.ties import MEANINGS

PLAIN: dict[type, str] = {
    ops.Stand: "read it back, and it was agreed",
    ops.TakeOn: "took it on",
    ops.HandBack: "keeps it true no longer",
    ops.PutBack: "put a change back",
    ops.RemoveTie: "took a connection away",
    ops.TakeRow: "took a step on",
    ops.LeaveRow: "gave a step back",
    ops.RestoreRow: "brought a line back",
}


def sentence(op: Op, after: Record, now: Record, names: Mapping[str, str]) -> str:
    """What somebody did, as it follows their name: 'kept this dilemma'.

    Of a line it has only words that stand `now`. `names` are of people, and titles of what the reader sees of
    records and goals, by id.
    """
    kind = KINDS.get(after.kind)
    match op:
        case ops.Keep():
            what = kind.word.lower() if kind else "record"
            return f"kept this {what}" if not op.draft else f"began this {what} as a draft"
        case ops.Write():
            known = {field.name: field.label for field in kind.fields} if kind else {}
            changed = [known.get(name, name) for name in op.fields]
            changed = [*(["the title"] if op.title is not UNSET else []), *(f"“{one}”" for one in changed)]
            return f"changed {', '.join(changed)}"
        case ops.AddRow() | ops.EditRow() | ops.RemoveRow():
            return _line(op, after, now)
        case ops.SetState():
            return f"said that it is {kind.states[op.state].word.lower() if kind else op.state}"
        case ops.AddTie():
            other = f"“{names[op.tie.other]}”" if op.tie.other in names else "another"
            return f"connected it: it {MEANINGS[op.tie.means].word.lower()} {other}"
        case ops.LookAgain() | ops.Review():
            return _looked(op, after)
        case ops.Offer():
            return f"asked {names.get(op.person, 'somebody')} to keep it true"
        case ops.Answer():
            return "said yes to keeping it true" if op.yes else "said no to keeping it true"
        case ops.Close() | ops.Open():
            return f"{'closed' if isinstance(op, ops.Close) else 'opened'} it: {op.reason}"
        case _:
            return PLAIN[type(op)]


def _line(op: ops.AddRow | ops.EditRow | ops.RemoveRow, after: Record, now: Record) -> str:
    id = op.row.id if isinstance(op, ops.AddRow) else op.id
    row, stands = after.row(id), now.row(id)
    still = row and stands and not stands.removed and row.fields == stands.fields
    what = f"“{next(iter(row.fields.values()), '')}”" if row and still else "a line"
    verb = {ops.AddRow: "added", ops.EditRow: "changed", ops.RemoveRow: "took away"}[type(op)]
    return f"{verb} {what}"


def _looked(op: ops.LookAgain | ops.Review, after: Record) -> str:
    if isinstance(op, ops.LookAgain):
        return f"set the day to look again to {op.on.day} {op.on:%B %Y}" if op.on else "took the day away"
    row = after.row(op.row.id)
    return f"looked again and {still_words(row)}" if row else "looked again"
