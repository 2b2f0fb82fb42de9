"""Cards on boards that stand for a goal: which goal, and its latest numbers shown on the card."""
