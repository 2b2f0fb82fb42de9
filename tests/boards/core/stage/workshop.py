"""A board with a workshop on it, and short words for what people do there."""

from typing import Any

from app.access import Actor
from app.boards.core import ops as o
from app.boards.core.board import BoardChange, Outside
from app.boards.core.delivery import everything
from app.boards.core.sight import View, viewer_of
from app.boards.core.stage import ops as s
from app.boards.core.stage.read import Phase, Stage, phase_of, stage_of
from tests.boards.play import ANA, EVERYONE, Play, uid

STAGE = uid(900)
ROLES = {actor.person: actor.role for actor in EVERYONE if actor.person}


class Workshop(Play):
    """Ana has begun a workshop: she is its facilitator and leads it."""

    def __init__(self) -> None:
        super().__init__()
        self.home = self.section(ANA, "Notes")
        self.outside = Outside(chance=b"by chance", roles=ROLES)
        self.act(ANA, s.OpenStage(STAGE, "Why we are here"))

    def ask(self, who: Actor = ANA, prompt: str = "What makes it hard?", **given: Any) -> str:
        """Open the next phase; its id."""
        id = uid(next(self.ids))
        self.act(who, s.OpenPhase(id, self.stage.now, prompt, **given))
        return id

    def note(self, who: Actor, phase: str, text: str = "A note", **given: Any) -> str:
        return self.card(who, text, phase=phase, **given)

    def theme(self, who: Actor, *cards: str, title: str = "A theme") -> str:
        id = uid(next(self.ids))
        self.act(who, s.AddTheme(id, title, cards=cards))
        return id

    def lead(self, op: o.Op, who: Actor = ANA) -> BoardChange:
        return self.act(who, op)

    @property
    def stage(self) -> Stage:
        stage = stage_of(self.board)
        assert stage is not None
        return stage

    def phase(self, id: str) -> Phase:
        phase = phase_of(self.board, id)
        assert phase is not None
        return phase

    def seen_by(self, who: Actor) -> dict[str, View]:
        return {view.id: view for view in everything(self.board, viewer_of(who, self.board)).puts}
