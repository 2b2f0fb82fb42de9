"""Boards: items that people of several organisations edit together, live on a canvas or as an outline.

The rules that comments cite by a letter and a number stand at the end of PROTOCOL.md.
"""
