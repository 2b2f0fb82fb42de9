"""Who takes part: roles, leaving, being taken out, being erased."""
