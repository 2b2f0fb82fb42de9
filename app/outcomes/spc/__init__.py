"""Reads a series over time, as Making Data Count does: XmR and run charts. Pure, standard library only."""
