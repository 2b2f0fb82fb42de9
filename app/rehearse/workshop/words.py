"""What pretend people are called, and what they say. Whoever reads it is told that it is pretend."""

NAMES = (
    "Ada", "Ben", "Chi", "Dora", "Emre", "Faye", "Gil", "Hana", "Idris", "Joy",
    "Kofi", "Lena", "Musa", "Nia", "Otis", "Priya", "Quinn", "Rosa", "Sami", "Tess",
    "Umar", "Vera", "Wim", "Xenia", "Yusuf", "Zoe", "Amal", "Bela", "Cora", "Dev",
    "Esi", "Finn", "Greta", "Hugo", "Ines", "Jun", "Kaya", "Luis", "Mira", "Noor",
)  # fmt: skip
WHERE = (
    "On the ward",
    "At the day centre",
    "In our surgery",
    "On the phone line",
    "In the back office",
    "At people’s own front doors",
    "On Friday afternoons",
    "In the first week at home",
)
WHAT = (
    "nobody knows who rings the family first",
    "we ask the same questions a third time",
    "the last bus goes before the papers are ready",
    "one person’s good week is another one’s backlog",
    "the letter arrives after the visit it was for",
    "what works is known by two people and written nowhere",
    "a neighbour does in an afternoon what a form does in a week",
    "we count what is easy and not what matters",
    "everybody waits for somebody else to begin",
    "the person in the middle is told last",
    "small things that could be tried are put off until the big one",
    "we promise a day that another team has to keep",
)
ASKS = (
    "How is it that {} and we still call it finished?",
    "What would have to be true so that it is not so that {}?",
    "Who could change it when {}?",
)
MORE = ("", " We have said so twice.", " It could be tried next week.")
TURNS = len(WHERE) * len(WHAT) * len(ASKS)
THEMES = ("Who tells whom", "Time that is lost", "What already works", "Promises between teams")


def name(number: int) -> str:
    """A name for each, marked as pretend."""
    first = NAMES[number % len(NAMES)]
    more = f" {number // len(NAMES) + 1}" if number >= len(NAMES) else ""
    return f"{first}{more} (pretend)"


def sentence(turn: int, *, question: bool) -> str:
    """What somebody writes: another sentence for each of TURNS turns."""
    where, what = WHERE[turn // len(WHAT) % len(WHERE)], WHAT[turn % len(WHAT)]
    third = turn // len(WHAT) // len(WHERE) % len(ASKS)
    if question:
        return ASKS[third].format(f"{where[0].lower()}{where[1:]} {what}")
    return f"{where} {what}.{MORE[third]}"
