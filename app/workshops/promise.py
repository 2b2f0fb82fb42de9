"""What is promised beside a box, and for how long what is written in it stays. Pure."""

from msgspec import Struct


class Promise(Struct, frozen=True):
    """Said in two parts: the first one stands out."""

    first: str
    then: str

    def __str__(self) -> str:
        return f"{self.first} {self.then}"


def promise(private: bool, kept: bool) -> Promise:
    """Of a question: whether its answers are private until they are revealed, and whether they are kept."""
    if private:
        said = Promise(
            "Nobody reads this before it is revealed,", "the facilitators neither. Then it shows your name."
        )
    else:
        said = Promise("Everybody reads this at once,", "with your name.")
    return said if kept else Promise(said.first, f"{said.then} {NOT_KEPT}")


NOT_KEPT = "It is not kept: when the workshop ends it is destroyed."
