"""Cards on boards that stand for a goal: which goal, and how it stands, kept true on the card."""
