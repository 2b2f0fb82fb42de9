"""A rehearsal: simulated people meet on a copy of a board, to see what the server bears. Begin at play.py."""
