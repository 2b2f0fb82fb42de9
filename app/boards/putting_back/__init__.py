"""Putting back in one press what a guest did on a board: looking at it first, doing it, undoing it again."""
