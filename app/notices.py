"""What the next page says of a deed that ended on another one: its address names it as `?done=word`. Pure."""

NOTICES = {
    "space-archived": "The space is archived. It can be read, and any steward can restore it.",
    "space-restored": "The space is restored. Work can go on.",
    "space-left": "You have left the space. What you wrote there stays.",
    "board-archived": "The board is archived. It is below, under Archived, and can be restored.",
    "board-restored": "The board is restored. Work on it can go on.",
}


def notice(word: str | None) -> str:
    """The sentence, or nothing: the words of an address are never shown."""
    return NOTICES.get(word or "", "")
