"""Boards: items that people of several organisations edit together, live and on paper."""
