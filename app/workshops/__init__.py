"""Workshops that run over boards: what phones, the console and the projector show of the stage of a board."""
