"""The page of a run-sheet, as it is loaded and as it comes back when something was refused."""

from collections.abc import Mapping
from typing import Any

from litestar.response import Template

from app.workshops.runsheet.context import At
from app.workshops.runsheet.form import values_of
from app.workshops.runsheet.sheet import Block, Step


def sheet_page(
    at: At,
    chosen: str = "",
    given: Mapping[str, Any] = {},
    errors: Mapping[str, str] = {},
    theirs: Step | Block | None = None,
    status: int = 200,
) -> Template:
    """What is `chosen` has its form open, with `given` where that was refused."""
    sheet = at.workshop.sheet
    block = sheet.block(chosen)
    step = sheet.step(chosen) if block is None else None
    inside = sheet.block_of(chosen) or (sheet.block(given.get("block", "")) if errors else None)
    values = dict(given) if errors else values_of(step) if step else {}
    if block and not errors:
        values = {"title": block.title, "aim": block.aim, "seen": str(block.rev)}
    return at.page(
        "workshops/plan/sheet.html" if at.is_team else "workshops/plan/agenda.html",
        status,
        chosen=chosen,
        step=step,
        block=block or inside,
        of_block=block is not None,
        moved=given.get("moved", ""),
        adding=given.get("add", "") or (given.get("do", "") if errors else ""),
        values=values,
        errors=errors,
        theirs=theirs,
        theirs_values=values_of(theirs) if isinstance(theirs, Step) else {},
    )
