"""Reads the fields of forms: lines, days, numbers, choices, and what is wrong with them. Pure."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from app.spaces.rules import Errors, check_length, check_required, only_wrong, tidy_line, tidy_text

NUMBER = re.compile(r"[+-]?([0-9]{1,15}(\.[0-9]{1,10})?|\.[0-9]{1,10})")
THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,10})?")
NOT_A_DAY = "Write the day as year, month and day, such as 2027-03-31."
NOT_A_NUMBER = "Write a number, such as 95 or 2.5."


class FormReader:
    """A form. Each method reads one field, and remembers a sentence where something is wrong with it."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self._form = form
        self._wrong: dict[str, str | None] = {}

    @property
    def errors(self) -> Errors:
        """The sentences by field name."""
        return only_wrong(self._wrong)

    def wrong(self, name: str, sentence: str | None) -> None:
        """Set the sentence for a field, unless it has one already. None sets nothing."""
        self._wrong[name] = self._wrong.get(name) or sentence

    def line(self, name: str, limit: int, missing: str = "") -> str:
        """One line of at most `limit` letters; `missing` is the sentence for a field that must be filled."""
        return self._checked(name, tidy_line(self._form.get(name, "")), limit, missing)

    def text(self, name: str, limit: int, missing: str = "") -> str:
        """Several lines of at most `limit` letters together."""
        return self._checked(name, tidy_text(self._form.get(name, "")), limit, missing)

    def yes(self, name: str) -> bool:
        return self._form.get(name) == "yes"

    def choice(self, name: str, choices: Collection[str], sentence: str) -> str:
        """One of the choices; the first of them where the field has another value."""
        chosen = self._form.get(name, "")
        if chosen in choices:
            return chosen
        self.wrong(name, sentence)
        return next(iter(choices))

    def day(self, name: str, missing: str = "") -> date | None:
        """A day as browsers send it (2027-03-31), between 1900 and 2200; None where it is empty or wrong."""
        typed = tidy_line(self._form.get(name, ""))
        if not typed:
            self.wrong(name, missing)
            return None
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            self.wrong(name, NOT_A_DAY)
            return None
        if not 1900 <= day.year <= 2200:
            self.wrong(name, "This day is too far in the past or the future.")
        return day

    def whole(self, name: str, least: int, most: int, default: int) -> int:
        """A whole number from `least` to `most`; `default` where the field is empty or wrong."""
        typed = self._form.get(name, "").strip()
        if not typed:
            return default
        if not re.fullmatch(r"[0-9]{1,9}", typed) or not least <= int(typed) <= most:
            self.wrong(name, f"Write a whole number from {least} to {most}.")
            return default
        return int(typed)

    def number(self, name: str, missing: str) -> Decimal:
        """A number as people write it, also 1,250.5 or 95%; 0 where it is wrong.

        A comma stands between thousands: 2,5 could be two and a half, and is not read as 25.
        """
        typed = re.sub(r"\s|%\s*$", "", self._form.get(name, "").replace("\u2212", "-"))
        if not typed:
            self.wrong(name, missing)
            return Decimal(0)
        if THOUSANDS.fullmatch(typed):
            typed = typed.replace(",", "")
        if not NUMBER.fullmatch(typed):
            self.wrong(name, NOT_A_NUMBER)
            return Decimal(0)
        return Decimal(typed)

    def _checked(self, name: str, words: str, limit: int, missing: str) -> str:
        self.wrong(name, check_required(words, limit, missing) if missing else check_length(words, limit))
        return words
