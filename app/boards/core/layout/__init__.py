"""Where sections and cards lie: rows of a grid, and the next free place. Pure."""
