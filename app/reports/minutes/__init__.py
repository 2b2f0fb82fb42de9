"""Minutes of a workshop: they grow while it runs, and its people can correct them for five days."""
