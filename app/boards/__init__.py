"""Boards: items that people of several organisations edit together, live and on paper.

The rules that comments cite by a letter and a number stand at the end of PROTOCOL.md.
"""
