"""What a page says about an action that led to it; its address names the action as `?done=word`."""

NOTICES = {
    "space-archived": "The space is archived. It can still be read, and any steward can restore it.",
    "space-restored": "The space is restored. Work can continue.",
    "words-back": "The words before are back.",
    "act-waits": "It is proposed. It waits for a second organisation, and nothing changes until then.",
    "act-done": "It is done, and the log says so.",
    "act-no": "Your organisation has said no. Everybody can see it.",
    "act-withdrawn": "It is withdrawn. Nothing has changed.",
    "act-said": "Your yes counts. It waits for the others.",
    "paused": "It is paused for 24 hours. The log says who did it, and any other organisation can lift it.",
    "lifted": "The pause is lifted.",
    "owner-asked": "It is proposed. The organisation owns the goal once one of its stewards says yes.",
    "owner-withdrawn": "The proposal is withdrawn.",
    "owner-yes": "Your organisation owns this goal now.",
    "owner-no": "Your organisation has said no. Those who own the goal see why.",
    "owner-gave-up": "Your organisation does not own this goal any more.",
    "organisation-left": "Your organisation has left the space. What its people wrote stays.",
    "space-left": "You have left the space. What you wrote there stays.",
    "workshop-away": "The workshop is archived. It is below, under Archived, and can be restored.",
    "workshop-back": "The workshop is restored.",
    "correction-asked": "Your correction stands in the minutes. Those who led are to answer it.",
    "workshop-saved": "Saved.",
    "try-ended": "You have tried it out. The copy and its pretend people are gone.",
    "workshop-imported": "The run-sheet is imported.",
    "board-archived": "The board is archived. It is below, under Archived, and can be restored.",
    "board-cleaned": "The board is imported. Characters that cannot be stored were left out.",
    "board-restored": "The board is restored. Work on it can continue.",
    "board-set-up": "Saved. It holds from now on.",
}


def notice(word: str | None) -> str:
    """The sentence for a word of `NOTICES`, else an empty text: what stands in an address is never shown."""
    return NOTICES.get(word or "", "")
