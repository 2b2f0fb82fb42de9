"""Outcomes: what changed for people, read from measures over time. Begin at `spc.read`."""
