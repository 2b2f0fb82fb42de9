"""How something is counted, in versions, and what was observed of it."""
