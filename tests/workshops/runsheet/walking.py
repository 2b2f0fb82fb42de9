"""Leading a workshop along its run-sheet by forms alone, as a browser without JavaScript does."""

import re
from html import unescape
from typing import Any

from app.main import services
from tests.spaces.house import Person
from tests.workshops.runsheet.conftest import Plan


class Console:
    """The console of the board of a plan, as one facilitator has it."""

    def __init__(self, plan: Plan, who: Person, board: str) -> None:
        self.plan, self.who, self.path = plan, who, f"/boards/{board}/console"
        self.board_id = board

    async def page(self, query: str = "") -> str:
        answer = await self.who.get(self.path + query)
        assert answer.status_code == 200, answer.text
        return str(answer.text)

    async def see(self, query: str = "") -> str:
        """The first press: the page with what comes next."""
        form = fields_of(await self.page(query), 'id="next-form"')
        answer = await self.who.post(f"{self.path}/next", **form)
        assert answer.status_code == 200, answer.text
        return str(answer.text)

    async def move(self, seen: str) -> Any:
        """The second press."""
        before = seen.rindex("<form", 0, seen.index('id="move-everyone"'))
        return await self.who.post(self.path, **fields_of(seen[before:], "<form"))

    async def on(self, query: str = "") -> str:
        """Both presses: the prompt that everybody has then."""
        answer = await self.move(await self.see(query))
        assert answer.status_code == 303, answer.text
        board = await self.live()
        stage = board.items[board.stage]
        return str(board.items[stage.fields["now"]].fields["prompt"])

    async def live(self) -> Any:
        return (await services(self.plan.home.app).rooms.open(self.board_id)).room.board


def fields_of(html: str, mark: str) -> dict[str, Any]:
    """The fields of the first form after `mark`, as they would be sent."""
    form = html[html.index(mark) :]
    form = form[: form.index("</form>")]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        is_tick = 'type="checkbox"' in tag and " checked" not in tag
        if name and not is_tick:
            found[name.group(1)] = unescape(value.group(1)) if value else ""
    for name, words in re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>\n?([^<]*)</textarea>', form):
        found[name] = unescape(words)
    selects = re.compile(r'<select [^>]*name="(\w+)"[^>]*>(.*?)</select>', re.DOTALL)
    for name, options in selects.findall(form):
        values = re.findall(r'<option value="([^"]*)"( selected)?', options)
        chosen = [value for value, is_chosen in values if is_chosen] or [value for value, _ in values[:1]]
        found[name] = unescape(chosen[-1]) if chosen else ""
    return found
