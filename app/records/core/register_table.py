"""What a register shows as a table of plain values, for whoever writes files of it. Pure."""

from datetime import date

from msgspec import Struct

Cell = str | date | None


class RegisterTable(Struct, frozen=True):
    """All rows that the filters leave, on all pages."""

    title: str
    head: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
