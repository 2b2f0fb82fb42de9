"""Immunity to change: a page that one person writes alone, for nobody else. Start with `page.py`."""
