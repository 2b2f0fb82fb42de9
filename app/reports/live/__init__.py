"""Reports as the data are now."""
