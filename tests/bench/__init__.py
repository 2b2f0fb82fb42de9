"""How fast, beside what, and what it costs: reports, asserts nothing."""
