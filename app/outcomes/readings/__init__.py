"""Readings: charts, limits and signals of each series, computed when its numbers change and then stored."""
