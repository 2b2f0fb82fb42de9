"""Numbers from files: previewed first, then imported completely or not at all, and undone if need be."""
