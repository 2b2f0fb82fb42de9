"""Reading what was typed about outcomes: days, numbers, choices, or the sentence that says what is wrong."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from app.spaces.rules import Errors, check, line, lines, only, too_long

NUMBER = re.compile(r"[+-]?([0-9]{1,15}(\.[0-9]{1,10})?|\.[0-9]{1,10})")
NOT_A_DAY = "Write the day as year, month and day, such as 2027-03-31."
NOT_A_NUMBER = "Write a number, such as 95 or 2.5."


class Typed:
    """A form under reading: each question takes one field, and keeps what is wrong with it."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self._form = form
        self._wrong: dict[str, str | None] = {}

    @property
    def errors(self) -> Errors:
        return only(self._wrong)

    def wrong(self, name: str, sentence: str | None) -> None:
        """Say what is wrong with a field, unless something was found before."""
        self._wrong[name] = self._wrong.get(name) or sentence

    def line(self, name: str, limit: int, missing: str = "") -> str:
        """One line; `missing` is the sentence where it must be filled."""
        return self._checked(name, line(self._form.get(name, "")), limit, missing)

    def text(self, name: str, limit: int, missing: str = "") -> str:
        """Several lines."""
        return self._checked(name, lines(self._form.get(name, "")), limit, missing)

    def yes(self, name: str) -> bool:
        return self._form.get(name) == "yes"

    def choice(self, name: str, choices: Collection[str], sentence: str) -> str:
        """One of the choices; the first of them where the form is wrong."""
        chosen = self._form.get(name, "")
        if chosen in choices:
            return chosen
        self.wrong(name, sentence)
        return next(iter(choices))

    def day(self, name: str, missing: str = "") -> date | None:
        """A day as browsers send it."""
        typed = line(self._form.get(name, ""))
        if not typed:
            self.wrong(name, missing)
            return None
        try:
            found = date.fromisoformat(typed)
        except ValueError:
            self.wrong(name, NOT_A_DAY)
            return None
        if not 1900 <= found.year <= 2200:
            self.wrong(name, "This day is too far away.")
        return found

    def whole(self, name: str, least: int, most: int, default: int) -> int:
        """A whole number between two others."""
        typed = self._form.get(name, "").strip()
        if not typed:
            return default
        if not re.fullmatch(r"[0-9]{1,9}", typed) or not least <= int(typed) <= most:
            self.wrong(name, f"Write a whole number from {least} to {most}.")
            return default
        return int(typed)

    def number(self, name: str, missing: str) -> Decimal:
        """A number as people write it: 1,250.5 or 95% too."""
        typed = re.sub(r"[\s,]|%\s*$", "", self._form.get(name, "").replace("\u2212", "-"))
        if not typed:
            self.wrong(name, missing)
            return Decimal(0)
        if not NUMBER.fullmatch(typed):
            self.wrong(name, NOT_A_NUMBER)
            return Decimal(0)
        return Decimal(typed)

    def _checked(self, name: str, words: str, limit: int, missing: str) -> str:
        self.wrong(name, check(words, limit, missing) if missing else too_long(words, limit))
        return words
