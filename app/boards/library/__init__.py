"""Boards as wholes: the list of a space, making, naming, copying, archiving, files and templates."""
