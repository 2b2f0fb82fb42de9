"""The protocol page is true: its client runs, its tables and lists are what the code has."""

import asyncio
import re
import sys
from pathlib import Path
from typing import get_args

from app import config as settings
from app.access import OP_CODES, Actor, Code, Role
from app.boards.core.board import Board
from app.boards.core.closing import Close
from app.boards.core.group_commit import OpRequest, decide_group
from app.boards.core.kinds import CARD_KINDS, LINK_MEANINGS
from app.boards.core.ops import AddCard, AddComment, AddLink, AddSection, Op
from app.boards.core.sight import see, viewer_in
from app.boards.live import messages
from app.db import Database
from app.demo.fill import fill
from tests.conftest import Running
from tests.support.world import make_world

BOARDS = Path(__file__).parents[2] / "app" / "boards"
PAGE = (BOARDS / "PROTOCOL.md").read_text()
FIRST, SECOND, SECTION, LINK, COMMENT = (f"{i:08d}-0000-4000-8000-000000000000" for i in range(5))
ONE_OF_EACH = (
    AddCard(FIRST, "note", "one"),
    AddCard(SECOND, "note", "two"),
    AddSection(SECTION, "three"),
    AddLink(LINK, FIRST, SECOND, "leads_to"),
    AddComment(COMMENT, FIRST, "five"),
)


def test_the_table_of_ops_is_the_union() -> None:
    rows = ["| op | fields |", "|---|---|"]
    for kind in get_args(Op):
        wanted = len(kind.__struct_fields__) - len(kind.__struct_defaults__)
        names = [
            f"`{name}`" + ("?" if i >= wanted else "") for i, name in enumerate(kind.__struct_encode_fields__)
        ]
        rows.append(f"| `{kind.__struct_config__.tag}` | {', '.join(names)} |")

    assert "\n".join(rows) in PAGE


def test_the_table_of_items_has_their_fields() -> None:
    me = Actor(Role.MEMBER, "me")
    after = decide_group(
        Board("b", "s"), [OpRequest(me, "", None, op, 0.0) for op in ONE_OF_EACH], {}, {}
    ).after
    for item in (after.items[id] for id in (FIRST, SECTION, LINK, COMMENT)):
        view = see(after, item, viewer_in(me.role, me.person))
        row = re.search(rf"^\| {item.item} \| (.*) \|$", PAGE, re.MULTILINE)

        assert view is not None
        assert row is not None
        assert set(re.findall(r"`(\w+)`", row[1])) - {"draft", "imported", "face"} == set(view.fields)


def test_kinds_and_meanings_are_all_named() -> None:
    kinds = re.search(r"^`kind` is one of (.*); `means` one of (.*), read from", PAGE, re.MULTILINE)

    assert kinds is not None
    assert [re.findall(r"`(\w+)`", words) for words in kinds.groups()] == [
        list(CARD_KINDS),
        list(LINK_MEANINGS),
    ]


def test_codes_of_refusals_and_of_closing_are_all_named() -> None:
    first_cells = re.findall(r"^\| `?(\w+)`? \|", PAGE, re.MULTILINE)

    assert {cell for cell in first_cells if cell in set(Code)} == OP_CODES
    assert {cell for cell in first_cells if cell.isdigit()} == {str(int(code)) for code in Close}


def test_every_message_is_named() -> None:
    incoming = get_args(messages.Incoming.__annotations__["type"])
    outgoing = [kind.__struct_config__.tag for kind in get_args(messages.Outgoing)]

    assert [name for name in (*incoming, *outgoing) if not re.search(rf"`{name}`|\"{name}\"", PAGE)] == []


async def test_a_stranger_takes_part_in_thirty_lines(running: Running, tmp_path: Path) -> None:
    server, url = running
    db = Database(url)
    demo = await fill(db, settings.read({"BASE_URL": server.url, "DATABASE_URL": url}))
    await db.close()
    program = program_under("In thirty lines")
    (tmp_path / "client.py").write_text(program)
    person = demo.people[0]
    words = [server.url, person["email"], person["password"], demo.boards[0]["id"]]
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(tmp_path / "client.py"), *words, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await asyncio.wait_for(process.communicate(), 20)

    assert re.fullmatch(r"\d+ items; \{'n': 1, 'seq': \d+, 'undo': True\}\n", told.decode())
    assert lines_of(program) <= 36


async def test_a_stranger_leads_a_workshop_and_another_takes_part_in_thirty_lines(
    running: Running, tmp_path: Path
) -> None:
    server, url = running
    world = await make_world(url)
    program = program_under("Lead or take part in thirty lines")
    (tmp_path / "client.py").write_text(program)

    async def run(name: str, part: str) -> str:
        words = [server.url, world.tokens[name], world.board, part]
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(tmp_path / "client.py"), *words, stdout=asyncio.subprocess.PIPE
        )
        told, _ = await asyncio.wait_for(process.communicate(), 20)
        return told.decode()

    led, took_part = await asyncio.gather(run("Ana", "lead"), run("Ben", "take part"))

    assert led == took_part == "['Nobody answers']\n"
    assert lines_of(program) <= 36


def program_under(title: str) -> str:
    found = re.search(rf"^## {title}\n.*?```python\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def lines_of(program: str) -> int:
    return len([line for line in program.splitlines() if line.strip()])
