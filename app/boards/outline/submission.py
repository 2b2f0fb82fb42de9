"""A form with what became of it: what the answer to it goes by."""

from msgspec import Struct

from app.boards.core.batch import OpResult
from app.boards.core.board import Board, ends_of
from app.boards.outline import document
from app.boards.outline.document import SectionEntry
from app.boards.outline.view import OutlineView


class Submission(Struct, frozen=True):
    """A form with its outcome; `before` is the board just before it, the sheet's the board just after."""

    form: dict[str, str]
    outcome: OpResult
    before: Board
    sheet: OutlineView

    @property
    def do(self) -> str:
        return self.form.get("do", "undo")

    @property
    def item(self) -> str:
        """The card or section that the form was about; a link's form stands at one of its two cards."""
        form = self.form
        if self.do in ("edit_link", "remove_link"):
            return form.get("slot", "")
        return form.get("card") or form.get("start") or form.get("id", "")

    @property
    def anchor(self) -> str:
        """Where on the page to go on."""
        found = self.sheet.board.items.get(self.item)
        if found is None or self.do == "undo":
            return "main"
        if found.removed is not None:
            return f"part-{document.part_of(self.before, self.sheet.viewer, self.item)}"
        if found.item == "section":
            return f"part-{found.id}"
        card = found.id if found.item == "card" else ends_of(found)[0]
        return f"card-{card}"

    @property
    def clashed(self) -> bool:
        """Whether both texts are to be compared, one's own and the one it replaced."""
        return self.outcome.conflict is not None and self.do == "edit_card"

    def part(self, id: str) -> SectionEntry | None:
        return document.part(self.sheet.board, self.sheet.viewer, id)
