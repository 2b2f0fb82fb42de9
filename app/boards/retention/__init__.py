"""How long things are kept: clearing away what was removed, and what one person may download or erase."""
