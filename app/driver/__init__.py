"""The driver of the database asked without a way round: for reads of pages, which are many and small."""
