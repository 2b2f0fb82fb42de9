"""Texts as such, without a board: merging, folding, addresses, and JSON with odd characters. Pure."""
