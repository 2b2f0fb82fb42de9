"""People to choose from, of whom there may be hundreds: a few are offered, the others found by name. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec import Struct

from app.boards.core.text import folding

FEW = 30  # what one reads through; so many are offered at once
LONGEST = 200  # signs of what is looked for
FIELDS = ("named", "found", "look_for")  # of a form: what is looked for, what was, and the button for it

Choice = tuple[str, str]  # the id of somebody, and what they are found by: 'Ana Okafor, Northfield Trust'


class Choices(Struct, frozen=True):
    """`kept` were chosen already, `first` are the FEW first of `count` others: all, or those with the words.

    `many`: whether there are more than one reads through. Else `first` are all, chosen ones among them.
    `looking`: whether the form was only looking for somebody now, and is not one that was sent and refused.
    """

    kept: list[Choice]
    first: list[Choice]
    count: int
    named: str = ""
    many: bool = False
    looking: bool = False

    @property
    def offered(self) -> list[Choice]:
        return [*self.kept, *self.first]

    @property
    def only(self) -> str:
        """The id of the one that was found just now; empty where there are others."""
        return self.first[0][0] if self.looking and self.named and self.count == 1 else ""

    @property
    def hint(self) -> str:
        """How many are offered of how many; empty where all are."""
        if self.named and not self.count:
            return f"Nobody {'else ' if self.kept else ''}who can be chosen has these words."
        some = f"{len(self.first)} of {self.count:,}" if self.count > FEW else ""
        if self.named and some:
            return f"The first {some} {'others' if self.kept else 'people'} with these words."
        if self.named:
            return "The others have these words." if self.kept else "Those with these words."
        return f"The first {some} people. Find the others by name or organisation." if some else ""


def of_form(
    known: Sequence[str], words: Callable[[str], str], form: Mapping[str, str], field: str
) -> Choices:
    """As a form says whom it looks for, and who is chosen already in its field."""
    named, chosen = form.get("named", ""), form.get(field, "")
    return of_many(known, words, named, {chosen}, looking=are_looked_for(form))


def of_many(
    known: Sequence[str],
    words: Callable[[str], str],
    named: str = "",
    chosen: Collection[str] = (),
    *,
    looking: bool = False,
) -> Choices:
    """All `known` where they are few; else the `chosen` ones and, with `named`, only who has these words.

    `known` are ids, and `words` says one by one what each is told and found by.
    """
    if len(known) <= FEW:
        return Choices([], [(id, words(id)) for id in known], len(known))
    kept = [id for id in known if id in chosen]
    others = [id for id in known if id not in chosen]
    asked = folding.query(named[:LONGEST])
    if asked.terms:
        others = [id for id in others if folding.matches(asked, [words(id)])]
    told, first = ([(id, words(id)) for id in some] for some in (kept, others[:FEW]))
    had = named[:LONGEST] if asked.terms else ""
    return Choices(told, first, len(others), had, many=True, looking=looking)


def are_looked_for(form: Mapping[str, str]) -> bool:
    """Whether a form only looks for others: by its button, or since its words are not those it came with."""
    return "look_for" in form or form.get("named", "").strip() != form.get("found", "").strip()
