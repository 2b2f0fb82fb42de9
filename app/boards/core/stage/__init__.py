"""A workshop that runs over a board: its stage and phases, and what people may do and see meanwhile. Pure."""
