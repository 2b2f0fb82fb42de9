"""Forms of pages, read as a browser reads them."""

from typing import Any

import lxml.html


def form_of(page: str, ending: str) -> Any:
    """The form of a page whose address ends so."""
    return next(one for one in lxml.html.fromstring(page).forms if str(one.action).endswith(ending))


def fields_of(page: str, ending: str = "/mapping") -> dict[str, str]:
    """What a browser would send for a form that nobody touches."""
    found = form_of(page, ending).form_values()
    # The line break that opens a text area is none of its words, which this parser does not know.
    return {name: value.removeprefix("\n") for name, value in found if name != "_csrf_token"}
