"""Minutes as lines of words, which every kind of file is made from. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Literal

from msgspec import Struct

from app.characters import set_apart
from app.outcomes.measures.periods import long_date
from app.reports.minutes.content import BlockMinutes, Change, Correction, Group, Minutes, Note, Part, Result

LineKind = Literal["title", "lead", "head", "part", "words", "item", "numbered", "aside", "table"]
CHOICE = ("Answer", "People")
SILENT = "Nobody wrote here."
DOTS = ("What", "Notes behind it", "Dots")


class Line(Struct, frozen=True):
    """A heading, a paragraph, an entry of a list; or a table, whose rows begin with its head."""

    kind: LineKind
    words: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


class Told(Struct, frozen=True):
    """How minutes are put into words: names by id, and the clock of the room."""

    names: Mapping[str, str]
    zone: tzinfo

    def name(self, person: str) -> str:
        return self.names.get(person, "Somebody who has left") if person else "On paper"

    def whose(self, note: Note) -> str:
        """Who wrote a note, and who reworded it."""
        by = self.name(note.by)
        return f"{by}, reworded by {self.name(note.reworded)}" if note.reworded else by

    def time(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%H:%M}"

    def day(self, at: datetime) -> str:
        return long_date(at.astimezone(self.zone).date())


def lines_of(minutes: Minutes, told: Told, now: datetime) -> Iterator[Line]:
    """The whole document, in its order."""
    yield Line("title", minutes.title)
    yield Line("lead", f"{minutes.space}. Minutes of a workshop. {standing(minutes, told, now)}")
    for label, words in facts(minutes, told):
        yield Line("words", f"{label}: {words}")
    for block in minutes.blocks:
        yield from _block(block, told)
    if minutes.kept:
        yield Line("head", "What we keep")
        yield from (Line("item", kept_words(minutes, at, told)) for at in range(len(minutes.kept)))
    if minutes.parked:
        yield Line("head", "Parked")
        yield from (Line("item", one.title) for one in minutes.parked)
    if minutes.corrections:
        yield Line("head", "Corrections")
        yield from (Line("aside", correction_words(one, told)) for one in minutes.corrections)


def standing(minutes: Minutes, told: Told, now: datetime) -> str:
    """Whether it grows, is a draft, or stands."""
    if minutes.until is None:
        return "The workshop is running; this grows."
    if minutes.is_draft(now):
        until = f"{told.day(minutes.until)}, {told.time(minutes.until)}"
        return (
            f"Version {minutes.version}, a draft until {until}: whoever took part can ask for a correction."
        )
    return f"Version {minutes.version}. The time for corrections is over; it is fixed."


def facts(minutes: Minutes, told: Told) -> list[tuple[str, str]]:
    """The head of the document: what it was for, when, where, by whom and with whom."""
    found = [("Why", minutes.purpose)]
    if minutes.start:
        day, until = told.day(minutes.start), ""
        if minutes.end:
            ends = "" if told.day(minutes.end) == day else f"{told.day(minutes.end)}, "
            until = f" to {ends}{told.time(minutes.end)}"
        found.append(("When", f"{day}, {told.time(minutes.start)}{until}"))
    found += [("Where", minutes.place), ("What we could do", minutes.authority)]
    found.append(("Led by", ", ".join(set_apart(told.name(one)) for one in minutes.led)))
    found.append(("Who took part", took_part(minutes)))
    found.append(("Missing", "; ".join(one.title for one in minutes.missing)))
    return [(label, words) for label, words in found if words]


def took_part(minutes: Minutes) -> str:
    """Such as '12 people: Northfield Trust 7, Vale Hospice 3. Guests, who say so: Eastbrook 2.'."""
    if not minutes.people and not minutes.observers:
        return "Nobody." if minutes.until else "Nobody yet."
    sure = ", ".join(f"{set_apart(name)} {count}" for name, count in minutes.organisations)
    said = ", ".join(f"{set_apart(name)} {count}" for name, count in minutes.say_so)
    parts = [f"{plural(minutes.people, 'person', 'people')}{f': {sure}' if sure else ''}."]
    parts += [f"Guests, who say so: {said}."] if said else []
    parts += [f"{minutes.at_shared_phones} more at shared phones."] if minutes.at_shared_phones else []
    parts += [f"{plural(minutes.observers, 'observer')}."] if minutes.observers else []
    return " ".join(parts)


def numbers(part: Part) -> str:
    """What came of a question, in numbers."""
    if not part.asked:
        return ""
    said = [f"{plural(part.count, 'note')}."] if part.count else []
    if not part.kept:
        said += ["Not kept, as was said."] if said else []
    elif part.unrevealed:
        said.append(f"{plural(part.unrevealed, 'note was', 'notes were')} not revealed.")
    return " ".join(said)


def left_out_words(block: BlockMinutes) -> str:
    return f"{plural(block.left_out, 'note')} left out by the facilitators." if block.left_out else ""


def result_words(result: Result) -> str:
    if not result.people:
        return "Nobody voted." if result.by_dots else "Nobody answered."
    if result.too_few:
        return f"{plural(result.people, 'person', 'people')} answered: too few to show numbers."
    return f"{plural(result.people, 'person', 'people')} {'voted' if result.by_dots else 'answered'}."


def changed(one: Change, minutes: Minutes, left_out: Mapping[str, str]) -> tuple[str, str]:
    """What a facilitator did, and to what."""
    blocks = {block.id: block.title for block in minutes.blocks}
    if one.did == "paragraph":
        done = "wrote" if not one.before else "changed" if one.after else "took away"
        return f"{done} the paragraph to", blocks.get(one.target, "a block that is no longer here")
    if one.did == "answer":
        asked = [one for block in minutes.blocks for one in block.corrections]
        words = {each.id: each.text for each in (*asked, *minutes.corrections)}
        return "answered the correction", words.get(one.target, "")
    notes = {note.id: note.text for _, _, _, note in minutes.notes()} | dict(left_out)
    done = "left out" if one.did == "leave_out" else "took in again"
    return done, notes.get(one.target, "a note that is no longer here")


def kept_words(minutes: Minutes, at: int, told: Told) -> str:
    one = minutes.kept[at]
    who = f"Kept true by {set_apart(told.name(one.tender))}." if one.tender else "Nobody holds this yet."
    day = f" Look again {long_date(one.look_again)}." if one.look_again else ""
    return f"{one.word}: {set_apart(one.title)}. {who}{day}"


def plural(count: int, one: str, many: str = "") -> str:
    """'1 note', '3 notes'."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def correction_words(one: Correction, told: Told) -> str:
    answered = (
        f" Answer, {set_apart(told.name(one.answered_by))}: {set_apart(one.answer)}"
        if one.answer
        else " Not answered yet."
    )
    return f"Correction, {told.day(one.at)}, {set_apart(told.name(one.by))}: {set_apart(one.text)}{answered}"


def _block(block: BlockMinutes, told: Told) -> Iterator[Line]:
    until = f" to {told.time(block.end)}" if block.end else ""
    yield Line("head", f"{block.title} ({told.time(block.start)}{until})")
    if block.paragraph:
        yield Line("words", block.paragraph)
    for part in block.parts:
        yield Line("part", part.prompt)
        if words := numbers(part):
            yield Line("words", words)
        for group in part.groups:
            yield from _group(part, group, told)
        if part.result:
            yield Line("words", result_words(part.result))
            if part.result.rows and part.result.people:
                yield Line("table", rows=result_rows(part.result))
    if block.is_silent:
        yield Line("words", SILENT)
    if words := left_out_words(block):
        yield Line("words", words)
    yield from (Line("aside", correction_words(one, told)) for one in block.corrections)


def _group(part: Part, group: Group, told: Told) -> Iterator[Line]:
    if heading := part.heading(group):
        yield Line("words", f"{heading} ({plural(len(group.notes), 'note')})")
    for note in group.notes:
        yield Line("item", f"{note.text} ({told.whose(note)})")


def result_rows(result: Result) -> tuple[tuple[str, ...], ...]:
    if result.by_dots:
        return (DOTS, *((row.text, str(row.notes), str(row.dots)) for row in result.rows))
    return (CHOICE, *((row.text, str(row.dots)) for row in result.rows))
