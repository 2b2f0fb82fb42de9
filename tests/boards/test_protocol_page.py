"""The protocol page is true: its client runs, its table is the union of ops."""

import asyncio
import re
import sys
from pathlib import Path
from typing import get_args

from app import config as settings
from app.boards.ops import Op
from app.db import Database
from app.demo.fill import fill
from tests.conftest import Running

PAGE = (Path(__file__).parents[2] / "app" / "boards" / "PROTOCOL.md").read_text()


def test_the_table_of_ops_is_the_union() -> None:
    rows = ["| op | fields |", "|---|---|"]
    for kind in get_args(Op):
        wanted = len(kind.__struct_fields__) - len(kind.__struct_defaults__)
        names = [f"`{name}`" + ("?" if i >= wanted else "") for i, name in enumerate(kind.__struct_fields__)]
        rows.append(f"| `{kind.__struct_config__.tag}` | {', '.join(names)} |")

    assert "\n".join(rows) in PAGE


async def test_a_stranger_takes_part_in_thirty_lines(running: Running, tmp_path: Path) -> None:
    server, url = running
    db = Database(url)
    demo = await fill(db, settings.read({"BASE_URL": server.url, "DATABASE_URL": url}))
    await db.close()
    found = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    (tmp_path / "client.py").write_text(found[1])
    person = demo.people[0]
    words = [server.url, person["email"], person["password"], demo.boards[0]["id"]]
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(tmp_path / "client.py"), *words, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await asyncio.wait_for(process.communicate(), 20)

    assert re.fullmatch(r"\d+ items; \{'n': 1, 'seq': \d+, 'undo': True\}\n", told.decode())
    assert len([line for line in found[1].strip().splitlines() if line.strip()]) <= 36
