"""How boards lie in the database, and what one group commit reads and writes."""
