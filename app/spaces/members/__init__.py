"""Members of a space: roles, leaving, being removed, being erased."""
