"""Rooms full of phones on the outline."""
