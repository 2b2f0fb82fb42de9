"""A workshop that was held, and its minutes as pages and files."""

import io
from datetime import timedelta

import pytest
from docx import Document

from app.db import new_id, now
from app.main import services
from tests.spaces.house import Person
from tests.workshops.runsheet.conftest import Plan
from tests.workshops.runsheet.walking import Console

FORMS = ("md", "csv", "json", "docx", "pdf")


class Held:
    """A workshop that went through its first blocks: what is in its minutes, and what must not be."""

    def __init__(self, plan: Plan, console: Console) -> None:
        self.plan, self.console = plan, console
        self.path = f"{plan.path}/minutes"

    async def page(self, who: Person) -> str:
        answer = await who.get(self.path)
        assert answer.status_code == 200, answer.text
        return str(answer.text)

    async def file(self, who: Person, form: str) -> str:
        answer = await who.get(f"{self.path}/as/{form}")
        assert answer.status_code == 200, answer.text
        if form == "docx":
            return "\n".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
        return answer.content.decode("utf-8", errors="replace")

    async def note(self, who: Person, text: str) -> str:
        board, id = await self.console.live(), new_id()
        phase = board.items[board.items[board.stage].fields["now"]]
        section = (phase.fields.get("sections") or [""])[0]
        fields = {"do": "add_card", "id": id, "phase": phase.id, "kind": phase.fields["kinds"][0]}
        answer = await who.post(
            f"/boards/{self.console.board_id}/take-part", text=text, section=section, **fields
        )
        assert answer.status_code == 303, answer.text
        return id

    async def end(self) -> None:
        stage = (await self.console.live()).stage
        assert (await self.plan.winter.ana.post(self.console.path, do="end", id=stage)).status_code == 303

    async def hours_later(self, hours: float) -> None:
        """As if it had ended so long ago."""
        board = (await services(self.plan.home.app).rooms.open(self.console.board_id)).room.board
        board.items[board.stage].fields["ended_at"] = (now() - timedelta(hours=hours)).timestamp()


@pytest.fixture
async def held(plan: Plan) -> Held:
    assert (await plan.winter.ana.post(f"{plan.path}/open")).status_code == 303
    console = Console(plan, plan.winter.ana, await plan.board())
    made, steps = Held(plan, console), {step.title: step.id for step in (await plan.sheet()).steps()}
    await plan.winter.bo.get(f"/boards/{console.board_id}/take-part")
    await console.on()
    await console.on(f"?step={steps['One word']}")
    await made.note(plan.winter.bo, "Canary of the check-in")
    await console.on(f"?step={(await plan.sheet()).blocks[3].steps[0].id}")
    await made.note(plan.winter.bo, "How is it that we wait and hurry?")
    await made.note(plan.winter.bo, "=1+1 or how?")
    await console.on(f"?step={steps['Reveal and read']}")
    await console.on(f"?step={(await plan.sheet()).blocks[5].steps[0].id}")
    await made.note(plan.winter.bo, "Canary that nobody revealed")
    return made
