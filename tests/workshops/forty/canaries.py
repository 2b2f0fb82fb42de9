"""Words and ids that only their author may be given, and every place where somebody else might find them."""

from collections.abc import Iterable

from tests.workshops.forty.phones import Page, Phone
from tests.workshops.forty.room import Room

DOORS = (
    "take-part",
    "outline",
    "",
    "wall",
    "map",
    "parts",
    "removed",
    "removed.json",
    "people",
    "changes?client=somebody&from=0",
    "export.json",
    "console",
)


class Canaries:
    """Private notes: whose they are, their words and ids."""

    def __init__(self, word: str) -> None:
        self.word = word  # that stands in no others
        self.by_text: dict[str, str] = {}
        self.by_id: dict[str, str] = {}

    def text(self, person: str) -> str:
        """Words that stand nowhere else."""
        text = f"{self.word} {len(self.by_text):04d} of {person}"
        self.by_text[text] = person
        return text

    def note(self, person: str, id: str) -> None:
        self.by_id[id] = person

    def update(self, other: "Canaries") -> None:
        self.by_text |= other.by_text
        self.by_id |= other.by_id

    @property
    def texts(self) -> list[str]:
        return sorted(self.by_text)

    @property
    def ids(self) -> list[str]:
        return sorted(self.by_id)

    def all_in(self, html: str) -> bool:
        return all(text in html for text in self.by_text)

    def found_in(self, texts: Iterable[str], reader: str) -> list[str]:
        """Which of those of others stand there."""
        told = "\n".join(texts)
        private = {**self.by_text, **self.by_id}
        return [word for word, person in private.items() if person != reader and word in told]


async def judge(room: Room, private: Canaries) -> None:
    """Nobody was sent, and nobody can load, what another has written and nobody has revealed."""
    for one in room.sockets:
        assert private.found_in(one.heard, one.person) == [], f"{one.want} of {one.person}"
    looks = [Page(room.server, room.world.board, one.person, one.cookie) for one in _readers(room)]
    for page in looks:
        async with page.http:
            for door in DOORS:
                told = (await page.http.get(f"{page.board}/{door}")).text
                assert private.found_in([told], page.person) == [], door
            found = await page.http.get(f"/spaces/{room.world.space}/find?q={private.word}")
            assert found.status_code == 200
            assert private.found_in([found.text], page.person) == []


def _readers(room: Room) -> list[Phone]:
    """A facilitator, an observer, and somebody who takes part."""
    return [room.lead, room.walls[0], room.phones[0]]
