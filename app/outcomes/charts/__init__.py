"""Readings and drivers as geometry: what lies where on the drawing. Pure."""
