"""Putting back in one press what somebody did on a board: looking at it first, doing it, undoing it again."""
