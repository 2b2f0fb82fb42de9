"""What kinds of card and of link there are: the one place that knows their words."""

from msgspec import Struct


class Kind(Struct, frozen=True):
    """A kind of card. `tag` is for ever; `word` is what people read; `prompt` helps them begin.

    `tint` is the colour of its paper; dark words must be readable on it.
    """

    tag: str
    word: str
    plural: str
    prompt: str
    tint: str


CARD_KINDS: dict[str, Kind] = {
    kind.tag: kind
    for kind in (
        Kind("note", "Note", "notes", "What do you want to say?", "#fff3c4"),
        Kind("problem", "Problem", "problems", "What happens, to whom, and where?", "#ffd9cf"),
        Kind("dilemma", "Dilemma", "dilemmas", "How is it that we … and … at the same time?", "#e4dcfb"),
        Kind("assumption", "Assumption", "assumptions", "For this to work, we believe that …", "#d6e8ff"),
        Kind("outcome", "Outcome", "outcomes", "What would be different for a person?", "#d7f0d3"),
        Kind("ask", "Ask", "asks", "What do you need, and from whom?", "#ffe1ef"),
        Kind("offer", "Offer", "offers", "What can you bring?", "#e8f3c9"),
        Kind("question", "Question", "questions", "What would you like to understand?", "#f4e6d4"),
    )
}


STATUS_KIND = "outcome"  # the kind of card that can be linked to a goal and then shows its live status


class Meaning(Struct, frozen=True):
    """What a link says, read from its first card (`word`) and from its second (`back`)."""

    tag: str
    word: str
    back: str


LINK_MEANINGS: dict[str, Meaning] = {
    meaning.tag: meaning
    for meaning in (
        Meaning("leads_to", "Leads to", "Follows from"),
        Meaning("symptom_of", "Is a symptom of", "Shows itself in"),
        Meaning("challenges", "Challenges", "Challenged by"),
        Meaning("builds_on", "Builds on", "Built on by"),
        Meaning("tests", "Tests", "Tested by"),
        Meaning("serves", "Serves", "Served by"),
    )
}
