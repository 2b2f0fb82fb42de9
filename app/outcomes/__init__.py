"""Outcomes: what changed for people, read from measures over time. The engine is `spc`, pages are `pages`."""
