"""What of the records somebody asks a register for, as its address says it, and what it then shows. Pure."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from msgspec import Struct, structs

NOBODY = "nobody"  # in place of a kind or a person: what nobody keeps true
ME = "me"
OPEN, CLOSED, ALL = "open", "closed", "all"
PAGE = 50  # rows
COUNTED = 1000  # rows that have the words looked for; of more nobody needs the number
LONGEST = 200  # signs of what is looked for; the rest is left out
FILTERS = ("state", "organisation", "outcome", "tender", "board", "overdue")
SORTS = (("look", "Look again soonest"), ("changed", "Changed last"), ("title", "By title"))


class Asked(Struct, frozen=True):
    """The filters, the sort and the page, counted from 1. All but `page` are "" where nothing was chosen.

    `q` is what somebody looks for; `state` is one of OPEN, CLOSED and ALL, or a state of the kind.
    """

    kind: str = ""
    state: str = ""
    organisation: str = ""
    outcome: str = ""
    tender: str = ""
    board: str = ""
    overdue: str = ""
    q: str = ""
    sort: str = ""
    page: int = 1

    def address(self, edit: str = "", **changes: object) -> str:
        """The query of the address that asks for the same with these changes; "" for none.

        `edit` is the record whose row shows its form.
        """
        asked = {**structs.asdict(structs.replace(self, **changes)), "edit": edit}
        said = {name: value for name, value in asked.items() if value not in ("", 1)}
        return f"?{urlencode(said)}" if said else ""

    @property
    def chosen(self) -> int:
        """How many of the filters are, beside the kind and the words."""
        return sum(bool(getattr(self, name)) for name in FILTERS)

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the kind was chosen, so that an empty page says how to see more."""
        return self != Asked(kind=self.kind, sort=self.sort, page=self.page)


def read_asked(query: Mapping[str, str]) -> Asked:
    """What an address asks for; whatever is no filter is left out."""
    page = query.get("page", "")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1
    said = {name: query.get(name, "")[:LONGEST] for name in Asked.__struct_fields__ if name != "page"}
    return Asked(**said, page=max(1, number))


Cell = str | date | None


class RegisterTable(Struct, frozen=True):
    """All rows that the filters leave, on all pages, as plain values for whoever writes files of it."""

    title: str
    head: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
