"""What a record was so far, and whose the words are that it had. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from app.records.core.record import Record, Row

Place = tuple[str, str]
TITLE: Place = ("title", "")


class Past:
    """The record at each revision so far, the first one first. It grows with the record.

    Words of title and fields are of whoever wrote them first: put back, they are their writer's again.
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.records: list[Record] = []
        self._writers: dict[tuple[Place, str], str] = {}
        self._alone: dict[Place, tuple[str, int]] = {}  # who changed it last, and since when nobody else did
        for one in records:
            self.add(one)

    def add(self, now: Record) -> None:
        """What the record became."""
        before, by = self.records[-1] if self.records else None, now.changed_by
        for place, _, text in changed_texts(before, now):
            self._writers.setdefault((place, text), by)
            self._changed(place, by)
        for _, line in changed_lines(before, now):
            self._changed(("line", line.id), by)
        self.records.append(now)

    def step(self, revision: int) -> tuple[Record, Record]:
        """The record before and after the change that led to `revision`, which is 2 at least."""
        return self.records[revision - 2], self.records[revision - 1]

    def writer(self, place: Place, text: str) -> str:
        """Who wrote these words first in title or field."""
        return self._writers[place, text]

    def is_alone(self, place: Place, revision: int) -> bool:
        """Whether nobody but whoever made the change `revision` changed the place since then."""
        by, since = self._alone.get(place, ("", 0))
        return since <= revision and by == self.records[revision - 1].changed_by

    def _changed(self, place: Place, by: str) -> None:
        if self._alone.get(place, ("", 0))[0] != by:
            self._alone[place] = (by, len(self.records) + 1)


def changed_texts(before: Record | None, after: Record) -> Iterator[tuple[Place, str, str]]:
    """Where title and fields differ, and the words before and after."""
    was = before.title if before else ""
    if was != after.title:
        yield TITLE, was, after.title
    fields = before.fields if before else {}
    if fields is not after.fields:
        for name in {**fields, **after.fields}:
            words = str(fields.get(name) or ""), str(after.fields.get(name) or "")
            if words[0] != words[1]:
                yield field(name), *words


def changed_lines(before: Record | None, after: Record) -> Iterator[tuple[Row | None, Row]]:
    """The lines whose words differ, or whether they are taken away, before and after.

    Lines are only added, at the end. Who has taken one on is no matter of its words.
    """
    rows: Sequence[Row] = before.rows if before else ()
    if rows is after.rows:
        return
    for was, then in zip(rows, after.rows, strict=False):
        if was is not then and (was.fields, was.removed) != (then.fields, then.removed):
            yield was, then
    for then in after.rows[len(rows) :]:
        yield None, then


def bring_back_words(before: Record, after: Record) -> bool:
    """Whether words stand in `after` that do not stand in `before`."""
    texts = any(text for _, _, text in changed_texts(before, after))
    return texts or any(not line.removed for _, line in changed_lines(before, after))


def field(name: str) -> Place:
    return ("field", name)
