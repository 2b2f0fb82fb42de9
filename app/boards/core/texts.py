"""Setting a text that others may have changed meanwhile: replace, merge, or keep both."""

from app import characters
from app.access import Code, Refused
from app.boards.core.board import Clash, Item, TextVersion
from app.boards.core.changeset import Changeset
from app.boards.core.ops import TEXT_LIMITS
from app.boards.core.text.merge3 import merge

UNKNOWN = -1  # the seq of a text that was read so long ago that it is no longer kept
NEEDED = ("text", "title")  # fields that must not be empty


def tidy(field: str, text: str) -> str:
    """`text` as it is stored: what cannot be stored is left out. Raises too_long above the limit."""
    text = characters.storable(text)
    if len(text) > TEXT_LIMITS[field]:
        raise Refused(
            Code.TOO_LONG, f"That is {len(text)} characters long; this can be at most {TEXT_LIMITS[field]}."
        )
    return text


def kept(work: Changeset, field: str, text: str) -> str:
    """The same, noting in `work` whether something was left out, so that the writer is told."""
    if not characters.is_storable(text):
        work.cleaned.append(field)
    return tidy(field, text)


def required(work: Changeset, field: str, text: str, what: str) -> str:
    """The same for a text that must not be empty; `what` names its item in the refusal. Raises invalid."""
    text = kept(work, field, text)
    if not text.strip():
        raise Refused(Code.INVALID, f"A {what} needs some words.")
    return text


def write(work: Changeset, item: Item, field: str, text: str) -> Item:
    """Set a text field by rule T2: it replaces what its writer had read, else is merged, else both stay."""
    now: str = item.fields[field]
    if text == now:
        return item
    read = _as_read(work, item, field)
    if read is None or read.text == now:
        return _replace(work, item, field, text)
    joined = None if read.seq == UNKNOWN else merge(read.text, text, now)
    if joined is None or not _fits(field, joined):
        work.clash = Clash(item.id, field, text, now, _writer(item, field))
        return _replace(work, item, field, text)
    work.merged.append(field)
    work.merged_with = _other_writer(work, item, field)
    # The client that wrote `text` goes on from it, not from the merged text, which it does not have yet.
    mine = TextVersion(field, work.seq, work.me, work.deed.client, text)
    both = TextVersion(field, work.seq, work.me, "", joined)
    return work.set(item, mine, both, **{field: joined})


def _replace(work: Changeset, item: Item, field: str, text: str) -> Item:
    return work.set(item, TextVersion(field, work.seq, work.me, work.deed.client, text), **{field: text})


def _fits(field: str, text: str) -> bool:
    """Whether a merged text may be stored: two additions may be too long, two cuts leave none."""
    return len(text) <= TEXT_LIMITS[field] and (bool(text.strip()) or field not in NEEDED)


def _as_read(work: Changeset, item: Item, field: str) -> TextVersion | None:
    """The text that the writer changed: what they say it was, what they had read, or wrote themselves since.

    None where they had read the present one, or did not say. Its seq is UNKNOWN where that text is no longer
    kept: then the two clash and both stay. (Any other text would turn words that the writer never saw into
    words that they deleted.) Forms have no client id: each goes on from its `base`, whatever another window
    has sent since.
    """
    said = (work.deed.read or {}).get(field)
    if said is not None and len(said) <= TEXT_LIMITS[field]:
        return TextVersion(field, work.seq, work.me, work.deed.client, said)
    base = work.deed.base
    if base is None or item.rev.get(field, item.born) <= base:
        return None
    writer = (work.me, work.deed.client)
    known = [v for v in item.versions if v.field == field]
    read = [v for v in known if v.seq <= base or (work.deed.client and (v.by, v.client) == writer)]
    return read[-1] if read else TextVersion(field, UNKNOWN, "", "", "")


def _other_writer(work: Changeset, item: Item, field: str) -> str:
    """Who last wrote something else than this client; the same person where they write on two devices."""
    own = ((work.me, work.deed.client), (work.me, ""))
    versions = reversed(item.versions)
    return next((v.by for v in versions if v.field == field and (v.by, v.client) not in own), item.owner)


def _writer(item: Item, field: str) -> str:
    return next((v.by for v in reversed(item.versions) if v.field == field), item.owner)
