"""A rehearsal: simulated people join a copy of a board, write on it, and tell what that took. Begin at play.py."""
